"""The access rule as a practitioner reads it: paragraph by paragraph, from the signed papers, as naively as possible.

It shares no code with the policies, which are compared with it. Paragraph numbers are those of the practitioners'
specification: 13.1 the agreement stack, 13.4 the hard ceilings, 14.2 the participation agreement of the person.
The numbers (1) to (7) are the seven conditions that must all hold before one organisation reads another's record.
"""

from dataclasses import replace
from datetime import UTC, datetime

from concordat.access.tests.differential.facts import (
    PURPOSE_ACTIVITY,
    Ask,
    Link,
    Mandate,
    SharingRule,
    Version,
    World,
)
from concordat.access.tests.differential.readings import (
    assigned,
    at_work,
    cleared,
    conflicted,
    during,
    gives,
    in_force,
    links_of,
    live,
    membership_of,
    of_a_relative,
    own_case,
    places_looked_at,
    places_of,
    places_of_the_person,
    reader_of,
    record_of,
    restricted,
    sealed,
    sees_every_own_case,
    standing,
    stopped,
    trained,
    under_a_ceiling,
)

ORDER = ("framework", "rule", "terms", "worker", "assignment", "not_currently", "prohibition", "yes")
BEGINNING = datetime.min.replace(tzinfo=UTC)


# ---- The answer ----------------------------------------------------------------------------------------------------


def may_read(world: World, ask: Ask) -> bool:
    """Say whether this membership may read this record, for this purpose, at this instant."""
    world = _without_what_seals_keep(world, ask)
    return (
        not under_a_ceiling(world, ask)  # (7) a ceiling binds everybody, the owner and the statutory body included
        and at_work(world, ask)
        and not restricted(world, ask)
        and not stopped(world, ask)
        and (_own_record(world, ask) or _opened_by_agreements(world, ask) or _opened_by_a_mandate(world, ask))
    )


def first_missing(world: World, ask: Ask) -> str:
    """Name the first missing element (13.1, last sentence), or "yes"; of several ways the one nearest to a yes.

    What is no longer used is not asked for: the explanation stays what it is where nothing was written.
    """
    world = _without_what_seals_keep(world, ask)
    if under_a_ceiling(world, ask):
        return "ceiling"
    if record_of(world, ask).owner == reader_of(world, ask):
        return _missing_for_own(world, ask)
    ways = [*_missing_by_agreements(world, ask), *_missing_by_mandates(world, ask)]
    return max(ways, key=ORDER.index)


def _without_what_seals_keep(world: World, ask: Ask) -> World:
    """Leave emergencies out of account for a sealed compartment: they open none."""
    return replace(world, emergencies=()) if sealed(world, ask) else world


# ---- An organisation's own records ---------------------------------------------------------------------------------


def _own_record(world: World, ask: Ask) -> bool:
    """Keep a caseload inside the organisation: an assigned worker, or a role that sees every case; not everybody."""
    record = record_of(world, ask)
    return record.owner == reader_of(world, ask) and (
        sees_every_own_case(world, ask) or assigned(world, ask, record.case, None)
    )


def _missing_for_own(world: World, ask: Ask) -> str:
    if not at_work(world, ask):
        return "worker"
    if not _own_record(world, ask):
        return "assignment"
    return "not_currently" if restricted(world, ask) else "yes"


# ---- Another organisation's records: the agreement stack (13.1) ----------------------------------------------------


def _opened_by_agreements(world: World, ask: Ask) -> bool:
    """Find all of (1) to (7) along one rule, one link and one set of terms."""
    if prohibited(world, ask):
        return False  # (7)
    return any(
        _fit(world, ask, terms, link) and _entrusted(world, ask, terms, link) and _agreed(world, ask, rule, link)
        for rule in _rules(world, ask)  # (1) and (2)
        for link in links_of(world, ask, PURPOSE_ACTIVITY.get(ask.purpose))
        for terms in _terms(world, ask, places_of(world, link.authority_case, ask.at))  # (3)
    )


