"""What happened to workers: supervision, a letter that somebody should have carried, calls at night."""

from concordat.demo.country import PRISON, Country
from concordat.organisations.models import Organisation
from concordat.safety.actions import boundary, threats, wellbeing
from concordat.safety.models import Part, Terms

DIRECTORS = ("ruth", "tilda", "ilse", "mara")
MANY, USUAL = 60, 30  # persons: the past is told person by person, so that nobody’s work has ended yet


def allow(country: Country, cap: int) -> None:
    """Have each director say with how many persons one worker works at once."""
    for key in DIRECTORS:
        with country.acting(key, 400, "09:00") as by:
            terms = Terms.objects.get(owner=by.organisation_id)
            wellbeing.decide_terms(terms, cap=cap, pairing_months=6, public_key="", by=by)


def happen(country: Country) -> None:
    """Name supervisors, and let two workers tell early."""
    allow(country, USUAL)
    supervise(country)
    a_letter(country)
    calls_at_night(country)


def supervise(country: Country) -> None:
    """Lantern's mentor has somebody from outside, and goes; the others are still without."""
    nadia = country.members["nadia"]
    with country.acting("cora", 80, "09:30") as by:
        wellbeing.name_supervisor(nadia, member=None, outside="Ida Renn, counsellor", by=by)
    for ago in (70, 41, 12):
        with country.acting("nadia", ago, "17:00") as by:
            wellbeing.record_attendance(nadia, held_on=country.days.day(ago), by=by)


def a_letter(country: Country) -> None:
    """Somebody asked the mentor to carry a letter out; the lead passes the least of it on, and a gift waits."""
    with country.acting("nadia", 20, "16:10") as by:
        report = boundary.report(
            kind="contraband", words="After the meeting I was asked to take a letter along. I said no.",
            happened_on=country.days.day(20), by=by,
        )  # fmt: skip
    with country.acting("ruth", 19, "11:00") as by:
        boundary.look(report, answer="Thank you for telling so soon. We talked; you go with Max for a month.", by=by)
        boundary.pass_on(
            report, to=Organisation.objects.get(pk=PRISON), ground="contraband",
            text="At one of your places letters are to be carried out past the post.", by=by,
        )  # fmt: skip
    with country.acting("nadia", 1, "15:40") as by:
        boundary.report(
            kind="gift", words="A brother wanted to give me a watch at the gate.",
            happened_on=country.days.day(1), by=by,
        )  # fmt: skip


def calls_at_night(country: Country) -> None:
    """Have a family worker be called at night; there is a plan, and the lead looks at it again soon."""
    with country.acting("faye", 9, "08:20") as by:
        threat = threats.report(
            worker=by, triage="intimidation", authority=None, by=by,
            facts={Part.WHAT: "Calls at night. Nobody speaks.", Part.PATTERN: "Three nights, after each visit."},
        )  # fmt: skip
    with country.acting("tilda", 9, "08:45") as by:
        threats.acknowledge(threat, by=by)
        threats.step(threat, part=Part.INTERIM, words="A new number; visits go on by day and in pairs.", by=by)
    with country.acting("tilda", 7, "14:00") as by:
        threats.plan(
            threat, words="Somebody comes along to each visit.", cost="Two hours a week.", who="organisation",
            starts_on=country.days.day(7), ends_on=country.days.day(-30), by=by,
        )  # fmt: skip
