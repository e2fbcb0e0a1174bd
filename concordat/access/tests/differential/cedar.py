"""A third opinion: the papers of a world written out as Cedar policies, and Cedar decides.

Every way from a rule over a link and terms to a record becomes one `permit`; what binds everybody becomes a `forbid`.
Nothing here is shared with the plain reading (`oracle`, `readings`) or with the policies of the database. Times are
whole microseconds since 1970, for Cedar knows no fractions.
"""

import json
from collections.abc import Iterable, Iterator, Sequence
from datetime import UTC, datetime, timedelta
from typing import Any

from cedarpy import Decision, is_authorized_batch

from concordat.access.tests.differential.facts import (
    Agreement,
    Ask,
    Emergency,
    Link,
    Mandate,
    Participation,
    RelativeAgreement,
    SharingRule,
    TeamCase,
    TeamMember,
    TermsRequirement,
    Version,
    World,
)  # fmt: skip

BEGINNING = datetime(1970, 1, 1, tzinfo=UTC)
DOING = {
    "custody": "intervention", "families": "family_support", "reintegration": "reintegration",
    "supervision": "supervision", "monitoring": "monitoring", "assessment": "assessment", "oversight": "oversight",
}  # fmt: skip
NARROWER = {
    "full": ["full", "summary", "date", "existence"], "summary": ["summary", "date", "existence"],
    "date": ["date", "existence"], "existence": ["existence"], "threshold": ["threshold"],
}  # fmt: skip
CEILINGS = """
forbid (principal, action, resource) when { [20, 33].contains(resource.category) };
forbid (principal, action, resource) when {
    [25, 26, 29, 40].contains(resource.category) && principal.organisation != resource.owner };
forbid (principal, action, resource) when { resource.category == 26 && !principal.monitors };
forbid (principal, action, resource) when {
    resource.category == 38 && principal.organisation != resource.owner
    && !["existence", "date"].contains(resource.form) };
forbid (principal, action, resource) unless { principal.reads.contains(resource.category) };
forbid (principal, action, resource) unless { context.now >= principal.from && context.now < principal.until };
permit (principal, action, resource) when { principal.organisation == resource.owner && principal.whole };
"""
UNSEALED = "!([25, 26, 29, 38, 40].contains(resource.category))"
TRUE, FALSE, FOREVER = "true", "false", 4_000_000_000_000_000
FAMILY = 16  # P16 of a civil organisation: an authority reads only what the relative agreed to


def decide(world: World, questions: Sequence[Ask]) -> list[bool]:
    """Return what Cedar answers to each question."""
    requests = [
        {
            "principal": f'Member::"{one.membership}"', "action": 'Action::"read"',
            "resource": f'Record::"{one.record}"', "context": {"now": instant(one.at), "purpose": one.purpose},
        }
        for one in questions
    ]  # fmt: skip
    answers = is_authorized_batch(requests, "\n".join([CEILINGS, *policies(world)]), list(entities(world)))
    errors = [error for one in answers for error in one.diagnostics.errors]
    assert not errors, errors[:3]
    return [one.decision == Decision.Allow for one in answers]


# ---- who and what --------------------------------------------------------------------------------------------------


def entities(world: World) -> Iterator[dict[str, Any]]:
    """Yield members and records with what is said of each by itself."""
    monitors = {one.id for one in world.organisations if one.monitoring}
    for member in world.memberships:
        masks = [one for one in world.role_masks if one.role in member.roles]
        yield entity(
            "Member", member.id, organisation=member.organisation, roles=sorted(member.roles),
            whole=any(mask.whole for mask in masks), monitors=member.organisation in monitors,
            reads=sorted({category for mask in masks for category in mask.readable}),
            until=FOREVER if member.end is None else instant(member.end), **{"from": instant(member.start)},
        )  # fmt: skip
    for one in world.records:
        yield entity(
            "Record",
            one.id,
            case=one.case,
            owner=one.owner,
            category=one.category,
            form=one.form,
            made=instant(one.made),
        )


def entity(kind: str, number: int, **attributes: Any) -> dict[str, Any]:  # noqa: ANN401 - as JSON takes it
    return {"uid": {"type": kind, "id": str(number)}, "attrs": attributes, "parents": []}


# ---- conditions ----------------------------------------------------------------------------------------------------


def instant(at: datetime) -> int:
    return (at - BEGINNING) // timedelta(microseconds=1)


def both(parts: Iterable[str]) -> str:
    return " && ".join(f"({one})" for one in parts if one != TRUE) or TRUE


def either(parts: Iterable[str]) -> str:
    return " || ".join(f"({one})" for one in parts) or FALSE


