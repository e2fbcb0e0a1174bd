"""Everything that changes what is known about safety: check the rule, write, log, in one transaction."""

from collections.abc import Mapping
from typing import Any

from django.db import transaction

from concordat.cases.actions import add_translation
from concordat.cases.models import Case
from concordat.cases.rules import refuse_unheard
from concordat.core.codes import Category
from concordat.core.edits import take_turn
from concordat.core.errors import Refused
from concordat.ledger.log import record
from concordat.organisations.models import Organisation
from concordat.people.models import Membership
from concordat.quoting.rules import refuse_copied

from . import rules
from .models import Acknowledgement, BriefingTranslation, Opening, SafetyBriefing, SafetyNotice
from .sheet import passages_of


def newest_of(case: Case) -> SafetyBriefing | None:
    """Return the newest version of a case's briefing that one may read."""
    return SafetyBriefing.objects.filter(case=case).first()


@transaction.atomic
def write_briefing(case: Case, *, by: Membership, **text: Any) -> SafetyBriefing:  # noqa: ANN401 - as in the model
    """Write a version of the safety briefing; `text` holds the fields of the model. Every version is confirmed anew."""
    take_turn(case)
    newest = newest_of(case)
    written = [one for one in text.values() if isinstance(one, str)]
    if refusal := rules.refuse_briefing(case, text=text, newest=newest, by=by) or refuse_copied(
        written, into=SafetyBriefing, case=case.pk, by=by
    ):
        raise Refused(refusal)
    number = newest.number + 1 if newest else 1
    briefing = SafetyBriefing.objects.create(owner_id=case.owner_id, case=case, number=number, created_by=by, **text)
    record("briefing.written", owner=case.owner_id, case=case.pk, categories=[Category.P07], briefing=briefing.pk)
    return briefing


@transaction.atomic
def translate_briefing(
    briefing: SafetyBriefing, *, language: str, texts: Mapping[str, str], translated_by: str = "",
    by_machine: bool = False, by: Membership,
) -> BriefingTranslation:  # fmt: skip
    """Add a translation to the newest version. What is confirmed stays the version; a translation is shown with it."""
    if refusal := rules.refuse_translation(briefing, by=by):
        raise Refused(refusal)
    return add_translation(
        BriefingTranslation, briefing, passages=passages_of(briefing), language=language, texts=texts,
        translated_by=translated_by, by_machine=by_machine, what="briefing.translated", by=by,
    )  # fmt: skip


@transaction.atomic
def open_briefing(briefing: SafetyBriefing, *, by: Membership) -> SafetyBriefing:
    """Note that somebody has this version before them; only then can they confirm it."""
    if not Opening.objects.filter(briefing=briefing, membership=by).exists():
        Opening.objects.create(briefing=briefing, membership=by)
        record(
            "briefing.opened",
            owner=briefing.owner_id,
            case=briefing.case_id,
            categories=[Category.P07],
            briefing=briefing.pk,
        )
    return briefing


@transaction.atomic
def acknowledge(briefing: SafetyBriefing, *, by: Membership) -> SafetyBriefing:
    """Confirm that one has read exactly this version, the newest."""
    if refusal := rules.refuse_acknowledgement(briefing, by=by):
        raise Refused(refusal)
    Acknowledgement.objects.create(briefing=briefing, organisation_id=by.organisation_id, membership=by)
    record(
        "briefing.acknowledged",
        owner=briefing.owner_id,
        case=briefing.case_id,
        categories=[Category.P07],
        briefing=briefing.pk,
    )
    return briefing


@transaction.atomic
def send_notice(case: Case, *, to: Organisation, text: str, written_in: str = "", by: Membership) -> SafetyNotice:
    """Warn one partner; it arrives although an agreement was suspended or ended within the last 30 days."""
    refusal = rules.refuse_notice(case, by=by) or rules.refuse_receiver(to) or refuse_unheard(case, to)
    if refusal := refusal or refuse_copied([text], into=SafetyNotice, case=case.pk, by=by):
        raise Refused(refusal)
    notice = SafetyNotice.objects.create(
        owner_id=case.owner_id, case=case, to=to, text=text, written_in=written_in, created_by=by
    )
    record("notice.sent", owner=case.owner_id, case=case.pk, categories=[Category.P28], notice=notice.pk, to=to.pk)
    return notice
