"""What a team works on, and who of it is left out of a case because they may not work on it."""

from collections.abc import Sequence
from dataclasses import dataclass

from concordat.cases.models import Assignment, Team, TeamCase, TeamMember
from concordat.core.wording import enumerated


@dataclass(frozen=True)
class Given:
    """A case of a team, and the names of the members who are not assigned to it."""

    given: TeamCase
    left_out: str


def of_team(team: Team, members: Sequence[TeamMember]) -> list[Given]:
    """Return the cases of a team that the reader sees, the newest first."""
    cases = list(team.cases.filter(ends_at=None).select_related("case"))
    working = set(
        Assignment.objects.filter(team=team, ends_at=None).values_list("case_id", "activity", "membership_id")
    )
    return [
        Given(
            one,
            enumerated(m.membership for m in members if (one.case_id, one.activity, m.membership_id) not in working),
        )
        for one in cases
    ]
