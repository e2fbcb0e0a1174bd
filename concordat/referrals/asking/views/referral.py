"""The pages of a referral: from one's own case to a service; and from the desk of whoever is asked."""

from collections.abc import Callable, Sequence
from functools import partial
from uuid import UUID

from django.contrib import messages
from django.db.models import Model
from django.http import HttpResponse
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
from concordat.core.parts import Translated
from concordat.core.screens import show_form, show_list
from concordat.people.http import SignedInRequest
from concordat.people.roles import Role
from concordat.referrals.asking import actions, forms, rules
from concordat.referrals.asking.actions.referral import answer_to, place_now
from concordat.referrals.asking.listing import Listed, Shown, curated, listed, passages_of, received_lines, sent_lines
from concordat.referrals.asking.outside import outside_view
from concordat.referrals.asking.terms import papers
from concordat.referrals.asking.views.directory import SERVICES, languages
from concordat.referrals.models import EvaluationPlan, GoalSet, Referral, Service

# Never with the case: whoever is asked sees the text and nothing else of it.
REFERRALS = Referral.objects.select_related("service__organisation", "to", "owner", "place")


@require_safe
def index(request: SignedInRequest) -> HttpResponse:
    """Show the referrals that one's organisation sent, or those that it received."""
    mine = request.acting.organisation_id
    if request.acting.organisation.is_authority:
        sent = REFERRALS.filter(owner=mine).select_related("case")
        return show_list(request, "referrals/sent_list.html", Shown(sent, sent_lines))
    received = REFERRALS.filter(to=mine).order_by("-sent_at")
    return show_list(request, "referrals/received_list.html", Shown(received, received_lines))


@require_safe
def detail(request: SignedInRequest, pk: UUID) -> HttpResponse:
    """Show a referral from the side on which the reader stands."""
    shown = get_object_or_404(REFERRALS, pk=pk)
    if shown.owner_id != request.acting.organisation_id:
        return received(request, shown)
    return draft(request, shown) if shown.sent_at is None else sent(request, shown)


def draft(request: SignedInRequest, shown: Referral) -> HttpResponse:
    """Show a draft to its own organisation."""
    refusal = rules.refuse_draft(shown, by=request.acting)
    context = {"referral": shown, "case": shown.case, "curated": curated(shown), "refusal": refusal}
    return render(request, "referrals/draft.html", context)


def sent(request: SignedInRequest, shown: Referral) -> HttpResponse:
    """Show a referral that was sent to its sender: acknowledged or not, agreed or not currently, and nothing else."""
    view = outside_view(shown.pk)
    context = {
        "referral": shown,
        "case": shown.case,
        "view": view,
        "curated": curated(shown),
        "translations": translations_of(shown),
        "refuse_translation": rules.refuse_to_translate(shown, by=request.acting),
        "goals": goals_of(shown) if view.agreed else None,
        "plans": EvaluationPlan.objects.filter(referral=shown).select_related("evaluator"),
        "refuse_evaluation": rules.refuse_to_evaluate(shown, by=request.acting),
    }
    return render(request, "referrals/sent.html", context)


def goals_of(referral: Referral) -> GoalSet | None:
    """Return the newest goals of what was agreed, as far as the rules give them to the referrer."""
    found = GoalSet.objects.filter(link__authority_case=referral.case_id, link__civil=referral.to_id)
    return found.prefetch_related("signatures").first()


def received(request: SignedInRequest, shown: Referral) -> HttpResponse:
    """Show the curated text to whoever was asked, and nothing else of the case."""
    said = answer_to(shown)
    context = {
        "referral": shown,
        "answer": said,
        "curated": curated(shown),
        "translations": translations_of(shown),
        "against": beside([shown]).get(shown.pk, []),
        "coordinates": request.acting.has(Role.COORDINATOR),
        "refuse_acknowledgement": rules.refuse_acknowledgement(shown, said, by=request.acting),
        "refuse_answer": rules.refuse_answer(shown, said, by=request.acting),
    }
    return render(request, "referrals/received.html", context)


def translations_of(shown: Referral) -> list[Translated]:
    """Return the translations of the curated text, for whoever reads the text."""
    return shown_translations(shown.translations.all(), passages_of(shown), written_in=shown.written_in)


def translate(request: SignedInRequest, pk: UUID) -> HttpResponse:
    """Add a translation to the text of a referral that was sent."""
    shown = get_object_or_404(REFERRALS, pk=pk)
    form = TranslationForm(request.POST or None, passages=passages_of(shown), written_in=shown.written_in)
    return show_form(
        request, form, partial(actions.translate, shown, by=request.acting),
        title=_("Add a translation"), caption=_("Referral %(reference)s") % {"reference": shown.reference},
        refusal=rules.refuse_to_translate(shown, by=request.acting), button=_("Add the translation"),
        done=_("The translation stands beneath the original."), to=shown.get_absolute_url(),
        cancel_url=shown.get_absolute_url(), template="translate.html",
    )  # fmt: skip


# ---- referring -----------------------------------------------------------------------------------------------------


