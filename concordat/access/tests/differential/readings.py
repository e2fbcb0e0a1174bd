"""The single facts of the access rule, each as the specification words it: what is live, in force, given, at a place.

The oracle puts them together; paragraph numbers are explained there.
"""

from datetime import datetime

from concordat.access.tests.differential.facts import (
    Ask,
    Emergency,
    Link,
    Membership,
    Organisation,
    Participation,
    Record,
    RelativeAgreement,
    Version,
    World,
)

FORMS = ("existence", "date", "summary", "full")  # each gives what stands before it; "threshold" stands apart
CLEARANCES = ("basic", "enhanced")

# ---- Hard ceilings (13.4): no agreement and no mandate lifts them ---------------------------------------------------

NOBODYS = {20, 33}  # P20 session content and P33 intelligence: not stored at all
INTERVIEWS = 26  # P26 monitoring interview material: only the monitoring organisation that owns it
OWNERS = {25, 29, 40}  # P25 complaints, P29 victims' data, S04 threat and protection file: only the owner
VETTING = 38  # S02: others learn the outcome only
FAMILY = 16  # P16: of a civil organisation invisible to authorities, unless the relative agrees


def under_a_ceiling(world: World, ask: Ask) -> bool:
    """Say whether this cell is closed for this reader whatever anybody signs."""
    record, reader = record_of(world, ask), organisation_of(world, reader_of(world, ask))
    foreign = record.owner != reader.id
    if record.category in NOBODYS:
        return True
    if record.category == INTERVIEWS:
        return foreign or not reader.monitoring
    if record.category in OWNERS:
        return foreign
    if record.category == VETTING:
        return foreign and record.form not in {"existence", "date"}
    return False


def of_a_relative(world: World, ask: Ask) -> bool:
    """Say whether it is P16 of a civil organisation, of which an authority reads only what the relative agreed to."""
    record = record_of(world, ask)
    sides = (organisation_of(world, record.owner).side, organisation_of(world, reader_of(world, ask)).side)
    return record.category == FAMILY and sides == ("civil", "authority")


# ---- The single facts ----------------------------------------------------------------------------------------------


def during(start: datetime, end: datetime | None, at: datetime) -> bool:
    """Read an interval half-open: the first instant belongs to it, the last does not."""
    return start <= at and (end is None or at < end)


def start_of_force(version: Version) -> datetime | None:
    """Hold a version from its start, but not before both have signed it; unsigned it never holds."""
    if version.signed_a is None or version.signed_b is None:
        return None
    begin = max(version.start, version.signed_a, version.signed_b)
    return begin if version.end is None or begin < version.end else None  # signed after its own end: never in force


def in_force(world: World, version: Version, at: datetime) -> bool:
    """Say whether this version holds: begun, not run out, not replaced, its agreement neither ended nor suspended."""
    return standing(world, version, at) and not any(
        s.agreement == version.agreement and during(s.start, s.end, at) and (s.lifted_at is None or at < s.lifted_at)
        for s in world.suspensions
    )


def standing(world: World, version: Version, at: datetime) -> bool:
    """Say whether what this version forbids holds: a suspension pauses what is given, never a "never"."""
    begin = start_of_force(version)
    return (
        begin is not None
        and during(begin, version.end, at)
        and not replaced(world, version, at)
        and not any(e.agreement == version.agreement and e.at <= at for e in world.endings)
    )


def replaced(world: World, version: Version, at: datetime) -> bool:
    """Let a newer version replace the older for good from its own start of force, even if the newer has ended since."""
    newer = [v for v in world.versions if v.agreement == version.agreement and v.id > version.id]
    starts = [start_of_force(v) for v in newer]
    return any(start is not None and start <= at for start in starts)


def gives(given: str, wanted: str) -> bool:
    """Let full give summary, summary date, date existence; a threshold gives only a threshold."""
    if "threshold" in {given, wanted}:
        return given == wanted
    return FORMS.index(wanted) <= FORMS.index(given)


