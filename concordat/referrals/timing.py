"""The clocks of a referral and of the service that comes of it: all run for the provider alone.

The referrer learns of an answer, and of the end of a service, what the outside view says and no more; a clock of its
own that stopped would tell the rest.
"""

from datetime import date, datetime

from django.utils.timezone import now

from concordat.cases.models import Link
from concordat.clocks import actions as clocks
from concordat.clocks.calendars import end_of
from concordat.people.models import Membership

from .models import Referral


def begin_to_wait(referral: Referral, acknowledge_days: int, answer_days: int, *, by: Membership) -> None:
    """Begin to wait for an acknowledgement and for an answer, as long as the terms say."""
    for step, length in (("acknowledge", acknowledge_days), ("answer", answer_days)):
        clocks.start(
            "CLK-12", step, referral, owner=referral.to_id, reference=referral.reference, starts_at=referral.sent_at,
            length=length, by=by,
        )  # fmt: skip


def begin_service(link: Link, *, by: Membership) -> None:
    """Begin to wait for the first contact, and for the first review."""
    _start("CLK-12", "contact", link, by=by)
    _start("CLK-15", "review", link, by=by)


def had_contact(link: Link, *, by: Membership) -> None:
    """Wait no longer for the first contact."""
    clocks.stop("CLK-12", link, "contact", by=by)


def reviewed(link: Link, next_due: date, *, by: Membership) -> None:
    """Wait for the next review."""
    clocks.stop("CLK-15", link, "review", by=by)
    _start("CLK-15", "review", link, until=end_of(next_due, link.civil_id), by=by)


def end_service(link: Link, *, owes_report: bool, by: Membership) -> None:
    """Nothing of the service is waited for any more, but the end report where it is owed."""
    clocks.stop("CLK-12", link, by=by)
    clocks.stop("CLK-15", link, by=by)
    if owes_report:
        _start("CLK-15", "report", link, by=by)


def _start(code: str, step: str, link: Link, *, until: datetime | None = None, by: Membership) -> None:
    case = link.civil_case
    clocks.start(
        code, step, link, owner=link.civil_id, case=case.pk, reference=case.reference, address=case.get_absolute_url(),
        starts_at=now(), until=until, by=by,
    )  # fmt: skip
