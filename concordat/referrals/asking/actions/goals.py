"""What changes goals, signatures, and the plan of who will evaluate."""

from collections.abc import Sequence
from datetime import date

from django.db import transaction
from django.db.models import Q

from concordat.cases.models import Assignment, Link
from concordat.core.codes import Category
from concordat.core.edits import hold, take_turn
from concordat.core.errors import Refused
from concordat.ledger.log import record
from concordat.organisations.models import Organisation
from concordat.people.models import Membership
from concordat.quoting.rules import refuse_copied
from concordat.referrals.asking import rules
from concordat.referrals.asking.rules.goals import is_locked
from concordat.referrals.models import EvaluationPlan, Goal, GoalSet, GoalSignature, Referral


def newest_goals(link: Link) -> GoalSet | None:
    """Return the newest version of the goals of a link."""
    found = GoalSet.objects.filter(link=link).select_related("link")  # an authority does not see the provider's case
    return found.prefetch_related("goals", "signatures__membership__organisation").first()


@transaction.atomic
def write_goals(
    link: Link, *, goals: Sequence[Goal], service_target: str, why_changed: str = "", written_in: str = "",
    by: Membership,
) -> GoalSet:  # fmt: skip
    """Write down what was agreed: put right in place until anybody has signed, afterwards a new version."""
    take_turn(link)
    before = newest_goals(link)
    if refusal := rules.refuse_goals(
        goals, service_target=service_target, provider=link.civil_id, before=before, why_changed=why_changed, by=by
    ):
        raise Refused(refusal)
    texts = [text for goal in goals for text in (goal.text, goal.measure)]
    if refusal := refuse_copied([*texts, why_changed], into=GoalSet, case=link.civil_case_id, by=by):
        raise Refused(refusal)
    if before and not is_locked(before):
        written = before
        written.written_in = written_in
        written.save(update_fields=["written_in"])
    else:
        written = _new_version(link, before, why_changed, written_in, by)
    written.goals.all().delete()
    for position, goal in enumerate(goals, start=1):
        goal.goal_set, goal.position = written, position
    Goal.objects.bulk_create(goals)
    _record("goals.written", written, version=written.number)
    return written


def _new_version(link: Link, before: GoalSet | None, why_changed: str, written_in: str, by: Membership) -> GoalSet:
    return GoalSet.objects.create(
        owner_id=by.organisation_id, case_id=link.civil_case_id, created_by=by, link=link,
        number=before.number + 1 if before else 1, why_changed=why_changed, written_in=written_in,
    )  # fmt: skip


@transaction.atomic
def record_persons_word(
    goals: GoalSet, *, signed_on: date | None = None, declined: bool = False, by: Membership
) -> GoalSet:
    """Record that the person signed the goals, or would rather not, which stops nothing."""
    take_turn(goals.link)
    newest = newest_goals(hold(goals).link) or goals
    if refusal := rules.refuse_persons_word(goals, newest, signed_on=signed_on, declined=declined, by=by):
        raise Refused(refusal)
    goals.person_signed_on, goals.person_declined = signed_on, declined
    goals.save(update_fields=["person_signed_on", "person_declined"])
    _record("goals.person_asked", goals)
    return goals


@transaction.atomic
def sign_goals(goals: GoalSet, *, seen: str, by: Membership) -> GoalSignature:
    """Sign goals and measures as they were shown, for one's own organisation; from now on they are locked."""
    take_turn(goals.link)
    newest = newest_goals(goals.link) or goals
    if refusal := rules.refuse_signature(goals, newest, by=by) or rules.refuse_other_goals(newest, seen):
        raise Refused(refusal)
    signed = GoalSignature.objects.create(goal_set=goals, organisation_id=by.organisation_id, membership=by)
    _record("goals.signed", goals)
    return signed


@transaction.atomic
def plan_evaluation(
    referral: Referral, *, evaluator: Organisation, evaluator_name: str, question: str, by: Membership
) -> EvaluationPlan:
    """Say before the start who will evaluate: neither the deliverer nor the person's case manager."""
    refusal = rules.refuse_evaluation(
        referral, evaluator=evaluator, evaluator_name=evaluator_name, deliverers=names_of(referral.to),
        managers=managers_of(referral), by=by,
    )  # fmt: skip
    if refusal:
        raise Refused(refusal)
    plan = EvaluationPlan.objects.create(
        owner_id=referral.owner_id, case=referral.case, created_by=by, referral=referral, delivered_by=referral.to,
        evaluator=evaluator, evaluator_name=evaluator_name.strip(), question=question,
    )  # fmt: skip
    record(
        "evaluation.planned", owner=plan.owner_id, case=plan.case_id, categories=[Category.R01], plan=plan.pk,
        evaluator=evaluator.pk,
    )  # fmt: skip
    return plan


def names_of(organisation: Organisation) -> list[str]:
    """Return the names under which an organisation's people are shown."""
    return list(Membership.objects.filter(organisation=organisation).values_list("shown_name", flat=True))


def managers_of(referral: Referral) -> list[str]:
    """Return who manages the case of a referral, or sent it."""
    people = Assignment.objects.filter(case=referral.case_id).values("membership")
    sent_by = [referral.sent_by_id] if referral.sent_by_id else []
    found = Membership.objects.filter(Q(pk__in=people) | Q(pk__in=sent_by))
    return list(found.values_list("shown_name", flat=True))


def _record(what: str, goals: GoalSet, **detail: object) -> None:
    record(what, owner=goals.owner_id, case=goals.case_id, categories=[Category.P19], goals=goals.pk, **detail)
