"""Small random worlds, their interesting instants, and questions that are worth asking in them.

A world is small enough to compare every cell, and has coinciding edges, duplicates and contradictions in it. Intervals
begin and end at midnight UTC within about nine days; placements, suspensions, signatures, withdrawals, liftings and
endings fall on any full hour.
The same seed makes the same world and the same questions.
"""

from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import timedelta
from random import Random

from concordat.access.tests.differential.draft import (
    CEILING_CATEGORIES,
    FAMILY,
    FORMS,
    LINK_ACTIVITIES,
    MONITORS,
    OPEN_CATEGORIES,
    ROLE_MASKS,
    TRAININGS,
    WORKING_ROLES,
    Draft,
)
from concordat.access.tests.differential.facts import (
    PURPOSE_ACTIVITY,
    Agreement,
    AllowList,
    Ask,
    Assignment,
    Case,
    Clearance,
    Conflict,
    Emergency,
    Ending,
    Link,
    Mandate,
    MandateCell,
    MandatePlace,
    Membership,
    Organisation,
    Participation,
    Place,
    Placement,
    Prohibition,
    Record,
    RelativeAgreement,
    Restriction,
    RoleMask,
    SharingRule,
    Stop,
    Suspension,
    TeamCase,
    TeamMember,
    TermsPlace,
    TermsRequirement,
    Training,
    Version,
    World,
)
from concordat.access.tests.differential.papers import (
    add_mandate,
    add_stack,
)
from concordat.access.tests.differential.questions import (
    asks,
    edges,
    interesting_instants,
)

__all__ = [
    "PURPOSE_ACTIVITY",
    "ROLE_MASKS",
    "Agreement",
    "AllowList",
    "Ask",
    "Assignment",
    "Case",
    "Clearance",
    "Conflict",
    "Emergency",
    "Ending",
    "Link",
    "Mandate",
    "MandateCell",
    "MandatePlace",
    "Membership",
    "Organisation",
    "Participation",
    "Place",
    "Placement",
    "Prohibition",
    "Record",
    "RelativeAgreement",
    "Restriction",
    "RoleMask",
    "SharingRule",
    "Stop",
    "Suspension",
    "TeamCase",
    "TeamMember",
    "TermsPlace",
    "TermsRequirement",
    "Training",
    "Version",
    "World",
    "asks",
    "edges",
    "interesting_instants",
    "small_world",
]


def small_world(rng: Random, role_masks: Sequence[RoleMask] = ROLE_MASKS) -> World:
    """Make a world of 4 or 5 organisations, 3 or 4 cases and about 30 records, with agreements in every state."""
    draft = Draft(rng, [*role_masks])
    _add_organisations(draft)
    _add_cases(draft)
    _add_links(draft)
    categories = (*rng.sample(OPEN_CATEGORIES, 5), FAMILY, *rng.sample(CEILING_CATEGORIES, 2))
    _add_records(draft, categories)
    for authority, civil in _pairs(draft):
        add_stack(draft, authority, civil, categories)
    if draft.chance(0.3):  # an agreement of two authorities, who never have a link
        add_stack(draft, 1, 4, categories)
    for _ in range(rng.randint(0, 2)):
        add_mandate(draft, categories)
    _add_workers_papers(draft)
    _add_persons_papers(draft)
    return World().plus(*draft.facts)


def _add_organisations(draft: Draft) -> None:
    draft.add(Organisation(1, "authority", monitoring=False))
    draft.add(Organisation(2, "civil", monitoring=False))
    draft.add(Organisation(3, "civil", monitoring=True))
    draft.add(Organisation(4, "authority", monitoring=False, victim_liaison=draft.chance(0.5)))
    if draft.chance(0.5):
        draft.add(Organisation(5, draft.rng.choice(("authority", "civil")), monitoring=draft.chance(0.5)))
    for place, organisation in ((1, 1), (2, 1), (3, 4)):
        draft.add(Place(place, organisation))
    for body in draft.every(Organisation):
        _add_membership(draft, body.id, {draft.rng.choice(("case_officer", "facilitator"))})
        _add_membership(draft, body.id, {draft.rng.choice(WORKING_ROLES)})
        if draft.chance(0.4):
            mixed = {"administrator"} if draft.chance(0.3) else set(draft.rng.sample(WORKING_ROLES, 2))
            _add_membership(draft, body.id, mixed)


