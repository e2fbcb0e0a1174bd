"""2. The suspension: one prison closes overnight, on a listed ground; the mentor sees her own rows and reads why."""

from concordat.agreements import actions
from concordat.agreements.models import Ground
from concordat.demo.journey import Plan, Stage

from .story import Story, Told

PERSON = "K-2004"


def then(told: Told) -> None:
    """Suspend the terms at Kestrel Bay for a week; Aldermoor and Saltmarsh go on."""
    with told.country.acting("helen", 1, "17:20", level=2) as by:
        actions.suspend(
            told.agreements["lantern_kestrel"], ground=Ground.SAFETY, days=7, by=by,
            explanation="A threat against visitors was found on the remand wing. It is being looked into.",
            making_up="Missed hours are added at the end of the month.",
        )  # fmt: skip


STORY = Story(
    "The suspension",
    (
        Plan(
            PERSON, "bay", Stage.ACTIVE, sent=100, worker="nadia", slot=(3, "14:00"), reviews=(12,), own=("LM-0162",
            "4M"),
            text="On remand, sleeps badly, asks for somebody who does not talk about the trial.",
        ),
    ),
    {PERSON: "9D"},
    then,
)  # fmt: skip
