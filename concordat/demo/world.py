"""The small world that every test may count on: a prison service, its partners, and a person helped by one of them.

`base` runs as the owner of the database (organisations, people, mandates), `load` as the application.
Everything has a fixed id, so that a test finds it by name: `Ids.nadia`, `Ids.case`.
"""

# ruff: noqa: E501 - rows, a line each

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from typing import Any
from uuid import NAMESPACE_URL, UUID, uuid5

from django.db import transaction
from django.utils.timezone import now

from concordat.agreements.models import (
    Agreement,
    FundingLine,
    Kind,
    Mandate,
    MandateCell,
    SharingRule,
    Signature,
    TermsPlace,
    TermsRequirement,
    Version,
)
from concordat.cases.models import (
    Assignment,
    Case,
    DateRecord,
    FullRecord,
    Identity,
    IdentitySummary,
    KeyDates,
    Link,
    Participation,
    Placement,
    SummaryRecord,
)
from concordat.core.codes import Activity, Category, Condition, Form, Purpose
from concordat.ledger.context import Actor, act_as
from concordat.organisations.models import Organisation, Place
from concordat.people.models import Clearance, Membership, TokenPermit, Training
from concordat.people.roles import Role
from concordat.referrals.models import (
    Answer,
    Goal,
    GoalSet,
    GoalSignature,
    Referral,
    Service,
    ServicePlace,
)
from concordat.sharing.models import Acknowledgement, Opening, SafetyBriefing

PRISON, PROBATION, LANTERN, FAMILIES, STRANGER, OMBUDSMAN = 1, 2, 3, 4, 5, 6
START = datetime(2025, 1, 1, tzinfo=UTC)


def named(name: str) -> UUID:
    """Return the fixed id of a thing of the world."""
    return uuid5(NAMESPACE_URL, f"concordat:world:{name}")


@dataclass(frozen=True)
class Person:
    """Somebody of the world, before they are stored."""

    name: str
    organisation: int
    title: str
    roles: tuple[Role, ...]


PEOPLE = {
    "helen": Person("Helen Marsh", PRISON, "Accountable officer", (Role.SIGNATORY, Role.PARTNERSHIP_OFFICER)),
    "pat": Person("Pat Vell", PRISON, "Programme manager", (Role.PROGRAMME_MANAGER,)),
    "sef": Person("Sef Holm", PRISON, "Security manager", (Role.SECURITY_MANAGER,)),
    "ines": Person("Ines Tark", PRISON, "Import officer", (Role.IMPORT_OFFICER,)),
    "dora": Person("Dora Quill", PRISON, "Data protection officer", (Role.DATA_PROTECTION,)),
    "adam": Person("Adam Reed", PRISON, "Administrator", (Role.ADMINISTRATOR,)),
    "cass": Person("Cass Mollin", PRISON, "Case officer", (Role.CASE_OFFICER,)),
    "paul": Person("Paul Ostry", PROBATION, "Supervising officer", (Role.CASE_OFFICER,)),
    "ruth": Person("Ruth Okar", LANTERN, "Director", (Role.SIGNATORY, Role.DIRECTOR)),
    "cora": Person("Cora Lind", LANTERN, "Coordinator", (Role.COORDINATOR,)),
    "nadia": Person("Nadia Brandt", LANTERN, "Mentor", (Role.FACILITATOR,)),
    "max": Person("Max Ferro", LANTERN, "Mentor in training", (Role.FACILITATOR,)),
    "faye": Person("Faye Holt", FAMILIES, "Family worker", (Role.FACILITATOR, Role.COORDINATOR)),
    "otto": Person("Otto Stray", STRANGER, "Coordinator", (Role.COORDINATOR, Role.SIGNATORY)),
    "omar": Person("Omar Senn", OMBUDSMAN, "Visitor", (Role.MONITOR,)),
}


