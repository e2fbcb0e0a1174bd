"""Who may be named where only named people see a case, and how the form is filled."""

from typing import Any

from concordat.access.papers import people_in
from concordat.cases.models import AllowList, Case
from concordat.people.models import Membership
from concordat.people.roles import Role

from .beside import Beside

OURS = (
    Role.PROGRAMME_MANAGER, Role.CASE_OFFICER, Role.SECURITY_MANAGER, Role.IMPORT_OFFICER, Role.DATA_PROTECTION,
    Role.COORDINATOR, Role.FACILITATOR,
)  # fmt: skip
THEIRS = (Role.PROGRAMME_MANAGER, Role.CASE_OFFICER, Role.SECURITY_MANAGER, Role.COORDINATOR, Role.FACILITATOR)


def standing(case: Case) -> AllowList | None:
    """Return the list that holds now, to those who are on it."""
    return AllowList.objects.filter(case=case, ends_at=None).first()


def people(beside: Beside) -> list[Membership]:
    """Return who may be named: one's own people first, then those of the partners of this case."""
    ours = people_in([beside.by.organisation], *OURS, at=beside.at)
    return ours + people_in(beside.partners, *THEIRS, at=beside.at)


def initial(listed: AllowList | None, by: Membership) -> dict[str, Any]:
    """Fill the form with the list that holds, else with the one who makes it."""
    if listed is None:
        return {"named": [by.pk]}
    return {"named": listed.named, "ground": listed.ground, "reason": listed.reason, "review_on": listed.review_on}
