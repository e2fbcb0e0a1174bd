"""The pages of a delivery. Who may see what is decided by the database; a hidden row is not found."""

from datetime import datetime
from functools import partial
from typing import Any
from uuid import UUID

from django.db.models import OuterRef, Subquery, Value
from django.db.models.functions import Coalesce
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from concordat.cases.disagreements import beside
from concordat.cases.forms import TranslationForm
from concordat.cases.models import Assignment, Case, Link
from concordat.core.screens import show_form, show_list
from concordat.files.listed import files_on
from concordat.people.http import SignedInRequest
from concordat.people.models import Membership
from concordat.people.roles import Role
from concordat.quoting.shown import beneath, quote_url
from concordat.referrals.models import Answer, EndReport, GoalSet, Party, Referral, Review, Session

from . import actions, answers, forms, readers, rules
from .passages import passages_of, translations_of

# The link with one's own case on the civil side: who does not see that case does not find the page.
LINKS = Link.objects.select_related("civil_case", "civil", "authority")
RECEIPT = "end_report_receipt"

# How the person of a review is called by whoever reads it: by their own case of the two.
_own = Case.objects.filter(pk=OuterRef("case_id")).values("working_code")
_linked = Case.objects.filter(links_to_civil=OuterRef("link_id")).values("working_code")[:1]
CALLED = Coalesce(Subquery(_own), Subquery(_linked), Value(""))


def person_of(case: Case) -> str:
    """Return how a person is called on a page: by the working code, never by name."""
    return _("Person %(code)s") % {"code": case.working_code}


# ---- sessions --------------------------------------------------------------------------------------------------------


@require_safe
def sessions(request: SignedInRequest, link: UUID) -> HttpResponse:
    """Show the sessions of a service, the newest first, and what can be done next."""
    of = get_object_or_404(LINKS, pk=link)
    rows = Session.objects.filter(link=of).select_related("worker").prefetch_related("notes", "concerns")
    context: dict[str, Any] = {
        "link": of,
        "person": person_of(of.civil_case),
        "review_due": None if rules.has_ended(of) else rules.review_due(of),
        "report_due": rules.report_due(of),
        "refuse_recording": rules.refuse_delivery(of, by=request.acting),
        "refuse_ending": rules.refuse_early_end(of, by=request.acting),
        "refuse_report": rules.refuse_end_report(of, by=request.acting),
    }
    return show_list(request, "referrals/sessions.html", rows, **context)


def record_session(request: SignedInRequest, link: UUID) -> HttpResponse:
    """Record one session on one screen."""
    of = get_object_or_404(LINKS, pk=link)
    by, workers = request.acting, workers_of(of, request.acting)
    form = forms.SessionForm(request.POST or None, workers=workers, headings=answers.headings_of(of.civil_case_id))
    return show_form(
        request, form, partial(actions.record_session, of, by=by), about=(of.civil_case,),
        title=_("Record the session"), caption=person_of(of.civil_case), done=_("The session is recorded."),
        to=reverse("delivery:sessions", args=[of.pk]), cancel_url=reverse("delivery:sessions", args=[of.pk]),
        button=_("Save the record"), template="referrals/record_session.html", link=of, readers=readers.readers_of(of),
        exceptions=readers.told_all_the_same(of), refusal=rules.refuse_session_now(of, worker=workers[0], by=by),
    )  # fmt: skip


def workers_of(link: Link, by: Membership) -> list[Membership]:
    """Return whose session somebody may record: their own, or as a coordinator that of everybody ever assigned."""
    assigned = Assignment.objects.filter(case_id=link.civil_case_id, activity=link.activity).select_related(
        "membership"
    )
    workers = {one.membership_id: one.membership for one in assigned}
    return (list(workers.values()) if by.has(Role.COORDINATOR) else []) or [by]


# ---- reviews ---------------------------------------------------------------------------------------------------------


