"""Drafts that lack nothing, for tests that then take something away."""

from datetime import timedelta
from decimal import Decimal
from typing import Any

from django.utils.timezone import localdate, now

from concordat.agreements import actions
from concordat.agreements.actions.draft import put_open_part
from concordat.agreements.document import canonical, check_number
from concordat.agreements.models import Agreement, Kind, Version
from concordat.core.codes import Activity
from concordat.demo.world import FAMILIES, LANTERN, PRISON, acting, named
from concordat.organisations.models import Organisation, Place
from concordat.people.models import Membership

FRAMEWORK_ANSWERS: dict[str, dict[str, Any]] = {
    "MOU-2": {"objectives": [Activity.CUSTODY, Activity.FAMILIES]},
    "MOU-4": {"citation": "Prison Act, s. 7"},
    "MOU-5": {"on_top": "Somebody to talk to"},
    "MOU-10": {"duty_contact": "555 0142"},
    "MOU-16": {"outside": "The ombudsman"},
    "MOU-18": {"contact_a": "Dora Quill", "contact_b": "Faye Holt"},
    "MOU-22": {"arbiter": "The ombudsman"},
}
PROTOCOL_ANSWERS: dict[str, dict[str, Any]] = {
    "ISP-1": {"contact_a": "Dora Quill", "contact_b": "Faye Holt"},
    "ISP-18": {"contact": "Any worker"},
    "ISP-23": {"dpia": "DPIA-7", "dpia_place": "Dora Quill keeps it"},
}
TERMS_ANSWERS: dict[str, dict[str, Any]] = {
    "TRM-1": {"method": "Talking, week by week", "theory": "Somebody stays"},
    "TRM-3": {"eligible": "Adults in custody"},
    "TRM-5": {"forms": ["line_of_sight"]},
    "TRM-9": {"contact": "Pat Vell"},
    "TRM-14": {"gives": ["Room 4"]},
}


def days(length: int = 365) -> dict[str, Any]:
    """Return a first and a last day, from today on."""
    return {"first_day": localdate(), "last_day": localdate() + timedelta(days=length)}


def answer(version: Version, code: str, by: Membership, **answers: object) -> None:
    """Change some answers of a clause and leave its words."""
    clause = version.clauses.get(code=code)
    actions.set_clause(version, code=code, wording=clause.wording, parameters={**clause.parameters, **answers}, by=by)


def fill(version: Version, answers: dict[str, dict[str, Any]], by: Membership) -> Version:
    for code, given in answers.items():
        answer(version, code, by, **given)
    return version


def framework(by: Membership, other: int = FAMILIES, officer: str = "helen") -> Version:
    """Draft a framework agreement between the prison service and another organisation."""
    version = actions.draft(
        kind=Kind.FRAMEWORK, title="Working together", other=Organisation.objects.get(pk=other), by=by, **days()
    )
    fill(version, FRAMEWORK_ANSWERS, by)
    answer(version, "MOU-5", by, officer=str(named(officer)))
    return version


def protocol(by: Membership, frame: Agreement) -> Version:
    """Draft a protocol with the rules of the template for custody."""
    version = actions.draft(kind=Kind.PROTOCOL, title="What we tell each other", framework=frame, by=by, **days())
    actions.fill_rules(version, template="custody", basis="Prison Act, s. 7", by=by)
    return fill(version, PROTOCOL_ANSWERS, by)


def terms(by: Membership, frame: Agreement) -> Version:
    """Draft activity terms at one place, for nothing."""
    version = actions.draft(
        kind=Kind.TERMS, title="Mentoring", framework=frame, activity=Activity.CUSTODY, by=by, **days()
    )
    actions.set_places(version, places=Place.objects.filter(pk=named("aldermoor")), by=by)
    civil = next(one for one in (frame.party_a, frame.party_b) if not one.is_authority)
    actions.set_requirement(version, organisation=civil, clearance="basic", trainings=["induction"], by=by)
    actions.add_payment(
        version, due_on=localdate(), amount=Decimal(0), currency="EUR", reason="0, because a foundation pays", by=by
    )
    return fill(version, TERMS_ANSWERS, by)


def agreed(name: str) -> Agreement:
    """Return an agreement of the world by its name."""
    return Agreement.objects.get(pk=named(name))


def proposed_framework(by: str = "helen") -> Version:
    """Propose a framework agreement between the prison service and Lantern, to be signed by helen and ruth."""
    with acting(by) as writer:
        return actions.propose(framework(writer, other=LANTERN if by == "helen" else PRISON), by=writer)


def freeze(version: Version, by: Membership) -> Version:
    """Propose what the validator has not seen: the world's own texts have no clauses."""
    put_open_part(version)
    version.document = canonical(version)
    version.hash = check_number(version.document)
    version.proposed_at, version.proposed_by = now(), by
    version.save(update_fields=["document", "hash", "proposed_at", "proposed_by"])
    return version


def sign(version: Version, *names: str) -> None:
    for name in names:
        with acting(name, level=2) as by:
            actions.sign(version, hash=version.hash, by=by)
