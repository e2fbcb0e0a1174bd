"""The shape of a story: the people it is about, and what happened after everybody had come as far as they are."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from concordat.agreements.models import Agreement
from concordat.demo.country import Country
from concordat.demo.journey import Journey, Plan


@dataclass
class Told:
    """The country when the stories begin: everybody's way so far, and every agreement, by their references and keys."""

    country: Country
    journeys: Mapping[str, Journey]
    agreements: Mapping[str, Agreement]


def nothing_more(_told: Told) -> None:
    """Leave it there: the way of its people is the whole story."""


@dataclass(frozen=True)
class Story:
    """One story. `codes` are the working codes of its people at the authority, so that a reader finds them."""

    title: str
    plans: tuple[Plan, ...]
    codes: Mapping[str, str] = field(default_factory=dict)
    then: Callable[[Told], None] = nothing_more