@require_safe
def reviews(request: SignedInRequest) -> HttpResponse:
    """Show the reviews that one may read, of one's own cases and of partners'."""
    rows = Review.objects.select_related("owner").annotate(working_code=CALLED)
    return show_list(request, "referrals/reviews.html", rows)


@require_safe
def review(request: SignedInRequest, pk: UUID) -> HttpResponse:
    """Show a review: progress, own words, and the views that differ, side by side."""
    shown = get_object_or_404(
        Review.objects.select_related("owner").prefetch_related("notes").annotate(working_code=CALLED), pk=pk
    )
    party = rules.party_of(shown, by=request.acting)
    context = {
        "review": shown,
        "against": beside([shown]).get(shown.pk, []),
        "quoted": beneath([shown]).get(shown.pk, []),
        "quote_url": quote_url(shown, by=request.acting),
        "positions": shown.positions.select_related("organisation"),
        "party": party,
        "refusal": rules.refuse_position(shown, party=party, by=request.acting),
    }
    return render(request, "referrals/review.html", context)


def write_review(request: SignedInRequest, link: UUID) -> HttpResponse:
    """Record a review with the person."""
    of = get_object_or_404(LINKS, pk=link)
    form = forms.ReviewForm(request.POST or None, headings=answers.headings_of(of.civil_case_id))
    return show_form(
        request, form, partial(actions.write_review, of, by=request.acting), about=(of.civil_case,),
        title=_("Record the review"), caption=person_of(of.civil_case),
        done=_("The review is recorded. The next one is due in 12 weeks."),
        cancel_url=reverse("delivery:sessions", args=[of.pk]), button=_("Save the review"),
        refusal=rules.refuse_review(of, held_on=timezone.localdate(), by=request.acting),
        template="referrals/write_review.html", goals=goals_of(of), readers=readers.readers_of(of),
        exceptions=readers.told_all_the_same(of),
    )  # fmt: skip


def add_position(request: SignedInRequest, pk: UUID) -> HttpResponse:
    """Write down what one's own side sees differently."""
    about = get_object_or_404(Review, pk=pk)
    party = rules.party_of(about, by=request.acting)
    return show_form(
        request, forms.PositionForm(request.POST or None),
        partial(actions.add_position, about, party=party, by=request.acting), about=(about,),
        title=_("See it differently"), caption=Party(party).label, done=_("Your view stands beside the others."),
        cancel_url=about.get_absolute_url(), button=_("Add this view"),
        intro=_("It is printed beside the other views. Nobody can edit it, and you cannot edit theirs."),
    )  # fmt: skip


# ---- the end ---------------------------------------------------------------------------------------------------------


def end_early(request: SignedInRequest, link: UUID) -> HttpResponse:
    """End a service before its time."""
    of = get_object_or_404(LINKS, pk=link)
    return show_form(
        request, forms.EarlyEndForm(request.POST or None), partial(actions.end_early, of, by=request.acting),
        about=(of.civil_case,),
        title=_("End the service early"), caption=person_of(of.civil_case), kind="warning", button=_("End it now"),
        intro=_("Every assignment closes in the same second, and with it what you see of the authority. "
                "The end report stays owed: your coordinator can write it."),
        done=_("The service has ended. The end report is still owed."), to="/",
        cancel_url=reverse("delivery:sessions", args=[of.pk]),
    )  # fmt: skip


def write_end_report(request: SignedInRequest, link: UUID) -> HttpResponse:
    """Write the end report; its receipt is shown once."""
    of = get_object_or_404(LINKS, pk=link)
    form = forms.EndReportForm(request.POST or None, outcomes=outcomes_of(of))

    def save(**typed: object) -> str:
        report = actions.write_end_report(of, **typed, by=request.acting)  # type: ignore[arg-type]
        request.session[RECEIPT] = {
            "reference": report.reference,
            "at": report.created_at.isoformat(),
            "to": str(of.authority),
        }
        return reverse("delivery:receipt")

    return show_form(
        request, form, save, about=(of.civil_case,),
        title=_("Write the end report"), caption=person_of(of.civil_case), button=_("Send the report"),
        refusal=rules.refuse_end_report(of, by=request.acting), template="referrals/write_end_report.html",
        link=of, goals=goals_of(of), in_force=answers.in_force_with(of.authority_id), ended=rules.has_ended(of),
        cancel_url=reverse("delivery:sessions", args=[of.pk]),
    )  # fmt: skip