def between(start: datetime | None, end: datetime | None) -> str:
    """Write: from the start on, before the end."""
    since = f"context.now >= {instant(start)}" if start else TRUE
    return both([since, f"context.now < {instant(end)}" if end else TRUE])


def narrower(form: str) -> str:
    """Write: the record is in this form, or in one that shows less."""
    return f"{json.dumps(NARROWER[form])}.contains(resource.form)"


def since(at: datetime) -> str:
    return f"context.now >= {instant(at)}"


def is_member(number: int) -> str:
    return f'principal == Member::"{number}"'


# ---- papers --------------------------------------------------------------------------------------------------------


def holds(world: World, one: Version) -> str:
    """Write: signed by both and begun, not over, not replaced, its agreement not ended."""
    begun = begins(one)
    if begun is None:
        return FALSE
    later = [begins(v) for v in world.versions if v.agreement == one.agreement and v.id > one.id]
    over = [since(at) for at in later if at] + [since(e.at) for e in world.endings if e.agreement == one.agreement]
    return both([between(begun, one.end), f"!({either(over)})"])


def begins(one: Version) -> datetime | None:
    """Return when a version begins: at its start, and not before the second signature; None if that is too late."""
    if one.signed_a is None or one.signed_b is None:
        return None
    first = max(one.start, one.signed_a, one.signed_b)
    return None if one.end is not None and first >= one.end else first


def in_force(world: World, one: Version) -> str:
    """Write: it holds, and its agreement is not suspended."""
    paused = [
        between(s.start, min(s.end, s.lifted_at) if s.lifted_at else s.end)
        for s in world.suspensions
        if s.agreement == one.agreement and (s.lifted_at is None or s.lifted_at > s.start)
    ]
    return both([holds(world, one), f"!({either(paused)})"])


def any_in_force(world: World, agreement: int | None) -> str:
    return either(in_force(world, one) for one in world.versions if one.agreement == agreement)


def of_kind(world: World, kind: str, parties: set[int]) -> list[Agreement]:
    return [one for one in world.agreements if one.kind == kind and {one.party_a, one.party_b} == parties]


def never(world: World, rule: SharingRule) -> str:
    """Write: a protocol between the two that holds, suspended or not, forbids this cell."""
    protocols = {one.id for one in of_kind(world, "protocol", {rule.owner, rule.recipient})}
    found = [
        holds(world, version)
        for version in world.versions
        for p in world.prohibitions
        if version.agreement in protocols
        and p.version == version.id
        and (p.owner, p.recipient, p.category) == (rule.owner, rule.recipient, rule.category)
    ]
    return either(found)


# ---- ways ----------------------------------------------------------------------------------------------------------


def policies(world: World) -> Iterator[str]:
    """Yield every policy that the papers and the people of a world come to."""
    for rule in world.rules:
        yield from by_rule(world, rule)
    for mandate in world.mandates:
        yield from by_mandate(world, mandate)
    for one in world.assignments:
        case = next(case for case in world.cases if case.id == one.case)
        own = f"resource.owner == {case.owner} && principal.organisation == {case.owner} && resource.case == {one.case}"
        yield permit(own, is_member(one.membership), between(one.start, one.end))
    for member, given in in_teams(world):
        case = next(case for case in world.cases if case.id == given.case)
        own = f"resource.owner == {case.owner} && principal.organisation == {case.owner} && resource.case == {case.id}"
        yield permit(
            own, is_member(member.membership), between(member.start, member.end), between(given.start, given.end)
        )
    for e in world.emergencies:
        case = next(case for case in world.cases if case.id == e.case)
        own = f"resource.owner == {case.owner} && principal.organisation == {case.owner} && resource.case == {e.case}"
        yield permit(own, opened(world, e), UNSEALED)
    yield from by_lists(world)
    yield from by_stops(world)
    for r in world.restrictions:
        named = is_member(r.membership) if r.membership else f"principal.organisation == {r.organisation}"
        against = both([f"resource.case == {r.case}", named, between(r.start, r.end)])
        yield f"forbid (principal, action, resource) when {{ {against} }};"


def by_stops(world: World) -> Iterator[str]:
    """Yield what is no longer used: closed to everybody but who answers for its owner, and who monitors by statute."""
    of = {case.id: case.owner for case in world.cases}
    for s in world.stops:
        what = f'resource == Record::"{s.record}"' if s.record else both([
            f"resource.case == {s.case}", f"resource.category == {s.category}", f"resource.made <= {instant(s.start)}",
        ])  # fmt: skip
        visits = (m for m in world.mandates if m.over == of[s.case])
        statute = either(both([f"principal.organisation == {m.body}", between(m.start, m.end)]) for m in visits)
        posts = '["data_protection", "coordinator", "programme_manager"]'
        answers = f"principal.organisation == {of[s.case]} && principal.roles.containsAny({posts})"
        spared = either([answers, both(["principal.monitors", statute])])
        against = both([what, between(s.start, s.end), f"!({spared})"])
        yield f"forbid (principal, action, resource) when {{ {against} }};"


