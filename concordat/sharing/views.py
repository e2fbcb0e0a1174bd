"""The pages about safety: the briefing on paper and on the screen, its versions, and notices."""

from functools import partial
from uuid import UUID

from django.db.models import Prefetch
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from concordat.access.restricted import attempts_noted
from concordat.cases.disagreements import beside
from concordat.cases.forms import TranslationForm
from concordat.cases.models import Case
from concordat.cases.translated import shown_translations
from concordat.core.edits import hold_to_change
from concordat.core.screens import show_form, show_list
from concordat.organisations.models import Organisation
from concordat.people.http import SignedInRequest
from concordat.people.models import Membership

from . import actions, forms, rules, sheet
from .models import Acknowledgement, BriefingTranslation, SafetyBriefing, SafetyNotice

CONFIRMED = Prefetch(
    "acknowledgements", Acknowledgement.objects.select_related("membership__organisation").order_by("at")
)


@require_safe
@attempts_noted
def briefings(request: SignedInRequest, case: UUID) -> HttpResponse:
    """Show every version: what changed, who confirmed it."""
    own = Case.objects.filter(pk=case).first()
    rows = SafetyBriefing.objects.filter(case_id=case).prefetch_related(CONFIRMED)
    refusal = (
        rules.refuse_author(own, by=request.acting) if own else _("Only the authority writes the safety briefing.")
    )
    if own is None and not rows.exists():
        raise Http404
    return show_list(request, "sharing/briefings.html", rows, case_id=case, case=own, refusal=refusal)


@require_safe
@attempts_noted
def newest(_request: SignedInRequest, case: UUID) -> HttpResponse:
    """Lead to the version that holds."""
    return redirect(get_object_or_404(SafetyBriefing.objects.filter(case_id=case)[:1]))


@require_safe
def briefing(request: SignedInRequest, pk: UUID) -> HttpResponse:
    """Show one version as a sheet for paper; a reader from outside can confirm the newest one beneath."""
    shown = get_object_or_404(SafetyBriefing, pk=pk)
    if shown.owner_id != request.acting.organisation_id:
        actions.open_briefing(shown, by=request.acting)
    owner = Organisation.objects.get(pk=shown.owner_id)
    before = SafetyBriefing.objects.filter(case_id=shown.case_id, number__lt=shown.number).first()
    author = Membership.objects.filter(pk=shown.created_by_id).first()
    context = {
        "briefing": shown,
        "before": before,
        "owner": owner,
        "lines": sheet.lines_of(shown, before, owner),
        "sheet": sheet.sheet_of(
            shown,
            reader=request.acting,
            owner=owner,
            author=f"{author}, {author.title}" if author else str(owner),
            address=request.build_absolute_uri(reverse("sharing:newest", args=[shown.case_id])),
        ),
        "newest": SafetyBriefing.objects.filter(case_id=shown.case_id, number__gt=shown.number).first(),
        "confirmed": shown.acknowledgements.filter(membership=request.acting).first(),
        "against": beside([shown]).get(shown.pk, []),
        "own": shown.owner_id == request.acting.organisation_id,
        "refuse_translation": rules.refuse_translation(shown, by=request.acting),
        **translations_of(shown),
    }
    return render(request, "sharing/briefing.html", context)


def translations_of(shown: SafetyBriefing) -> dict[str, object]:
    """Return the translations of exactly this version, and whether only another version has one."""
    passages = sheet.passages_of(shown)
    found = shown_translations(shown.translations.all(), passages, written_in=shown.written_in)
    others = BriefingTranslation.objects.filter(whole__case_id=shown.case_id).exclude(whole=shown)
    return {"translations": found, "not_translated": not found and others.exists()}


def translate_briefing(request: SignedInRequest, pk: UUID) -> HttpResponse:
    """Add a translation to the newest version."""
    shown = get_object_or_404(SafetyBriefing, pk=pk)
    form = TranslationForm(request.POST or None, passages=sheet.passages_of(shown), written_in=shown.written_in)
    return show_form(
        request, form, partial(actions.translate_briefing, shown, by=request.acting),
        title=_("Add a translation"), caption=sheet.title_of(shown),
        refusal=rules.refuse_translation(shown, by=request.acting), button=_("Add the translation"),
        done=_("The translation stands beneath the original."), to=shown.get_absolute_url(),
        cancel_url=shown.get_absolute_url(), template="translate.html",
    )  # fmt: skip


@require_POST
def acknowledge(request: SignedInRequest, pk: UUID) -> HttpResponse:
    """Confirm that one has read a version."""
    read = get_object_or_404(SafetyBriefing, pk=pk)
    actions.acknowledge(read, by=request.acting)
    return redirect(read)


@attempts_noted
def write_briefing(request: SignedInRequest, case: UUID) -> HttpResponse:
    """Write the first version, or the next one from the words of the newest."""
    about = hold_to_change(request, get_object_or_404(Case, pk=case))
    newest = actions.newest_of(about)
    form = forms.BriefingForm(request.POST or None, newest=newest)
    save = partial(actions.write_briefing, about, by=request.acting)
    number = newest.number + 1 if newest else 1
    return show_form(
        request, form, save, changes=newest or about, about=(about,),
        title=_("Write version %(number)d of the safety briefing") % {"number": number},
        caption=_("Person %(code)s") % {"code": about.working_code},
        intro=_("The least that somebody needs to meet this person safely. No assessment, and nothing about why."),
        refusal=rules.refuse_author(about, by=request.acting),
        done=_("Version %(number)d is in force. It is confirmed before the next contact.") % {"number": number},
        button=_("Put version %(number)d in force") % {"number": number},
        cancel_url=reverse("sharing:briefings", args=[case]),
        template="sharing/write_briefing.html",
    )  # fmt: skip


@require_safe
def notices(request: SignedInRequest) -> HttpResponse:
    """Show the safety notices that one sent or that reached one, the newest first."""
    rows = SafetyNotice.objects.select_related("to", "owner")
    return show_list(request, "sharing/notices.html", rows)


@require_safe
def notice(request: SignedInRequest, pk: UUID) -> HttpResponse:
    """Show one notice, and whom to call."""
    shown = get_object_or_404(SafetyNotice.objects.select_related("to", "owner"), pk=pk)
    author = Membership.objects.filter(pk=shown.created_by_id).first()
    return render(request, "sharing/notice.html", {"notice": shown, "author": author})


@attempts_noted
def send_notice(request: SignedInRequest, case: UUID) -> HttpResponse:
    """Warn one partner."""
    about = get_object_or_404(Case, pk=case)
    form = forms.NoticeForm(request.POST or None)
    save = partial(actions.send_notice, about, by=request.acting)
    return show_form(
        request, form, save, about=(about,),
        title=_("Send a safety notice"),
        caption=_("Person %(code)s") % {"code": about.working_code},
        refusal=rules.refuse_notice(about, by=request.acting),
        done=_("The notice is sent."),
        button=_("Send it now"),
        cancel_url=reverse("sharing:notices"),
        template="sharing/send_notice.html",
    )  # fmt: skip
