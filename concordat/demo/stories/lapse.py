"""3. The lapse: terms whose last day was yesterday, a report that is owed, and a warning that still arrives."""

from concordat.agreements import actions
from concordat.demo.country import FAMILIES
from concordat.demo.journey import Plan, Stage
from concordat.demo.papers.drawing_up import sign
from concordat.organisations.models import Organisation
from concordat.sharing import actions as safety

from .story import Story, Told

PERSON, STILL_RUNNING = "T-3002", "T-3005"


def then(told: Told) -> None:
    """Let the terms end yesterday, as both signed five weeks ago; begin their renewal; send a warning all the same."""
    country, terms = told.country, told.agreements["families_thornfield"]
    with country.acting("petra", 38, "09:30") as by:
        version = actions.new_version(terms, by=by)
        actions.set_days(version, first_day=country.days.day(36), last_day=country.days.day(1), by=by)
        actions.propose(version, by=by)
    sign(country, version, "helen", 37)
    sign(country, version, "tilda", 36)
    with country.acting("tilda", 6, "14:15") as by:
        renewal = actions.new_version(terms, by=by)
        actions.set_days(renewal, first_day=country.days.today, last_day=country.days.day(-360), by=by)
    with country.at("sef", country.days.this_morning()) as by:
        safety.send_notice(
            told.journeys[STILL_RUNNING].case, to=Organisation.objects.get(pk=FAMILIES), by=by,
            text="Do not come to the visiting room this week: the stairs are being repaired.",
        )  # fmt: skip


STORY = Story(
    "The lapse",
    (
        Plan(
            PERSON, "family", Stage.ACTIVE, sent=130, worker="faye", slot=(1, "10:00"), reviews=(40,),
            ended_early=("moved", 4), owed=True, own=("TF-0031", "2C"),
            outcomes=("Letters to her son go both ways", "One visit a month"),
        ),
        Plan(
            STILL_RUNNING, "family", Stage.ACTIVE, sent=66, worker="faye", slot=(2, "14:00"), own=("TF-0044", "6W"),
        ),
    ),
    {PERSON: "6H", STILL_RUNNING: "4R"},
    then,
)  # fmt: skip
