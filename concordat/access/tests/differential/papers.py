"""The papers of a random world: agreements with their versions, rules and conditions, in every state, and mandates."""

from collections.abc import Sequence
from datetime import datetime, timedelta

from concordat.access.tests.differential.draft import (
    DAYS,
    FAMILY,
    FORMS,
    LINK_ACTIVITIES,
    MONITORS,
    PURPOSE_OF,
    TRAININGS,
    Draft,
)
from concordat.access.tests.differential.facts import (
    PURPOSE_ACTIVITY,
    Agreement,
    Case,
    Ending,
    Link,
    Mandate,
    MandateCell,
    MandatePlace,
    Membership,
    Organisation,
    Place,
    Prohibition,
    Record,
    SharingRule,
    Suspension,
    TermsPlace,
    TermsRequirement,
    Version,
)
from concordat.access.tests.differential.questions import (
    GIVEN_BY,
)


def add_stack(draft: Draft, one: int, other: int, categories: Sequence[int]) -> None:
    """Add a framework with protocols and terms on it, and now and then a second framework beside it."""
    activities = _activities_between(draft, one, other)
    for _ in range(2 if draft.chance(0.15) else 1):
        framework = _add_agreement(draft, "framework", (one, other), None, None)
        _add_versions(draft, framework)
        for _ in range(2 if draft.chance(0.3) else 1):
            protocol = _add_agreement(draft, "protocol", (one, other), framework.id, None)
            cells = [_rule(draft, (one, other), categories, activities) for _ in range(draft.rng.randint(8, 16))]
            for version in _add_versions(draft, protocol):
                _add_rules(draft, version, cells)
        for activity in activities:
            terms = _add_agreement(draft, "terms", (one, other), framework.id, activity)
            for version in _add_versions(draft, terms):
                _add_conditions(draft, version, (one, other))


def _activities_between(draft: Draft, one: int, other: int) -> list[str]:
    owner = {case.id: case.owner for case in draft.every(Case)}
    linked = {k.activity for k in draft.every(Link) if {owner[k.authority_case], owner[k.civil_case]} == {one, other}}
    return sorted(linked | ({draft.rng.choice(LINK_ACTIVITIES)} if draft.chance(0.4) or not linked else set()))


def _add_agreement(
    draft: Draft, kind: str, pair: tuple[int, int], framework: int | None, activity: str | None
) -> Agreement:
    a, b = pair if draft.chance(0.5) else pair[::-1]
    agreement = draft.add(Agreement(draft.number(Agreement), kind, a, b, framework, activity))
    if draft.chance(0.1):
        for _ in range(draft.rng.randint(1, 2)):
            _add_suspension(draft, agreement.id)
    if draft.chance(0.04):
        draft.add(Ending(agreement.id, draft.hour(1)))
    return agreement


def _add_suspension(draft: Draft, agreement: int) -> None:
    start = draft.hour(0, DAYS - 2)
    hours = draft.rng.randint(6, 60)
    lifted = start + timedelta(hours=draft.rng.randint(0, hours)) if draft.chance(0.5) else None
    draft.add(Suspension(agreement, start, start + timedelta(hours=hours), lifted))


def _add_versions(draft: Draft, agreement: Agreement) -> list[Version]:
    """Add one version, sometimes a newer one, which may be unsigned, signed late, or end before the older would."""
    versions: list[Version] = []
    for _ in range(2 if draft.chance(0.3 if agreement.kind == "protocol" else 0.1) else 1):
        start, end = draft.open_span(0.6 if versions else 0.97)
        teams = [p for p in (agreement.party_a, agreement.party_b) if agreement.kind == "terms" and draft.chance(0.15)]
        signatures = (_signature(draft, start), _signature(draft, start))
        number = draft.number(Version)
        versions.append(draft.add(Version(number, agreement.id, start, end, *signatures, frozenset(teams))))
    return versions


def _signature(draft: Draft, start: datetime) -> datetime | None:
    if draft.chance(0.02):
        return None
    if draft.chance(0.95):
        return start - timedelta(hours=draft.rng.randint(0, 48))
    return draft.hour(0, 5)


