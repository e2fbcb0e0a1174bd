"""Why something about a pass is refused, in words; None when it may be done."""

from datetime import date
from uuid import UUID

from django.db import connection
from django.utils.timezone import localdate
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from concordat.cases.rules import refuse_clearance, refuse_training
from concordat.objectives.custody.agreed import Agreed
from concordat.objectives.custody.models import LONGEST, Pass
from concordat.organisations.models import Place
from concordat.people.models import Membership
from concordat.people.roles import Role

ASKING = (Role.COORDINATOR, Role.DIRECTOR)
DECIDING = (Role.SECURITY_MANAGER, Role.DIRECTOR, Role.SIGNATORY)
READING_PASSES = tuple({*ASKING, *DECIDING, Role.PROGRAMME_MANAGER})
INDUCTION = "induction"

CONSTRAINT_SENTENCES = {
    "pass_is_for_some_days": gettext_lazy("A pass is for one day to a year, and ends after it begins."),
    "pass_refusal_has_a_ground": gettext_lazy("Choose the ground on which the worker may not come."),
    "pass_other_ground_is_put_in_words": gettext_lazy("Put the ground in words."),
    "pass_appeal_is_settled_by_another": gettext_lazy("Somebody other than who refused answers an appeal."),
    "pass_is_between_the_parties": gettext_lazy("A pass is for a place of the other party of the terms."),
    "pass_needs_a_ready_worker": gettext_lazy(
        "The worker does not hold what the terms ask for, or not the induction that every pass asks for, or the terms "
        "are not in force at the place."
    ),
    "pass_stays": gettext_lazy("What was decided or written about a pass stays as it was."),
    "thing_is_asked_for_once": gettext_lazy("This thing is on the list already."),
}


def refuse_asking(by: Membership) -> str | None:
    """Say why somebody does not ask for passes."""
    if by.has(*ASKING) and not by.organisation.is_authority:
        return None
    return _("The coordinator or the director of an organisation that holds sessions asks for passes.")


def refuse_pass(
    worker: Membership, agreed: Agreed, place: Place, *, from_on: date, until_on: date, by: Membership
) -> str | None:
    """Say why a pass is not asked for (C6.1, C6.3): the worker is not ready, or the days do not fit."""
    if refusal := refuse_asking(by) or refuse_training(worker, [INDUCTION]):
        return refusal
    if place not in agreed.places:
        return _("The terms “%(terms)s” do not cover %(place)s.") % {"terms": agreed.terms, "place": place}
    for one in agreed.requirements_of(worker.organisation_id):
        if refusal := refuse_clearance(worker, one.clearance) or refuse_training(worker, one.trainings):
            return refusal
    if not localdate() <= from_on <= until_on <= from_on + LONGEST:
        return str(CONSTRAINT_SENTENCES["pass_is_for_some_days"])
    return None


def refuse_decision(one: Pass, *, by: Membership) -> str | None:
    """Say why a pass is not decided."""
    if one.decided_at:
        return str(CONSTRAINT_SENTENCES["pass_stays"])
    if one.ended_at:
        return _("It was taken back.")
    return _refuse_place(one, by)


def refuse_appeal(one: Pass, *, by: Membership) -> str | None:
    """Say why nobody appeals."""
    if one.appealed_at or one.granted is not False:
        return _("Only a refusal is appealed, and once.")
    if one.owner_id != by.organisation_id or not by.has(*ASKING):
        return _("The coordinator or the director of %(who)s appeals.") % {"who": one.owner}
    return None


def refuse_settlement(one: Pass, *, by: Membership) -> str | None:
    """Say why an appeal is not answered; not by whoever refused (SOD)."""
    if not one.appealed_at or one.settled_at:
        return _("There is no appeal that waits.")
    if one.decided_by_id == by.pk:
        return str(CONSTRAINT_SENTENCES["pass_appeal_is_settled_by_another"])
    return _refuse_place(one, by)


def refuse_end(one: Pass, *, by: Membership) -> str | None:
    """Say why a pass is not ended: each side may, at any time, with a reason."""
    if one.ended_at or one.until_on < localdate():
        return _("It is over already.")
    mine = one.owner_id == by.organisation_id and by.has(*ASKING)
    return None if mine else _refuse_place(one, by)


def _refuse_place(one: Pass, by: Membership) -> str | None:
    if one.to_id == by.organisation_id and by.has(*DECIDING):
        return None
    return _("Somebody of %(who)s who leads security or the place decides.") % {"who": one.to}


def open_on(day: date) -> set[UUID]:
    """Return which passes open the gate on a day; a lapsed clearance, course or agreement closes it by itself."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT custody.open_passes(%s)", [day])
        return {row[0] for row in cursor.fetchall()}


def state_of(one: Pass, opens: set[UUID]) -> str:
    """Say in a few words how a pass stands today; `opens` are those that open the gate today."""
    if one.ended_at:
        return _("Ended")
    if one.granted is None:
        return _("No decision, and its day is over") if one.due_on < localdate() else _("Waits for a decision")
    if not one.granted:
        waits = one.appealed_at and not one.settled_at
        return _("Refused; the appeal waits") if waits else _("Refused")
    if one.until_on < localdate():
        return _("Over")
    if one.from_on > localdate():
        return _("Granted, begins later")
    return _("Valid today") if one.pk in opens else _("Stopped: a clearance, a course or the terms have lapsed")
