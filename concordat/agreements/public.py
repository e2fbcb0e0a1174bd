"""The open part of an agreement as everybody reads it: everything on these pages stands in the published text itself.

Nothing is looked up, so that a page tells no more than what was signed to be open.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from concordat.core import wording
from concordat.core.codes import Category, Condition, Form, Purpose
from concordat.core.languages import page_language
from concordat.core.parts import Kind as Look
from concordat.core.parts import State
from concordat.documents.blocks import Block, Document, Heading, Items, Paragraph, Table
from concordat.people.roles import Role

from .answers import in_words
from .catalogue import ENTRIES
from .catalogue.openness import KEPT_BACK, NAME
from .document import grouped
from .models import Kind
from .paper import named

STATES: dict[str, tuple[Look, Any]] = {
    "force": ("done", gettext_lazy("In force")),
    "later": ("changed", gettext_lazy("Signed, begins later")),
    "replaced": ("rest", gettext_lazy("Replaced by a newer version")),
    "ended": ("rest", gettext_lazy("Ended")),
}


@dataclass(frozen=True)
class OpenClause:
    """One clause: its words and answers, or why it is kept back."""

    number: str
    title: str
    words: str
    answers: list[tuple[str, str]]
    kept_back: str


@dataclass(frozen=True)
class Passing:
    """One rule of a protocol: who gives what to whom."""

    giver: str
    taker: str
    what: str
    how: str
    why: str


def state_of(code: str | None) -> State | None:
    """Show where a published text stands; nothing where it is not published yet."""
    return State(STATES[code][0], str(STATES[code][1])) if code in STATES else None


def page(said: dict[str, Any], *, code: str | None, whole: str, own: str) -> dict[str, Any]:
    """Return what the page of an open part shows; `whole` and `own` are the check numbers of both."""
    parties = {one["id"]: one["name"] for one in said["agreement"]["parties"]}
    return {
        "title": said["agreement"]["title"],
        "caption": caption(said),
        "state": state_of(code),
        "parties": wording.enumerated(parties.values()),
        "days": days(said),
        "clauses": list(clauses(said)),
        "rules": [passing(one, parties) for one in said.get("rules", [])],
        "never": [never(one, parties) for one in said.get("prohibitions", [])],
        "listed": list(lists(said, parties)),
        "whole": grouped(whole),
        "own": grouped(own),
    }


def caption(said: dict[str, Any]) -> str:
    values = {
        "kind": Kind(said["agreement"]["kind"]).label,
        "reference": said["agreement"]["reference"],
        "number": said["version"]["number"],
    }
    return _("%(kind)s %(reference)s, version %(number)d") % values


def days(said: dict[str, Any]) -> str:
    first, last = (date.fromisoformat(said["version"][name]) for name in ("first_day", "last_day"))
    return _("From %(first)s to the end of %(last)s.") % {
        "first": wording.long_day(first), "last": wording.long_day(last)
    }  # fmt: skip


def clauses(said: dict[str, Any]) -> Iterator[OpenClause]:
    for one in sorted(said["clauses"], key=lambda each: each["position"]):
        entry = ENTRIES.get(one["code"])
        number, title = (entry.number, str(entry.title)) if entry else (one["code"], one["code"])
        if NAME in one:
            ground = str(KEPT_BACK.get(one[NAME], _("In the annex, without a ground that is stated")))
            yield OpenClause(number, title, "", [], ground)
        else:
            asked = entry.parameters if entry else ()
            found = [
                (str(each.label), in_words(each, one["parameters"].get(each.name), {}))
                for each in asked
                if each.name in one["parameters"]
            ]
            yield OpenClause(number, title, one["wording"], [(label, words) for label, words in found if words], "")


def passing(one: dict[str, Any], parties: dict[int, str]) -> Passing:
    how = wording.itemised([str(Form(one["form"]).label), str(Condition(one["condition"]).label)])
    why = wording.itemised([str(Purpose(one["purpose"]).label), str(Role(one["role"]).label), one["basis"]])
    return Passing(
        parties[one["owner_id"]], parties[one["recipient_id"]], str(Category(one["category"]).label), how, why
    )


def never(one: dict[str, Any], parties: dict[int, str]) -> str:
    values = {
        "giver": parties[one["owner_id"]],
        "taker": parties[one["recipient_id"]],
        "what": Category(one["category"]).label,
    }
    return _("%(giver)s never gives “%(what)s” to %(taker)s.") % values


def lists(said: dict[str, Any], parties: dict[int, str]) -> Iterator[tuple[str, list[str]]]:
    """Yield what activity terms list: places, what workers need, payments."""
    if places := said.get("places"):
        yield _("Places"), [one["name"] for one in places]
    if needs := said.get("requirements"):
        yield _("What workers need"), [need(one, parties) for one in needs]
    if funding := said.get("funding"):
        yield _("Payments"), [payment(one) for one in funding]


def need(one: dict[str, Any], parties: dict[int, str]) -> str:
    return wording.itemised([parties[one["organisation"]], *filter(None, [one["clearance"]]), *one["trainings"]])


def payment(one: dict[str, str]) -> str:
    day = wording.long_day(date.fromisoformat(one["due_on"]))
    return named(day, wording.itemised([f"{one['amount']} {one['currency']}", one["reason"]]))


# ---- as a file -----------------------------------------------------------------------------------------------------


def document_of(shown: dict[str, Any]) -> Document:
    """Return an open part as a document to keep: the same as on its page, in the language of the page."""
    state = [(_("State"), shown["state"].text)] if shown["state"] else []
    return Document(
        title=shown["title"],
        language=page_language(),
        facts=[(_("Text"), shown["caption"]), (_("Parties"), shown["parties"]), (_("Days"), shown["days"]), *state],
        blocks=list(_blocks(shown)),
        foot=_("The open part of an agreement. Everybody may read and keep it."),
    )


def _blocks(shown: dict[str, Any]) -> Iterator[Block]:
    for one in shown["clauses"]:
        yield Heading(f"{one.number} {one.title}")
        if one.kept_back:
            yield Paragraph(one.kept_back)
        else:
            yield Paragraph(one.words)
            yield Items([named(label, words) for label, words in one.answers])
    if shown["rules"]:
        yield Heading(_("Who gives what to whom"))
        columns = [_("Who gives"), _("To whom"), _("What"), _("How much"), _("For what")]
        yield Table(columns, [[one.giver, one.taker, one.what, one.how, one.why] for one in shown["rules"]])
    if shown["never"]:
        yield Heading(_("What is never given"))
        yield Items(shown["never"])
    for heading, rows in shown["listed"]:
        yield Heading(heading)
        yield Items(rows)
    yield Heading(_("Check numbers"))
    yield Paragraph(_("Of this open part: %(number)s") % {"number": shown["own"]})
    yield Paragraph(_("Of the whole text that was signed: %(number)s") % {"number": shown["whole"]})
