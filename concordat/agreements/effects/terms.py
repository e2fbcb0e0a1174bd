"""What the clauses of activity terms do."""

from collections.abc import Iterable

from django.utils.translation import gettext as _

from concordat.core.parts import Effect
from concordat.core.wording import enumerated

from .framework import evaluation, incidents, stopping
from .reading import Reading, Write, forbids, gives, owes, parameter


def where(reading: Reading) -> Iterable[Effect]:
    found = [one.place.name for one in reading.version.termsplaces.all()]
    if found:
        yield gives(_("The service may run at"), enumerated(found))
    yield forbids(_("Records of people in other places stay closed"))


def referring(reading: Reading) -> Iterable[Effect]:
    yield gives(_("Referrals may be sent"), _("while these terms are in force"))
    yield owes(_("An answer to a referral"), reading.amount("answer_days"))


def target(reading: Reading) -> Iterable[Effect]:
    offered = parameter("TRM-4", "target").choices
    yield gives(_("Reports may speak of"), str(offered.get(reading.answers.get("target", ""), "")))
    yield forbids(_("Belief is no condition for anything"))


def watching(reading: Reading) -> Iterable[Effect]:
    if forms := reading.listed("forms"):
        yield gives(_("Sessions may be watched over"), forms)
    yield forbids(_("No listening, no recording, no questions afterwards, no reading of notes"))


def reflecting(reading: Reading) -> Iterable[Effect]:
    yield owes(
        _("Time with a supervisor from outside"), _("at least every %(time)s") % {"time": reading.amount("each_days")}
    )


def workers(reading: Reading) -> Iterable[Effect]:
    for one in reading.version.termsrequirements.all():
        asked = enumerated([*([one.get_clearance_display()] if one.clearance else []), *one.trainings])
        if asked:
            yield forbids(
                _("Nobody of %(organisation)s is assigned without") % {"organisation": one.organisation}, asked
            )
    if reading.answers.get("working_names"):
        yield gives(_("Workers may use a working name"))


def supports(reading: Reading) -> Iterable[Effect]:
    yield owes(_("The place gives"), reading.listed("supports"))


def replacing(reading: Reading) -> Iterable[Effect]:
    yield owes(_("Another worker"), reading.amount("days"))


def paying(reading: Reading) -> Iterable[Effect]:
    for one in reading.version.fundinglines.all():
        what = _("%(amount)s %(currency)s") % {"amount": one.amount, "currency": one.currency}
        yield owes(what, _("on %(day)s: %(reason)s") % {"day": one.due_on.isoformat(), "reason": one.reason})


def in_kind(reading: Reading) -> Iterable[Effect]:
    for one in reading.answers.get("gives") or []:
        yield owes(str(one))


def payment_time(reading: Reading) -> Iterable[Effect]:
    yield owes(_("Payment of an invoice"), reading.amount("days"))


def called_off(reading: Reading) -> Iterable[Effect]:
    how = {"percent": reading.answers.get("percent", 0), "time": reading.amount("hours")}
    yield owes(_("Pay for what is called off late"), _("%(percent)s%% of the cost, later than %(time)s before") % how)


TERMS: dict[str, Write] = {
    "TRM-2": where,
    "TRM-3": referring,
    "TRM-4": target,
    "TRM-5": watching,
    "TRM-7": reflecting,
    "TRM-8": workers,
    "TRM-9": supports,
    "TRM-10": incidents,
    "TRM-11": replacing,
    "TRM-12": stopping,
    "TRM-13": paying,
    "TRM-14": in_kind,
    "TRM-15": payment_time,
    "TRM-16": called_off,
    "TRM-17": evaluation,
}