def _rule(
    draft: Draft, pair: tuple[int, int], categories: Sequence[int], activities: Sequence[str]
) -> tuple[tuple[int, int, int], tuple[str, str, str, str]]:
    """Draw one cell of a rule table: who gives what to whom, then form, purpose, role and condition."""
    rng = draft.rng
    owner, recipient = pair if draft.chance(0.55) else pair[::-1]
    category = rng.choice(categories[:6] if draft.chance(0.8) else categories)  # the last two have ceilings
    form = _form(draft, owner, category)
    purpose = rng.choice([PURPOSE_OF[a] for a in activities] if draft.chance(0.9) else list(PURPOSE_ACTIVITY))
    roles = sorted({role for m in draft.every(Membership) if m.organisation == recipient for role in m.roles})
    condition = rng.choice(("none", "participation"))
    if category == FAMILY and draft.chance(0.8):
        condition = "relative"
    return (owner, recipient, category), (form, purpose, rng.choice(roles), condition)


def _form(draft: Draft, owner: int, category: int) -> str:
    """Draw a form that mostly gives one of the owner's records of this category."""
    forms = [record.form for record in draft.every(Record) if (record.owner, record.category) == (owner, category)]
    if not forms or draft.chance(0.2):
        return draft.rng.choice(FORMS)
    wanted = draft.rng.choice(forms)
    return draft.rng.choice([form for form in FORMS if wanted in GIVEN_BY[form]])


def _add_rules(
    draft: Draft, version: Version, cells: Sequence[tuple[tuple[int, int, int], tuple[str, str, str, str]]]
) -> None:
    for cell, terms in cells:
        if draft.chance(0.85):
            start, end = draft.open_span() if draft.chance(0.2) else (None, None)
            draft.add(SharingRule(version.id, *cell, *terms, start, end))
    if draft.chance(0.5):  # of a cell that a rule gives: a "never" about what nobody gave tests nothing
        draft.add(Prohibition(version.id, *draft.rng.choice(cells)[0]))


def _add_conditions(draft: Draft, version: Version, pair: tuple[int, int]) -> None:
    places = [place.id for place in draft.every(Place) if place.organisation in pair]
    for place in places:
        if draft.chance(0.9):
            draft.add(TermsPlace(version.id, place))
    for organisation in pair:
        if draft.chance(0.7):
            trainings = frozenset(code for code in TRAININGS if draft.chance(0.3))
            level = draft.rng.choice((None, None, "basic", "basic", "enhanced"))
            draft.add(TermsRequirement(version.id, organisation, level, trainings))


def add_mandate(draft: Draft, categories: Sequence[int]) -> None:
    """Add a mandate of the monitors, of the second authority or of the fifth organisation over somebody else."""
    rng = draft.rng
    bodies = [o.id for o in draft.every(Organisation) if o.id >= MONITORS]
    body = rng.choice(bodies)
    over = 1 if draft.chance(0.7) else rng.choice([o.id for o in draft.every(Organisation) if o.id != body])
    activity = rng.choice(("monitoring", "oversight"))
    number = draft.number(Mandate)
    end = draft.day(3, 7) if draft.chance(0.6) else None
    draft.add(Mandate(number, body, over, activity, draft.day(-1, 2), end, whole_team=draft.chance(0.6)))
    for category in rng.sample(categories, rng.randint(2, 5)):
        draft.add(MandateCell(number, category, _form(draft, over, category), PURPOSE_OF[activity]))
    for place in draft.every(Place):
        if draft.chance(0.3):
            draft.add(MandatePlace(number, place.id))
    _forbid_in_vain(draft, body, over)


def _forbid_in_vain(draft: Draft, body: int, over: int) -> None:
    """Let the two prohibit by agreement what the mandate gives anyway."""
    protocols = {
        a.id for a in draft.every(Agreement) if a.kind == "protocol" and {a.party_a, a.party_b} == {body, over}
    }
    versions = [version for version in draft.every(Version) if version.agreement in protocols]
    if versions and draft.chance(0.5):
        draft.add(Prohibition(draft.rng.choice(versions).id, over, body, draft.every(MandateCell)[-1].category))
