"""The page for what went wrong on our side. Where it is the machine's fault and passes, it says so in words.

Django calls `failed` while the error is being handled, in whichever layer it arose: a lost database shows itself when
a session is read as well as in a view. Nothing here may need the database, nor a person's record.
"""

import errno
import re
import sys
from typing import Any

from django.db import DatabaseError, InterfaceError, OperationalError
from django.http import HttpRequest, HttpResponse
from django.http.request import UnreadablePostError
from django.template.loader import render_to_string
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

FAILED, UNAVAILABLE = 500, 503
SECRET = re.compile("password|code|token", re.IGNORECASE)
NO_ROOM = {errno.ENOSPC, errno.EDQUOT, errno.EROFS}
FORM_TOKEN = "csrfmiddlewaretoken"  # noqa: S105 - the name of a field

AWAY = _("The database does not answer just now. Try again in a minute.")
FULL = _("There is no room left on the disk of the server. Whoever runs it has to make room first; tell them.")
READ_ONLY = _("The server can be read just now, but it takes no changes. Whoever runs it has to mend that; tell them.")
SLOW = _("This took too long, most likely because others work with the same thing. Try again in a minute.")
# The codes of PostgreSQL, by their beginning. A connection that was lost has none.
SENTENCES: dict[str, str | Promise] = {
    "08": AWAY,
    "57P": AWAY,
    "53100": FULL,
    "53": AWAY,
    "58030": FULL,
    "25006": READ_ONLY,
    "55P03": SLOW,
    "57014": SLOW,
    "40": SLOW,
}


def failed(request: HttpRequest) -> HttpResponse:
    """Say what went wrong; what passes by itself is 503, and what was typed can be sent again."""
    number = getattr(request, "number", "")
    sentence = sentence_of(sys.exception())
    if not sentence:
        return HttpResponse(render_to_string("500.html", {"number": number}), status=FAILED)
    page = {"number": number, "sentence": sentence, **again(request)}
    return HttpResponse(render_to_string("unavailable.html", page), status=UNAVAILABLE, headers={"Retry-After": "60"})


def again(request: HttpRequest) -> dict[str, Any]:
    """Return what `core/again.html` needs to let somebody send once more what they typed."""
    fields = typed(request)
    return {"path": own_address(request), "typed": fields, "had_files": bool(fields and request.FILES)}


def own_address(request: HttpRequest) -> str:
    """Return where to try again: always an address of this server, whatever was asked for."""
    return "/" + request.get_full_path().lstrip("/\\")


def sentence_of(error: BaseException | None) -> str:
    """Return the sentence for what passes by itself or is the machine's fault; nothing for a mistake of ours."""
    if isinstance(error, InterfaceError):
        return str(AWAY)
    if isinstance(error, OSError):
        return str(FULL) if error.errno in NO_ROOM else ""
    if not isinstance(error, DatabaseError):
        return ""
    code = getattr(error.__cause__, "sqlstate", None) or ""
    if not code:
        return str(AWAY) if isinstance(error, OperationalError) else ""
    return str(next((said for start, said in SENTENCES.items() if code.startswith(start)), ""))


def typed(request: HttpRequest) -> list[tuple[str, str]]:
    """Return what was typed, to be sent again with one click; no password and no code."""
    try:
        fields = [(name, str(value)) for name, values in request.POST.lists() for value in values]
    except (UnreadablePostError, OSError):
        return []
    return [(name, value) for name, value in fields if name == FORM_TOKEN or not SECRET.search(name)]