def _add_membership(draft: Draft, organisation: int, roles: Iterable[str]) -> None:
    start, end = draft.open_span(0.93)
    draft.add(Membership(draft.number(Membership), organisation, frozenset(roles), start, end))


def _add_cases(draft: Draft) -> None:
    owners = [1, 2, 3]
    if draft.chance(0.6):
        owners.append(draft.rng.choice([o.id for o in draft.every(Organisation)]))
    for number, owner in enumerate(owners, 1):
        draft.add(Case(number, owner, child=draft.chance(0.2)))
        places = [place.id for place in draft.every(Place) if place.organisation == owner]
        if places:
            _add_placements(draft, number, places)


def _add_placements(draft: Draft, case: int, places: list[int]) -> None:
    """Put the case at one place after the other, now and then with a gap in which it is at none."""
    start = draft.day(-1, 1)
    for _ in range(draft.rng.randint(0, 2)):
        end = start + timedelta(hours=draft.rng.randint(12, 72))
        draft.add(Placement(case, draft.rng.choice(places), start, end))
        start = end if draft.chance(0.7) else end + timedelta(hours=draft.rng.randint(1, 24))
    if draft.chance(0.9):
        draft.add(Placement(case, draft.rng.choice(places), start, None))


def _add_links(draft: Draft) -> None:
    sides = {o.id: o.side for o in draft.every(Organisation)}
    cases = draft.every(Case)
    for authority in (case for case in cases if sides[case.owner] == "authority"):
        for civil in (case for case in cases if sides[case.owner] == "civil"):
            if (authority.id, civil.id) == (1, 2) or draft.chance(0.75):
                activities = ["monitoring"] if civil.owner == MONITORS and draft.chance(0.5) else []
                activities += [draft.rng.choice(LINK_ACTIVITIES)]
                for activity in activities:
                    draft.add(Link(authority.id, civil.id, activity, *draft.open_span(0.88)))


def _add_records(draft: Draft, categories: Sequence[int]) -> None:
    for case in draft.every(Case):
        for category in categories:
            for form in sorted(set(draft.rng.choices(FORMS, (2, 5, 4, 3, 4), k=2 if draft.chance(0.25) else 1))):
                draft.add(Record(draft.number(Record), case.id, case.owner, category, form))


def _pairs(draft: Draft) -> list[tuple[int, int]]:
    """Return the pairs of organisations that a link joins, and sometimes one that no link joins."""
    owner = {case.id: case.owner for case in draft.every(Case)}
    pairs = {(owner[link.authority_case], owner[link.civil_case]) for link in draft.every(Link)}
    if draft.chance(0.2):
        pairs.add((4, 2))
    return sorted(pairs)


# ---- Workers and persons ---------------------------------------------------------------------------------------------


def _add_workers_papers(draft: Draft) -> None:
    for membership in draft.every(Membership):
        if draft.chance(0.95):
            draft.add(Clearance(membership.id, draft.rng.choice(("basic", "enhanced")), *draft.span(0.9)))
        for code in TRAININGS:
            if draft.chance(0.85):
                draft.add(Training(membership.id, code, *draft.span(0.9)))
        cases = [case.id for case in draft.every(Case) if case.owner == membership.organisation or draft.chance(0.3)]
        if cases and draft.chance(0.1):
            draft.add(Conflict(membership.id, draft.rng.choice(cases)))
        _add_assignments(draft, membership)


def _add_assignments(draft: Draft, membership: Membership) -> None:
    links = draft.every(Link)
    for case in draft.every(Case):
        if case.owner != membership.organisation:
            continue
        activities = {link.activity for link in links if case.id in {link.authority_case, link.civil_case}}
        others = {draft.rng.choice(LINK_ACTIVITIES)} if draft.chance(0.4) else set()
        for activity in sorted(others if others and draft.chance(0.4) else activities | others):
            if draft.chance(0.9):
                draft.add(Assignment(membership.id, case.id, activity, *draft.open_span(0.9)))


