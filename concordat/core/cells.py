"""Cells of a table that somebody opens in a spreadsheet program: nothing in them may come alive."""

import csv
import io
import re
from collections.abc import Iterable, Sequence

from django.http import HttpResponse

# where a cell begins, for a program that takes another separator, and what makes it a formula; the wide forms count too
_ALIVE = re.compile(r"""(^|[,;|"\t\r\n])([\s\ufeff]*[=+\-@\uff1d\uff0b\uff0d\uff20])""")
BOM = "\ufeff"  # tells a spreadsheet program that the file is UTF-8


def dead(value: object) -> str:
    """Return a cell as text that no spreadsheet program takes for a formula."""
    text = _ALIVE.sub(r"\1'\2", "" if value is None else str(value))
    return f"'{text}" if text[:1] in ("\t", "\r", "\n") else text


def csv_file(name: str, heading: Sequence[str], rows: Iterable[Sequence[object]]) -> HttpResponse:
    """Return a table as a file to keep. It is written whole: a stream would leave the transaction of the request."""
    written = io.StringIO(newline="")
    writer = csv.writer(written)
    writer.writerow([dead(cell) for cell in heading])
    writer.writerows([dead(cell) for cell in row] for row in rows)
    response = HttpResponse(BOM + written.getvalue(), content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    return response