def base() -> None:
    """Store what no application role may write: organisations, places, memberships, vetting, mandates."""
    _organisations()
    for name, person in PEOPLE.items():
        Membership.objects.create(
            id=named(name), user_id=named(f"user:{name}"), organisation_id=person.organisation, shown_name=person.name,
            title=person.title, roles=[str(role) for role in person.roles], valid_from=START,
        )  # fmt: skip
    for name in ("nadia", "cora", "faye"):
        Clearance.objects.create(
            membership_id=named(name), authority_id=PRISON, level="enhanced", valid_from=START,
            valid_until=now() + timedelta(days=200),
        )  # fmt: skip
        for code in ("induction", "mentoring", "safeguarding"):
            _trained(name, code)
    for name in ("pat", "cass"):
        _trained(name, "information_sharing")
    for organisation in (PRISON, LANTERN):
        TokenPermit.objects.create(organisation_id=organisation, allowed=True)
    mandate = Mandate.objects.create(
        id=named("mandate"), body_id=OMBUDSMAN, over_id=PRISON, activity=Activity.OVERSIGHT, statute="Ombudsman Act, s. 12",
        whole_team=True, starts_at=START,
    )  # fmt: skip
    for category in (Category.P02, Category.P03, Category.P07):
        MandateCell.objects.create(mandate=mandate, category=category, form=Form.FULL, purpose=Purpose.OVERSIGHT)


def _organisations() -> None:
    for number, short, name, side, more in (
        (PRISON, "PS", "Prison Service", "authority", {"duty_desk": "555 0142"}),
        (PROBATION, "PB", "Probation Service", "authority", {}),
        (LANTERN, "LM", "Lantern Mentoring", "civil", {"legal_form": "Association"}),
        (FAMILIES, "TF", "Threshold Families", "civil", {"legal_form": "Foundation"}),
        (STRANGER, "ST", "Stranger Aid", "civil", {}),
        (OMBUDSMAN, "OM", "Ombudsman", "authority", {"statutory": True, "monitoring": True}),
    ):
        facts: dict[str, Any] = more
        Organisation.objects.create(id=number, slug=short.lower(), short=short, name=name, side=side, **facts)
    for place in ("Aldermoor Prison", "Kestrel Bay Prison"):
        Place.objects.create(id=named(place.split()[0].lower()), organisation_id=PRISON, name=place, kind="prison")


def _trained(name: str, code: str) -> None:
    Training.objects.create(
        membership_id=named(name), code=code, valid_from=START, valid_until=now() + timedelta(days=200)
    )


@contextmanager
def acting(name: str, *, purpose: str = Purpose.INTERVENTION, level: int = 1) -> Iterator[Membership]:
    """Act as somebody of the world inside the block, exactly as a request of theirs does."""
    actor = Actor(named(name), PEOPLE[name].organisation, named(f"user:{name}"), purpose, level)
    with transaction.atomic():
        act_as(actor)
        try:
            yield Membership.objects.get(pk=named(name))
        finally:
            if not transaction.get_connection().needs_rollback:
                act_as(None)


def load() -> None:
    """Store the agreements, the case, and the service that is under way, as the people who do it."""
    _sign_all()
    _prison_case()
    _refer_and_accept()
    _agree_goals()
    _brief()


# Who gives what: category, form, purpose, role of the receiver, condition.
FROM_PRISON = [
    (Category.P01, Form.SUMMARY, Condition.NONE),
    (Category.P02, Form.FULL, Condition.NONE),
    (Category.P03, Form.FULL, Condition.NONE),
    (Category.P04, Form.FULL, Condition.NONE),
    (Category.P06, Form.SUMMARY, Condition.NONE),
    (Category.P07, Form.FULL, Condition.NONE),
    (Category.P09, Form.SUMMARY, Condition.NONE),
    (Category.P13, Form.SUMMARY, Condition.PARTICIPATION),
    (Category.P28, Form.THRESHOLD, Condition.NONE),
]
FROM_LANTERN = [
    (Category.P18, Form.DATE, Condition.PARTICIPATION),
    (Category.P19, Form.SUMMARY, Condition.PARTICIPATION),
    (Category.P28, Form.THRESHOLD, Condition.NONE),
]


