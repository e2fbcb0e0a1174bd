"""Every translation: it compiles, nothing in it is unsure or missing, and no text of the house is without one."""

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from functools import cache
from gettext import c2py
from io import BytesIO
from pathlib import Path
from typing import cast

import pytest
from babel.messages import Catalog, Message
from babel.messages.extract import extract_python
from babel.messages.pofile import read_po
from django.conf import settings
from django.utils.translation.template import templatize

from concordat.core.translations import PACKAGE, PLACES, compile_one

SOURCES = sorted(source for place in PLACES for source in PACKAGE.glob(place))
LANGUAGES = [language for language, _name in settings.LANGUAGES if language != settings.LANGUAGE_CODE]
ROOMS = sorted({path.relative_to(PACKAGE).parts[0] for path in PACKAGE.glob("*/**/*.py")})
NOT_SHOWN = {"tests", "testing", "migrations", "node_modules", "locale"}
PLURAL = (1, 2)
KEYWORDS: dict[str, tuple[int | tuple[int, str], ...] | None] = {
    **dict.fromkeys(("_", "gettext", "gettext_lazy", "gettext_noop")),
    **dict.fromkeys(("ngettext", "ngettext_lazy"), PLURAL),
    **dict.fromkeys(("pgettext", "pgettext_lazy"), ((1, "c"), 2)),
    **dict.fromkeys(("npgettext", "npgettext_lazy"), ((1, "c"), 2, 3)),
}
PLACEHOLDER = re.compile(r"%\(\w+\)\d*[a-z]|%%|\{\w*\}|</?[a-z][^>]*>")
ISOLATING = dict.fromkeys(range(0x2066, 0x206A))  # invisible marks around what keeps its own direction

Key = tuple[str | None, str]
Call = tuple[int, str, str | tuple[str | None, ...], list[str]]


def named(path: Path) -> str:
    return str(path.relative_to(PACKAGE))


@cache
def catalogue(source: Path) -> Catalog:
    with source.open("rb") as text:
        return read_po(text, locale=source.parent.parent.name, abort_invalid=True)


def messages(source: Path) -> Iterator[Message]:
    return (message for message in catalogue(source) if message.id)


def key(message: Message) -> Key:
    return message.context, forms(message.id)[0]


def forms(text: str | Iterable[str] | None) -> tuple[str, ...]:
    """Return the forms of a text: one, or one for each plural."""
    return (text or "",) if isinstance(text, str | None) else tuple(text)


# ---- what is translated --------------------------------------------------------------------------------------------


@pytest.mark.parametrize("source", SOURCES, ids=named)
def test_every_translation_compiles(source: Path, tmp_path: Path) -> None:
    copy = tmp_path / source.parent.parent.name / "LC_MESSAGES" / source.name
    copy.parent.mkdir(parents=True)
    copy.write_bytes(source.read_bytes())
    compile_one(copy)
    assert copy.with_suffix(".mo").stat().st_size


@pytest.mark.parametrize("source", SOURCES, ids=named)
def test_nothing_is_unsure_or_empty(source: Path) -> None:
    assert not [key(message) for message in messages(source) if message.fuzzy]
    for message in messages(source):
        written = forms(message.string)
        assert all(written), key(message)
        assert len(written) == (catalogue(source).num_plurals if message.pluralizable else 1), key(message)


@pytest.mark.parametrize("source", SOURCES, ids=named)
def test_what_is_filled_in_is_kept(source: Path) -> None:
    for message in messages(source):
        *_singular, whole = forms(message.id)
        for number, text in enumerate(forms(message.string)):
            lacks, more = difference(whole, text)
            counted = 1 if message.pluralizable and stands_for_one_number(catalogue(source), number) else 0
            assert not more, (key(message), text)
            assert len(lacks) <= counted, (key(message), text)


def difference(ours: str, theirs: str) -> tuple[list[str], list[str]]:
    """Return what is filled in there, and not here, and the other way round."""
    mine, others = Counter(PLACEHOLDER.findall(ours)), Counter(PLACEHOLDER.findall(theirs))
    return list((mine - others).elements()), list((others - mine).elements())


def stands_for_one_number(translated: Catalog, form: int) -> bool:
    """Tell whether a plural form is used for one number alone, which can then be a word: two cases."""
    form_of = c2py(translated.plural_expr)
    return sum(form_of(number) == form for number in range(200)) == 1


@pytest.mark.parametrize("source", SOURCES, ids=named)
def test_headings_of_columns_stay_as_many(source: Path) -> None:
    for message in messages(source):
        bars = {text.count("|") for text in (*forms(message.id), *forms(message.string))}
        assert len(bars) == 1, key(message)


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_same_words_are_translated_alike(language: str) -> None:
    """Django puts the catalogues of all rooms into one, where one room's translation hides the other's."""
    found: defaultdict[Key, dict[tuple[str, ...], str]] = defaultdict(dict)
    for source in SOURCES:
        if source.parent.parent.name == language:
            for message in messages(source):
                plain = tuple(text.translate(ISOLATING) for text in forms(message.string))
                found[key(message)] |= {plain: named(source)} if all(plain) else {}
    assert not {words: said for words, said in found.items() if len(said) > 1}


# ---- what should be -------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("room", ROOMS)
def test_every_text_is_translated(room: str, language: str) -> None:
    sources = [source for source in SOURCES if source.parent.parent.name == language]
    translated = {key(message) for source in sources for message in messages(source)}
    wanted = {words for path in shown_files(room) for words in texts(path)}
    missing = sorted(wanted - translated, key=str)
    assert not missing, f"{len(missing)} of {len(wanted)} texts have no {language} translation, such as {missing[:5]}"


def test_the_scan_finds_texts_of_code_and_of_templates() -> None:
    assert (None, "%(days)s day left") in texts(PACKAGE / "core" / "wording.py")
    assert ("inside a sentence", "yesterday") in texts(PACKAGE / "core" / "wording.py")
    assert (None, "Sign out there") in texts(PACKAGE / "people" / "templates" / "people" / "sessions.html")
    assert (None, "%(left)s code left") in texts(PACKAGE / "people" / "templates" / "people" / "account.html")


def shown_files(room: str) -> list[Path]:
    """Return the files of a room that may hold texts."""
    found = [path for ending in ("py", "html", "txt") for path in (PACKAGE / room).rglob(f"*.{ending}")]
    return [path for path in found if NOT_SHOWN.isdisjoint(path.relative_to(PACKAGE).parts)]


def texts(path: Path) -> set[Key]:
    """Return what is marked for translation in a file, with its context."""
    code = path.read_text() if path.suffix == ".py" else as_code(path)
    # what Babel yields is other than what it declares
    calls = cast("Iterator[Call]", extract_python(BytesIO(code.encode()), KEYWORDS, [], {}))
    return {words_of(keyword, asked) for _line, keyword, asked, _comments in calls}


def as_code(path: Path) -> str:
    """Return the texts of a template as calls, one line below the other, without the indentation of the page."""
    return "\n".join(line.strip() for line in templatize(path.read_text(), origin=str(path)).splitlines())


def words_of(keyword: str, asked: str | tuple[str | None, ...]) -> Key:
    """Tell the context from the words: `pgettext` has it first."""
    first, *more = (asked,) if isinstance(asked, str) else asked
    if keyword.startswith(("pgettext", "npgettext")):
        return first, str(more[0])
    return None, str(first)
