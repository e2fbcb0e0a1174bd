"""Suspending, lifting, ending, and opening again after a restore. Access follows in the same statement."""

from datetime import datetime, time, timedelta
from zoneinfo import ZoneInfo

from django.db import transaction
from django.utils.timezone import now
from django.utils.translation import gettext as _

from concordat.agreements import rules
from concordat.agreements.limits import limits
from concordat.agreements.models import Agreement, Closure, Ending, Ground, Suspension
from concordat.clocks import actions as clocks
from concordat.core import edits
from concordat.core.errors import Refused
from concordat.ledger.log import record, record_for
from concordat.people.models import Membership

from .expiring import run_to
from .locking import hold, refuse_if


@transaction.atomic
def suspend(
    agreement: Agreement, *, ground: str, explanation: str, days: int, making_up: str = "", by: Membership
) -> Suspension:
    """Suspend on a listed ground for some days. It ends by itself."""
    agreement, at = hold(agreement), now()
    refuse_if(rules.refuse_suspend(by, agreement, at) or rules.refuse_suspension(agreement, ground, days, at))
    if not explanation.strip():
        raise Refused(_("Say what has happened; the other party reads it."))
    refuse_if(rules.refuse_unconfirmed())
    suspension = Suspension.objects.create(
        agreement=agreement,
        organisation_id=by.organisation_id,
        ground=ground,
        explanation=explanation,
        making_up=making_up,
        starts_at=at,
        ends_at=at + timedelta(days=days),
        created_by=by,
    )
    log("agreement.suspended", agreement, ground=ground, days=days, suspension=suspension.pk)
    return suspension


@transaction.atomic
def lift(suspension: Suspension, *, by: Membership) -> Suspension:
    """End a suspension before it lapses."""
    agreement = hold(suspension.agreement)
    suspension = next(one for one in agreement.suspensions.all() if one.pk == suspension.pk)
    refuse_if(rules.refuse_lift(by, suspension) or rules.refuse_unconfirmed())
    suspension.lifted_at, suspension.lifted_by = now(), by
    suspension.save(update_fields=["lifted_at", "lifted_by"])
    log("agreement.suspension_lifted", agreement, suspension=suspension.pk)
    return suspension


@transaction.atomic
def end(agreement: Agreement, *, reason: str, ground: str = "", by: Membership) -> Ending:
    """End an agreement: at once on a listed ground, else with the notice that is agreed. The wind-down begins then."""
    agreement, at = hold(agreement), now()
    refuse_if(rules.refuse_end(by, agreement))
    if not reason.strip():
        raise Refused(_("Give the reason; the other party reads it."))
    if ground and (ground not in Ground.values or ground not in limits(agreement, at).grounds):
        raise Refused(_("Without notice it can end only on a ground that the parties agreed."))
    refuse_if(rules.refuse_unconfirmed())
    ending = Ending.objects.create(
        agreement=agreement,
        organisation_id=by.organisation_id,
        reason=reason,
        ground=ground,
        created_by=by,
        at=at if ground else end_of_notice(agreement, at),
    )
    log("agreement.ended", agreement, ground=ground, at=ending.at.isoformat())
    if ending.at > at:
        run_to(agreement, ending.at, by=by)
    else:
        clocks.stop("CLK-27", agreement, by=by)
    return ending


def end_of_notice(agreement: Agreement, at: datetime) -> datetime:
    """Return when the notice is over: the end of its last day in the agreement's time zone; now, if none is agreed."""
    days = limits(agreement, at).notice_days
    if not days:
        return at
    zone = ZoneInfo(agreement.time_zone)
    return datetime.combine(at.astimezone(zone).date() + timedelta(days=days + 1), time(), zone)


@transaction.atomic
def reopen(closure: Closure, *, by: Membership) -> Closure:
    """Confirm, after a restore, that everything made since the backup was entered again; from then on records pass."""
    edits.hold(closure)
    refuse_if(rules.refuse_reopen(by, closure) or rules.refuse_unconfirmed())
    closure.confirmed_at, closure.confirmed_by = now(), by
    closure.save(update_fields=["confirmed_at", "confirmed_by"])
    record("organisation.reopened", owner=closure.organisation_id, closure=closure.pk)
    return closure


def log(what: str, agreement: Agreement, **detail: object) -> None:
    """Write a line that both parties read."""
    record_for(what, (agreement.party_a_id, agreement.party_b_id), agreement=agreement.pk, **detail)
