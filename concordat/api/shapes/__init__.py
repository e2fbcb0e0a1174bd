"""The shapes of what the interface for machines takes and hands out."""

from .common import ProblemShape, Result

__all__ = ["ProblemShape", "Result"]
