"""The agreements of the country: what they say (`listed.py`) and how they came about (`drawing_up.py`)."""

from .drawing_up import draw_up
from .paper import Paper, Signed

__all__ = ["Paper", "Signed", "draw_up"]