def _sign_all() -> None:
    agreed = [
        _draft("framework", Kind.FRAMEWORK, "Framework agreement on mentoring"),
        _draft("protocol", Kind.PROTOCOL, "Information-sharing protocol on mentoring"),
        _draft("terms", Kind.TERMS, "Mentoring at Aldermoor Prison"),
    ]
    for version in agreed:
        for signatory in ("helen", "ruth"):
            with acting(signatory, level=2) as by:
                Signature.objects.create(
                    version=version,
                    organisation_id=by.organisation_id,
                    membership=by,
                    hash=version.hash,
                    signed_at=START,
                )


def _draft(name: str, kind: Kind, title: str) -> Version:
    with acting("helen") as by:
        agreement = Agreement.objects.create(
            id=named(name), kind=kind, reference=name.upper(), title=title, party_a_id=PRISON, party_b_id=LANTERN,
            framework_id=None if kind == Kind.FRAMEWORK else named("framework"),
            activity=Activity.CUSTODY if kind == Kind.TERMS else "", created_by=by,
        )  # fmt: skip
        version = Version.objects.create(
            id=named(f"{name}:1"), agreement=agreement, number=1, first_day=START.date(), last_day=date(2099, 12, 31),
            starts_at=START, ends_at=datetime(2100, 1, 1, tzinfo=UTC), drafted_by=by, drafted_for_id=PRISON,
        )  # fmt: skip
        if kind == Kind.PROTOCOL:
            _rules(version)
        if kind == Kind.TERMS:
            _terms(version)
        return propose_as_it_stands(version, by)


def propose_as_it_stands(version: Version, by: Membership) -> Version:
    """Freeze a version without the validator, which has tests of its own."""
    from hashlib import sha256  # noqa: PLC0415

    version.document = f"{version.agreement.title}, version {version.number}"
    version.hash = sha256(version.document.encode()).hexdigest()
    version.proposed_at, version.proposed_by = now(), by
    version.save(update_fields=["document", "hash", "proposed_at", "proposed_by"])
    return version


def _rules(version: Version) -> None:
    def give(owner: int, recipient: int, role: Role, cells: list[tuple[Category, Form, Condition]]) -> None:
        for category, form, condition in cells:
            SharingRule.objects.create(
                version=version, owner_id=owner, recipient_id=recipient, category=category, form=form,
                purpose=Purpose.INTERVENTION, role=role, condition=condition, basis="Prison Act, s. 7",
            )  # fmt: skip

    for role in (Role.FACILITATOR, Role.COORDINATOR):
        give(PRISON, LANTERN, role, FROM_PRISON)
    give(LANTERN, PRISON, Role.PROGRAMME_MANAGER, FROM_LANTERN)


def _terms(version: Version) -> None:
    TermsPlace.objects.create(version=version, place_id=named("aldermoor"))
    TermsRequirement.objects.create(
        version=version, organisation_id=LANTERN, clearance="basic", trainings=["induction", "mentoring"]
    )
    TermsRequirement.objects.create(version=version, organisation_id=PRISON, trainings=["information_sharing"])
    FundingLine.objects.create(
        version=version, due_on=date(2026, 1, 31), amount=12000, currency="EUR", reason="Year one"
    )


def _prison_case() -> None:
    with acting("pat") as by:
        case = Case.objects.create(
            id=named("case"), owner_id=PRISON, reference="A-1001", working_code="7Q", service_purpose="Mentoring in custody",
            child_rules=False,
        )  # fmt: skip
        about: dict[str, Any] = {"owner_id": PRISON, "case": case, "created_by": by}
        Identity.objects.create(
            **about, family_name="Sandoval", given_names="Iri", sort_key="sandoval iri", birth_date=date(1996, 3, 14),
            sex="male", languages=["Marenian"],
        )  # fmt: skip
        IdentitySummary.objects.create(**about, called="Iri", languages=["Marenian"], sex="male", age_group="adult")
        Placement.objects.create(**about, place_id=named("aldermoor"), starts_at=START)
        KeyDates.objects.create(**about, sentence_start=date(2024, 5, 1), release_date=date(2028, 5, 1))
        FullRecord.objects.create(**about, category=Category.P09, title="Needs", text="Needs in full")
        SummaryRecord.objects.create(**about, category=Category.P09, text="Needs, summary", checked_by="Pat Vell")
        SummaryRecord.objects.create(**about, category=Category.P06, text="Escort to room 4", checked_by="Pat Vell")
        SummaryRecord.objects.create(**about, category=Category.P13, text="Reads well", checked_by="Pat Vell")
        FullRecord.objects.create(**about, category=Category.P05, title="Offence", text="Offence summary")
        Assignment.objects.create(case=case, owner_id=PRISON, membership=by, activity=Activity.CUSTODY, created_by=by)


