"""In which language a text is written: its code, its name for a reader, its direction, and how a page marks it.

A text may be in any language; the pages are in a few. What a text is written in is said by whoever writes it.
"""

from functools import cache

from babel import Locale
from django.conf import settings
from django.db import models
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

# Languages with a code of three letters that people here write; of those with two letters there is every one.
THREE_LETTERS = ("ckb", "kab", "prs", "rom", "syr", "tzm", "zgh")
NAMED_AS = {"prs": "fa_AF"}  # Dari has a name in Babel under the code of its country
RIGHT_TO_LEFT = frozenset({"ar", "ckb", "dv", "fa", "he", "prs", "ps", "sd", "syr", "ug", "ur", "yi"})
TWO_SCRIPTS = frozenset({"az", "kab", "kk", "ks", "ku", "ky", "ms", "pa", "rom", "tg", "tk", "tzm", "uz", "zgh"})


class Written(models.Model):
    """A record whose free text carries its language; empty where nobody has said it.

    The default of the database is set in SQL: with `db_default` Django asks for the value back, and a report that is
    owed in a wind-down can be written but not read back.
    """

    written_in = models.CharField(_("Language of this text"), max_length=3, blank=True, default="")

    class Meta:
        abstract = True


def page_language() -> str:
    """Return the language of the page as it is drawn now."""
    return (get_language() or settings.LANGUAGE_CODE).split("-")[0]


@cache
def codes() -> frozenset[str]:
    """Return the languages that a text can be in."""
    return frozenset(str(code) for code in Locale("en").languages if len(str(code)) == 2) | {*THREE_LETTERS}  # noqa: PLR2004 - letters


def name_of(code: str) -> str:
    """Return the name of a language for the reader, such as Arabic; one without a name is its code."""
    return str(Locale(page_language()).languages.get(NAMED_AS.get(code, code), code))


def choices() -> list[tuple[str, list[tuple[str, str]]]]:
    """List the languages of the pages first, then every other one by its name."""
    offered = [code for code, _name in settings.LANGUAGES]
    others = sorted(((code, name_of(code)) for code in codes() - {*offered}), key=lambda one: one[1].casefold())
    return [
        (str(_("Languages of these pages")), [(code, name_of(code)) for code in offered]),
        (str(_("Other languages")), others),
    ]


def direction(code: str) -> str:
    """Return in which direction a language is written; where it has two scripts, its letters decide."""
    if not code or code in TWO_SCRIPTS:
        return "auto"
    return "rtl" if code in RIGHT_TO_LEFT else "ltr"


def attributes(code: str | None) -> SafeString:
    """Return lang and dir for the element around a text; none around words of the page itself, whose code is None."""
    if code is None:
        return mark_safe("")
    if not code:
        return mark_safe(' dir="auto"')
    return format_html(' lang="{}" dir="{}"', code, direction(code))


def passage(text: str, code: str) -> SafeString:
    """Mark a whole passage, which stands on lines of its own."""
    return format_html('<span class="c-passage"{}>{}</span>', attributes(code), text) if text else mark_safe("")


def phrase(text: str, code: str) -> SafeString:
    """Mark some words inside a line."""
    return format_html("<bdi{}>{}</bdi>", attributes(code), text) if text else mark_safe("")
