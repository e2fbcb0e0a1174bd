"""Goals and measures, who signs them, and who may not judge what comes of them."""

import json
from collections.abc import Collection, Iterable, Sequence
from datetime import date
from hashlib import sha256

from django.utils.timezone import localdate
from django.utils.translation import gettext as _

from concordat.cases.models import Heading
from concordat.cases.rules import RECORDERS, first
from concordat.organisations.models import Organisation
from concordat.people.models import Membership
from concordat.people.roles import Role
from concordat.referrals.models import Goal, GoalSet, Referral, Target

MOST_GOALS = 5
ABOUT_ATTITUDES = {Target.ATTITUDES, Target.BOTH}


def offered_targets(service_target: str) -> list[str]:
    """Return what a goal may be about: attitudes only where the service declares it, both only where it does both."""
    return [one for one in Target.values if one not in ABOUT_ATTITUDES or service_target in (one, Target.BOTH)]


def offered_headings(targets: Iterable[str]) -> list[str]:
    """Return what may be reported about: outlook and views only where something is about attitudes (C6.7)."""
    speaks = bool(ABOUT_ATTITUDES & set(targets))
    return [one for one in Heading.values if one != Heading.OUTLOOK or speaks]


def refuse_to_write_goals(provider: int, *, by: Membership) -> str | None:
    """Say why somebody may not write down the goals that a provider (its number) agrees on with a person."""
    if provider != by.organisation_id or by.organisation.is_authority or not by.has(*RECORDERS):
        return _("The worker or the coordinator of the provider writes down what was agreed.")
    return None


def refuse_goals(
    goals: Sequence[Goal],
    *,
    service_target: str,
    provider: int,
    before: GoalSet | None,
    why_changed: str,
    by: Membership,
) -> str | None:
    """Say why these goals cannot be written down. `before` is the newest version so far."""
    return first(
        (
            refuse_to_write_goals(provider, by=by),
            _refuse_number(goals),
            *(_refuse_goal(goal, service_target) for goal in goals),
            _refuse_silent_change(before, why_changed),
        )
    )


def _refuse_number(goals: Sequence[Goal]) -> str | None:
    if not 1 <= len(goals) <= MOST_GOALS:
        return _("Agree on one to five goals.")
    return None


def _refuse_goal(goal: Goal, service_target: str) -> str | None:
    words = {"goal": goal.text, "target": Target(goal.target).label if goal.target in Target.values else ""}
    if goal.target not in Target.values:
        return _("Say what the goal “%(goal)s” is about. The person is shown it, and reports speak only to it.") % words
    if goal.target not in offered_targets(service_target):
        return _("The goal “%(goal)s” cannot be about: %(target)s. The service does not declare that.") % words
    if not (goal.text.strip() and goal.measure.strip() and goal.threshold.strip() and goal.measured_by.strip()):
        return _("For each goal say how it is measured, when it counts as reached, and who measures.")
    return None


def _refuse_silent_change(before: GoalSet | None, why_changed: str) -> str | None:
    if before is not None and is_locked(before) and not why_changed.strip():
        return _("These goals were signed. A change is a new version: say why it is needed.")
    return None


def is_locked(goals: GoalSet) -> bool:
    """Tell whether anybody has signed, or the person has said that they would rather not."""
    return bool(goals.person_signed_on or goals.person_declined or goals.signatures.all())


def refuse_persons_word(
    goals: GoalSet, newest: GoalSet, *, signed_on: date | None, declined: bool, by: Membership
) -> str | None:
    """Say why it cannot be recorded that the person signed, or would rather not."""
    if refusal := refuse_to_write_goals(goals.owner_id, by=by) or _refuse_old(goals, newest):
        return refusal
    if goals.person_signed_on or goals.person_declined:
        return _("What the person said about these goals is already recorded.")
    if declined == bool(signed_on):
        return _("Say either on which day the person signed, or that they would rather not sign.")
    if signed_on and signed_on > localdate():
        return _("The day of the signature cannot lie in the future.")
    return None


def _refuse_old(goals: GoalSet, newest: GoalSet) -> str | None:
    if goals.pk != newest.pk:
        return _("There is a newer version of these goals.")
    return None


SIGNERS = {True: (Role.PROGRAMME_MANAGER, Role.CASE_OFFICER), False: RECORDERS}


def refuse_signature(goals: GoalSet, newest: GoalSet, *, by: Membership) -> str | None:
    """Say why somebody may not sign goals for their organisation."""
    if not by.has(*SIGNERS[by.organisation.is_authority]):
        return _(
            "For an authority the programme manager or case officer signs, "
            "for the provider the worker or the coordinator."
        )
    if refusal := _refuse_old(goals, newest):
        return refusal
    if any(one.organisation_id == by.organisation_id for one in goals.signatures.all()):
        return _("%(organisation)s has already signed.") % {"organisation": by.organisation}
    return None if goals.goals.all() else _("There is no goal to sign.")


def refuse_other_goals(goals: GoalSet, seen: str) -> str | None:
    """Sign only what was shown: until the first signature the provider can still put the goals right."""
    if seen != check_number(goals):
        return _("The goals were put right after this page was shown to you. Read them once more, then sign.")
    return None


def check_number(goals: GoalSet) -> str:
    """Return by what the text of goals is known again."""
    names = ("text", "target", "measure", "threshold", "measured_by")
    said = [[getattr(goal, name) for name in names] for goal in goals.goals.order_by("position")]
    return sha256(json.dumps(said).encode()).hexdigest()


def refuse_to_evaluate(referral: Referral, *, by: Membership) -> str | None:
    """Say why somebody may not say who evaluates."""
    if referral.owner_id != by.organisation_id or not by.has(Role.PROGRAMME_MANAGER):
        return _("The programme manager of the organisation that referred the person says who evaluates.")
    return None if referral.sent_at else _("Send the referral first.")


def refuse_evaluation(
    referral: Referral, *, evaluator: Organisation, evaluator_name: str, deliverers: Collection[str],
    managers: Collection[str], by: Membership,
) -> str | None:  # fmt: skip
    """Say why an evaluator is not independent. Names: of the deliverer's people, of the case's managers (C6.8)."""
    words = {"name": evaluator_name.strip(), "organisation": referral.to}
    if refusal := refuse_to_evaluate(referral, by=by):
        return refusal
    if not words["name"]:
        return _("Name who evaluates.")
    if evaluator.pk == referral.to_id or _is_among(evaluator_name, deliverers):
        return (
            _(
                "%(organisation)s delivers this service. Who helps does not judge the help: "
                "choose somebody from elsewhere."
            )
            % words
        )
    if _is_among(evaluator_name, managers):
        return _("%(name)s manages this case, or sent the referral, and cannot judge what came of it.") % words
    return None


def _is_among(name: str, names: Collection[str]) -> bool:
    return name.strip().casefold() in {one.casefold() for one in names}