def _refer_and_accept() -> None:
    with acting("cora") as by:
        service = Service.objects.create(
            id=named("service"), organisation_id=LANTERN, terms_id=named("terms"), name="Mentoring in custody",
            method="A steady relationship with a trained mentor.", needs=["mentoring"], target="behaviour",
            languages=["Marenian", "Arabic"], sexes=["male", "female"], age_groups=["young", "adult"], capacity=12,
        )  # fmt: skip
        ServicePlace.objects.create(service=service, place_id=named("aldermoor"))
    with acting("pat") as by:
        Referral.objects.create(
            id=named("referral"), owner_id=PRISON, case_id=named("case"), created_by=by, reference="RF-1001",
            service=service, to_id=LANTERN, terms_id=named("terms"), need="mentoring", place_id=named("aldermoor"),
            text="Would like somebody to talk to.", desired_outcomes=["A weekly routine"], checked_by="Pat Vell",
            checked_on=now().date(), sent_at=now(), sent_by=by,
        )  # fmt: skip
    with acting("cora") as by:
        case = Case.objects.create(
            id=named("civil_case"), owner_id=LANTERN, reference="LM-0147", working_code="7Q",
            service_purpose="Mentoring in custody", child_rules=False,
        )  # fmt: skip
        link = Link.objects.create(
            id=named("link"), authority_id=PRISON, authority_case_id=named("case"), civil_id=LANTERN, civil_case=case,
            activity=Activity.CUSTODY,
        )  # fmt: skip
        Answer.objects.create(
            id=named("answer"), owner_id=LANTERN, case=case, created_by=by, referral_id=named("referral"), link=link,
            accepted=True, answered_at=now(), answered_by=by,
        )  # fmt: skip
        Assignment.objects.create(
            case=case, owner_id=LANTERN, membership_id=named("nadia"), activity=Activity.CUSTODY, created_by=by
        )
        Participation.objects.create(
            id=named("participation"), owner_id=LANTERN, case=case, created_by=by, link=link, informed_by="Cora Lind",
            informed_at=now() - timedelta(days=3), teach_back=True, headings=["routine", "ties"], copy_given="On paper, in Marenian",
            contest_route="Slip to the ombudsman, or any worker of Lantern", ends_at=now() + timedelta(days=180),
        )  # fmt: skip
        DateRecord.objects.create(
            owner_id=LANTERN, case=case, created_by=by, category=Category.P18, fact="Session held", on=now().date()
        )


def _agree_goals() -> None:
    with acting("nadia") as by:
        goals = GoalSet.objects.create(
            id=named("goals"), owner_id=LANTERN, case_id=named("civil_case"), created_by=by, link_id=named("link"), number=1,
        )  # fmt: skip
        Goal.objects.create(
            goal_set=goals, text="Keep a weekly routine", target="behaviour", measure="Three of four planned activities",
            threshold="Four weeks in a row", measured_by="The person",
        )  # fmt: skip
        goals.person_signed_on = now().date()
        goals.save(update_fields=["person_signed_on"])
    for name in ("nadia", "pat"):
        with acting(name) as by:
            GoalSignature.objects.create(goal_set_id=named("goals"), organisation_id=by.organisation_id, membership=by)


def _brief() -> None:
    with acting("pat") as by:
        SafetyBriefing.objects.create(
            id=named("briefing"), owner_id=PRISON, case_id=named("case"), created_by=by, number=1,
            how_to_meet="Room 4, escort to the door.", nothing_to_add=True, closed_check_by="security_manager",
            closed_check_on=now().date(),
        )  # fmt: skip
    with acting("nadia") as by:
        Opening.objects.create(briefing_id=named("briefing"), membership=by)
        Acknowledgement.objects.create(briefing_id=named("briefing"), organisation_id=LANTERN, membership=by)
