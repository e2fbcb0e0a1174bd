"""What changes a referral: drafted and sent by the one side, acknowledged and answered by the other."""

from collections.abc import Mapping, Sequence
from datetime import date

from django.db import transaction
from django.utils.timezone import now

from concordat.cases.actions import add_translation
from concordat.cases.models import Case, Link, Placement
from concordat.cases.rules import refuse_unheard
from concordat.clocks import actions as clocks
from concordat.clocks.calendars import days_of, working_day_after
from concordat.core.codes import Category
from concordat.core.edits import hold, take_turn
from concordat.core.errors import Refused
from concordat.ledger.log import record
from concordat.organisations.models import Place
from concordat.people.models import Membership
from concordat.quoting.rules import refuse_copied
from concordat.referrals import timing
from concordat.referrals.asking import rules
from concordat.referrals.asking.codes import reference, working_code
from concordat.referrals.asking.listing import passages_of
from concordat.referrals.asking.terms import papers
from concordat.referrals.models import Answer, Referral, ReferralTranslation, Service

WRITTEN = ["need", "text", "desired_outcomes", "place", "written_in"]


def place_now(case: Case) -> Place | None:
    """Return where the person of one's own case is."""
    found = Placement.objects.filter(case=case, ends_at=None).select_related("place").first()
    return found.place if found else None


def answer_to(referral: Referral) -> Answer | None:
    """Return the provider's own row about a referral; nobody else has one."""
    return Answer.objects.filter(referral=referral).first()


@transaction.atomic
def draft(
    case: Case, *, service: Service, need: str, text: str, desired_outcomes: Sequence[str], written_in: str = "",
    by: Membership,
) -> Referral:  # fmt: skip
    """Begin a referral. Nobody outside sees it until it is sent."""
    place = place_now(case)
    if refusal := rules.refuse_to_refer(case, by=by) or rules.refuse_service(service, place, known=papers(), by=by):
        raise Refused(refusal)
    if refusal := refuse_copied([text, *desired_outcomes], into=Referral, case=case.pk, by=by):
        raise Refused(refusal)
    assert place is not None
    written = Referral.objects.create(
        owner_id=case.owner_id, case=case, created_by=by, reference=reference("RF", (), digits=6), service=service,
        to_id=service.organisation_id, terms_id=service.terms_id, need=need, place=place, text=text,
        desired_outcomes=list(desired_outcomes), written_in=written_in,
    )  # fmt: skip
    _record("referral.drafted", written)
    return written


@transaction.atomic
def redraft(
    referral: Referral, *, need: str, text: str, desired_outcomes: Sequence[str], written_in: str = "", by: Membership
) -> Referral:
    """Change a draft; it then names the place where the person is now."""
    hold(referral)
    if refusal := rules.refuse_draft(referral, by=by) or refuse_copied(
        [text, *desired_outcomes], into=Referral, case=referral.case_id, by=by
    ):
        raise Refused(refusal)
    referral.need, referral.text, referral.desired_outcomes = need, text, list(desired_outcomes)
    referral.written_in = written_in
    referral.place = place_now(referral.case) or referral.place
    referral.save(update_fields=WRITTEN)
    _record("referral.drafted", referral)
    return referral


@transaction.atomic
def discard(referral: Referral, *, by: Membership) -> None:
    """Throw a draft away."""
    hold(referral)
    if refusal := rules.refuse_discard(referral, by=by):
        raise Refused(refusal)
    _record("referral.discarded", referral)
    referral.delete()