def links_of(world: World, ask: Ask, activity: str | None) -> list[Link]:
    """Return the live links, for this activity, between the record's case and a case of the reader's organisation."""
    own = {case.id for case in world.cases if case.owner == reader_of(world, ask)}
    case = record_of(world, ask).case
    return [
        link
        for link in world.links
        if link.activity == activity
        and during(link.start, link.end, ask.at)
        and case in {link.authority_case, link.civil_case}
        and own_case(world, ask, link) in own
        and not closed(world, ask, own_case(world, ask, link))
    ]


def own_case(world: World, ask: Ask, link: Link) -> int:
    """Return the other case of a link that joins the record's case: the reader's own one."""
    return link.civil_case if link.authority_case == record_of(world, ask).case else link.authority_case


def places_of(world: World, case: int, at: datetime) -> set[int]:
    return {p.place for p in world.placements if p.case == case and during(p.start, p.end, at)}


def places_looked_at(world: World, ask: Ask, link: Link | None) -> set[int] | None:
    """Look where the authority's case is; of a civil case that nobody linked, no place is known (None)."""
    record = record_of(world, ask)
    if link is not None:
        return places_of(world, link.authority_case, ask.at)
    if organisation_of(world, record.owner).side == "authority":
        return places_of(world, record.case, ask.at)
    return None


def places_of_the_person(world: World, ask: Ask) -> set[int]:
    """Return the place of the case itself, or of an authority's case that any live link joins to it."""
    case = record_of(world, ask).case
    linked = {k.authority_case for k in world.links if k.civil_case == case and during(k.start, k.end, ask.at)}
    return {place for c in {case} | linked for place in places_of(world, c, ask.at)}


def cleared(world: World, ask: Ask, level: str) -> bool:
    return any(
        c.membership == ask.membership
        and CLEARANCES.index(c.level) >= CLEARANCES.index(level)
        and during(c.start, c.end, ask.at)
        for c in world.clearances
    )


def trained(world: World, ask: Ask, code: str) -> bool:
    return any(
        (t.membership, t.code) == (ask.membership, code) and during(t.start, t.end, ask.at) for t in world.trainings
    )


def conflicted(world: World, ask: Ask, link: Link | None) -> bool:
    """Look for a conflict of interest with either of the two linked cases; without a link, with the record's case."""
    cases = {link.authority_case, link.civil_case} if link else {record_of(world, ask).case}
    return any(c.membership == ask.membership and c.case in cases for c in world.conflicts)


def assigned(world: World, ask: Ask, case: int, link: Link | None) -> bool:
    """Look for a live assignment to this own case; where a link is given, for the link's activity. Or an emergency."""
    if emergencies(world, ask, case) or in_a_team(world, ask, case, link):
        return True
    return any(
        (a.membership, a.case) == (ask.membership, case)
        and (link is None or a.activity == link.activity)
        and during(a.start, a.end, ask.at)
        for a in world.assignments
    )


def in_a_team(world: World, ask: Ask, case: int, link: Link | None) -> bool:
    """Say whether somebody is in a team, now, that works on this case, now; where a link is given, for its activity."""
    return any(
        member.membership == ask.membership
        and (member.team, case) == (given.team, given.case)
        and (link is None or given.activity == link.activity)
        and during(member.start, member.end, ask.at)
        and during(given.start, given.end, ask.at)
        for member in world.team_members
        for given in world.team_cases
    )


def emergencies(world: World, ask: Ask, case: int) -> list[Emergency]:
    """Return what was opened of this own case to this membership and is open now; a conflict of interest ends it."""
    if any((c.membership, c.case) == (ask.membership, case) for c in world.conflicts):
        return []
    return [
        e
        for e in world.emergencies
        if (e.membership, e.case) == (ask.membership, case) and during(e.start, e.end, ask.at)
    ]


def sealed(world: World, ask: Ask) -> bool:
    """Say whether it is an own record of a sealed compartment, which opens to nobody in an emergency."""
    record = record_of(world, ask)
    return record.owner == reader_of(world, ask) and record.category in {*OWNERS, INTERVIEWS, VETTING}


