"""What the catalogue says of a clause: its heading, our words for it, and the parameters that the machine reads."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Literal

from django.utils.functional import Promise

from concordat.core.codes import Activity

Words = str | Promise
Shape = Literal["text", "lines", "number", "yesno", "choice", "many", "officer"]
Choices = Mapping[str, Words]


@dataclass(frozen=True)
class Parameter:
    """One answer that a clause needs. `lines` is a list of texts; `officer` the number of a membership of an authority.

    `needed` means that it may not stay empty, `all_of` names the choices that may not be left out.
    """

    name: str
    label: Words
    shape: Shape
    default: Any = ""
    choices: Choices = field(default_factory=dict)
    least: int = 0
    most: int = 0
    unit: Words = ""
    hint: Words = ""
    needed: bool = False
    all_of: tuple[str, ...] = ()


@dataclass(frozen=True)
class Entry:
    """One clause of the catalogue: mandatory always, or only where one of the activities `when` is an objective."""

    code: str
    title: Words
    wording: Words
    parameters: tuple[Parameter, ...] = ()
    mandatory: bool = True
    when: frozenset[Activity] = frozenset()

    @property
    def number(self) -> str:
        """The number alone, as it stands before the heading."""
        return self.code.partition("-")[2]

    def defaults(self) -> dict[str, Any]:
        """Return fresh default answers, ready to be stored with a clause."""
        return {
            one.name: list(one.default) if isinstance(one.default, list | tuple) else one.default
            for one in self.parameters
        }


def text(name: str, label: Words, *, needed: bool = False, hint: Words = "") -> Parameter:
    return Parameter(name, label, "text", needed=needed, hint=hint)


def lines(name: str, label: Words, *, needed: bool = False, hint: Words = "") -> Parameter:
    return Parameter(name, label, "lines", default=(), needed=needed, hint=hint)


def number(  # noqa: PLR0917 - the tables read better
    name: str, label: Words, default: int, least: int, most: int, unit: Words = ""
) -> Parameter:
    return Parameter(name, label, "number", default, least=least, most=most, unit=unit, needed=True)


def yesno(name: str, label: Words, *, default: bool, needed: bool = False, hint: Words = "") -> Parameter:
    """Ask yes or no; with `needed` only yes can be agreed."""
    return Parameter(name, label, "yesno", default, needed=needed, hint=hint)


def choice(name: str, label: Words, default: str, choices: Choices, hint: Words = "") -> Parameter:
    return Parameter(name, label, "choice", default, choices, needed=True, hint=hint)


def many(
    name: str,
    label: Words,
    default: tuple[str, ...],
    choices: Choices,
    *,
    all_of: tuple[str, ...] = (),
    needed: bool = True,
) -> Parameter:
    return Parameter(name, label, "many", default, choices, needed=needed, all_of=all_of)
