"""What must be so before the first session, step by step: what is done, what is missing, and who can do it now."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from django.urls import reverse
from django.utils.translation import gettext as _

from concordat.cases import rules as case_rules
from concordat.cases.models import Assignment, Link, Participation
from concordat.core.parts import Action
from concordat.core.wording import enumerated, plain_day
from concordat.people.models import Membership
from concordat.referrals.models import GoalSet
from concordat.sharing.models import Acknowledgement, SafetyBriefing

from . import rules


@dataclass(frozen=True)
class Step:
    """One step: done, to do, or open until another is done."""

    title: str
    state: Literal["done", "todo", "open"]
    words: str
    actions: Sequence[Action] = ()


def steps_of(link: Link, paper: Participation | None, goals: GoalSet | None, *, by: Membership) -> list[Step]:
    """Return the steps between a yes and the first session."""
    assigned = Assignment.objects.filter(case=link.civil_case_id).select_related("membership")
    running = [one.membership for one in assigned if case_rules.is_running(one)]
    return [
        agreement_step(link, paper, by),
        worker_step(link, running, by),
        goals_step(link, goals, paper, by),
        briefing_step(link, running),
        session_step(link),
    ]


def agreement_step(link: Link, paper: Participation | None, by: Membership) -> Step:
    """Show whether the person agrees; from outside only that is ever seen."""
    refusal = case_rules.refuse_to_record_participation(link.civil_case, by=by)
    card = Action(_("Print the card for the person"), reverse("referrals:card", args=[link.pk]))
    record = reverse("referrals:record_participation", args=[link.pk])
    title = _("The person agrees")
    if paper is None:
        words = _("Tell the person who you are and what you pass on, with the card. Then they have at least 24 hours.")
        return Step(title, "todo", words, [card, Action(_("Record the agreement"), record, refusal)])
    words = _("Agreed on %(day)s, to be renewed by %(end)s.") % {
        "day": plain_day(paper.starts_at),
        "end": plain_day(last_day(paper)),
    }
    out = reverse("referrals:withdraw", args=[paper.pk])
    return Step(title, "done", words, [
        card, Action(_("Renew it"), record, refusal), Action(_("The person no longer agrees"), out, kind="link"),
    ])  # fmt: skip


def last_day(paper: Participation) -> datetime:
    """Return the last day on which an agreement holds."""
    return paper.ends_at - case_rules.INSTANT


def worker_step(link: Link, running: Sequence[Membership], by: Membership) -> Step:
    """Show who works with the person."""
    refusal = case_rules.refuse_to_assign(link.civil_case, by=by)
    names = enumerated(one.shown_name for one in running)
    choose = Action(_("See who can be assigned"), reverse("referrals:workers", args=[link.pk]), refusal)
    words = names or _("Nobody is assigned. Whoever is has to be cleared and trained as the terms ask.")
    conflict = Action(
        _("Declare a conflict of interest"), reverse("referrals:declare_conflict", args=[link.pk]), kind="link"
    )
    return Step(_("A worker is assigned"), "done" if running else "todo", words, [choose, conflict])


def goals_step(link: Link, goals: GoalSet | None, paper: Participation | None, by: Membership) -> Step:
    """Show whether goals and measures are signed by all."""
    title = _("Goals and measures are agreed")
    write = reverse("referrals:write_goals", args=[link.pk])
    refusal = rules.refuse_to_write_goals(link.civil_id, by=by)
    if goals is None:
        state: Literal["todo", "open"] = "todo" if paper else "open"
        words = _("The person, %(provider)s and %(authority)s agree on them before the start.")
        return Step(
            title,
            state,
            words % {"provider": link.civil, "authority": link.authority},
            [Action(_("Write them down"), write, refusal)],
        )
    see = Action(_("See the goals"), reverse("referrals:goals", args=[link.pk]))
    return Step(title, "done" if is_complete(goals) else "todo", signed_words(goals), [see])


def is_complete(goals: GoalSet) -> bool:
    """Tell whether both organisations signed, and the person signed or would rather not."""
    both = len({one.organisation_id for one in goals.signatures.all()}) > 1
    return both and bool(goals.person_signed_on or goals.person_declined)


def signed_words(goals: GoalSet) -> str:
    """Say who has signed so far."""
    names = [str(one.organisation) for one in goals.signatures.all()]
    if goals.person_signed_on:
        names.insert(0, _("the person"))
    if not names:
        return _("Version %(number)d waits for its signatures.") % {"number": goals.number}
    return _("Version %(number)d, signed by %(who)s.") % {"number": goals.number, "who": enumerated(names)}


def briefing_step(link: Link, running: Sequence[Membership]) -> Step:
    """Show whether the worker has confirmed the newest safety briefing, as far as it is open to the reader."""
    title = _("The safety briefing is confirmed")
    newest = SafetyBriefing.objects.filter(case=link.authority_case_id).first()
    if newest is None:
        words = _("%(authority)s writes it; whoever is assigned reads and confirms it. No meeting before that.")
        return Step(title, "open", words % {"authority": link.authority})
    confirmed = Acknowledgement.objects.filter(briefing=newest, membership__in=running).exists()
    read = Action(_("Read the briefing"), reverse("sharing:briefing", args=[newest.pk]))
    words = _("Version %(number)d. Whoever is assigned reads and confirms it.") % {"number": newest.number}
    return Step(title, "done" if confirmed else "todo", words, [read] if read.url else [])


def session_step(link: Link) -> Step:
    """Lead to the sessions."""
    url = reverse("delivery:sessions", args=[link.pk])
    words = _("When all of this is so, the first session can be held and recorded.")
    return Step(_("The first session"), "open", words, [Action(_("Sessions"), url, kind="link")] if url else [])
