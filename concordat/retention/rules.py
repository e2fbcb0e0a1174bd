"""Why something about how long records are kept is refused, in words; None when it is allowed."""

from datetime import date, timedelta

from django.db.models import Q
from django.utils.timezone import localdate, now
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from concordat.cases.models import Case, Link
from concordat.cases.rules import ASSIGNERS
from concordat.core.wording import plain_day
from concordat.people.models import Membership
from concordat.people.roles import Role

from .models import Hold

KEEPERS = (Role.DATA_PROTECTION, Role.PROGRAMME_MANAGER, Role.COORDINATOR)
READERS = (*KEEPERS, Role.DIRECTOR, Role.SIGNATORY)  # of what went
LICENCE = "licence"  # asked for by protocols, and not known here
LONGEST_REVIEW = timedelta(days=366)

CONSTRAINT_SENTENCES = {
    "record_is_held": gettext_lazy("A legal hold keeps this. It is lifted first."),
    "retention_period_is_one_for_each_category": gettext_lazy(
        "Somebody set this period meanwhile. Look at it before you set yours."
    ),
    "retention_is_shorter_for_children": gettext_lazy(
        "Records about children are kept no longer than others, and nothing longer than 1,200 months."
    ),
    "retention_age_goes_with_its_event": gettext_lazy("Give an age between 1 and 120 years, and only with that event."),
    "hold_is_lifted_with_a_reason": gettext_lazy("Say why it is not needed any more."),
}


def refuse_keeper(by: Membership) -> str | None:
    """Say why somebody does not decide how long records are kept."""
    if not by.has(*KEEPERS):
        return _(
            "The data protection officer, a coordinator or a programme manager of the organisation that keeps the "
            "records decides how long."
        )
    return None


def refuse_period(*, event: str, age: int | None, months: int, child_months: int, by: Membership) -> str | None:
    """Say why a period cannot be set."""
    if refusal := refuse_keeper(by):
        return refusal
    if event == LICENCE:
        return _(
            "Concordat does not know on which day a licence ends. Choose the end of the case, which is closed after "
            "the licence, and count the months from there."
        )
    if (event == "age") != (age is not None):
        return str(CONSTRAINT_SENTENCES["retention_age_goes_with_its_event"])
    if child_months > months:
        return str(CONSTRAINT_SENTENCES["retention_is_shorter_for_children"])
    return None


# ---- legal hold ------------------------------------------------------------------------------------------------------


def refuse_to_hold(case: Case, *, by: Membership) -> str | None:
    """Say why somebody cannot keep a case from being disposed of."""
    return refuse_keeper(by) if case.owner_id == by.organisation_id else _("A hold keeps one's own records only.")


def refuse_hold(case: Case, *, category: int | None, review_on: date, by: Membership) -> str | None:
    """Say why this hold cannot be placed."""
    if refusal := refuse_to_hold(case, by=by):
        return refusal
    if Hold.objects.filter(Q(category=None) | Q(category=category), case=case, lifted_at=None).exists():
        return _("A hold keeps this already. Lift that one if this one is to take its place.")
    if not localdate() < review_on <= localdate() + LONGEST_REVIEW:
        return _("Look at it again within a year: by %(day)s at the latest.") % {
            "day": plain_day(localdate() + LONGEST_REVIEW)
        }
    return None


def refuse_to_lift(hold: Hold, *, by: Membership) -> str | None:
    """Say why a hold cannot be lifted."""
    if refusal := refuse_to_hold(hold.case, by=by):
        return refusal
    return _("This hold is lifted already.") if hold.lifted_at else None


# ---- the end of a case -----------------------------------------------------------------------------------------------


def refuse_to_end(case: Case, *, by: Membership) -> str | None:
    if case.owner_id != by.organisation_id or not by.has(*ASSIGNERS):
        return _(
            "A coordinator or programme manager of the organisation that the case belongs to closes it or opens it "
            "again."
        )
    return None


def refuse_close(case: Case, *, by: Membership) -> str | None:
    """Say why a case cannot be closed: while a service runs there is work on it."""
    if refusal := refuse_to_end(case, by=by):
        return refusal
    if case.closed_at:
        return _("This case is closed.")
    runs = Link.objects.filter(Q(ends_at=None) | Q(ends_at__gt=now()))
    if runs.filter(Q(authority_case=case) | Q(civil_case=case)).exists():
        return _("A service for the person still runs. The case is closed when it has ended.")
    return None


def refuse_reopen(case: Case, *, by: Membership) -> str | None:
    """Say why a case cannot be opened again."""
    if refusal := refuse_to_end(case, by=by):
        return refusal
    return None if case.closed_at else _("This case is open.")
