"""What tests of interference begin with: a report of a mentor about the place where their service runs."""

from datetime import date, timedelta
from typing import Any

from django.utils.timezone import localdate

from concordat.demo.world import PRISON, acting, named
from concordat.objectives.custody import actions
from concordat.objectives.custody.agreed import Agreed, agreed
from concordat.objectives.custody.gate import actions as gate
from concordat.objectives.custody.gate import rules
from concordat.objectives.custody.models import Interference, Kind, Pass
from concordat.people.models import Membership

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


def asked_pass(**changes: Any) -> Pass:  # noqa: ANN401 - the fields of the action
    """Have the coordinator ask for a pass for the mentor."""
    with acting("cora") as by:
        under = terms()
        said = {
            "agreed": under, "place": under.places[0], "worker": Membership.objects.get(pk=named("nadia")),
            "from_on": localdate(), "until_on": localdate() + timedelta(days=30), "things": ["A notebook"], **changes,
        }  # fmt: skip
        return gate.ask(**said, by=by)


def decided(by: str = "sef", **said: Any) -> Pass:  # noqa: ANN401 - the fields of the action
    one = asked_pass()
    with acting(by) as author:
        row = Pass.objects.get(pk=one.pk)
        answer: dict[str, Any] = {"granted": True, "allowed": list(row.items.all()), **said}
        return gate.decide(row, **answer, by=author)


def opens(day: date | None = None, by: str = "sef") -> list[str]:
    with acting(by):
        found = rules.open_on(day or localdate())
        return [one.reference for one in Pass.objects.filter(pk__in=found)]