def by_lists(world: World) -> Iterator[str]:
    """Yield for each case that is open to named people what is closed to the rest: it, and what belongs to it."""
    of = {case.id: case.owner for case in world.cases}
    for a in world.allow_lists:
        visits = (m for m in world.mandates if m.over == of[a.case])
        statute = either(both([f"principal.organisation == {m.body}", between(m.start, m.end)]) for m in visits)
        bound = [
            f"!({either(map(is_member, sorted(a.named)))})", f"!({both(['principal.monitors', statute])})",
            f"context.now < {instant(a.end)}" if a.end else TRUE,
        ]  # fmt: skip
        in_need = either(opened(world, e) for e in world.emergencies if e.case == a.case and a.start <= e.start)
        own = [f"resource.case == {a.case}", *bound, f"!({both([in_need, UNSEALED])})"]
        yield f"forbid (principal, action, resource) when {{ {both(own)} }};"
        bound.append(f"!({in_need})")
        for pair in ((link.authority_case, link.civil_case) for link in world.links):
            if a.case in pair:  # what a partner keeps about the same person, for those whose own case it is
                theirs = pair[0] if pair[1] == a.case else pair[1]
                ours = [f"resource.case == {theirs}", f"principal.organisation == {of[a.case]}"]
                yield f"forbid (principal, action, resource) when {{ {both([*ours, *bound])} }};"


def in_teams(world: World) -> Iterator[tuple[TeamMember, TeamCase]]:
    return ((m, c) for m in world.team_members for c in world.team_cases if m.team == c.team)


def opened(world: World, one: Emergency) -> str:
    """Write: two people opened the case to this one, it is not over, and no conflict was declared."""
    conflict = (one.membership, one.case) in {(c.membership, c.case) for c in world.conflicts}
    return FALSE if conflict else both([is_member(one.membership), between(one.start, one.end)])


def permit(*conditions: str) -> str:
    return f"permit (principal, action, resource) when {{ {both(conditions)} }};"


def by_rule(world: World, rule: SharingRule) -> Iterator[str]:
    """Yield a policy for each way from a rule over a link and terms."""
    version = next(one for one in world.versions if one.id == rule.version)
    protocol = next(one for one in world.agreements if one.id == version.agreement)
    if protocol.kind != "protocol" or {protocol.party_a, protocol.party_b} != {rule.owner, rule.recipient}:
        return
    if rule.condition != "relative" and of_a_relative(world, rule.category, rule.owner, rule.recipient):
        return
    given = both([
        f"principal.organisation == {rule.recipient}", f'principal.roles.contains("{rule.role}")',
        f"resource.owner == {rule.owner}", f"resource.category == {rule.category}",
        narrower(rule.form), f'context.purpose == "{rule.purpose}"',
        between(rule.start, rule.end), in_force(world, version), on_framework(world, protocol),
        f"!({never(world, rule)})",
    ])  # fmt: skip
    for theirs, own, link in ways(world, rule.owner, rule.recipient):
        if DOING[link.activity] != rule.purpose:
            continue
        agreed = TRUE
        if rule.condition != "none":
            kind = world.participations if rule.condition == "participation" else world.relative_agreements
            agreed = agrees(kind, link)
        for terms in terms_of(world, rule, link.activity):
            yield permit(
                given, f"resource.case == {theirs}", between(link.start, link.end), agreed, conflict_free(world, link),
                under_terms(world, terms, rule.recipient, own, link),
            )  # fmt: skip


def of_a_relative(world: World, category: int, owner: int, reader: int) -> bool:
    side = {one.id: one.side for one in world.organisations}
    return category == FAMILY and (side[owner], side[reader]) == ("civil", "authority")


def on_framework(world: World, one: Agreement) -> str:
    """Write: the framework on which it rests, between the same two, is in force."""
    above = next((a for a in world.agreements if a.id == one.framework), None)
    if above is None or above.kind != "framework" or {above.party_a, above.party_b} != {one.party_a, one.party_b}:
        return FALSE
    return any_in_force(world, above.id)


def ways(world: World, owner: int, reader: int) -> Iterator[tuple[int, int, Link]]:
    """Yield for each link of the two the owner's case, the reader's, and the link."""
    of = {case.id: case.owner for case in world.cases}
    for link in world.links:
        for theirs, own in ((link.authority_case, link.civil_case), (link.civil_case, link.authority_case)):
            if (of[theirs], of[own]) == (owner, reader):
                yield theirs, own, link


