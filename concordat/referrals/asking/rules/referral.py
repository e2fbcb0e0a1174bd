"""Who may refer whom to what, and who answers."""

from collections.abc import Sequence
from datetime import date

from django.utils.timezone import localdate
from django.utils.translation import gettext as _

from concordat.cases.models import Case
from concordat.cases.rules import first
from concordat.organisations.models import Place
from concordat.people.models import Membership
from concordat.people.roles import Role
from concordat.referrals.asking.terms import Papers
from concordat.referrals.models import Answer, Referral, Service

REFERRERS = (Role.PROGRAMME_MANAGER, Role.CASE_OFFICER)
MOST_OUTCOMES = 5


def refuse_to_refer(case: Case, *, by: Membership) -> str | None:
    """Say why somebody may not refer the person of a case."""
    if case.owner_id != by.organisation_id or not by.has(*REFERRERS):
        return _("A programme manager or case officer of the organisation that the case belongs to refers a person.")
    if case.closed_at:
        return _("This case is closed.")
    return None


def refuse_service(service: Service, place: Place | None, *, known: Papers, by: Membership) -> str | None:
    """Say why a person at a place cannot be referred to a service (C6.14)."""
    if place is None:
        return _(
            "It is not recorded where this person is. Record the place first: the terms of a service hold at places."
        )
    if service.closed_at:
        return _("%(organisation)s no longer offers this service.") % {"organisation": service.organisation}
    if service.organisation_id == by.organisation_id:
        return _("This is a service of your own organisation.")
    if not any(one.place_id == place.pk for one in service.places.all()):
        return _("This service is not offered at %(place)s.") % {"place": place}
    return known.refuse(service, place, by.organisation)


def refuse_draft(referral: Referral, *, by: Membership) -> str | None:
    """Say why a referral cannot be written or changed."""
    if refusal := refuse_to_refer(referral.case, by=by):
        return refusal
    return _("This referral was sent. It stands as it was checked.") if referral.sent_at else None


def refuse_to_translate(referral: Referral, *, by: Membership) -> str | None:
    """Say why somebody may not add a translation to the text of a referral."""
    if referral.owner_id != by.organisation_id or not by.has(*REFERRERS):
        return _("Only those who refer at the organisation that wrote it add a translation.")
    return None if referral.sent_at else _("A draft can still change. It is translated once it is sent.")


def refuse_discard(referral: Referral, *, by: Membership) -> str | None:
    """Say why a draft cannot be thrown away."""
    return refuse_draft(referral, by=by)


def refuse_send(
    referral: Referral, place: Place | None, *, checked_by: str, checked_on: date | None, known: Papers, by: Membership
) -> str | None:
    """Say why a referral cannot be sent as it stands. `place` is where the person is now."""
    return first(
        (
            refuse_draft(referral, by=by),
            refuse_service(referral.service, place, known=known, by=by),
            _refuse_moved(referral, place),
            _refuse_content(referral.text, referral.desired_outcomes),
            _refuse_need(referral),
            _refuse_check(checked_by, checked_on),
        )
    )


def _refuse_moved(referral: Referral, place: Place | None) -> str | None:
    if place is None or referral.place_id == place.pk:
        return None
    return _("The person is at %(place)s now. Save the draft again, so that it names the right place.") % {
        "place": place
    }


def _refuse_content(text: str, outcomes: Sequence[str]) -> str | None:
    if not text.strip():
        return _("Write what the provider will read.")
    if not 1 <= len(outcomes) <= MOST_OUTCOMES:
        return _("Name one to five outcomes that you and the person hope for.")
    return None


def _refuse_need(referral: Referral) -> str | None:
    if referral.need not in referral.service.needs:
        return _("This service does not help with that need.")
    return None


def _refuse_check(checked_by: str, checked_on: date | None) -> str | None:
    if not checked_by.strip():
        return _("Name who checked the text. Free text can hold anything, so somebody answers for it.")
    if checked_on is None or checked_on > localdate():
        return _("Give the day on which the text was checked; it cannot lie in the future.")
    return None


def _refuse_outsider(referral: Referral, by: Membership) -> str | None:
    if referral.to_id != by.organisation_id or not by.has(Role.COORDINATOR):
        return _("A coordinator of %(organisation)s answers this referral.") % {"organisation": referral.to}
    return None


def refuse_acknowledgement(referral: Referral, answer: Answer | None, *, by: Membership) -> str | None:
    """Say why somebody may not acknowledge a referral. An authority never answers for a provider (PP-5)."""
    if refusal := _refuse_outsider(referral, by):
        return refusal
    return _("This referral is already acknowledged.") if answer else None


def refuse_answer(referral: Referral, answer: Answer | None, *, by: Membership) -> str | None:
    """Say why somebody may not accept or decline a referral."""
    if refusal := _refuse_outsider(referral, by):
        return refusal
    return _("This referral is already answered.") if answer and answer.answered_at else None
