"""Why something about interference is refused, in words; None when it may be done."""

from django.utils.timezone import localdate
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from concordat.organisations.models import Place, Side
from concordat.people.models import Membership
from concordat.people.roles import Role

from .agreed import Agreed
from .models import OWED, Interference, Kind, Outcome

ANSWERING = (Role.PROGRAMME_MANAGER, Role.SECURITY_MANAGER, Role.DIRECTOR, Role.SIGNATORY)
REPLYING = (Role.COORDINATOR, Role.DIRECTOR, Role.SIGNATORY)
READING = tuple({*ANSWERING, *REPLYING})

CONSTRAINT_SENTENCES = {
    "interference_is_put_in_words": gettext_lazy("Say what happened."),
    "interference_happened_before": gettext_lazy("Give a day that is not in the future."),
    "interference_is_between_the_parties": gettext_lazy(
        "A report goes from the provider to the authority of the terms, about one of its places."
    ),
    "interference_stays": gettext_lazy("What was reported, answered or said stays as it was written."),
    "interference_reply_follows_an_answer": gettext_lazy("Say how you see it now."),
}


def refuse_reporting(by: Membership) -> str | None:
    """Say why somebody does not report: authorities answer for their places, they do not report on them here."""
    if by.organisation.side == Side.CIVIL:
        return None
    return _("Organisations that hold sessions report here. Your organisation answers.")


def refuse_kind(kind: str, agreed: Agreed, place: Place, *, by: Membership) -> str | None:
    """Say why this cannot be reported under these terms (C6.11, C6.12)."""
    if refusal := refuse_reporting(by):
        return refusal
    if place not in agreed.places:
        return _("The terms “%(terms)s” do not cover %(place)s.") % {"terms": agreed.terms, "place": place}
    owed = OWED.get(Kind(kind))
    if owed and owed not in agreed.supports:
        return _(
            "The terms “%(terms)s” do not say that the place gives this (clause 9). If a session could not be held for "
            "want of it, report that a session was called off."
        ) % {"terms": agreed.terms}
    return None


def refuse_answer(report: Interference, *, by: Membership) -> str | None:
    """Say why a report is not answered."""
    if report.answered_at:
        return str(CONSTRAINT_SENTENCES["interference_stays"])
    if by.organisation_id != report.to_id or not by.has(*ANSWERING):
        return _("Somebody of %(who)s who leads a programme, security or the place answers.") % {"who": report.to}
    return None


def refuse_reply(report: Interference, *, by: Membership) -> str | None:
    """Say why nothing is said to an answer."""
    if report.replied_at:
        return str(CONSTRAINT_SENTENCES["interference_stays"])
    if by.organisation_id != report.owner_id or not by.has(*REPLYING):
        return _("The coordinator or the director of %(who)s says this.") % {"who": report.owner}
    return None if report.answered_at else _("There is no answer yet.")


def state_of(report: Interference) -> str:
    """Say in a few words how a report stands."""
    if report.replied_at:
        return _("Settled") if report.settled else _("Not agreed: both positions stand")
    if report.answered_at:
        return str(Outcome(report.outcome).label)
    return _("No answer, and its day is over") if report.due_on < localdate() else _("Waits for an answer")
