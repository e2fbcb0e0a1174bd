"""What the people of the country wrote where no story has words of its own, chosen by a person's number.

Nothing that was said in a session is here, because nowhere in Concordat is a place for it.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, TypeVar

from concordat.cases.models import Heading
from concordat.core.codes import Category

if TYPE_CHECKING:
    from .caseload import Person

T = TypeVar("T")


def one_of(pool: Sequence[T], number: int) -> T:
    """Return one of a pool, always the same for the same number."""
    return pool[number % len(pool)]


# ---- what the authority records ------------------------------------------------------------------------------------

OFFENCES = (
    "Sentenced under the Public Safety Act, s. 4. First sentence.",
    "Sentenced under the Public Safety Act, s. 9, with two others. The judgment is final.",
    "Sentenced under the Criminal Code, s. 112. An appeal was dismissed.",
)
NEEDS = (
    "Few contacts outside. Wants to plan the week and to have somebody who asks how it went.",
    "Finished school late and is proud of it. Wants to go on, and needs help with forms.",
    "Quarrelled with family before the sentence. Would like to write, does not know how to begin.",
    "Worked as a joiner. Loses heart when a day has no task; the workshop helps.",
)
NEEDS_SHORT = (
    "Routine and planning; somebody from outside who comes regularly.",
    "Education and paperwork; reads well, writes slowly.",
    "Contact with family, at the person’s own pace.",
    "Work and a daily task.",
)
REGIME = (
    "Ordinary regime. Escort to the education wing; notebook and pen allowed.",
    "Ordinary regime. Walks alone with the list of 09:15.",
    "Closed regime until the next review. Two officers on the way, none in the room.",
)
LEARNING = ("Has passed the first carpentry module.", "Is in the reading group on Wednesdays.", "Works in the kitchen.")


def in_full(person: "Person") -> Iterable[tuple[Category, str, str]]:
    """Return what stands in full in the authority's own file: category, title, text."""
    yield Category.P05, "Offence", one_of(OFFENCES, person.number)
    yield Category.P09, "Needs", one_of(NEEDS, person.number)


def in_short(person: "Person") -> Iterable[tuple[Category, str]]:
    """Return what was written for partners."""
    yield Category.P05, "Sentenced by a court; the judgment is not needed for this work."
    yield Category.P06, one_of(REGIME, person.number)
    yield Category.P09, one_of(NEEDS_SHORT, person.number)
    if person.number % 2:
        yield Category.P13, one_of(LEARNING, person.number)


# ---- asking --------------------------------------------------------------------------------------------------------

REQUESTS = (
    "Asked for this twice, without being told to. Mornings are better. Please do not start with the sentence.",
    "Heard of the service on the unit. Would like to begin soon, and to be asked before anything is written down.",
    "Is looking for somebody who stays. Was let down once when a course ended after three weeks.",
    "Wants to use the time until release. Speaks openly when nobody hurries.",
)
OUTCOMES = (
    ("A weekly routine that holds",),
    ("A weekly routine that holds", "One person outside to write to"),
    ("Knows whom to ask after release", "Has the papers that are needed"),
)


@dataclass(frozen=True)
class Aim:
    """A goal in a few words: what, about what, measured how, reached when."""

    text: str
    target: str
    measure: str
    threshold: str
    measured_by: str = "The person, on a sheet of their own"


ROUTINE = Aim("Keep a weekly routine", "behaviour", "Three of four planned activities a week", "Four weeks in a row")
LETTERS = Aim("Write to one person outside", "ties", "Letters sent; to whom stays with the person", "Two letters")
CARPENTRY = Aim(
    "Finish the carpentry module", "skills", "Certificate of the prison school", "The certificate", "The school"
)
VISITS = Aim("Prepare each visit and talk it over", "ties", "Visits prepared", "Three visits")
QUESTIONS = Aim(
    "Put a question to somebody who believes otherwise", "attitudes", "Questions put in the circle", "Three questions"
)
HOME = Aim("Find a room and keep it", "skills", "Rent paid from own income", "Three months")
PAPERS = Aim("Have identity papers and a bank account", "skills", "Papers in hand", "Both")

AIMS: dict[str, tuple[tuple[Aim, ...], ...]] = {
    "mentoring": ((ROUTINE, LETTERS), (ROUTINE, CARPENTRY), (ROUTINE, LETTERS, CARPENTRY)),
    "bay": ((ROUTINE, LETTERS), (ROUTINE,)),
    "young": ((CARPENTRY, ROUTINE),),
    "family": ((LETTERS, VISITS), (VISITS,)),
    "table": ((QUESTIONS, ROUTINE),),
    "room": ((HOME, PAPERS), (PAPERS,)),
}
CHOSEN: dict[str, tuple[str, ...]] = {
    "mentoring": (Heading.ROUTINE, Heading.TIES, Heading.SKILLS),
    "bay": (Heading.ROUTINE, Heading.TIES),
    "young": (Heading.ROUTINE, Heading.SKILLS),
    "family": (Heading.TIES, Heading.WELLBEING),
    "table": (Heading.OUTLOOK, Heading.ROUTINE),
    "room": (Heading.SKILLS, Heading.ROUTINE),
}

# ---- safety --------------------------------------------------------------------------------------------------------

MEETING = (
    "Room 4, education wing. An officer is in line of sight and does not listen. The alarm is on the wall by the door.",
    "Visiting room 2. The door has a window; an officer passes every ten minutes.",
    "The small library. Sit nearest to the door; the desk hears the alarm.",
)


def briefing(number: int, **more: Any) -> dict[str, Any]:  # noqa: ANN401 - the fields of a briefing
    """Return the first version of a safety briefing."""
    return {
        "how_to_meet": one_of(MEETING, number), "triggers": "Being kept waiting at the door.",
        "items": "Notebook and pen. No phone.",
        "restrictions": "50 minutes at most.", "nothing_to_add": True, "closed_check_by": "security_manager", **more,
    }  # fmt: skip


# ---- delivering ----------------------------------------------------------------------------------------------------

NOTES: dict[str, tuple[str, ...]] = {
    Heading.ROUTINE: (
        "Library and sport as planned; one workshop missed because the unit was locked.",
        "Three of four activities. A plan for next week is on one page.",
        "All four activities this week.",
    ),
    Heading.TIES: (
        "First letter written and posted.",
        "An answer came; the next letter is begun.",
        "A visit is arranged.",
    ),
    Heading.SKILLS: (
        "Second part of the module passed.",
        "Filled in a form without help.",
        "Went to the office together.",
    ),
    Heading.WELLBEING: ("Sleeps better since the move to another unit.", "Looks forward to the visit."),
    Heading.OUTLOOK: ("Put a question to the circle for the first time.", "Listened to an answer and asked back."),
}
CAUSES = ("prison", "transport", "person", "provider", "security")
OWN_WORDS = (
    "It is good that somebody asks what I did and not what I am.",
    "I keep the plan because I made it.",
    "I want to go on. Less paper would be nice.",
)
SUMMARIES = (
    "Weekly meetings, most of them held. A routine was planned, kept and changed when it did not fit.",
    "Meetings every week at first, then every other week. Letters were written and answered.",
)
ONWARD = ("The reading group has a place at once.", "A weekly call would be enough from now on.", "")
COMMENTS = ("It held for most of the time.", "It was begun, and goes on without us.", "Nobody could say so far.")
ACHIEVED = ("achieved", "partly", "not_known")
