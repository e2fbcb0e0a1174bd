"""A second person of the same two organisations, whose goals are not signed yet: a test signs what it needs."""

from datetime import timedelta
from typing import Any
from uuid import uuid4

from django.utils.timezone import now

from concordat.cases.models import Assignment, Case, Link, Participation, Placement
from concordat.core.codes import Activity
from concordat.demo.world import LANTERN, PRISON, START, acting, named
from concordat.referrals.delivery import actions, answers, rules
from concordat.referrals.models import (
    Answer,
    EndReport,
    Goal,
    GoalSet,
    GoalSignature,
    Referral,
    Service,
    ServicePlace,
    Session,
)
from concordat.sharing import actions as safety
from concordat.sharing.tests.words import words

from .ready import LONG, ago, refused_by_the_database


class OwnLink:
    """A referral that was accepted, with an assigned worker, an agreement of the person and a confirmed briefing."""

    def __init__(
        self, *, outcomes: tuple[str, ...] = ("A weekly routine", "Contact with a sister"), brief: bool = True
    ) -> None:
        self.prison_case, self.case = uuid4(), uuid4()
        self.about = {"owner_id": LANTERN, "case_id": self.case}
        self._open()
        self._refer(list(outcomes))
        self._accept()
        if brief:
            self._brief()

    def _open(self) -> None:
        with acting("pat") as by:
            case = Case.objects.create(
                id=self.prison_case,
                owner_id=PRISON,
                reference="A-1002",
                working_code="2F",
                service_purpose="Mentoring",
                child_rules=False,
            )
            Placement.objects.create(
                owner_id=PRISON, case=case, created_by=by, place_id=named("aldermoor"), starts_at=START
            )
            Assignment.objects.create(
                owner_id=PRISON, case=case, membership=by, activity=Activity.CUSTODY, created_by=by
            )

    def _refer(self, outcomes: list[str]) -> None:
        with acting("cora"):
            service = Service.objects.create(
                organisation_id=LANTERN,
                terms_id=named("terms"),
                name="Talking it through",
                method="Talking.",
                needs=["mentoring"],
                target="both",
                languages=["Marenian"],
                sexes=["male"],
                age_groups=["adult"],
                capacity=4,
            )
            ServicePlace.objects.create(service=service, place_id=named("aldermoor"))
        with acting("pat") as by:
            self.referral = Referral.objects.create(
                owner_id=PRISON,
                case_id=self.prison_case,
                created_by=by,
                reference="RF-1002",
                service=service,
                to_id=LANTERN,
                terms_id=named("terms"),
                need="mentoring",
                place_id=named("aldermoor"),
                text="Asks for somebody.",
                desired_outcomes=outcomes,
                checked_by="Pat Vell",
                checked_on=now().date(),
                sent_at=now(),
                sent_by=by,
            )

    def _accept(self) -> None:
        with acting("cora") as by:
            case = Case.objects.create(
                id=self.case, owner_id=LANTERN, reference="LM-0200", working_code="2F", service_purpose="Mentoring",
                child_rules=False,
            )  # fmt: skip
            self.link = Link.objects.create(
                authority_id=PRISON, authority_case_id=self.prison_case, civil_id=LANTERN, civil_case=case,
                activity=Activity.CUSTODY,
            )  # fmt: skip
            Answer.objects.create(
                **self.about,
                created_by=by,
                referral=self.referral,
                link=self.link,
                accepted=True,
                answered_at=now(),
                answered_by=by,
            )
            Assignment.objects.create(
                **self.about,
                membership_id=named("nadia"),
                activity=Activity.CUSTODY,
                created_by=by,
                starts_at=now() - LONG,
            )
            Participation.objects.create(
                **self.about,
                created_by=by,
                link=self.link,
                informed_by="Cora Lind",
                teach_back=True,
                copy_given="On paper",
                informed_at=now() - LONG - timedelta(days=3),
                headings=["routine", "outlook"],
                contest_route="Slip",
                starts_at=now() - LONG,
                ends_at=now() + timedelta(days=90),
            )

    def _brief(self) -> None:
        with acting("pat") as by:
            briefing = safety.write_briefing(Case.objects.get(pk=self.prison_case), by=by, **words(what_changed=""))
        with acting("nadia") as by:
            safety.acknowledge(safety.open_briefing(briefing, by=by), by=by)

    def agree_goals(self, *, without: str = "", person: str = "signed", target: str = "behaviour") -> None:
        """Sign goals for everybody but `without`; the person signs or declines."""
        with acting("nadia") as by:
            goals = GoalSet.objects.create(**self.about, created_by=by, link=self.link, number=1)
            Goal.objects.create(
                goal_set=goals,
                text="Keep a routine",
                target=target,
                measure="Activities",
                threshold="Four weeks",
                measured_by="Both",
            )
            if without != "the person":
                goals.person_signed_on = now().date() if person == "signed" else None
                goals.person_declined = person == "declined"
                goals.save(update_fields=["person_signed_on", "person_declined"])
        for name, party in (("nadia", "the provider"), ("pat", "the referrer")):
            if without != party:
                with acting(name) as by:
                    GoalSignature.objects.create(goal_set=goals, organisation_id=by.organisation_id, membership=by)

    def record(self, **changes: Any) -> Session:  # noqa: ANN401 - the fields of an action
        """Record a session of the last hour."""
        with acting("nadia") as by:
            fields = {"worker": by, "starts_at": ago(hours=1), "held": True, "minutes": 50, **changes}
            return actions.record_session(self.link, by=by, **fields)

    def refused(self, constraint: str) -> None:
        """Expect the rule's sentence, and the same from the database."""
        with acting("nadia") as by:
            sentence = rules.refuse_session(self.link, worker=by, starts_at=ago(hours=1), minutes=50, by=by)
        assert sentence == rules.in_words(constraint)
        with acting("nadia") as by, refused_by_the_database(constraint):
            Session.objects.create(
                **self.about, created_by=by, link=self.link, worker=by, starts_at=ago(hours=1), held=True, minutes=50
            )

    def headings(self) -> list[str]:
        """Return the headings that are offered for notes."""
        with acting("nadia"):
            return [heading.value for heading in answers.headings_of(self.case)]

    def end(self) -> EndReport:
        """Write the end report."""
        with acting("nadia") as by:
            outcomes = [("achieved", "It holds."), ("not_known", "Nobody told us.")]
            return actions.write_end_report(self.link, summary="Nine meetings.", outcomes=outcomes, by=by)
