"""Why a file cannot be read, where more than one reader says so."""

from django.utils.translation import gettext as _

from concordat.imports.reading.sheet import MAX_COLUMNS, MAX_ROWS


def broken_workbook() -> str:
    return _(
        "This workbook is damaged or protected. Open it, save it as .xlsx without a password, and upload that file."
    )


def cell_too_long() -> str:
    return _("A cell of this workbook holds more text than a cell can. Save the list again.")


def no_table() -> str:
    return _("This file is not a table. Save the list as CSV or as an Excel workbook (.xlsx).")


def too_many_rows() -> str:
    return _("The file has more than %(limit)s rows. Split it.") % {"limit": MAX_ROWS}


def too_much_text() -> str:
    return _("This file holds far more text than a list of people. Copy the list alone into a new file and save that.")


def too_wide(row: int) -> str:
    return _("Row %(row)s has more than %(limit)s columns. Copy the columns that are needed into a new file.") % {
        "row": row,
        "limit": MAX_COLUMNS,
    }


def web_page() -> str:
    return _("This is a web page, not a table. Open it in a spreadsheet program and save it as .xlsx.")