def _add_persons_papers(draft: Draft) -> None:
    for civil_case in sorted({link.civil_case for link in draft.every(Link)}):
        for _ in range(draft.rng.choice((0, 1, 1, 2))):
            draft.add(Participation(civil_case, *draft.paper_span()))
        for _ in range(draft.rng.choice((0, 1, 1, 2))):
            draft.add(RelativeAgreement(civil_case, *draft.paper_span()))
    for _ in range(draft.rng.choice((0, 1, 2, 3))):
        _add_restriction(draft)
    if draft.chance(0.4):
        _add_allow_list(draft)
    for _ in range(draft.rng.choice((0, 1, 2, 3))):
        _add_emergency(draft)
    for owner in (1, 2, 3):
        if draft.chance(0.5):
            _add_team(draft, owner)
    for _ in range(draft.rng.choice((0, 1, 1, 2))):
        _add_stop(draft)


def _add_restriction(draft: Draft) -> None:
    """Restrict one case of a link for a membership, or an organisation, of either side of it."""
    link = draft.rng.choice(draft.every(Link))
    owner = {case.id: case.owner for case in draft.every(Case)}
    sides = {owner[link.authority_case], owner[link.civil_case]}
    viewer = draft.rng.choice([m for m in draft.every(Membership) if m.organisation in sides])
    case = draft.rng.choice((link.authority_case, link.civil_case))
    start, end = draft.open_span(0.6)
    if draft.chance(0.6):
        draft.add(Restriction(case, viewer.id, None, start, end))
    else:
        draft.add(Restriction(case, None, viewer.organisation, start, end))


def _add_allow_list(draft: Draft) -> None:
    """Open one case to some people only, of its owner and of others."""
    case = draft.rng.choice(draft.every(Case))
    named = [m.id for m in draft.every(Membership) if draft.chance(0.5)]
    start = draft.day(-1, 4)
    draft.add(AllowList(case.id, frozenset(named), None if draft.chance(0.6) else draft.day(5, 7), start))


def _add_team(draft: Draft, owner: int) -> None:
    """Have a team of an organisation work on one of its cases, most members already there."""
    members = [m.id for m in draft.every(Membership) if m.organisation == owner]
    case = draft.rng.choice([c.id for c in draft.every(Case) if c.owner == owner])
    links = [k.activity for k in draft.every(Link) if case in {k.authority_case, k.civil_case}]
    draft.add(TeamCase(owner, case, draft.rng.choice(links or LINK_ACTIVITIES), *draft.open_span(0.7)))
    for member in members:
        if draft.chance(0.6):
            draft.add(TeamMember(owner, member, draft.chance(0.3), *draft.open_span(0.7)))


ALWAYS_USED = (1, 2, 3, 4, 7, 27, 28, 31, 36)  # no request stops the use of these


def _add_stop(draft: Draft) -> None:
    """Have a record, or a category as it stands then, no longer used; some of it is written later."""
    one = draft.rng.choice([r for r in draft.every(Record) if r.category not in ALWAYS_USED])
    start, end = draft.hour(1, 4), None if draft.chance(0.6) else draft.hour(5, 7)
    if draft.chance(0.4):
        draft.add(Stop(one.case, None, one.id, start, end))
        return
    draft.add(Stop(one.case, one.category, None, start, end))
    for number, fact in enumerate(draft.facts):
        if isinstance(fact, Record) and (fact.case, fact.category) == (one.case, one.category) and draft.chance(0.4):
            draft.facts[number] = replace(fact, made=start + timedelta(hours=draft.rng.randint(0, 12)))


def _add_emergency(draft: Draft) -> None:
    """Open a case to somebody of its owner for up to a day, also to one who sees it anyway."""
    listed = {a.case for a in draft.every(AllowList)}
    case = draft.rng.choice([c for c in draft.every(Case) if c.id in listed or draft.chance(0.6)] or draft.every(Case))
    working = {a.membership for a in draft.every(Assignment) if a.case == case.id} if draft.chance(0.6) else set()
    everybody = [m.id for m in draft.every(Membership) if m.organisation == case.owner]
    if colleagues := [m for m in everybody if m not in working] or everybody:
        start = draft.hour(2, 6)
        draft.add(
            Emergency(draft.rng.choice(colleagues), case.id, start, start + timedelta(hours=draft.rng.randint(1, 24)))
        )
