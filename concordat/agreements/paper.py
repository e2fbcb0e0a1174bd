"""A version on paper: what was signed, by whom, with the check number by which the copy can be compared."""

from collections.abc import Iterable, Iterator
from typing import Any

from django.utils.html import format_html
from django.utils.translation import gettext as _

from concordat.controllers.models import Regime
from concordat.core import wording
from concordat.core.languages import page_language
from concordat.core.parts import Cell, Group, Sheet
from concordat.core.picture import given_words
from concordat.documents.blocks import Block, Document, Heading, Items, Paragraph, Table, plain
from concordat.organisations.models import Organisation

from . import given, overview, rules
from .controllers import laws_of
from .document import first_groups, grouped
from .models import Agreement, Kind, Version
from .overview import Shown
from .sides import sides, signings


def sheet_of(version: Version, *, address: str) -> dict[str, Any]:
    """Return what the printed page of a version shows."""
    agreement, whole = version.agreement, overview.WHOLE.get(pk=version.pk)
    gives = given.giving(agreement, whole)
    left, right = sides(agreement)
    return {
        "agreement": agreement,
        "version": whole,
        "sheet": Sheet(
            title=agreement.title,
            reader=_("%(first)s and %(second)s") % {"first": left.name, "second": right.name},
            version=period(whole),
            code=first_groups(whole.hash) or agreement.reference,
            address=address,
            allowed=_("Everybody at either party may read and keep it. It names no person in custody."),
        ),
        "signings": signings(agreement, whole),
        "by_hand": by_hand(whole),
        "clauses": overview.clauses(whole, gives),
        "columns": given.columns(agreement),
        "groups": given.groups(gives) if agreement.kind == Kind.PROTOCOL else [],
        "terms": agreement.kind == Kind.TERMS,
        "facts": overview.facts_of_terms(whole),
        "check_number": grouped(whole.hash),
        "laws": laws(agreement) if agreement.kind == Kind.PROTOCOL else [],
    }


def laws(agreement: Agreement) -> list[tuple[Organisation, str]]:
    """Say under which law each party keeps data, as it stated last; where it stated nothing, that."""
    return [(one, law_words(stated)) for one, stated in laws_of(agreement)]


def law_words(stated: Regime | None) -> str:
    if stated is None:
        return _("Not stated here yet")
    day = plain(wording.long_day(stated.stated_at))
    said = {"law": stated.get_law_display(), "citation": stated.citation, "day": day}
    if not stated.kinds:
        return _("%(law)s, %(citation)s; stated on %(day)s") % said
    kinds = wording.enumerated(stated.kinds)
    words = _("%(law)s, %(citation)s; but under the law for law enforcement: %(kinds)s; stated on %(day)s")
    return words % {**said, "kinds": kinds}


def by_hand(version: Version) -> list[Organisation]:
    """Return the parties that may still sign on this paper."""
    missing = rules.unsigned_by(version) if version.proposed_at else []
    return [one for one in sides(version.agreement) if one.pk in missing]


def period(version: Version) -> str:
    """Say which version it is, and for which days."""
    words = _("{reference}, version {number}, from {first} to the end of {last}, {zone}")
    return format_html(
        words, reference=version.agreement.reference, number=version.number, first=wording.long_day(version.first_day),
        last=wording.long_day(version.last_day), zone=version.agreement.time_zone,
    )  # fmt: skip


# ---- as a file -----------------------------------------------------------------------------------------------------


def document_of(version: Version) -> Document:
    """Return a version as a document to keep: the same as on the printed page, in the language of the page."""
    shown = sheet_of(version, address="")
    sheet: Sheet = shown["sheet"]
    number = _("Check number %(number)s.") % {"number": sheet.code} if version.hash else _("Draft: not proposed yet.")
    return Document(
        title=sheet.title,
        language=page_language(),
        facts=[
            (_("Text"), sheet.version),
            *((one.party.name, one.words) for one in shown["signings"]),
        ],
        blocks=list(blocks(shown)),
        foot=f"{plain(sheet.version)}\n{number} {sheet.allowed}",
    )


def blocks(shown: dict[str, Any]) -> Iterator[Block]:
    """Yield what stands below the names of the parties."""
    if shown["terms"]:
        yield from terms(shown)
    for one in shown["clauses"]:
        yield from clause(one)
    if shown["groups"]:
        yield Heading(_("What goes in which direction"))
        columns = [_("Category"), *(one.label for one in shown["columns"])]
        for group in shown["groups"]:
            yield from given_in(group, columns)
    if shown["laws"]:
        yield Heading(_("Under which law each party keeps data"))
        yield Paragraph(_("As each party states it; this is no part of the text that is signed."))
        yield Items([named(one.name, words) for one, words in shown["laws"]])
    if shown["check_number"]:
        yield Heading(_("Check number of this text"))
        yield Paragraph(shown["check_number"])


def terms(shown: dict[str, Any]) -> Iterator[Block]:
    """Yield what is listed with activity terms."""
    for one in shown["facts"]:
        yield Heading(one.key)
        yield Paragraph(plain(one.value))
    payments = [
        (wording.long_day(one.due_on), wording.itemised([f"{one.amount} {one.currency}", one.reason]))
        for one in shown["version"].fundinglines.all()
    ]
    yield Heading(_("Payments"))
    yield Items([named(*one) for one in payments])


def clause(one: Shown) -> Iterator[Block]:
    """Yield the words of a clause, what was answered, and what it does."""
    said = wording.effect_words()
    yield Heading(f"{one.clause.number} {one.clause.title}")
    yield Paragraph(one.clause.words)
    yield Items([named(label, value) for label, value in one.answers])
    effects = [(said[does.kind], [plain(does.what), plain(does.how)]) for does in one.clause.effects]
    yield Items([named(kind, wording.itemised(filter(None, words))) for kind, words in effects])


def named(fact: str, value: str) -> str:
    """Write a fact with its name before it."""
    return _("%(fact)s: %(value)s") % {"fact": fact, "value": value}


def given_in(group: Group, columns: list[str]) -> Iterator[Block]:
    """Yield one table of what goes in which direction."""
    if group.name:
        yield Heading(group.name, level=2)
    yield Table(columns, [[row.name, *cells(row.cells)] for row in group.rows])


def cells(row: Iterable[Cell | str]) -> Iterator[str]:
    """Write what stands in the cells of a row."""
    for one in row:
        if isinstance(one, Cell):
            yield wording.itemised(filter(None, [given_words(one.form), one.condition]))
        else:
            yield one
