"""Reads a caseload file made by somebody else: a table, its columns, clean rows, and what is wrong in words.

It knows no database and changes nothing. The steps, in the order of the officer's work:

    sheet = read(data, filename)                    # Unreadable carries a sentence
    mapping = guess(sheet, establishments=names)    # the officer confirms or corrects it
    refuse_mapping(sheet, mapping)                  # a sentence, or None
    questions(sheet, mapping)                       # how the numbers of open dates stand; answered by column
    result = check(sheet, mapping, answers, establishments, purposes)
    result.rows, result.wrong, result.repeated      # every line of the sheet, once
    stated(row, mapping)                            # only the fields that the file has a column for
    fingerprint(row)                                # the same row again has the same
    wrong_rows(sheet, result)                       # the file that goes back

The same bytes always give the same sheet, so only the file, the mapping and the answers need keeping between two pages
(`Mapping.to_json`, `from_json`, `answers_from_json`). Columns without a field are never part of a row. `neutralise` is
for every cell of every CSV or workbook that leaves the product.
"""

from concordat.imports.reading.check import check
from concordat.imports.reading.codes import Sex
from concordat.imports.reading.dates import DateColumn, DateQuestion, Order, Style, examine
from concordat.imports.reading.days import short_year_rule
from concordat.imports.reading.fields import REQUIRED, Field
from concordat.imports.reading.guess import guess
from concordat.imports.reading.mapping import Mapping, refuse_mapping
from concordat.imports.reading.packing import pack, unpack
from concordat.imports.reading.questions import answers_from_json, questions
from concordat.imports.reading.read import read
from concordat.imports.reading.rows import Problem, Result, Row, Values, WrongRow, fingerprint, stated
from concordat.imports.reading.sheet import (
    MAX_BYTES,
    MAX_COLUMNS,
    MAX_ROWS,
    Cell,
    LeftOut,
    Line,
    Sheet,
    Unreadable,
    shown,
)
from concordat.imports.reading.text import neutralise
from concordat.imports.reading.wrong import wrong_rows

__all__ = [
    "MAX_BYTES",
    "MAX_COLUMNS",
    "MAX_ROWS",
    "REQUIRED",
    "Cell",
    "DateColumn",
    "DateQuestion",
    "Field",
    "LeftOut",
    "Line",
    "Mapping",
    "Order",
    "Problem",
    "Result",
    "Row",
    "Sex",
    "Sheet",
    "Style",
    "Unreadable",
    "Values",
    "WrongRow",
    "answers_from_json",
    "check",
    "examine",
    "fingerprint",
    "guess",
    "neutralise",
    "pack",
    "questions",
    "read",
    "refuse_mapping",
    "short_year_rule",
    "shown",
    "stated",
    "unpack",
    "wrong_rows",
]
