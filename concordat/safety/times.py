"""How long everything here may take, in one place. What the database refuses by is the same in `sql/protect.sql`."""

from datetime import datetime, timedelta

from django.utils.timezone import localdate, localtime

from concordat.core.days import add_months

LOOK_WITHIN = 3  # working days, for the lead to look at a boundary report
CAP = 12  # persons whom one worker works with at once, where the organisation says nothing else
PAIRING = 6  # months after which one worker alone with one person is looked at
GATE = timedelta(days=45)  # without reflective supervision
REASON_HOLDS = timedelta(days=30)  # for which a coordinator's reason opens it
OFFER, DEBRIEF = timedelta(hours=24), timedelta(hours=72)  # CLK-33
OFFER_WORKER = timedelta(hours=24)  # another worker for a person whose case is paused
ACKNOWLEDGE, INTERIM, PLAN = timedelta(hours=1), timedelta(hours=24), timedelta(hours=72)  # CLK-22
FIRST_REVIEW = timedelta(days=14)
REVIEW_START, REVIEW_FINISH = 20, 6  # working days and months after an incident was known (CLK-34)


def month_after(moment: datetime) -> datetime:
    """Return the same hour one month later."""
    return datetime.combine(add_months(localdate(moment), 1), localtime(moment).timetz())
