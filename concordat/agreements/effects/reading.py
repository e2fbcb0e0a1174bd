"""What the functions that write effects are given, and the three kinds of effect."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any

from concordat.agreements.catalogue import ENTRIES, Parameter
from concordat.agreements.models import Agreement, Ground, SharingRule, Version
from concordat.core.parts import Effect
from concordat.core.wording import enumerated

Answers = dict[str, Any]


@dataclass(frozen=True)
class Reading:
    """One clause with all that its effects may depend on."""

    version: Version
    agreement: Agreement
    code: str
    answers: Answers
    rules: list[SharingRule]

    def listed(self, name: str) -> str:
        """Write the chosen answers of a question, with commas."""
        offered = parameter(self.code, name).choices
        return enumerated(str(offered[one]) for one in self.answers.get(name) or [] if one in offered)

    def amount(self, name: str) -> str:
        """Write a number with its unit."""
        return f"{self.answers.get(name, 0)} {parameter(self.code, name).unit}".strip()


Write = Callable[[Reading], Iterable[Effect]]


def parameter(code: str, name: str) -> Parameter:
    return next(one for one in ENTRIES[code].parameters if one.name == name)


def gives(what: str, how: str = "") -> Effect:
    return Effect("gives", what, how)


def owes(what: str, how: str = "") -> Effect:
    return Effect("owes", what, how)


def forbids(what: str, how: str = "") -> Effect:
    return Effect("forbids", what, how)


def grounds(reading: Reading) -> str:
    """Write the agreed grounds for suspending, with commas."""
    return enumerated(str(Ground(one).label) for one in reading.answers.get("grounds") or [] if one in Ground.values)
