"""Why a category of another organisation's records is open to me, or not: the seven conditions, in words.

The database says which condition is missing first (`access.why`); the words around it come from one's own papers.
Whatever depends on a person's choice, on a restriction or on another organisation's staff is "not currently": one
value, without reason, date or history, and the same where there is nothing to show.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import cast

from django.utils.timezone import now
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from concordat.cases.models import Case
from concordat.cases.rules import working_at
from concordat.core.codes import Category, Condition, Form, Purpose
from concordat.core.parts import Given as Shown
from concordat.core.parts import Link
from concordat.core.wording import moment, plain_day
from concordat.emergency.models import Request
from concordat.organisations.models import Organisation
from concordat.people.models import Membership

from . import asking, missing
from .asking import Missing
from .instruments import last_day
from .papers import Paper
from .question import Question

ORDER: tuple[Missing, ...] = ("framework", "rule", "terms", "worker", "assignment", "not_currently", "prohibition")
FOR_ME = (
    gettext_lazy("Framework agreement in force"),
    gettext_lazy("A rule gives this category"),
    gettext_lazy("Activity terms in force at this place"),
    gettext_lazy("You are cleared, trained and have no conflict"),
    gettext_lazy("You are assigned to the case"),
    gettext_lazy("The person agrees, where the rule asks for it"),
    gettext_lazy("Nothing forbids it"),
)
FOR_A_COLLEAGUE = (
    *FOR_ME[:3],
    gettext_lazy("They are cleared, trained and have no conflict"),
    gettext_lazy("They are assigned to the case"),
    *FOR_ME[5:],
)


@dataclass(frozen=True)
class Decision:
    """An answer with its chain of reasons. `given` says how much is open: a form, or none.

    `up_to_here` is no yes: of another day or a draft only the papers are looked at (`suppose.py`).
    """

    missing: Missing
    given: Shown
    headline: str
    words: str
    links: Sequence[Link]

    @property
    def is_open(self) -> bool:
        return self.missing == "yes"

    @property
    def step(self) -> int:
        """The number of the condition that decided, from 1 to 7; 0 where all hold or none was looked at."""
        return ORDER.index(self.missing) + 1 if self.missing in ORDER else 0


def why(own: Case, giver: Organisation, category: Category, *, by: Membership, purpose: str) -> Decision:
    """Answer from one's own case, for the widest form that the rules in force give."""
    question = Question(own, giver, category, by, purpose)
    cell = (int(category), str(question.form))
    return decision(question, asking.first_missing(own.pk, giver.pk, [cell]).get(cell, "not_currently"))


def why_for(
    colleague: Membership, own: Case, giver: Organisation, category: Category, *, purpose: str
) -> Decision | None:
    """Answer for a colleague, to whoever says who works on cases; nothing to anybody else."""
    question = Question(own, giver, category, colleague, purpose, for_other=True)
    answer = asking.first_missing_for(colleague.pk, own.pk, giver.pk, int(category), str(question.form))
    return decision(question, answer) if answer else None


def decision(question: Question, answer: Missing) -> Decision:
    """Put an answer of the database into words."""
    names = [str(name) for name in (FOR_A_COLLEAGUE if question.for_other else FOR_ME)]
    if answer == "yes":
        links = [Link(name, "holds", HOLDS[step](question)) for step, name in enumerate(names)]
        return Decision(answer, cast("Shown", question.form.value), opened(question), under_condition(question), links)
    if answer == "ceiling":
        links = [Link(name, "unread", _("Not looked at: no agreement can open this.")) for name in names]
        return Decision(answer, "never", _("No, and no agreement can open it"), missing.of_a_ceiling(), links)
    at = ORDER.index(answer)
    links = [Link(name, "holds", HOLDS[step](question)) for step, name in enumerate(names[:at])]
    if answer == "not_currently":
        links += [Link(name, "unread", _("Not said, to anybody: see “Not currently”.")) for name in names[at:]]
        return Decision(answer, "none", _("Not currently"), missing.of_not_currently(), links)
    said = missing.WORDS[answer](question)
    links.append(Link(names[at], "missing", said.words, said.supplier, said.waiting, said.otherwise))
    links += [Link(name, "unread") for name in names[at + 1 :]]
    return Decision(answer, "none", said.headline, would_see(question), links)


def opened(question: Question) -> str:
    """Say how much is open."""
    words = {
        Form.FULL: _("Yes, in full"),
        Form.SUMMARY: _("Yes, as a summary"),
        Form.DATE: _("Yes, as a date or fact only"),
        Form.EXISTENCE: _("Yes, but only that it exists"),
        Form.THRESHOLD: _("Yes, above the threshold only"),
    }
    return words[question.form]


def under_condition(question: Question) -> str:
    """Say how long a yes lasts."""
    if question.rule is None:
        return _("By statute, whatever the agreements say.")
    if question.rule.condition == Condition.NONE:
        return _("It stays open as long as all seven hold. Whether there is anything to see is another matter.")
    return _("It stays open %(condition)s, and as long as all seven hold.") % {
        "condition": question.rule.get_condition_display()
    }


def would_see(question: Question) -> str:
    """Say what would be open if the missing condition were supplied, where a rule in force says so."""
    if not question.rules:
        return ""
    rule = question.rules[0]
    values = {"form": Form(rule.form).label, "condition": Condition(rule.condition).label}
    if rule.condition == Condition.NONE:
        return _("With what is missing you would see: %(form)s.") % values
    return _("With what is missing you would see: %(form)s, %(condition)s.") % values


def _framework_holds(question: Question) -> str:
    return until(question.framework)


def _rule_holds(question: Question) -> str:
    rule = question.rule
    if rule is None:
        return _("A statutory mandate gives it.")
    return _("%(protocol)s, clause %(clause)s: “%(category)s” (%(form)s) %(purpose)s. Legal basis: %(basis)s.") % {
        "protocol": rule.version.agreement.title,
        "clause": rule.clause,
        "category": Category(rule.category).label,
        "form": Form(rule.form).label,
        "purpose": Purpose(rule.purpose).label,
        "basis": rule.basis,
    }


def _terms_hold(question: Question) -> str:
    return until(question.terms)


def _worker_holds(question: Question) -> str:
    return missing.fitness(question)


def _assignment_holds(question: Question) -> str:
    assigned = question.own.assignments.filter(working_at(now()), membership=question.by).first()
    if opened := Request.objects.filter(case=question.own, asked_by=question.by, ends_at__gt=now()).first():
        return _("In an emergency, until %(when)s.") % {"when": moment(opened.ends_at)} if opened.ends_at else ""
    if assigned is None:
        return _("The whole team works on it, as the terms say.")
    return _("Since %(day)s.") % {"day": plain_day(assigned.starts_at)}


def _person_holds(question: Question) -> str:
    if question.rule is None or question.rule.condition == Condition.NONE:
        return _("This rule does not ask for it.")
    return _("Agreed.")


def _nothing_forbids(_question: Question) -> str:
    return _("No clause says never, and no ceiling stands above it.")


HOLDS = (
    _framework_holds, _rule_holds, _terms_hold, _worker_holds, _assignment_holds, _person_holds, _nothing_forbids
)  # fmt: skip


def until(paper: Paper | None) -> str:
    """Name an instrument in force, and its end."""
    if paper is None or paper.status.until is None:
        return _("By statute.")
    return _("%(title)s, until %(day)s.") % {"title": paper.agreement.title, "day": last_day(paper)}
