"""The design system: every reusable piece of a page is one tag here, drawn by the template of the same name in `ui/`.

What a tag takes is described in `parts.py`; `/design` shows each of them in both directions. Block tags end with
`end` and their name. A tag that does not exist fails when the template is compiled, and one test compiles them all.
"""

from collections.abc import Sequence
from typing import Any
from zlib import crc32

import segno
from django import template
from django.conf import settings
from django.core.paginator import Page
from django.forms import BaseForm, BoundField
from django.template.context import Context
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language, get_language_bidi

from concordat.core import forms, languages, legal, parts, picture, wording
from concordat.core.parts import Given, Kind, Party

register = template.Library()
Values = dict[str, Any]


def draw(context: Context, name: str, **values: object) -> SafeString:
    """Draw a template of `ui/` around the content of a block tag."""
    assert context.template is not None
    shared = {"csrf_token": context.get("csrf_token"), "request": context.get("request")}
    return context.template.engine.get_template(f"ui/{name}.html").render(context.new({**shared, **values}))


def trimmed(content: str) -> SafeString:
    """Return the content of a block tag, or nothing when it holds only white space. The tag has escaped it already."""
    return mark_safe(content.strip())  # noqa: S308


# ---- Organisations, states, words ------------------------------------------------------------------------


@register.inclusion_tag("ui/org.html")
def org(organisation: Party, role: str = "", size: str = "", name: str = "") -> Values:
    """Show the badge of an organisation with its name, or with the name of somebody who stands there for it."""
    return {"party": organisation, "name": name or organisation.name, "role": role, "small": size == "small"}


@register.inclusion_tag("ui/shape.html")
def shape(party: Party, size: str = "") -> Values:
    """Show the letters in their square or circle alone, beside words that say whose they are."""
    return {"party": party, "small": size == "small"}


@register.inclusion_tag("ui/acting.html")
def acting_as(membership: parts.Acting, change_url: str = "") -> Values:
    """Show as whom the reader acts."""
    return {"membership": membership, "party": membership.organisation, "change_url": change_url}


@register.inclusion_tag("ui/state.html")
def state(kind: Kind | parts.State, text: str = "") -> Values:
    """Show the state of a task, a goal or an agreement: `{% state "done" words %}` or `{% state card.state %}`."""
    shown = kind if isinstance(kind, parts.State) else parts.State(kind, text)
    if shown.kind not in ("done", "soon", "late", "changed", "rest"):
        raise ValueError(f"{shown.kind} is no kind of state")
    return {"state": shown}


@register.simple_tag
def code(value: object) -> SafeString:
    """Show a reference or working code, kept in its own direction."""
    return format_html("<bdi>{}</bdi>", value)


@register.simple_tag
def lang(code: str | None) -> SafeString:
    """Write lang and dir for an element that holds somebody's text: `<p{% lang row.written_in %}>`."""
    return languages.attributes(code)


@register.simple_tag
def phrase(text: str, code: str) -> SafeString:
    """Mark some words of somebody's inside a sentence of the page with their language."""
    return languages.phrase(text, code)


@register.inclusion_tag("ui/written.html")
def written(code: str | None) -> Values:
    """Say quietly in which language a text is, where that is not the language of the page."""
    return {"language": languages.name_of(code) if code and code != languages.page_language() else ""}


@register.inclusion_tag("ui/translated.html")
def translated(translation: parts.Translated) -> Values:
    """Show a translation beneath its original, marked as what it is."""
    return {"translation": translation}


@register.inclusion_tag("ui/said.html")
def said(items: Sequence[parts.Said]) -> Values:
    """Show what a person says against a record: before the record, so that nobody has passed it unread."""
    return {"items": items}


@register.inclusion_tag("ui/quoted.html")
def quoted(items: Sequence[parts.Quoted]) -> Values:
    """Show what a record quotes of others: beneath its own text, each with where it comes from."""
    return {"items": items}


STYLES = {"plain": wording.plain_day, "long": wording.long_day, "near": wording.near_day, "passed": wording.passed_day}


