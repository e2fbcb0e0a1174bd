"""What the clauses of a framework agreement do."""

from collections.abc import Iterable

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from concordat.agreements.models import WIND_DOWN_DAYS
from concordat.core.parts import Effect
from concordat.people.models import Membership

from .reading import Reading, Write, forbids, gives, grounds, owes, parameter


def purpose(reading: Reading) -> Iterable[Effect]:
    if named := reading.listed("objectives"):
        yield gives(_("Activity terms may follow"), named)
    if out := reading.listed("not_for"):
        yield forbids(_("Nothing under it is for"), out)


def accountable(reading: Reading) -> Iterable[Effect]:
    officer = Membership.objects.filter(pk__in=filter(None, [reading.answers.get("officer")])).first()
    if officer:
        yield owes(_("%(name)s answers for every measure") % {"name": officer.shown_name}, officer.title)
    yield forbids(
        _("Civil society cannot be made to answer"), _("no field for an accountable officer takes one of its people")
    )


def publication(reading: Reading) -> Iterable[Effect]:
    yield gives(_("Publishing and criticising are free"), _("there is no step in which somebody could say no"))
    if reading.answers.get("publication") == "courtesy":
        yield owes(_("A notice before publishing"), reading.amount("courtesy_hours"))


def places(reading: Reading) -> Iterable[Effect]:
    yield owes(_("Notice of a visit"), reading.amount("notice_days"))
    yield forbids(_("No other ground for refusing a visit than"), reading.listed("refusal_grounds"))


def vetting(reading: Reading) -> Iterable[Effect]:
    yield owes(_("A decision on clearance"), reading.amount("target_days"))
    yield forbids(_("Nobody works without the clearance asked for"), _("an assignment is refused by the database"))


def protection(reading: Reading) -> Iterable[Effect]:
    yield owes(
        _("An answer, day and night"),
        _("%(time)s; %(contact)s")
        % {"time": reading.amount("answer_hours"), "contact": reading.answers.get("duty_contact", "")},
    )
    yield owes(_("First protection"), reading.amount("protect_hours"))
    yield owes(_("A plan"), reading.amount("plan_hours"))


def money(reading: Reading) -> Iterable[Effect]:
    yield owes(_("Payment after an invoice"), reading.amount("payment_days"))
    yield owes(_("Warning before money ends"), reading.amount("warning_months"))


def liability(reading: Reading) -> Iterable[Effect]:
    offered = parameter("MOU-12", "indemnity").choices
    yield owes(_("Holding harmless"), str(offered.get(reading.answers.get("indemnity", ""), "")))


def media(reading: Reading) -> Iterable[Effect]:
    yield owes(_("Notice before a statement about the other"), reading.amount("notice_hours"))
    yield forbids(_("Nobody speaks for the other"))


def incidents(reading: Reading) -> Iterable[Effect]:
    yield owes(_("Telling the other party of an incident"), reading.amount("tell_hours"))


def complaints(reading: Reading) -> Iterable[Effect]:
    yield owes(_("An answer to a complaint"), reading.amount("answer_days"))
    yield gives(_("A way outside both parties"), str(reading.answers.get("outside", "")))


def evaluation(reading: Reading) -> Iterable[Effect]:
    offered = parameter(reading.code, "evaluator").choices
    yield owes(
        _("Evaluation by"), str(reading.answers.get("name") or offered.get(reading.answers.get("evaluator", ""), ""))
    )
    yield forbids(_("Nobody judges what they deliver"))


def disputes(reading: Reading) -> Iterable[Effect]:
    steps = {name: reading.amount(f"{name}_days") for name in ("first", "second", "arbiter")}
    yield owes(_("Three steps"), _("%(first)s, then %(second)s, then %(arbiter)s") % steps)
    yield forbids(_("A disagreement is no ground for suspending"), _("it is not among the grounds that can be chosen"))


def reprisals(reading: Reading) -> Iterable[Effect]:
    yield owes(_("A second look at what happens to critics"), reading.amount("watch_months"))


def length(reading: Reading) -> Iterable[Effect]:
    yield owes(_("Looking at it together"), _("every %(time)s") % {"time": reading.amount("review_months")})
    yield forbids(_("Nothing is open after the last day"), _("a new version has to be signed in time"))


def stopping(reading: Reading) -> Iterable[Effect]:
    yield gives(
        _("Signatories may suspend"),
        _("for at most %(time)s; %(grounds)s") % {"time": reading.amount("max_days"), "grounds": grounds(reading)},
    )
    yield forbids(_("No suspension runs on"), _("it ends by itself, and within four weeks the days are added up"))
    if reading.answers.get("notice_days"):
        yield owes(_("Notice before ending"), reading.amount("notice_days"))
    days = ngettext("%(days)d day", "%(days)d days", WIND_DOWN_DAYS) % {"days": WIND_DOWN_DAYS}
    yield gives(_("What is owed may be written, warnings arrive"), _("for %(time)s after the end") % {"time": days})


def signing(_reading: Reading) -> Iterable[Effect]:
    yield gives(_("The signatory of each party may sign"), _("with a second factor, the check number of this text"))
    yield forbids(_("A proposed text does not change"), _("the database refuses; a change is a new version"))


FRAMEWORK: dict[str, Write] = {
    "MOU-2": purpose,
    "MOU-5": accountable,
    "MOU-6": publication,
    "MOU-7": places,
    "MOU-8": vetting,
    "MOU-10": protection,
    "MOU-11": money,
    "MOU-12": liability,
    "MOU-14": media,
    "MOU-15": incidents,
    "MOU-16": complaints,
    "MOU-17": evaluation,
    "MOU-22": disputes,
    "MOU-23": reprisals,
    "MOU-24": length,
    "MOU-25": stopping,
    "MOU-27": signing,
}