def _missing_by_agreements(world: World, ask: Ask) -> list[str]:
    """Walk every way through rules, links and terms, and say of each what is missing first."""
    if not versions_between(world, "framework", ask):
        return ["framework"]
    rules = _rules(world, ask)
    if not rules:
        return ["rule"]
    # Without a referral we still look for terms, at the place of the record's own case if it has one.
    links: list[Link | None] = [*links_of(world, ask, PURPOSE_ACTIVITY.get(ask.purpose))] or [None]
    missing = ["terms"]
    for link in links:
        for terms in _terms(world, ask, places_looked_at(world, ask, link)):
            missing += [_missing_along(world, ask, rule, link, terms) for rule in rules]
    return missing


def _missing_along(world: World, ask: Ask, rule: SharingRule, link: Link | None, terms: Version) -> str:
    """Name what is missing first among (4) to (7), where (1) to (3) hold."""
    if not (at_work(world, ask) and _fit(world, ask, terms, link)):
        return "worker"
    if link is None or not _entrusted(world, ask, terms, link):
        return "assignment"
    # 14.2, step 8: whatever depends on a person's choice, or on a restriction, is one and the same answer.
    if restricted(world, ask) or not _agreed(world, ask, rule, link):
        return "not_currently"
    return "prohibition" if prohibited(world, ask) else "yes"


def versions_between(world: World, kind: str, ask: Ask) -> list[Version]:
    """Return the versions of this kind of agreement in force between the reader's organisation and the owner."""
    parties = {reader_of(world, ask), record_of(world, ask).owner}
    between = {a.id for a in world.agreements if a.kind == kind and {a.party_a, a.party_b} == parties}
    return [v for v in world.versions if v.agreement in between and in_force(world, v, ask.at)]


def _on_a_framework(world: World, kind: str, ask: Ask) -> list[Version]:
    """Return the protocols (or terms) in force whose framework is in force too: the stack has no loose storeys."""
    frameworks = {version.agreement for version in versions_between(world, "framework", ask)}
    resting = {a.id for a in world.agreements if a.framework in frameworks}
    return [version for version in versions_between(world, kind, ask) if version.agreement in resting]


def _rules(world: World, ask: Ask) -> list[SharingRule]:
    """(2) Return the rules in force that give this cell: direction, category, form, purpose and role."""
    record, reader = record_of(world, ask), reader_of(world, ask)
    protocols = {version.id for version in _on_a_framework(world, "protocol", ask)}
    return [
        rule
        for rule in world.rules
        if rule.version in protocols
        and (rule.owner, rule.recipient, rule.category) == (record.owner, reader, record.category)
        and gives(rule.form, record.form)
        and rule.purpose == ask.purpose
        and rule.role in membership_of(world, ask).roles
        and during(rule.start or BEGINNING, rule.end, ask.at)
        and (rule.condition == "relative" or not of_a_relative(world, ask))
    ]


def _terms(world: World, ask: Ask, places: set[int] | None) -> list[Version]:
    """(3) Return the terms in force for the activity of the purpose, at one of these places (None: any they name)."""
    activity = PURPOSE_ACTIVITY.get(ask.purpose)
    for_activity = {a.id for a in world.agreements if a.activity == activity}
    named = {v.id: {p.place for p in world.terms_places if p.version == v.id} for v in world.versions}
    return [
        version
        for version in _on_a_framework(world, "terms", ask)
        if version.agreement in for_activity and (named[version.id] if places is None else places & named[version.id])
    ]


def _fit(world: World, ask: Ask, terms: Version, link: Link | None) -> bool:
    """(4) Say whether the worker is cleared and trained as these terms ask of the organisation, without a conflict."""
    asked = [r for r in world.terms_requirements if (r.version, r.organisation) == (terms.id, reader_of(world, ask))]
    return (
        all(r.clearance is None or cleared(world, ask, r.clearance) for r in asked)
        and all(trained(world, ask, code) for r in asked for code in r.trainings)
        and not conflicted(world, ask, link)
    )


def _entrusted(world: World, ask: Ask, terms: Version, link: Link) -> bool:
    """(5) Say whether the worker is assigned to the own case for the link's activity, or by these terms the team."""
    return reader_of(world, ask) in terms.whole_team_of or assigned(world, ask, own_case(world, ask, link), link)