@register.simple_tag
def day(value: parts.When | None, style: str = "plain") -> SafeString | str:
    """Write a date: plain (10 March), long (Tuesday 10 March 2026), near (Today, Friday) or passed (yesterday)."""
    if value is None:
        return ""
    return format_html('<time datetime="{}">{}</time>', wording.local_day(value).isoformat(), STYLES[style](value))


@register.simple_tag
def moment(value: parts.When | None, style: str = "plain") -> SafeString | str:
    """Write a date with its time of day, in the same styles: 9 March, 16:40."""
    if value is None:
        return ""
    return format_html('<time datetime="{}">{}</time>', value.isoformat(), wording.moment(value, STYLES[style]))


@register.simple_block_tag(takes_context=True)
def notice(context: Context, content: str, kind: str = "", state: str = "") -> SafeString:
    """Show what must not be overlooked; `kind` is a kind of state or nothing, `state` the words of its label."""
    return draw(context, "notice", content=content, kind=kind, state=state)


@register.inclusion_tag("ui/draft.html")
def draft(kind: str) -> Values:
    """Say that texts on consent, threats or rights are not approved in this language, as long as they are not."""
    return {"drafted": not legal.is_approved(settings.HOME, get_language() or settings.LANGUAGE_CODE, legal.Kind(kind))}


@register.simple_block_tag(takes_context=True)
def reveal(context: Context, content: str, summary: str) -> SafeString:
    """Keep something folded up until it is wanted."""
    return draw(context, "reveal", content=content, summary=summary)


# ---- What can be done --------------------------------------------------------------------------------------


@register.inclusion_tag("ui/action.html", takes_context=True)
def action(
    context: Context, url: str, label: str, refusal: str | None = None, kind: str = "secondary", *, post: bool = False
) -> Values:
    """Show a button, or, with a refusal, the button switched off and the sentence why."""
    shown = {"url": url, "label": label, "refusal": refusal, "post": post}
    mark = f"off-{crc32(f'{url} {label}'.encode()):x}"
    look = {"primary": "govuk-button", "link": "c-aslink c-aslink--body" if post else "govuk-link"}
    look |= {other: f"govuk-button govuk-button--{other}" for other in ("secondary", "warning")}
    return {"action": shown, "mark": mark, "look": look[kind], "csrf_token": context.get("csrf_token")}


@register.inclusion_tag("ui/actions.html", takes_context=True)
def actions(context: Context, actions: Sequence[parts.Action]) -> Values:
    """Show several things that can be done, in a row."""
    return {"actions": actions, "csrf_token": context.get("csrf_token")}


@register.inclusion_tag("ui/empty.html", takes_context=True)
def empty(context: Context, title: str, words: str = "", url: str = "", label: str = "") -> Values:
    """Show that a list is empty: what would be here, and what can be done."""
    return {"title": title, "words": words, "url": url, "label": label, "csrf_token": context.get("csrf_token")}


# ---- Today -------------------------------------------------------------------------------------------------


@register.simple_block_tag(takes_context=True)
def todaycard(context: Context, content: str, card: parts.Card, next: bool = False) -> SafeString:  # noqa: A002, FBT001, FBT002
    """Show a card of Today inside `<ol class="c-cards">`; `next` marks the one that comes first."""
    said, more = wording.card_when(card)
    return draw(context, "todaycard", card=card, said=said, more=more, next=next, content=trimmed(content))


@register.simple_block_tag(takes_context=True)
def check(context: Context, content: str, state: str, more: str = "") -> SafeString:
    """Show one line inside `<ul class="c-checks">`: done, todo or open."""
    return draw(context, "check", content=content, state=state, more=more)


@register.simple_block_tag(takes_context=True)
def because(context: Context, content: str) -> SafeString:
    """Say why something is asked, or why it is off."""
    return draw(context, "because", content=content)


@register.inclusion_tag("ui/clock.html")
def clock(clock: parts.Clock, scale: int = 90) -> Values:
    """Show a time limit with its consequence; the bar is full after `scale` days."""
    left = wording.days_left(clock.due)
    kind = "late" if left < 0 else "soon" if left <= wording.A_WEEK else ""
    gone = round(100 * min(1, max(0, 1 - left / scale)))
    return {"clock": clock, "kind": kind, "late": left < 0, "left": wording.left_words(clock.due), "gone": gone}


