"""The log: the newest checkpoint, and what an organisation has countersigned.

A countersignature proves itself, so it does not matter who brings it. The key that it is tested with is another thing:
a person records that on the pages (`never.py`).
"""

from base64 import b64encode
from typing import Annotated
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from ninja import Query, Router

from concordat.core.errors import Refused
from concordat.countersigning import actions, rules
from concordat.ledger import tree
from concordat.ledger.checkpoints import key_of_log
from concordat.ledger.exporting import key_of
from concordat.ledger.models import Checkpoint, Countersignature
from concordat.people.http import SignedInRequest
from concordat.people.models import Scope

from .once import Key, once
from .operations import address, reads, writes
from .shapes import Result
from .shapes.checkpoints import CheckpointShape, CountersignatureShape, NewCountersignature

router = Router(tags=["The log"])
Since = Annotated[int, Query(ge=0, lt=10**18, description="About how many lines the checkpoint is that you hold")]


@reads(router, "/log/checkpoint", Scope.WITNESS, CheckpointShape)
def checkpoint(request: SignedInRequest, since: Since = 0) -> CheckpointShape:  # noqa: ARG001 - the same for everybody
    """Show the newest checkpoint of the log, with the proof that it goes on from the one that you hold."""
    newest = Checkpoint.objects.first()
    if refusal := rules.refuse_since(since, newest):
        raise Refused(refusal)
    assert newest
    proof = [b64encode(one).decode() for one in tree.consistency(since, newest.size)]
    return CheckpointShape(
        size=newest.size, root=b64encode(bytes(newest.root)).decode(), at=newest.at, note=newest.note, since=since,
        proof=proof, log_key=str(key_of_log()), fingerprint=key_of_log().fingerprint,
    )  # fmt: skip


@writes(router, "/log/countersignatures", Scope.WITNESS)
def countersign(request: SignedInRequest, response: HttpResponse, said: NewCountersignature, key: Key) -> Result:
    """Bring a checkpoint that your organisation has signed. One that contradicts the log is refused, and noted."""
    received = actions.receive(text=said.note, by=request.acting)

    def do() -> UUID:
        return actions.countersign(received, by=request.acting).pk

    return once(request, response, key, said, do, at=lambda made: address("countersignature", countersignature=made))


@reads(router, "/log/countersignatures/{uuid:countersignature}", Scope.WITNESS, CountersignatureShape)
def countersignature(request: SignedInRequest, countersignature: UUID) -> CountersignatureShape:  # noqa: ARG001 - as above
    """Show a countersignature of your organisation."""
    found = get_object_or_404(Countersignature.objects.select_related("checkpoint", "witness"), pk=countersignature)
    own = key_of(found.witness)
    return CountersignatureShape(
        id=found.pk, size=found.checkpoint.size, name=own.name, fingerprint=own.fingerprint, at=found.at
    )