def _agreed(world: World, ask: Ask, rule: SharingRule, link: Link) -> bool:
    """(6) Say whether what the rule asks for is live: the person's participation, or the relative's own agreement."""
    if rule.condition == "participation":
        return any(live(paper, link, ask.at) for paper in world.participations)
    if rule.condition == "relative":
        return any(live(paper, link, ask.at) for paper in world.relative_agreements)
    return True


def prohibited(world: World, ask: Ask) -> bool:
    """(7) Say whether a protocol between the two, suspended or not, has a "never" for this category this way."""
    record, reader = record_of(world, ask), reader_of(world, ask)
    protocols = {
        v.id
        for v in world.versions
        for a in world.agreements
        if a.id == v.agreement
        and a.kind == "protocol"
        and {a.party_a, a.party_b} == {reader, record.owner}
        and standing(world, v, ask.at)
    }
    return any(
        p.version in protocols and (p.owner, p.recipient, p.category) == (record.owner, reader, record.category)
        for p in world.prohibitions
    )


# ---- A statutory mandate stands for (1), (2), (3) and (6) ----------------------------------------------------------


def _opened_by_a_mandate(world: World, ask: Ask) -> bool:
    """Ask for the mandate's own cells and places, (4) without a conflict, (5) assigned or the whole team."""
    return any(
        _in_its_cells(world, ask, mandate) and _reached_by(world, ask, mandate) for mandate in _mandates(world, ask)
    )


def _reached_by(world: World, ask: Ask, mandate: Mandate) -> bool:
    if mandate.whole_team:  # a body that visits needs no referral
        at_its_places = _at_its_places(world, mandate, places_of_the_person(world, ask))
        return at_its_places and not conflicted(world, ask, None)
    return any(
        _at_its_places(world, mandate, places_of(world, link.authority_case, ask.at))
        and not conflicted(world, ask, link)
        and assigned(world, ask, own_case(world, ask, link), link)
        for link in links_of(world, ask, mandate.activity)
    )


def _missing_by_mandates(world: World, ask: Ask) -> list[str]:
    """Say of each mandate in force over the owner what is missing first; no mandate, no word of one."""
    missing = []
    for mandate in _mandates(world, ask):
        if not _in_its_cells(world, ask, mandate):
            missing.append("rule")
        elif mandate.whole_team:
            missing.append(_missing_for_the_team(world, ask, mandate))
        else:
            links: list[Link | None] = [*links_of(world, ask, mandate.activity)] or [None]
            missing += [_missing_with_mandate(world, ask, mandate, link) for link in links]
    return missing


def _missing_for_the_team(world: World, ask: Ask, mandate: Mandate) -> str:
    if not _at_its_places(world, mandate, places_of_the_person(world, ask)):
        return "terms"
    if not at_work(world, ask) or conflicted(world, ask, None):
        return "worker"
    return "not_currently" if restricted(world, ask) else "yes"


def _missing_with_mandate(world: World, ask: Ask, mandate: Mandate, link: Link | None) -> str:
    places = places_looked_at(world, ask, link)
    if places is not None and not _at_its_places(world, mandate, places):
        return "terms"
    if not at_work(world, ask) or conflicted(world, ask, link):
        return "worker"
    if link is None or not assigned(world, ask, own_case(world, ask, link), link):
        return "assignment"
    return "not_currently" if restricted(world, ask) else "yes"


def _mandates(world: World, ask: Ask) -> list[Mandate]:
    return [
        m
        for m in world.mandates
        if (m.body, m.over) == (reader_of(world, ask), record_of(world, ask).owner) and during(m.start, m.end, ask.at)
    ]


def _in_its_cells(world: World, ask: Ask, mandate: Mandate) -> bool:
    """Say whether it names the category, a form that gives the record's, and the purpose; ceilings bind it too."""
    record = record_of(world, ask)
    return not of_a_relative(world, ask) and any(
        (cell.mandate, cell.category, cell.purpose) == (mandate.id, record.category, ask.purpose)
        and gives(cell.form, record.form)
        for cell in world.mandate_cells
    )


def _at_its_places(world: World, mandate: Mandate, places: set[int]) -> bool:
    named = {p.place for p in world.mandate_places if p.mandate == mandate.id}
    return not named or bool(named & places)  # a mandate that names no place holds at all of them