@require_safe
@attempts_noted
def refer(request: SignedInRequest, case: UUID) -> HttpResponse:
    """Choose a service for the person of one's own case; each says why it cannot be chosen."""
    about = get_object_or_404(Case, pk=case)
    place, known = place_now(about), papers()
    form = forms.ServicesForm(request.GET or None, languages=languages())

    def show(service: Service) -> Listed:
        refusal = rules.refuse_service(service, place, known=known, by=request.acting)
        return listed(service, known=known, by=request.acting, refusal=refusal)

    rows = Shown(form.narrow(SERVICES.filter(closed_at=None)), lambda page: [show(one) for one in page])
    refusal = rules.refuse_to_refer(about, by=request.acting)
    return show_list(request, "referrals/refer.html", rows, form=form, case=about, place=place, refusal=refusal)


@attempts_noted
def write(request: SignedInRequest, case: UUID, service: UUID) -> HttpResponse:
    """Write the text that the provider will read."""
    about, chosen = get_object_or_404(Case, pk=case), get_object_or_404(SERVICES, pk=service)
    form = forms.ReferralForm(request.POST or None, needs=chosen.needs)
    save = partial(actions.draft, about, service=chosen, by=request.acting)
    back = reverse("referrals:refer", args=[about.pk])
    refusal = rules.refuse_to_refer(about, by=request.acting) or rules.refuse_service(
        chosen, place_now(about), known=papers(), by=request.acting
    )
    return show_text(
        request, form, save, case=about, service=chosen, cancel_url=back, refusal=refusal, about=(about, chosen)
    )


def change(request: SignedInRequest, pk: UUID) -> HttpResponse:
    """Change a draft."""
    changed = hold_to_change(request, get_object_or_404(REFERRALS.select_related("case"), pk=pk))
    hoped = {f"outcome_{n}": text for n, text in enumerate(changed.desired_outcomes, start=1)}
    initial = {"need": changed.need, "text": changed.text, **hoped}
    if changed.written_in:
        initial["written_in"] = changed.written_in
    form = forms.ReferralForm(request.POST or None, initial=initial, needs=changed.service.needs)
    save = partial(actions.redraft, changed, by=request.acting)
    refusal = rules.refuse_draft(changed, by=request.acting)
    back = changed.get_absolute_url()
    return show_text(
        request, form, save, case=changed.case, service=changed.service, cancel_url=back, refusal=refusal,
        changes=changed, about=(changed, changed.case),
    )  # fmt: skip


def show_text(
    request: SignedInRequest,
    form: forms.ReferralForm,
    save: Callable[..., Referral],
    *,
    case: Case,
    service: Service,
    cancel_url: str,
    refusal: str | None,
    about: Sequence[Model],
    changes: Referral | None = None,
) -> HttpResponse:
    """Show the form for the text; what is saved is a draft, which is looked at before it is sent."""
    return show_form(
        request,
        form,
        lambda **said: reverse("referrals:send", args=[save(**said).pk]),
        title=_("Write the referral"),
        caption=_("Person %(code)s, to: %(service)s") % {"code": case.working_code, "service": service},
        button=_("Save and look at it"),
        cancel_url=cancel_url,
        template="referrals/write.html",
        changes=changes,
        about=about,
        refusal=refusal,
        case=case,
    )


def send(request: SignedInRequest, pk: UUID) -> HttpResponse:
    """Show the text exactly as the provider will read it; then it is checked and sent."""
    shown = get_object_or_404(REFERRALS, pk=pk)
    if shown.sent_at:
        return redirect(shown)
    return show_form(
        request,
        forms.SendForm(request.POST or None),
        partial(actions.send, shown, by=request.acting),
        title=_("This is what %(organisation)s will read") % {"organisation": shown.to},
        done=_("The referral is sent."),
        button=_("Send the referral"),
        template="referrals/send.html",
        referral=shown,
        case=shown.case,
        curated=curated(shown),
        cancel_url=reverse("referrals:change", args=[shown.pk]),
        cancel=_("Change the text"),
        refusal=rules.refuse_draft(shown, by=request.acting)
        or rules.refuse_service(shown.service, place_now(shown.case), known=papers(), by=request.acting),
    )


@require_POST
def discard(request: SignedInRequest, pk: UUID) -> HttpResponse:
    """Throw a draft away."""
    actions.discard(get_object_or_404(REFERRALS, pk=pk), by=request.acting)
    messages.success(request, _("The draft is thrown away."))
    return redirect("referrals:index")


# ---- answering -----------------------------------------------------------------------------------------------------


@require_POST
def acknowledge(request: SignedInRequest, pk: UUID) -> HttpResponse:
    """Say that a referral has arrived."""
    shown = get_object_or_404(REFERRALS, pk=pk)
    actions.acknowledge(shown, by=request.acting)
    messages.success(request, _("%(organisation)s sees that it has arrived.") % {"organisation": shown.owner})
    return redirect(shown)


def answer(request: SignedInRequest, pk: UUID) -> HttpResponse:
    """Accept or decline. After a yes the page shows what comes next."""
    asked = get_object_or_404(REFERRALS, pk=pk)

    def save(**said: object) -> str:
        given = actions.answer(asked, **said, by=request.acting)  # type: ignore[arg-type]
        return reverse("referrals:prepare", args=[given.link_id]) if given.link_id else asked.get_absolute_url()

    return show_form(
        request, forms.AnswerForm(request.POST or None), save, about=(asked,),
        title=_("Answer the referral"), caption=_("%(reference)s, %(service)s") % {
            "reference": asked.reference, "service": asked.service},
        done=_("Your answer is kept."), button=_("Answer"), template="referrals/answer.html",
        cancel_url=asked.get_absolute_url(), refusal=rules.refuse_answer(asked, answer_to(asked), by=request.acting),
    )  # fmt: skip
