"""Holidays from the list of a country, or from a file: a table of dates and names, or a calendar file."""

import csv
import io
import re
from collections.abc import Mapping
from datetime import date

import holidays
from django.utils.timezone import localdate
from django.utils.translation import gettext as _

from concordat.core.errors import Refused

YEARS = 3  # this one and the next two
MOST = 2000  # days of one file
BYTES = 500_000
COUNTRIES: Mapping[str, list[str]] = holidays.list_supported_countries()
EVENT = re.compile(r"BEGIN:VEVENT(.*?)END:VEVENT", re.DOTALL)


def of_country(country: str, subdivision: str = "", years: int = YEARS) -> dict[date, str]:
    """Return the public holidays of a country, or of a part of it, of this year and the next."""
    code = country.upper()
    if code not in COUNTRIES:
        raise Refused(_("There is no list for the country “%(code)s”.") % {"code": country})
    if subdivision and subdivision not in COUNTRIES[code]:
        raise Refused(_("There is no list for the part “%(code)s” of the country.") % {"code": subdivision})
    first = localdate().year
    found = holidays.country_holidays(code, subdiv=subdivision or None, years=range(first, first + years))
    return {day: str(name) for day, name in found.items()}


def of_file(content: bytes) -> dict[date, str]:
    """Read a file: lines of date and name, or a calendar in the iCalendar format."""
    if len(content) > BYTES:
        raise Refused(_("This file is too large for a list of holidays."))
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError:
        raise Refused(_("Save the file as UTF-8 and send it again.")) from None
    found = of_calendar(text) if "BEGIN:VCALENDAR" in text else of_table(text)
    if not found:
        raise Refused(_("There is no day in this file."))
    if len(found) > MOST:
        raise Refused(_("There are too many days in this file."))
    return found


def of_table(text: str) -> dict[date, str]:
    """Read lines such as 2027-03-03,Founding day; a line of headings may come first."""
    found: dict[date, str] = {}
    dialect = ";" if text.count(";") > text.count(",") else ","
    for number, row in enumerate(csv.reader(io.StringIO(text), delimiter=dialect), start=1):
        cells = [cell.strip() for cell in row]
        if not any(cells):
            continue
        day = day_of(cells[0])
        if day is None and number == 1:
            continue
        if day is None or len(cells) < 2 or not cells[1]:  # noqa: PLR2004 - a date and a name
            raise Refused(_("Line %(number)s holds no date such as 2027-03-03 and a name.") % {"number": number})
        found[day] = cells[1]
    return found


def of_calendar(text: str) -> dict[date, str]:
    """Read the whole days of a calendar file; what repeats has to stand there for every year."""
    found: dict[date, str] = {}
    unfolded = re.sub(r"\r?\n[ \t]", "", text)
    for event in EVENT.findall(unfolded):
        start = re.search(r"^DTSTART[^:\r\n]*:(\d{4})(\d\d)(\d\d)", event, re.MULTILINE)
        name = re.search(r"^SUMMARY[^:\r\n]*:(.*)$", event, re.MULTILINE)
        day = day_of("-".join(start.groups())) if start else None
        if day is None:
            raise Refused(_("An entry of this calendar has no date."))
        found[day] = re.sub(r"\\(.)", r"\1", name.group(1).strip()) if name else _("Holiday")
    return found


def day_of(text: str) -> date | None:
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None
