"""A request that is sent twice is carried out once (Idempotency-Key, an IETF draft).

The row that says so is written in the transaction of the change: either both are there or neither. It holds where the
result is and not what it says, so that repeating a request never reads what has been closed since.
"""

from collections.abc import Callable
from hashlib import sha256
from http import HTTPStatus
from typing import Annotated, cast
from uuid import UUID

from django.db import connection, transaction
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from ninja import Header
from pydantic import BaseModel

from concordat.people.http import SignedInRequest

from .models import Done
from .problems import KEY, Problem
from .shapes import Result

NOBODY = UUID(int=0)  # stands for the token of who comes with the session of a browser
Key = Annotated[
    str,
    Header(
        alias=KEY, pattern=r"^[A-Za-z0-9_\-]{8,100}$", examples=["2f6c1c1e-0d3b-4f3e-9a53-6f1f0c7c1a11"],
        description="A key that you choose, a new one for each thing; sent again within 48 hours it does nothing twice",
    ),
]  # fmt: skip


def once(
    request: HttpRequest, response: HttpResponse, key: str, said: BaseModel | bytes | None, do: Callable[[], UUID], *,
    at: Callable[[UUID], str],
) -> Result:  # fmt: skip
    """Carry a request out, or answer as when it was: `do` returns what came of it, `at` its address."""
    asking = cast("SignedInRequest", request)
    token = asking.token.id if asking.token else NOBODY
    mine = {"membership": asking.acting, "token": token, "key": digest(key)}
    sent = digest(request.path, said.model_dump_json() if isinstance(said, BaseModel) else said or b"")
    with transaction.atomic():
        take_turn(f"{asking.acting.id}:{token}:{mine['key']}")
        done = Done.objects.filter(**mine).first()
        if done is None:
            thing = do()
            done = Done.objects.create(**mine, sent=sent, thing=thing, location=at(thing))
    if done.sent != sent:
        sentence = _("Under this Idempotency-Key something else was sent before. Choose a new key for a new thing.")
        raise Problem(HTTPStatus.UNPROCESSABLE_ENTITY, sentence)
    response["Location"] = done.location
    return Result(id=done.thing, location=done.location)


def digest(*parts: str | bytes) -> str:
    """Return the SHA-256 of some parts."""
    whole = sha256()
    for part in parts:
        raw = part.encode() if isinstance(part, str) else part
        whole.update(len(raw).to_bytes(8) + raw)
    return whole.hexdigest()


def take_turn(what: str) -> None:
    """Keep others from the same key until this transaction ends; who comes meanwhile is told so, and does not wait."""
    number = int.from_bytes(sha256(what.encode()).digest()[:8], signed=True)
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_try_advisory_xact_lock(%s)", [number])
        if cursor.fetchone() != (True,):
            sentence = _("The same request is being carried out at this moment. Ask again in a second.")
            raise Problem(HTTPStatus.CONFLICT, sentence, Retry_After="1")


def forget_old() -> None:
    """Remove what was kept under keys that are older than two days. The worker does it."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT api.forget_old()")
