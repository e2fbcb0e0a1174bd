"""What the clauses of an information-sharing protocol do."""

from collections.abc import Iterable

from django.utils.translation import gettext as _

from concordat.core.codes import Condition
from concordat.core.parts import Effect
from concordat.core.wording import enumerated, itemised

from .reading import Reading, Write, forbids, gives, owes


def purposes(reading: Reading) -> Iterable[Effect]:
    if named := reading.listed("purposes"):
        yield gives(_("Reading is possible only"), named)
    yield forbids(_("Never used for"), reading.listed("excluded"))


def own_decision(reading: Reading) -> Iterable[Effect]:
    if any(one.condition == Condition.PARTICIPATION for one in reading.rules):
        yield forbids(
            _("Nothing marked “while the person agrees” is read without it"),
            _("it closes in the second of a withdrawal"),
        )
    yield gives(_("Outside the provider only “agreed” or “not currently”"), _("no reason, date or history"))
    if ordered := reading.listed("mandated"):
        yield gives(_("Dates of ordered attendance"), ordered)


def warnings(reading: Reading) -> Iterable[Effect]:
    yield gives(_("Warnings pass without the person's agreement"), reading.listed("warnings"))
    yield forbids(_("No other report on people is owed"))


def ceilings(_reading: Reading) -> Iterable[Effect]:
    yield forbids(_("What is said in sessions, and intelligence"), _("there is no field for either"))
    yield forbids(_("Interviews with monitors, complaints, data about victims"), _("no agreement opens them"))


def uses(reading: Reading) -> Iterable[Effect]:
    yield forbids(_("Never used for"), reading.listed("never"))


def requests(reading: Reading) -> Iterable[Effect]:
    yield owes(_("An answer to a request, or a no"), reading.amount("answer_days"))
    yield forbids(
        _("No standing query, no task to watch or question"), _("nothing subscribes to another party's records")
    )


def keeping(reading: Reading) -> Iterable[Effect]:
    yield owes(_("Destroying what was received"), _("%(time)s after the service") % {"time": reading.amount("months")})


def breach(reading: Reading) -> Iterable[Effect]:
    yield owes(_("Telling the other party when data get out"), reading.amount("tell_hours"))
    yield owes(_("Telling the supervisory authority"), reading.amount("authority_hours"))


def rights(reading: Reading) -> Iterable[Effect]:
    yield owes(
        _("An answer to the person"),
        _("%(time)s; %(contact)s")
        % {"time": reading.amount("answer_days"), "contact": reading.answers.get("contact", "")},
    )


def staff(_reading: Reading) -> Iterable[Effect]:
    yield forbids(
        _("Nobody reads who is not cleared, trained, free of conflict and assigned"), _("asked at every look")
    )


def logged(_reading: Reading) -> Iterable[Effect]:
    yield gives(_("Each party sees who looked at its records"), _("one line for every page"))


def impact(reading: Reading) -> Iterable[Effect]:
    if number := reading.answers.get("dpia"):
        place = reading.answers.get("dpia_place")
        yield owes(_("Assessment of the effect on rights"), itemised(map(str, filter(None, [number, place]))))
    yield owes(_("Looking at it together"), _("every %(time)s") % {"time": reading.amount("review_months")})


def termination(reading: Reading) -> Iterable[Effect]:
    yield forbids(_("Nothing is read after the end"), _("in the same second"))
    yield owes(_("Returning or destroying"), reading.amount("destroy_days"))


def borders(reading: Reading) -> Iterable[Effect]:
    if reading.answers.get("transfer") == "listed":
        yield gives(_("Transfer to"), enumerated(map(str, reading.answers.get("countries") or [])))
    else:
        yield forbids(_("Nothing leaves the country"))


PROTOCOL: dict[str, Write] = {
    "ISP-2": purposes,
    "ISP-7": own_decision,
    "ISP-9": warnings,
    "ISP-10": ceilings,
    "ISP-12": uses,
    "ISP-14": requests,
    "ISP-16": keeping,
    "ISP-17": breach,
    "ISP-18": rights,
    "ISP-19": staff,
    "ISP-22": logged,
    "ISP-23": impact,
    "ISP-24": termination,
    "ISP-25": borders,
}