def terms_of(world: World, rule: SharingRule, activity: str) -> Iterator[tuple[Agreement, Version]]:
    for one in of_kind(world, "terms", {rule.owner, rule.recipient}):
        if one.activity == activity:
            yield from ((one, version) for version in world.versions if version.agreement == one.id)


def under_terms(world: World, terms: tuple[Agreement, Version], reader: int, own: int, link: Link) -> str:
    """Write: these terms are in force at the place, the worker is fit for them, and entrusted with the own case."""
    agreement, version = terms
    named = {one.place for one in world.terms_places if one.version == version.id}
    asked = [one for one in world.terms_requirements if (one.version, one.organisation) == (version.id, reader)]
    team = TRUE if reader in version.whole_team_of else assigned(world, own, link.activity)
    return both([
        in_force(world, version), on_framework(world, agreement), at_places(world, link.authority_case, named), team,
        *(fit(world, one) for one in asked),
    ])  # fmt: skip


def at_places(world: World, case: int, places: set[int]) -> str:
    return either(between(p.start, p.end) for p in world.placements if p.case == case and p.place in places)


def fit(world: World, asked: TermsRequirement) -> str:
    """Write: the worker holds the clearance, or a higher one, and every course."""
    enough = {"basic": ("basic", "enhanced"), "enhanced": ("enhanced",)}.get(asked.clearance or "")
    cleared = either(
        both([is_member(c.membership), between(c.start, c.end)])
        for c in world.clearances
        if enough and c.level in enough
    )
    courses = [
        either(both([is_member(t.membership), between(t.start, t.end)]) for t in world.trainings if t.code == course)
        for course in sorted(asked.trainings)
    ]
    return both([cleared if enough else TRUE, *courses])


def conflict_free(world: World, link: Link) -> str:
    cases = {link.authority_case, link.civil_case}
    return f"!({either(is_member(c.membership) for c in world.conflicts if c.case in cases)})"


def assigned(world: World, case: int, activity: str) -> str:
    return either(
        both([is_member(a.membership), between(a.start, a.end)])
        for a in world.assignments
        if (a.case, a.activity) == (case, activity)
    ) + "".join(
        f" || ({one})"
        for one in (
            *(opened(world, e) for e in world.emergencies if e.case == case),
            *(
                both([is_member(m.membership), between(m.start, m.end), between(c.start, c.end)])
                for m, c in in_teams(world)
                if (c.case, c.activity) == (case, activity)
            ),
        )
    )


def agrees(papers: Iterable[Participation | RelativeAgreement], link: Link) -> str:
    """Write: the person of the link, or the relative, agrees; from a withdrawal on no more."""
    return either(
        both([between(p.start, p.end), f"context.now < {instant(p.withdrawn_at)}" if p.withdrawn_at else TRUE])
        for p in papers
        if p.civil_case == link.civil_case
    )


# ---- mandates ------------------------------------------------------------------------------------------------------


def by_mandate(world: World, mandate: Mandate) -> Iterator[str]:
    """Yield a policy for each cell of a mandate: for the whole team, or along each link of its activity."""
    places = {one.place for one in world.mandate_places if one.mandate == mandate.id}
    for cell in world.mandate_cells:
        if cell.mandate != mandate.id or of_a_relative(world, cell.category, mandate.over, mandate.body):
            continue
        given = both([
            f"principal.organisation == {mandate.body}", f"resource.owner == {mandate.over}",
            f"resource.category == {cell.category}", narrower(cell.form),
            f'context.purpose == "{cell.purpose}"', between(mandate.start, mandate.end),
        ])  # fmt: skip
        if mandate.whole_team:
            yield from (permit(given, one) for one in visited(world, mandate, places))
            continue
        for theirs, own, link in ways(world, mandate.over, mandate.body):
            if link.activity == mandate.activity:
                here = at_places(world, link.authority_case, places) if places else TRUE
                yield permit(
                    given, f"resource.case == {theirs}", between(link.start, link.end), here,
                    conflict_free(world, link), assigned(world, own, link.activity),
                )  # fmt: skip


def visited(world: World, mandate: Mandate, places: set[int]) -> Iterator[str]:
    """Yield for each case of the owner: its person is at one of the places, and the visitor has no conflict with it."""
    for case in world.cases:
        if case.owner != mandate.over:
            continue
        there = [at_places(world, case.id, places)]
        there += [
            both([between(k.start, k.end), at_places(world, k.authority_case, places)])
            for k in world.links
            if k.civil_case == case.id
        ]
        conflicts = either(is_member(c.membership) for c in world.conflicts if c.case == case.id)
        yield both([f"resource.case == {case.id}", either(there) if places else TRUE, f"!({conflicts})"])