@register.inclusion_tag("ui/news.html")
def news(items: Sequence[parts.News]) -> Values:
    """List what changed, by whom and when."""
    return {"items": items}


@register.inclusion_tag("ui/dates.html")
def dates(items: Sequence[parts.Appointment]) -> Values:
    """List the next dates."""
    return {"items": [(wording.near_day(one.at), one) for one in items]}


# ---- The case ------------------------------------------------------------------------------------------------


@register.inclusion_tag("ui/who.html")
def who(people: Sequence[parts.Who]) -> Values:
    """Show who is who beside a case."""
    return {"people": people}


@register.inclusion_tag("ui/goal.html")
def goal(goal: parts.Goal) -> Values:
    """Show a goal, how it is measured and how far it is."""
    return {"goal": goal}


@register.simple_block_tag(takes_context=True)
def timeline(context: Context, content: str) -> SafeString:
    """Frame the entries of a timeline, each an `event`."""
    return draw(context, "timeline", content=content)


@register.simple_block_tag(takes_context=True)
def event(context: Context, content: str, event: parts.Event) -> SafeString:
    """Show one entry of a timeline; what stands in the block comes under its words."""
    return draw(context, "event", event=event, content=trimmed(content))


@register.inclusion_tag("ui/tabs.html")
def tabs(items: Sequence[parts.Tab], label: str) -> Values:
    """Show the tabs of a page; `label` names them for a screen reader."""
    return {"items": items, "label": label}


# ---- Why -------------------------------------------------------------------------------------------------------


@register.inclusion_tag("ui/answer.html")
def answer(headline: str, words: str = "") -> Values:
    """Show the answer of a decision in one sentence, and what would have to be."""
    return {"headline": headline, "words": words}


@register.inclusion_tag("ui/why.html", takes_context=True)
def why(context: Context, links: Sequence[parts.Link]) -> Values:
    """Show the seven conditions in order: which hold, the first that is missing, and those that were not read."""
    return {"links": links, "csrf_token": context.get("csrf_token")}


# ---- The agreement -----------------------------------------------------------------------------------------------


@register.inclusion_tag("ui/parties.html")
def parties(left: parts.Signing, right: parts.Signing) -> Values:
    """Show the two halves of the indenture: the parties, and who signed when."""
    return {"sides": [left, right]}


@register.simple_block_tag(takes_context=True)
def clauserow(context: Context, content: str, clause: parts.Clause) -> SafeString:
    """Show a clause: its words (those of the block, or its own) on one side, what it does on the other."""
    return draw(context, "clauserow", clause=clause, content=trimmed(content))


@register.inclusion_tag("ui/rights.html")
def rights(effects: Sequence[parts.Effect], *, key: bool = False) -> Values:
    """List what is given, owed and forbidden; with `key`, explain the three signs."""
    words = wording.effect_words()
    return {"effects": [(words[effect.kind], effect) for effect in effects], "words": words, "key": key}


@register.inclusion_tag("ui/given.html")
def given(form: Given | parts.Cell, condition: str = "") -> Values:
    """Show how much is given: `{% given "summary" %}` or `{% given cell %}`."""
    cell = form if isinstance(form, parts.Cell) else parts.Cell(form, condition)
    return {"cell": cell, "words": picture.given_words(cell.form)}


@register.inclusion_tag("ui/given_key.html")
def given_key() -> Values:
    """Explain the signs for how much is given."""
    return {"forms": ["full", "summary", "date", "existence", "threshold", "none", "never"]}


@register.inclusion_tag("ui/matrix.html")
def matrix(columns: Sequence[parts.Column], groups: Sequence[parts.Group], caption: str, first: str) -> Values:
    """Show what goes in which direction; `first` heads the column of names, `caption` is read out."""
    shown = [
        (group.name, [(row.name, [*zip(columns, row.cells, strict=True)]) for row in group.rows]) for group in groups
    ]
    return {"columns": columns, "groups": shown, "caption": caption, "first": first, "width": len(columns) + 1}


@register.inclusion_tag("ui/compare.html")
def compare(rows: Sequence[parts.Difference], before: str, after: str, caption: str, first: str) -> Values:
    """Show what would change: each line opens, widens, narrows, closes, changes or stays."""
    shown = [(row, picture.direction_of_change(row)) for row in rows]
    return {"rows": shown, "before": before, "after": after, "caption": caption, "first": first}


