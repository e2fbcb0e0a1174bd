"""What of a referral and a service can be quoted, and beneath what others may be.

A referral and goals carry none: they stand as they were checked and signed. Nor does a session: what was said in it is
not kept.
"""

from collections.abc import Iterable

from django.urls import reverse

from concordat.quoting.kinds import FileKind, Kind

from .delivery.attached import END_REPORT, refuse_to_attach
from .models import Concern, EndReport, EndReportFile, GoalSet, HeadingNote, Referral, Review


def _goals(goals: GoalSet) -> Iterable[str]:
    return (text for goal in goals.goals.all() for text in (goal.text, goal.measure))


def _views(review: Review) -> Iterable[str]:
    return (one.text for one in review.positions.all())


def _outcomes(report: EndReport) -> Iterable[str]:
    return (one.comment for one in report.outcomes.all())


KINDS = (
    Kind(Referral, "handed", ["text"], more=lambda referral: referral.desired_outcomes),
    Kind(GoalSet, "summary", [], more=_goals, joined=["goals"]),
    Kind(HeadingNote, "summary", ["text"]),
    Kind(Concern, "own", ["text"]),
    Kind(
        Review, "summary", ["own_words"], more=_views, joined=["positions"],
        page=lambda review: reverse("delivery:review", args=[review.pk]),
    ),
    Kind(
        EndReport, "summary", ["summary", "onward"], more=_outcomes, joined=["outcomes"],
        page=lambda report: reverse("delivery:end_report", args=[report.pk]), refuse=refuse_to_attach,
    ),
)  # fmt: skip
FILES = FileKind(END_REPORT.name, EndReportFile)
