"""What must be so before a service begins: the person's own agreement, a worker, goals; and the card for the person."""

from functools import partial
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.timezone import now
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from concordat.access.asking import partners
from concordat.cases import actions as case_actions
from concordat.cases import rules as case_rules
from concordat.cases.models import Assignment, Case, Conflict, Link, Participation
from concordat.core.codes import Category
from concordat.core.screens import show_form
from concordat.documents.answer import as_file
from concordat.files.listed import files_on
from concordat.ledger.log import record_opened
from concordat.people.http import SignedInRequest
from concordat.people.models import Membership
from concordat.people.roles import Role
from concordat.referrals.asking import agreed as papers
from concordat.referrals.asking import card as cards
from concordat.referrals.asking import forms, rules
from concordat.referrals.asking.actions.goals import names_of, newest_goals
from concordat.referrals.asking.outside import asked_of_workers, service_behind
from concordat.referrals.asking.preparing import steps_of
from concordat.referrals.models import Answer, Service
from concordat.safety.rules import refuse_more

# With one's own case on the civil side: who does not see that case does not find the page.
LINKS = Link.objects.select_related("civil_case", "civil", "authority")


def person_of(case: Case) -> str:
    """Return how a person is called on a page: by the working code, never by name."""
    return _("Person %(code)s") % {"code": case.working_code}


def service_of(link: Link) -> Service | None:
    """Return the service behind a link. The referral is not read: what is prepared here leaves no line in its log."""
    found = service_behind(link.pk)
    return Service.objects.filter(pk=found).first() if found else None


def live_participation(link: Link) -> Participation | None:
    """Return the agreement of the person that holds now."""
    return Participation.objects.filter(link=link, withdrawn_at=None, ends_at__gt=now()).select_related("case").first()


@require_safe
def prepare(request: SignedInRequest, link: UUID) -> HttpResponse:
    """Show what is done and what is missing before the first session."""
    of = get_object_or_404(LINKS, pk=link)
    said = Answer.objects.filter(link=of).first()
    paper = live_participation(of)
    context = {
        "link": of,
        "person": person_of(of.civil_case),
        "files": files_on("participation", paper, request.acting) if paper else None,
        "answer": said,
        "in_force": of.authority_id in partners(),
        "steps": steps_of(of, paper, newest_goals(of), by=request.acting),
    }
    return render(request, "referrals/prepare.html", context)


# ---- the person's own agreement ----------------------------------------------------------------------------------


def record_participation(request: SignedInRequest, link: UUID) -> HttpResponse:
    """Record that the person agreed, and to what."""
    of = get_object_or_404(LINKS, pk=link)
    service = service_of(of)
    offered = rules.offered_headings([service.target] if service else [])
    form = forms.ParticipationForm(
        request.POST or None, provider=of.civil, authority=of.authority, headings=offered,
        initial={"renew_by": forms.renewal_by_default()},
    )  # fmt: skip
    save = partial(
        case_actions.record_participation, of, staff=names_of(of.authority), offered=offered, by=request.acting
    )
    return show_form(
        request, form, save, title=_("Record the person’s agreement"), caption=person_of(of.civil_case),
        done=_("The agreement is recorded. From outside it shows as “agreed”."), to=to_link(of), cancel_url=to_link(of),
        button=_("Record the agreement"), template="referrals/record_participation.html", link=of,
        refusal=case_rules.refuse_to_record_participation(of.civil_case, by=request.acting),
    )  # fmt: skip


def withdraw(request: SignedInRequest, pk: UUID) -> HttpResponse:
    """Record that the person no longer agrees. It holds at once."""
    said = get_object_or_404(Participation.objects.select_related("link", "case"), pk=pk)
    return show_form(
        request, forms.WithdrawForm(request.POST or None), partial(case_actions.withdraw, said, by=request.acting),
        title=_("The person no longer agrees"), caption=person_of(said.case), kind="warning", button=_("Withdraw now"),
        done=_("It is withdrawn. From outside it shows as “not currently”."), to=to_link(said.link),
        cancel_url=to_link(said.link), template="referrals/withdraw.html",
        refusal=case_rules.refuse_withdrawal(said, by=request.acting),
    )  # fmt: skip


@require_safe
def agreed(_request: SignedInRequest, pk: UUID, kind: str) -> HttpResponse:
    """Hand out what the person agreed to as a file for them; whoever may read the agreement may print it."""
    around = ("link__civil", "link__authority", "link__civil_case", "case")
    paper = get_object_or_404(Participation.objects.select_related(*around), pk=pk)
    document = papers.document_of(paper, service_of(paper.link))
    record_opened(
        "participation.file", [paper.owner_id], case=paper.case_id, categories=[Category.P31], participation=paper.pk,
        number=dict(document.facts)[_("Check number")],
    )  # fmt: skip
    return as_file(document, kind, name="agreement")