def live(paper: Participation | RelativeAgreement, link: Link, at: datetime) -> bool:
    """Say whether this paper is of the link's civil case and live; a withdrawal works at once (14.2, step 7)."""
    withdrawn = paper.withdrawn_at is not None and paper.withdrawn_at <= at
    return paper.civil_case == link.civil_case and during(paper.start, paper.end, at) and not withdrawn


def restricted(world: World, ask: Ask) -> bool:
    """(7) Look for a restriction of the record's own case that names this membership or its organisation, or a list."""
    return closed(world, ask, record_of(world, ask).case) or any(
        r.case == record_of(world, ask).case
        and (r.membership == ask.membership or r.organisation == reader_of(world, ask))
        and during(r.start, r.end, ask.at)
        for r in world.restrictions
    )


ANSWER_UNDER_RIGHTS = {"data_protection", "coordinator", "programme_manager"}


def stopped(world: World, ask: Ask) -> bool:
    """Say whether the record is no longer used, for everybody but those who answer for its owner under rights.

    A category is stopped as it stood at that moment. No party can suspend a mandate, nor hide from it this way.
    """
    record = record_of(world, ask)
    answers = record.owner == reader_of(world, ask) and membership_of(world, ask).roles & ANSWER_UNDER_RIGHTS
    if answers or _monitors_by_statute(world, ask, record.case):
        return False
    return any(
        stop.case == record.case
        and during(stop.start, stop.end, ask.at)
        and (stop.record == record.id or (stop.category == record.category and record.made <= stop.start))
        for stop in world.stops
    )


def closed(world: World, ask: Ask, case: int) -> bool:
    """Say whether the case, or one's own of the same person, is open to named people only, and this one is not named.

    No party can suspend a mandate: a body that monitors by statute is not bound by the lists of those it monitors.
    """
    return any(_listed_without(world, ask, one) for one in {case, *_ours_of_the_person(world, ask, case)})


def _listed_without(world: World, ask: Ask, case: int) -> bool:
    opened = [e.start for e in emergencies(world, ask, case)]
    lists = [
        a
        for a in world.allow_lists
        if a.case == case
        and (a.end is None or ask.at < a.end)
        and not any(a.start <= start for start in opened)  # somebody who wrote it later decided anew
    ]
    return any(ask.membership not in a.named for a in lists) and not _monitors_by_statute(world, ask, case)


def _ours_of_the_person(world: World, ask: Ask, case: int) -> set[int]:
    """Return the reader's own organisation's cases that were ever linked to this one."""
    own = {c.id for c in world.cases if c.owner == reader_of(world, ask)}
    pairs = [{link.authority_case, link.civil_case} for link in world.links]
    return {other for pair in pairs if case in pair for other in pair - {case} if other in own}


def _monitors_by_statute(world: World, ask: Ask, case: int) -> bool:
    body, owner = organisation_of(world, reader_of(world, ask)), next(c.owner for c in world.cases if c.id == case)
    return body.monitoring and any(
        (m.body, m.over) == (body.id, owner) and during(m.start, m.end, ask.at) for m in world.mandates
    )


def at_work(world: World, ask: Ask) -> bool:
    """Say whether the membership itself is live and one of its roles may read this category at all."""
    membership = membership_of(world, ask)
    readable = [m.readable for m in world.role_masks if m.role in membership.roles]
    covered = any(record_of(world, ask).category in categories for categories in readable)
    return covered and during(membership.start, membership.end, ask.at)


def sees_every_own_case(world: World, ask: Ask) -> bool:
    return any(mask.whole for mask in world.role_masks if mask.role in membership_of(world, ask).roles)


def membership_of(world: World, ask: Ask) -> Membership:
    return next(m for m in world.memberships if m.id == ask.membership)


def record_of(world: World, ask: Ask) -> Record:
    return next(r for r in world.records if r.id == ask.record)


def organisation_of(world: World, number: int) -> Organisation:
    return next(o for o in world.organisations if o.id == number)


def reader_of(world: World, ask: Ask) -> int:
    """Return the organisation for which the membership acts."""
    return membership_of(world, ask).organisation