def outcomes_of(link: Link) -> list[str]:
    """Return the desired outcomes in the words of the referral, or as numbers where it is closed to the reader."""
    answer = Answer.objects.filter(link=link).first()
    referral = Referral.objects.filter(pk=answer.referral_id).first() if answer else None
    if referral:
        return list(referral.desired_outcomes)
    numbers = range(1, answers.outcomes_owed(link) + 1)
    return [_("Desired outcome %(number)d of the referral") % {"number": number} for number in numbers]


def goals_of(link: Link) -> list[str]:
    """Return the goals of the newest version: one's own record, also when the referral is closed."""
    newest = GoalSet.objects.filter(link=link).prefetch_related("goals").first()
    return [goal.text for goal in newest.goals.all()] if newest else []


@require_safe
def receipt(request: SignedInRequest) -> HttpResponse:
    """Show the receipt of an end report, once."""
    kept = request.session.pop(RECEIPT, None)
    if kept is None:
        return redirect("/")
    return render(request, "referrals/receipt.html", {**kept, "at": datetime.fromisoformat(kept["at"])})


@require_safe
def end_reports(request: SignedInRequest) -> HttpResponse:
    """Show the end reports that one may read."""
    rows = EndReport.objects.select_related("owner", "to")
    return show_list(request, "referrals/end_reports.html", rows)


@require_safe
def end_report(request: SignedInRequest, pk: UUID) -> HttpResponse:
    """Show an end report: what was done, and each desired outcome in words."""
    shown = get_object_or_404(EndReport.objects.select_related("owner", "to").prefetch_related("outcomes"), pk=pk)
    author = Membership.objects.filter(pk=shown.created_by_id).first()
    person = called_in_reports().get(shown.pk) or person_or_nothing(shown.case_id)
    context = {
        "report": shown,
        "said": beside([shown]).get(shown.pk, []),
        "quoted": beneath([shown]).get(shown.pk, []),
        "quote_url": quote_url(shown, by=request.acting),
        "author": author,
        "person": person,
        "translations": translations_of(shown),
        "refusal": rules.refuse_translation(shown, by=request.acting),
        "files": files_on("end_report", shown, request.acting),
        "own": shown.owner_id == request.acting.organisation_id,
    }
    return render(request, "referrals/end_report.html", context)


def translate_end_report(request: SignedInRequest, pk: UUID) -> HttpResponse:
    """Add a translation to an end report of one's own organisation."""
    shown = get_object_or_404(EndReport.objects.prefetch_related("outcomes"), pk=pk)
    form = TranslationForm(request.POST or None, passages=passages_of(shown), written_in=shown.written_in)
    return show_form(
        request, form, partial(actions.translate_end_report, shown, by=request.acting),
        title=_("Add a translation"), caption=shown.reference,
        refusal=rules.refuse_translation(shown, by=request.acting), button=_("Add the translation"),
        done=_("The translation stands beneath the original."), to=shown.get_absolute_url(),
        cancel_url=shown.get_absolute_url(), template="translate.html",
    )  # fmt: skip


def called_in_reports() -> dict[UUID, str]:
    """Return how the persons of reports from partners are called by one's own cases, also after the link is closed."""
    cases = answers.reports_received()
    known = Case.objects.in_bulk(list(cases.values()))
    return {report: person_of(known[case]) for report, case in cases.items() if case in known}


def person_or_nothing(case: UUID) -> str:
    """Return how the person of one's own case is called."""
    own = Case.objects.filter(pk=case).first()
    return person_of(own) if own else ""
