"""1. The ordinary mentoring: from a referral to a service that has gone well for half a year."""

from concordat.demo import scans, words
from concordat.demo.country import LANTERN
from concordat.demo.journey import Plan, Stage
from concordat.files.actions import attach
from concordat.files.kinds import AGREEMENT, PARTICIPATION
from concordat.organisations.models import Organisation
from concordat.sharing import actions as safety

from .story import Story, Told

PERSON = "A-1003"
KEPT_APART = "Persons 3K and 5D. New: Person 8T, also on the way to the wing."


def then(told: Told) -> None:
    """Yesterday the security manager changed the briefing and sent a notice: the mentor reads both first."""
    journey = told.journeys[PERSON]
    journey.write_briefing(
        "sef", journey.plan.sent - 1, "16:40",
        **words.briefing(journey.number, **(journey.plan.briefing | {"keep_apart": KEPT_APART})),
        what_changed="One more person to be kept apart from.",
    )  # fmt: skip
    with told.country.acting("sef", 1, "16:55") as by:
        safety.send_notice(
            journey.case, to=Organisation.objects.get(pk=LANTERN), by=by,
            text="The way past the workshop is closed until Friday. Please wait at the gate for the escort.",
        )  # fmt: skip
    keep_papers(told)


def keep_papers(told: Told) -> None:
    """Keep what was signed on paper: the person's own yes, and the list of who was there when the framework began."""
    paper = told.journeys[PERSON].participation
    with told.country.acting("nadia", 3, "15:20") as by:
        attach(
            PARTICIPATION, paper, name="IMG_2041.jpg", description="The signed sheet, one page", by=by,
            data=scans.photo((
                "My agreement with Lantern Mentoring", "I was told what it is about, and that I can stop at any time.",
                "I choose what is reported, and to whom.", "Person 7Q",
            )),
        )  # fmt: skip
    with told.country.acting("petra", 2, "10:05") as by:
        version = AGREEMENT.parents.get(agreement=told.agreements["lantern"], number=1)
        attach(
            AGREEMENT, version, name="attendance.pdf", description="Who was there at the signing", by=by,
            data=scans.pdf((
                "Signing of the framework agreement on mentoring", "For the Prison Service: the accountable officer.",
                "For Lantern Mentoring: the director.", "In two copies, one for each.",
            )),
        )  # fmt: skip


STORY = Story(
    "The ordinary mentoring",
    (
        Plan(
            PERSON, "mentoring", Stage.ACTIVE, sent=190, worker="nadia", slot=(1, "09:30"), reviews=(98, 15),
            evaluated=True,
            own=("LM-0147", "7Q"), aims=(words.ROUTINE, words.LETTERS, words.CARPENTRY),
            text="Would like somebody to talk to who is not from the house. Reads slowly. Mornings are better.",
            outcomes=("A weekly routine that holds", "One person outside to write to"),
            briefing={
                "keep_apart": "Persons 3K and 5D.",
                "health": "Asthma: inhaler in the left pocket. The nurse comes on 222.",
                "language": "Reads slowly, large print helps.", "threats": "Nothing known.",
            },
        ),
    ),
    {PERSON: "3F"},
    then,
)  # fmt: skip
