"""The shapes that the tags of the design system take. Rooms fill them; templates hand them on.

Every text is already in the reader's language. It is escaped, unless it was made with `format_html`, so a link inside
a sentence is `format_html(_("Session with {person}"), person=format_html('<a class="govuk-link" href="{}">…</a>'))`.
Dates are dates or aware datetimes and never text: the tags write them, in the reader's language and time zone.
A person is never given a colour or a shape: `State` belongs to tasks, goals and agreements.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Literal, Protocol

When = date | datetime
Kind = Literal["done", "soon", "late", "changed", "rest"]
Given = Literal["full", "summary", "date", "existence", "threshold", "none", "never"]


class Party(Protocol):
    """An organisation as the badge needs it; `organisations.Organisation` is one."""

    @property
    def name(self) -> str: ...
    @property
    def short(self) -> str: ...
    @property
    def is_authority(self) -> bool: ...


class Acting(Protocol):
    """As whom a request acts; `people.Membership` is one."""

    @property
    def organisation(self) -> Party: ...
    @property
    def title(self) -> str: ...


@dataclass(frozen=True)
class Badge:
    """A party that is no organisation of its own, such as one establishment of a prison service."""

    name: str
    short: str
    is_authority: bool


# ---- Words, states and things to do ------------------------------------------------------------------


@dataclass(frozen=True)
class State:
    """The state of a task, a goal or an agreement: done, soon (something to do), late, changed, or rest."""

    kind: Kind
    text: str


@dataclass(frozen=True)
class Action:
    """One thing that can be done. With a `refusal`, the sentence from `rules.py`, it is shown as off, and why.

    `post` sends a form instead of following a link. `kind`: primary (at most one a page), secondary, warning, link.
    """

    label: str
    url: str
    refusal: str | None = None
    kind: Literal["primary", "secondary", "warning", "link"] = "secondary"
    post: bool = False


@dataclass(frozen=True)
class Check:
    """One line of what must be so before something can happen."""

    state: Literal["done", "todo", "open"]
    text: str
    more: str = ""


@dataclass(frozen=True)
class Answer:
    """One line of a summary list: what was asked, what was answered, and where it can be changed."""

    key: str
    value: object
    change_url: str = ""


@dataclass(frozen=True)
class Translated:
    """A translation of somebody's text: `words` say from what, into what, by whom and when.

    The values of `passages` are marked with their language already.
    """

    words: str
    by_machine: bool
    passages: Sequence[Answer]


@dataclass(frozen=True)
class Said:
    """What a person says against a record: their words, in which language, and a line of who entered it and when."""

    words: str
    written_in: str
    note: str


@dataclass(frozen=True)
class Quoted:
    """What a record quotes of another: the words and their language, or a file, and a line of where it comes from."""

    words: str
    written_in: str
    note: str
    file: str = ""
    url: str = ""


@dataclass(frozen=True)
class Tab:
    """One entry of the main navigation, of the tabs of a page or of the links in the footer."""

    text: str
    url: str
    current: bool = False


# ---- Today ---------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Card:
    """Something that needs the reader, on Today. Cards are sorted by `due`.

    `due` with a time and an `until` is an appointment (09:30 to 10:20); with `by` it is a deadline (today by 18:00).
    A plain date is a day. `title` may hold a link. `because` is the sentence that says why it is asked.
    """

    due: When
    title: str
    until: datetime | None = None
    by: bool = False
    place: str = ""
    state: State | None = None
    checks: Sequence[Check] = ()
    actions: Sequence[Action] = ()
    because: str = ""


@dataclass(frozen=True)
class Later:
    """A card that is put together only when it is shown: somebody may have as many as cases, and Today shows a few."""

    due: When
    card: Callable[[], Card]


@dataclass(frozen=True)
class Clock:
    """A time limit: until when, what happens then, and who has it in hand.

    Days left are counted in the reader's time zone; a bar shows 90 days unless the tag is told otherwise.
    `then` is a whole sentence: the consequence. `owner` is the person or organisation that can act.
    """

    name: str
    due: When
    then: str
    owner: str = ""


@dataclass(frozen=True)
class News:
    """Something that changed: what, by whom, when."""

    words: str
    by: str
    at: When
    url: str = ""


@dataclass(frozen=True)
class Appointment:
    """One line of "next dates"."""

    at: When
    words: str


# ---- The case -------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Who:
    """Somebody beside the case: the shape is the organisation's, never the person's."""

    party: Party
    name: str
    role: str


@dataclass(frozen=True)
class Goal:
    """An agreed goal and how it is measured."""

    title: str
    measure: str
    state: State


@dataclass(frozen=True)
class Event:
    """One entry of a timeline. `by` names who entered it; the shape tells on which side they stand."""

    party: Party
    title: str
    by: str
    at: When
    words: str = ""


# ---- Why ------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Link:
    """One of the seven conditions of a decision, in their order.

    holds: looked at, and so. missing: the first that is not so; it may name who can supply it, since when it waits
    and what happens if nothing comes. unread: not looked at, because the answer is already no.
    A condition that depends on a person's choice must not come here as missing with words that say so.
    """

    name: str
    state: Literal["holds", "missing", "unread"]
    words: str = ""
    supplier: str = ""
    waiting: str = ""
    otherwise: str = ""
    actions: Sequence[Action] = ()


# ---- The agreement ----------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Signing:
    """One party of an agreement and what it did: who signed, when, or that it has not."""

    party: Party
    words: str


@dataclass(frozen=True)
class Effect:
    """What a clause does, computed from it: it gives, owes or forbids `what`, `how`."""

    kind: Literal["gives", "owes", "forbids"]
    what: str
    how: str = ""


@dataclass(frozen=True)
class Clause:
    """A clause: its number and heading, and on the other side of the teeth what it does."""

    number: str
    title: str
    effects: Sequence[Effect] = ()
    words: str = ""
    anchor: str = ""


@dataclass(frozen=True)
class Cell:
    """How much of something is given: the form, and the condition under which ("while the person agrees")."""

    form: Given
    condition: str = ""


@dataclass(frozen=True)
class Column:
    """A column of the matrix: a heading, or a party and what it does ("gives to Lantern").

    `label` is short: on a phone it stands above each cell.
    """

    label: str
    party: Party | None = None
    role: str = ""


@dataclass(frozen=True)
class Row:
    """A row of the matrix: one cell, or one text, for each column."""

    name: str
    cells: Sequence[Cell | str]


@dataclass(frozen=True)
class Group:
    """Rows of the matrix under a heading of their own; without a name there is no heading."""

    rows: Sequence[Row]
    name: str = ""


@dataclass(frozen=True)
class Difference:
    """One line of "what changes if we sign": the tag says whether it opens, widens, narrows, closes or changes."""

    name: str
    before: Cell
    after: Cell


@dataclass(frozen=True)
class Flow:
    """An arrow of the agreement's picture: what goes, in which form, to the right, to the left or both ways."""

    what: str
    form: Given
    way: Literal["right", "left", "both"]
    condition: str = ""


@dataclass(frozen=True)
class Kept:
    """What stays with one of the two parties."""

    party: Party
    what: str


# ---- Paper ------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Sheet:
    """The frame of a page that is carried on paper.

    `version` says which one it is and since when. `code` is printed; the square that a telephone can read holds
    `address`, or the code itself. `reader` says for whom the sheet is.
    `allowed` says what may be done with the sheet; `written_by` who answers for it; `sign` whose hand confirms it.
    `legal` names the kind of text on it that a lawyer has to approve: consent, threat or rights.
    """

    title: str
    version: str
    code: str
    allowed: str
    reader: str = ""
    party: Party | None = None
    place: str = ""
    written_by: str = ""
    sign: str = ""
    legal: str = ""
    address: str = ""
