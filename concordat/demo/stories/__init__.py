"""The six stories, in the order in which docs/demo.md tells them, and the ways of everybody else."""

from . import child, lapse, ombudsman, ordinary, suspension, withdrawal
from .everybody_else import PLANS
from .story import Story, Told

STORIES: tuple[Story, ...] = (
    ordinary.STORY,
    suspension.STORY,
    lapse.STORY,
    withdrawal.STORY,
    child.STORY,
    ombudsman.STORY,
)

__all__ = ["PLANS", "STORIES", "Story", "Told"]