def to_link(link: Link) -> str:
    return reverse("referrals:prepare", args=[link.pk])


@require_safe
def card(request: SignedInRequest, link: UUID) -> HttpResponse:
    """Show the card that the person keeps, made from the rules in force, and the slip with which they withdraw."""
    of = get_object_or_404(LINKS, pk=link)
    found = cards.card_of(of, service_of(of), live_participation(of), by=request.acting)
    return render(request, "referrals/card.html", {"card": found, "link": of, "person": person_of(of.civil_case)})


# ---- who works on it ---------------------------------------------------------------------------------------------


def team(by: Membership) -> list[Membership]:
    """Return who could work on cases for one's organisation, with all that fitness depends on."""
    found = Membership.objects.filter(organisation=by.organisation_id, roles__overlap=list(case_rules.WORKERS))
    fit = found.prefetch_related("clearances", "trainings", "conflicts", "assignments").select_related("organisation")
    return [one for one in fit if one.valid_until is None or one.valid_until > now()]


@require_safe
def workers(request: SignedInRequest, link: UUID) -> HttpResponse:
    """Show who could be assigned, and for each who cannot, the sentence why not."""
    of = get_object_or_404(LINKS, pk=link)
    asked = asked_of_workers(of.civil_case_id)
    refuse = partial(
        case_rules.refuse_assignment, case=of.civil_case, activity=of.activity, asked=asked, by=request.acting
    )
    running = list(Assignment.objects.filter(case=of.civil_case).select_related("membership__organisation"))
    candidates = team(request.acting)
    full = refuse_more(candidates, case=of.civil_case_id)
    context = {
        "link": of,
        "person": person_of(of.civil_case),
        "assigned": [one for one in running if case_rules.is_running(one)],
        "rows": [(one, refuse(one) or full.get(one.pk)) for one in candidates],
        "asked": asked,
        "refusal": case_rules.refuse_to_assign(of.civil_case, by=request.acting),
    }
    return render(request, "referrals/workers.html", context)


@require_POST
def assign(request: SignedInRequest, link: UUID, worker: UUID) -> HttpResponse:
    """Assign a worker."""
    of = get_object_or_404(LINKS, pk=link)
    chosen = get_object_or_404(Membership, pk=worker)
    case_actions.assign(
        of.civil_case, worker=chosen, activity=of.activity, asked=asked_of_workers(of.civil_case_id), by=request.acting
    )
    messages.success(request, _("%(worker)s is assigned.") % {"worker": chosen})
    return redirect("referrals:workers", link=of.pk)


@require_POST
def end_assignment(request: SignedInRequest, pk: UUID) -> HttpResponse:
    """End the work of somebody on a case."""
    ended = get_object_or_404(Assignment.objects.select_related("case", "membership"), pk=pk)
    case_actions.end_assignment(ended, by=request.acting)
    messages.success(request, _("%(worker)s is no longer assigned.") % {"worker": ended.membership})
    of = Link.objects.filter(civil_case=ended.case_id, activity=ended.activity).first()
    return redirect("referrals:workers", link=of.pk) if of else redirect("cases:detail", pk=ended.case_id)


def declare_conflict(request: SignedInRequest, link: UUID) -> HttpResponse:
    """Declare a conflict of interest, for oneself or, as a coordinator, for a colleague."""
    of = get_object_or_404(LINKS, pk=link)
    who = Membership.objects.filter(
        organisation=request.acting.organisation_id, roles__overlap=list(case_rules.WORKERS)
    )
    if not request.acting.has(Role.COORDINATOR):
        who = who.filter(pk=request.acting.pk)

    def save(worker: Membership) -> Conflict:
        return case_actions.declare_conflict(of.civil_case, worker=worker, by=request.acting)

    return show_form(
        request,
        forms.ConflictForm(request.POST or None, workers=who),
        save,
        title=_("Declare a conflict of interest"),
        caption=person_of(of.civil_case),
        kind="warning",
        button=_("Declare it"),
        intro=_(
            "Say that there is one, not what it is. The work on this case ends in the same second, and "
            "cannot be taken up again."
        ),
        done=_("The conflict of interest is declared."),
        to="/",
        cancel_url=to_link(of),
    )
