"""Which row of a file holds the names of its columns: one, or two where a row of groups stands above it."""

import re
from functools import cache
from statistics import median

from django.conf import settings
from django.utils.translation import gettext as _
from django.utils.translation import override

from concordat.imports.reading.dates import looks_like_date
from concordat.imports.reading.headings import hits, is_about_somebody_else
from concordat.imports.reading.sheet import MAX_COLUMNS, Cell, Unreadable
from concordat.imports.reading.text import fold

MIN_NAMED = 2
_LOOK = 40  # rows in which a heading is looked for
_NUMBER = re.compile(r"[-+(]?[\d.,'\s]+[)%€$£]?")


@cache
def our_headings() -> frozenset[str]:
    """Return what our own column “what is wrong” is called, in every language: a corrected file still has it."""
    found = {fold("What is wrong")}
    for language, _name in settings.LANGUAGES:
        with override(language):
            found.add(fold(what_is_wrong()))
    return frozenset(found)


def what_is_wrong() -> str:
    """Return the heading of the column that we add to a file of wrong rows."""
    return _("What is wrong")


def find_heading(records: list[tuple[int, list[Cell]]]) -> tuple[int, list[Cell]]:
    """Return which row is the heading, and the names of the columns; of a heading in two rows it is the lower one.

    It is the row with most known words, or the two rows that have more together; else the first full row, if it is all
    words.
    """
    looked = [cells for _number, cells in records[:_LOOK]]
    numbers = [number for number, _cells in records[:_LOOK]]
    named = [_known(cells) for cells in looked]
    best = max(named, default=0)
    touching = [at for at in range(1, len(looked)) if numbers[at] == numbers[at - 1] + 1]
    pairs = {at: _together(looked[at - 1], looked[at]) for at in touching if _may_be_two(looked, at)}
    found = max(pairs, key=lambda at: _settled(pairs[at]), default=0)
    if found and _settled(pairs[found]) > max(best, MIN_NAMED - 1):
        return found, pairs[found]
    if best >= MIN_NAMED:
        at = named.index(best)
        return at, looked[at]
    return _first_full([cells for _number, cells in records[:500]])


def _settled(names: list[Cell]) -> int:
    """Return for how many columns it is known what they hold, or that it is about somebody else."""
    return hits(names) + sum(is_about_somebody_else(str(name)) for name in names)


def _first_full(rows: list[list[Cell]]) -> tuple[int, list[Cell]]:
    usual = median(_count(cells) for cells in rows) if rows else 0
    for at, cells in enumerate(rows[:_LOOK]):
        if _count(cells) >= max(MIN_NAMED, 0.6 * usual):
            if _is_all_words(cells):
                return at, cells
            break
    raise Unreadable(
        _("No row with the names of the columns was found. Put a name above each column, such as “Birth date”.")
    )


def _may_be_two(rows: list[list[Cell]], at: int) -> bool:
    """Say whether a row and the one above it may be one heading: words alone, and more than a title above."""
    above, below = rows[at - 1], rows[at]
    return _count(above) >= MIN_NAMED and _are_words(above) and _are_words(below)


def _together(above: list[Cell], below: list[Cell]) -> list[Cell]:
    """Return the names that two rows give the columns; what stands above goes on to the right until something else."""
    width, group = max(len(above), len(below)), ""
    names: list[Cell] = []
    for at in range(width):
        own, name = _text(above, at), _text(below, at)
        group = own or group
        names.append(_name(group, name) if name else own)
    return names


def _name(group: str, name: str) -> str:
    """Return the lower name alone where it says enough, unless the group says that somebody else is meant."""
    whole = f"{group} {name}".strip()
    if is_about_somebody_else(whole) or not hits([name]):
        return whole
    return name


def _text(cells: list[Cell], at: int) -> str:
    return str(cells[at]) if at < len(cells) else ""


def _known(cells: list[Cell]) -> int:
    ours = any(isinstance(cell, str) and fold(cell) in our_headings() for cell in cells)
    return MAX_COLUMNS if ours else hits(cells)


def _count(cells: list[Cell]) -> int:
    return sum(cell != "" for cell in cells)


def _is_all_words(cells: list[Cell]) -> bool:
    words = [cell for cell in cells if cell != ""]
    return len(set(words)) == len(words) and _are_words(cells)


def _are_words(cells: list[Cell]) -> bool:
    return not any(is_number(cell) or looks_like_date(cell) for cell in cells if cell != "")


def is_number(cell: Cell) -> bool:
    """Say whether a cell is a number, and no date."""
    if not isinstance(cell, str) or not _NUMBER.fullmatch(cell):
        return False
    return any(char.isdecimal() for char in cell) and not looks_like_date(cell)
