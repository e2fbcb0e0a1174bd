"""The shape of an agreement of the country, before it is drawn up through the actions of `agreements`."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, NamedTuple

from concordat.agreements.models import Kind
from concordat.core.codes import Category, Condition, Form, Purpose
from concordat.people.roles import Role

Answers = Mapping[str, Mapping[str, Any]]


class Signed(NamedTuple):
    """Who signed, and how many days ago."""

    by: str
    ago: int


class Given(NamedTuple):
    """One line of a protocol's table: from whom to which roles."""

    owner: int
    category: Category
    form: Form
    roles: tuple[Role, ...]
    condition: Condition = Condition.NONE


class Payment(NamedTuple):
    """One payment: due in so many days, for what."""

    due_in: int
    amount: int
    reason: str


@dataclass(frozen=True)
class Paper:
    """One agreement. Days count from today: `first` and `last` say in how many days, `written` how many days ago.

    Without `proposed` it stays a draft of its author; without two signatures it is in force nowhere.
    """

    key: str
    kind: Kind
    title: str
    author: str
    written: int
    first: int
    last: int
    proposed: bool = True
    signed: tuple[Signed, ...] = ()
    other: int = 0
    under: str = ""
    answers: Answers = field(default_factory=dict)
    activity: str = ""
    template: str = ""
    purpose: Purpose | None = None
    given: tuple[Given, ...] = ()
    basis: str = ""
    places: tuple[str, ...] = ()
    needs: Mapping[int, tuple[str, tuple[str, ...]]] = field(default_factory=dict)
    payments: tuple[Payment, ...] = ()
