"""4. "Not currently": one withdrew, one was declined, and from outside both look like one who was never asked."""

from concordat.cases import actions
from concordat.cases.models import Route
from concordat.demo.journey import Plan, Stage

from .story import Story, Told

PERSON, DECLINED = "A-1009", "A-1011"


def then(told: Told) -> None:
    """Three days ago the slip came; Lantern's coordinator recorded it the same hour."""
    with told.country.acting("cora", 3, "12:10") as by:
        actions.withdraw(told.journeys[PERSON].participation, route=Route.SLIP, by=by)


STORY = Story(
    "Not currently",
    (
        Plan(
            PERSON, "mentoring", Stage.ACTIVE, sent=120, worker="nadia", slot=(4, "09:30"), reviews=(24,),
            own=("LM-0155", "9A"),
        ),
        Plan(DECLINED, "mentoring", Stage.ACKNOWLEDGED, sent=30, declined=24),
    ),
    {PERSON: "2K", DECLINED: "6D"},
    then,
)  # fmt: skip
