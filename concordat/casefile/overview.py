"""The parts of a case's first page, in the shapes of the design system."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import cast

from django.urls import reverse
from django.utils.html import format_html
from django.utils.translation import gettext as _

from concordat.access.papers import people_in
from concordat.access.sight import Open, Sight
from concordat.cases.models import DateRecord, Link
from concordat.core import parts
from concordat.core.codes import Category, Condition
from concordat.core.languages import phrase
from concordat.core.wording import enumerated, plain_day
from concordat.organisations.models import Organisation
from concordat.people.models import Membership
from concordat.people.roles import Role
from concordat.referrals.asking.feeds import goal_sets as newest_goal_sets
from concordat.referrals.delivery.rules import refuse_end_report
from concordat.referrals.models import Goal, GoalSet, Session

from .beside import Beside

SHOWN = 3  # of each kind of partner's people


def title_of(beside: Beside) -> str:
    """Name the person by the working code; a name never stands in a title."""
    return _("Person %(code)s") % {"code": beside.case.working_code}


def lede(beside: Beside) -> str:
    """Say what the case is, where, since when, and as what the reader works on it."""
    case, placement = beside.case, beside.placement
    values = {"service": case.service_purpose, "day": plain_day(case.opened_at)}
    if placement:
        said = _("%(service)s at %(place)s, since %(day)s.") % {**values, "place": placement.place.name}
    else:
        said = _("%(service)s, since %(day)s.") % values
    if beside.mine is None:
        return said
    return _("%(case)s You are assigned to it as %(post)s.") % {"case": said, "post": beside.by.title}


# ---- who is who ----------------------------------------------------------------------------------------------------


def who(beside: Beside) -> list[parts.Who]:
    """One's own workers and coordinator, and the partner's people and duty desk while its agreement holds."""
    mine = beside.by.organisation
    leads = people_in([mine, *beside.in_force], Role.COORDINATOR, Role.PROGRAMME_MANAGER, at=beside.at)
    own = [one.membership for one in beside.assignments]
    own += [one for one in leads if one.organisation_id == mine.pk and one not in own][:SHOWN]
    shown = [beside_as(one, beside.by) for one in dict.fromkeys(own)]
    for partner in beside.in_force:
        shown += partners_people(beside, partner, leads)
    return shown


def beside_as(member: Membership, reader: Membership) -> parts.Who:
    """Show somebody with the post under which they stand beside the case."""
    you = _("%(name)s (you)") % {"name": member.shown_name}
    role = _("%(post)s, %(organisation)s") % {"post": member.title, "organisation": member.organisation.name}
    return parts.Who(member.organisation, you if member.pk == reader.pk else member.shown_name, role)


def partners_people(beside: Beside, partner: Organisation, leads: Sequence[Membership]) -> list[parts.Who]:
    """Show whom to turn to at a partner: who referred, or else who leads there; and its duty desk."""
    senders = [one.sent_by for one in beside.referrals if one.owner_id == partner.pk and one.sent_by]
    lead = Role.PROGRAMME_MANAGER if partner.is_authority else Role.COORDINATOR
    people = list(dict.fromkeys(senders)) or [
        one for one in leads if one.organisation_id == partner.pk and lead in one.roles
    ]
    shown = [parts.Who(partner, one.shown_name, _("%(post)s, %(organisation)s") % {
        "post": one.title, "organisation": partner.name}) for one in people[:SHOWN]]  # fmt: skip
    if partner.duty_desk:
        desk = _("%(organisation)s, day and night: %(phone)s") % {
            "organisation": partner.name,
            "phone": partner.duty_desk,
        }
        shown.append(parts.Who(partner, _("Duty desk"), desk))
    return shown


# ---- goals ---------------------------------------------------------------------------------------------------------


def goal_sets(beside: Beside) -> list[GoalSet]:
    """Return the versions of the goals, the newest first."""
    return beside.asked.once(newest_goal_sets)


def goals(beside: Beside, goal_set: GoalSet) -> list[parts.Goal]:
    """Show each goal with how it is measured and how far the work is. Nothing here judges the person."""
    state = work_state(beside, goal_set)
    code = goal_set.written_in
    return [parts.Goal(phrase(goal.text, code), measure(goal, code), state) for goal in goal_set.goals.all()]


def measure(goal: Goal, code: str) -> str:
    """Say how a goal is measured, and from when on it counts as reached."""
    values = {
        "measure": phrase(goal.measure, code),
        "by": phrase(goal.measured_by, code),
        "when": phrase(goal.threshold, code),
        "target": goal.get_target_display(),
    }
    return format_html(_("{measure}. Kept by: {by}. Reached: {when}. About: {target}."), **values)


def work_state(beside: Beside, goal_set: GoalSet) -> parts.State:
    """Say how far the work towards a version of the goals is."""
    if not is_signed(goal_set):
        return parts.State("soon", _("To be signed"))
    begun = Session.objects.filter(case__in=beside.cases, held=True).exists()
    begun = begun or DateRecord.objects.filter(case__in=beside.cases, category=Category.P18).exists()
    return parts.State("changed", _("Under way")) if begun else parts.State("rest", _("Not started"))


def is_signed(goal_set: GoalSet) -> bool:
    """Tell whether both organisations signed, and the person signed or would rather not."""
    both = len({one.organisation_id for one in goal_set.signatures.all()}) > 1
    return both and (goal_set.person_declined or goal_set.person_signed_on is not None)


def signed_words(beside: Beside, goal_set: GoalSet) -> str:
    """Say who agreed to the goals; who has not yet is not named as a failing."""
    names = [one.organisation.name for one in goal_set.signatures.all()]
    if goal_set.person_signed_on:
        names.insert(0, title_of(beside))
    values = {"who": enumerated(names), "number": goal_set.number}
    if not names:
        return _("Version %(number)s is not signed yet.") % values
    if not is_signed(goal_set):
        return _("Version %(number)s, signed so far by %(who)s.") % values
    return _("Version %(number)s, agreed by %(who)s, with how each will be measured.") % values


# ---- after a close -------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Closed:
    """A partner of which nothing is shown now: why, and where the end report that is owed can still be written."""

    sight: Sight
    report_url: str


def closed(beside: Beside) -> list[Closed]:
    return [Closed(sight, report_url(beside, sight.giver)) for sight in beside.closed]


def report_url(beside: Beside, giver: Organisation) -> str:
    """Return where the end report is written, while it may be: also in the wind-down of an agreement."""
    link = Link.objects.filter(civil_case=beside.case, authority=giver).select_related("civil").first()
    if link is None or refuse_end_report(link, by=beside.by):
        return ""
    return reverse("delivery:write_end_report", args=[link.pk])


# ---- why, and what may be seen -------------------------------------------------------------------------------------


def why_this_case(beside: Beside) -> str:
    """Say why the reader sees a case of their own organisation."""
    if beside.mine:
        return _("Your organisation owns it, and you are assigned to it.")
    return _("Your organisation owns it, and your post looks after all its cases.")


@dataclass(frozen=True)
class Shown:
    """What one partner gives, drawn: what is open, what is not currently, what was forbidden, what no rule names."""

    sight: Sight
    groups: list[parts.Group]
    not_currently: list[str]
    forbidden: str
    absent: str


def shown(sight: Sight) -> Shown:
    waiting = [str(one.label) for one in sight.not_currently]
    return Shown(sight, matrix(sight), waiting, listed(sight.forbidden), listed(sight.absent))


def columns() -> list[parts.Column]:
    return [parts.Column(_("You see")), parts.Column(_("Because"))]


def matrix(sight: Sight) -> list[parts.Group]:
    """Show what is open, how much of it, and which clause gives it."""
    return [parts.Group([parts.Row(str(one.category.label), [cell(one), because(one)]) for one in sight.open])]


def cell(one: Open) -> parts.Cell:
    condition = "" if one.condition == Condition.NONE else str(one.condition.label)
    return parts.Cell(cast("parts.Given", one.form.value), condition)


def because(one: Open) -> str:
    """Name the clause that gives it, and what for."""
    if one.rule is None:
        return _("By statute")
    return _("Clause %(clause)s: %(what_for)s") % {"clause": one.rule.clause, "what_for": one.meant_for}


def listed(categories: Sequence[Category]) -> str:
    """Write categories as one list."""
    return enumerated(str(one.label) for one in categories)
