"""By which days two organisations of the country count: the prison service by the office, the mentors by the week."""

from datetime import time

from concordat.clocks import actions
from concordat.clocks.models import Source

from .country import Country

OFFICES = (
    ("tomas", "The northern province", [6, 7], time(8), time(17)),
    ("cora", "Harbour district", [5, 6], time(9), time(18)),
)
HOLIDAYS = ((-20, "Founding day"), (-48, "Day of the lamps"), (-75, "Harvest rest"))


def set_all(country: Country) -> None:
    """Set the calendars, with days that nobody outside the country keeps."""
    for key, name, rest, opens, closes in OFFICES:
        with country.acting(key, 60, "09:00") as by:
            calendar = actions.set_calendar(
                name=name, rest_days=rest, opens=opens, closes=closes, time_zone="UTC", by=by
            )
            days = {country.days.day(ago): called for ago, called in HOLIDAYS}
            actions.declare_holidays(calendar, days=days, source=Source.TYPED, by=by)