@transaction.atomic
def send(referral: Referral, *, checked_by: str, checked_on: date | None, by: Membership) -> Referral:
    """Send a referral as it was checked. By when the provider acknowledges and answers stands in the terms."""
    hold(referral)
    place, known = place_now(referral.case), papers()
    refusal = rules.refuse_send(referral, place, checked_by=checked_by, checked_on=checked_on, known=known, by=by)
    if refusal := refusal or refuse_unheard(referral.case, referral.to):
        raise Refused(refusal)
    referral.checked_by, referral.checked_on, referral.sent_at, referral.sent_by = checked_by, checked_on, now(), by
    acknowledge_days, answer_days = known.times_of(referral.terms_id)
    days = days_of(referral.to_id)
    referral.acknowledge_due = working_day_after(days.day_of(referral.sent_at), acknowledge_days, days)
    referral.answer_due = working_day_after(days.day_of(referral.sent_at), answer_days, days)
    referral.save(update_fields=["checked_by", "checked_on", "sent_at", "sent_by", "acknowledge_due", "answer_due"])
    _record("referral.sent", referral)
    timing.begin_to_wait(referral, acknowledge_days, answer_days, by=by)
    return referral


@transaction.atomic
def translate(
    referral: Referral, *, language: str, texts: Mapping[str, str], translated_by: str = "", by_machine: bool = False,
    by: Membership,
) -> ReferralTranslation:  # fmt: skip
    """Add a translation to the text of a referral that was sent; the text itself stands as it was checked."""
    if refusal := rules.refuse_to_translate(referral, by=by):
        raise Refused(refusal)
    return add_translation(
        ReferralTranslation, referral, passages=passages_of(referral), language=language, texts=texts,
        translated_by=translated_by, by_machine=by_machine, what="referral.translated", by=by,
    )  # fmt: skip


@transaction.atomic
def acknowledge(referral: Referral, *, by: Membership) -> Answer:
    """Say that a referral has arrived."""
    take_turn(referral)
    if refusal := rules.refuse_acknowledgement(referral, answer_to(referral), by=by):
        raise Refused(refusal)
    said = Answer.objects.create(owner_id=by.organisation_id, created_by=by, referral=referral)
    _record_answer("referral.acknowledged", said)
    clocks.stop("CLK-12", referral, "acknowledge", by=by)
    return said


@transaction.atomic
def answer(referral: Referral, *, accept: bool, reason: str = "", by: Membership) -> Answer:
    """Accept or decline. A reason is optional and stays here; outside a "no" looks like every "not currently"."""
    take_turn(referral)
    said = answer_to(referral)
    if refusal := rules.refuse_answer(referral, said, by=by):
        raise Refused(refusal)
    said = said or acknowledge(referral, by=by)
    if accept:
        said.link = open_case(referral, by=by)
        said.case = said.link.civil_case
    said.accepted, said.reason, said.answered_at, said.answered_by = accept, reason, now(), by
    said.save(update_fields=["case", "link", "accepted", "reason", "answered_at", "answered_by"])
    _record_answer("referral.answered", said)
    clocks.stop("CLK-12", referral, by=by)
    if said.link:
        timing.begin_service(said.link, by=by)
    return said


def open_case(referral: Referral, *, by: Membership) -> Link:
    """Open the provider's own case and join it to the one referred. Only its working code names the person."""
    taken = Case.objects.filter(owner_id=by.organisation_id).values_list("reference", "working_code")
    case = Case.objects.create(
        owner_id=by.organisation_id, reference=reference(by.organisation.short, [one for one, _code in taken]),
        working_code=working_code([code for _one, code in taken]), service_purpose=str(referral.service),
        child_rules=referral.child_rules,
    )  # fmt: skip
    record("case.opened", owner=case.owner_id, case=case.pk, categories=[Category.P02], referral=referral.pk)
    return Link.objects.create(
        authority_id=referral.owner_id, authority_case_id=referral.case_id, civil_id=by.organisation_id,
        civil_case=case, activity=referral.service.activity,
    )  # fmt: skip


def _record(what: str, referral: Referral) -> None:
    record(
        what, owner=referral.owner_id, case=referral.case_id, categories=[Category.P09], referral=referral.pk,
        service=referral.service_id, to=referral.to_id,
    )  # fmt: skip


def _record_answer(what: str, said: Answer) -> None:
    # The line belongs to the provider alone: in the referrer's log it would tell what the page withholds.
    record(what, owner=said.owner_id, case=said.case_id, categories=[Category.P02], referral=said.referral_id)