@register.inclusion_tag("ui/picture.html")
def agreement_picture(
    left: Party, right: Party, flows: Sequence[parts.Flow], kept: Sequence[parts.Kept] = (), caption: str = ""
) -> Values:
    """Draw who gives what to whom, wide and tall, with the same in words for those who do not see it."""
    mirrored = get_language_bidi()
    drawings = [
        ("wide", picture.wide(left, right, flows, kept, mirrored=mirrored)),
        ("tall", picture.tall(left, right, flows, kept, mirrored=mirrored)),
    ]
    return {"drawings": drawings, "words": picture.described(left, right, flows, kept), "caption": caption}


# ---- Lists and paper -----------------------------------------------------------------------------------------------


@register.simple_block_tag(takes_context=True)
def table(
    context: Context, content: str, caption: str, columns: str | list[str] | tuple[str, ...], *,
    page: Page[Any] | None = None, numbers: str = "", hide_caption: bool = False,
) -> SafeString:  # fmt: skip
    """Frame plain rows (`<tr><th scope="row">…<td>…`) with headings such as "Case|To|Sent" and links to other pages.

    `numbers` names the columns that hold figures, such as "2,3".
    """
    headings = columns if isinstance(columns, list | tuple) else str(columns).split("|")
    ends = [number for number in numbers.split(",") if number]
    values = {"caption": caption, "headings": headings, "ends": ends, "page": page, "hide_caption": hide_caption}
    return draw(context, "table", rows=content, **values)


@register.inclusion_tag("ui/pager.html", takes_context=True)
def pager(context: Context, page: Page[Any]) -> Values:
    """Show the way to the other pages of a list, keeping what it was narrowed to."""
    return {"page": page, "request": context.get("request")}


@register.inclusion_tag("ui/kv.html")
def kv(rows: Sequence[parts.Answer]) -> Values:
    """Show a summary list: what was asked, what was answered, where it can be changed."""
    return {"rows": rows}


@register.simple_block_tag(takes_context=True)
def printsheet(context: Context, content: str, sheet: parts.Sheet) -> SafeString:
    """Frame a page for paper: who speaks, version, code, what may be done with it, and a line to sign."""
    return draw(context, "printsheet", content=content, sheet=sheet, square=square_of(sheet.address or sheet.code))


@register.simple_block_tag(takes_context=True)
def sheetrow(context: Context, content: str, heading: str, *, changed: bool = False) -> SafeString:
    """Show one row of a sheet; a changed one has a bar in the margin."""
    return draw(context, "sheetrow", content=content, heading=heading, changed=changed)


def square_of(text: str) -> Values:
    """Return a QR code as the size and the path of an SVG."""
    matrix = segno.make_qr(text, error="m").matrix
    dots = [f"M{x} {y}.5h1" for y, row in enumerate(matrix) for x, dark in enumerate(row) if dark]
    return {"size": len(matrix), "path": "".join(dots)}


# ---- Forms ---------------------------------------------------------------------------------------------------------


@register.inclusion_tag("ui/errors.html")
def errors(form: BaseForm) -> Values:
    """Show what has to be put right, each linked to its field; nothing when nothing is wrong."""
    return {"found": forms.errors_of(form)}


@register.inclusion_tag("ui/problems.html")
def problems(field: BoundField) -> Values:
    """Show what is wrong with one field, above its input."""
    return {"field": field, "problems": forms.problems_of(field)}


@register.inclusion_tag("ui/fields.html")
def fields(form: BaseForm) -> Values:
    """Show the fields of a form without the summary of its errors."""
    return {"form": form}


@register.inclusion_tag("ui/filter.html")
def narrow(form: BaseForm) -> Values:
    """Show a form that narrows a list: it is sent with GET and its fields stand in a row."""
    return {"form": form}


@register.simple_tag
def question(field: BoundField, title: str, caption: str = "") -> SafeString:
    """Show one field whose label is the heading of the page."""
    values = {"field": field, "heading": title, "caption": caption}
    return mark_safe(field.form.renderer.render("ui/field.html", values))  # noqa: S308 - a template has escaped it
