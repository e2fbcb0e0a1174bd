"""What tests of interference begin with: a report of a mentor about the place where their service runs."""

from typing import Any

from django.utils.timezone import localdate

from concordat.demo.world import PRISON, acting
from concordat.objectives.custody import actions
from concordat.objectives.custody.agreed import Agreed, agreed
from concordat.objectives.custody.models import Interference, Kind

WORDS = "zqlistened: the door stood open and somebody stood in it."


def terms() -> Agreed:
    """Return the terms of the mentor's organisation with the prison service."""
    return next(one for one in agreed() if PRISON in (one.terms.party_a_id, one.terms.party_b_id) and one.places)


def reported(by: str = "nadia", **changes: Any) -> Interference:  # noqa: ANN401 - the fields of the action
    with acting(by) as author:
        under = terms()
        said = {
            "kind": Kind.LISTENED, "happened_on": localdate(), "words": WORDS, "sessions_lost": 1, "agreed": under,
            "place": under.places[0], **changes,
        }  # fmt: skip
        return actions.report(**said, by=author)
