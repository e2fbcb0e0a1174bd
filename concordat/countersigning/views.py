"""The pages on which partners fetch checkpoints of the log and bring them back signed."""

from functools import partial
from pathlib import Path

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from concordat.core.codes import Purpose
from concordat.core.errors import Refused
from concordat.core.purposes import for_purpose
from concordat.core.screens import show_form
from concordat.ledger import outside
from concordat.ledger.checkpoints import key_of_log, to_countersign
from concordat.ledger.exporting import key_of
from concordat.ledger.models import Checkpoint, Countersignature, Witness
from concordat.people.confirm import confirmed_recently
from concordat.people.http import SignedInRequest

from . import actions, forms, rules

PROGRAMS = ("verify_log.py", "countersign.py")
SHOWN = 10
TEXT = "text/plain; charset=utf-8"


@require_safe
@for_purpose(Purpose.ADMINISTRATION)
def checkpoints(request: SignedInRequest) -> HttpResponse:
    """Show the newest checkpoint, the keys on both sides, and what the organisation has countersigned."""
    own = Countersignature.objects.filter(organisation=request.acting.organisation_id).select_related("checkpoint")
    signed = own.order_by("-checkpoint__size")[:SHOWN]
    context = {
        "newest": Checkpoint.objects.first(),
        "log_key": key_of_log(),
        "keys": [(key_of(one), one) for one in Witness.objects.filter(organisation=request.acting.organisation_id)],
        "signed": signed,
        "fetch_url": f"{reverse('countersigning:checkpoint')}?since={signed[0].checkpoint.size if signed else 0}",
        "refusal": rules.refuse_keeper(request.acting),
        "organisation": request.acting.organisation,
    }
    return render(request, "countersigning/checkpoints.html", context)


@require_safe
@for_purpose(Purpose.ADMINISTRATION)
def checkpoint(request: SignedInRequest) -> HttpResponse:
    """Hand out the newest checkpoint, with the proof that it goes on from the one that the asker holds."""
    asked, newest = request.GET.get("since", "0"), Checkpoint.objects.first()
    if not asked.isascii() or not asked.isdigit() or len(asked) > 18:  # noqa: PLR2004 - digits of the largest number
        raise Http404
    if refusal := rules.refuse_since(int(asked), newest):
        raise Refused(refusal)
    assert newest
    return handed_out(to_countersign(newest, since=int(asked)), "checkpoint.txt")


@require_safe
@for_purpose(Purpose.ADMINISTRATION)
def log_key(request: SignedInRequest) -> HttpResponse:  # noqa: ARG001 - the same for everybody
    """Hand out the public key of the log."""
    return handed_out(f"{key_of_log()}\n", "log.pub")


@require_safe
@for_purpose(Purpose.ADMINISTRATION)
def program(request: SignedInRequest, name: str) -> HttpResponse:  # noqa: ARG001 - the same for everybody
    """Hand out a program that runs where Concordat is not installed."""
    if name not in PROGRAMS:
        raise Http404
    return handed_out(Path(outside.__file__).with_name(name).read_text(encoding="utf-8"), name)


def handed_out(text: str, name: str) -> HttpResponse:
    """Return a text as a file to keep."""
    headers = {"Content-Disposition": f'attachment; filename="{name}"', "X-Content-Type-Options": "nosniff"}
    return HttpResponse(text, content_type=TEXT, headers=headers)


@for_purpose(Purpose.ADMINISTRATION)
@confirmed_recently
def record_key(request: SignedInRequest) -> HttpResponse:
    """Record the public key of one's organisation."""
    form = forms.KeyForm(request.POST or None, request.FILES or None)
    save = partial(actions.record_key, level=request.level, by=request.acting)
    return show_form(
        request, form, save, title=_("Record the key of your organisation"), button=_("Record the key"),
        intro=_(
            "Make the key on a machine of your own. Its private half never leaves that machine: with it somebody could "
            "sign in the name of your organisation. After recording, compare the fingerprint on both sides."
        ),
        done=_("The key is recorded. Compare its fingerprint with the one that your program printed."),
        to=reverse("countersigning:checkpoints"), cancel_url=reverse("countersigning:checkpoints"),
    )  # fmt: skip


@for_purpose(Purpose.ADMINISTRATION)
def countersign(request: SignedInRequest) -> HttpResponse:
    """Bring a checkpoint that one's organisation has signed."""
    form = forms.CountersignForm(request.POST or None, request.FILES or None)

    def save(text: str) -> Countersignature:
        return actions.countersign(actions.receive(text=text, by=request.acting), by=request.acting)

    return show_form(
        request, form, save, title=_("Bring a countersigned checkpoint"), button=_("Bring it"),
        intro=_(
            "Concordat tests both signatures, and whether the log still holds what the checkpoint says. Whatever the "
            "answer is: keep the file in your own house. It is what nobody can change."
        ),
        done=_("Your countersignature is kept with the log."),
        to=reverse("countersigning:checkpoints"), cancel_url=reverse("countersigning:checkpoints"),
    )  # fmt: skip
