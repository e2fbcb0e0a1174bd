"""What somebody may see beside one of their own cases, category by category, and what is not shown.

Nothing here looks at records: the lists are the same whether there is something to show or not.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property

from django.utils.translation import gettext_lazy as _

from concordat.agreements.models import Agreement, SharingRule
from concordat.cases.models import Case
from concordat.core.codes import Category, Condition, Form
from concordat.organisations.models import Organisation
from concordat.people.models import Membership

from . import asking, missing
from .asking import Given, Missing
from .explain import decision
from .instruments import Words
from .models import RoleRight
from .question import WIDEST, Question

# What no agreement can open to anybody who works on a case, in words for those who look for it.
NEVER = (
    _("What is said in sessions: nobody stores it here, and nobody may ask for it"),
    _("Interviews with independent monitors"),
    _("Data about victims"),
    _("What comes from intelligence: it is not kept here at all"),
)
# Of what a partner on either side may hold; what it never writes is not missed.
HELD_BY_AUTHORITIES = [Category[f"P{number:02}"] for number in (*range(1, 17), 21, 22, 23, 28, 30)]
HELD_BY_CIVIL = [Category[f"P{number:02}"] for number in (9, 13, 18, 19, 24, 27, 28)]
# What each category is given for, as practitioners say it.
MEANT_FOR = {
    Category.P01: _("to address the person and be understood"),
    Category.P02: _("to know that there is a service to give"),
    Category.P03: _("to know where to meet"),
    Category.P04: _("to plan sessions and release"),
    Category.P05: _("what is needed to work safely, no more"),
    Category.P06: _("escort, room, items"),
    Category.P07: _("everyone who meets a person has one"),
    Category.P09: _("the areas to work on, no assessment"),
    Category.P13: _("to build on what is there"),
    Category.P14: _("to find a place to live"),
    Category.P15: _("to sort out money and papers"),
    Category.P16: _("what the relative agreed to"),
    Category.P18: _("that sessions took place, not what was said"),
    Category.P19: _("only under headings that the person agreed to"),
    Category.P21: _("to help the person keep to them"),
    Category.P28: _("the least that prevents harm"),
}


@dataclass(frozen=True)
class Open:
    """A category that is open now: how much, under which condition, by which rule; without a rule by a mandate."""

    category: Category
    form: Form
    condition: Condition
    rule: SharingRule | None

    @property
    def meant_for(self) -> str:
        """What it is given for: in the words of practice, or as the rule's purpose says."""
        if self.category in MEANT_FOR:
            return str(MEANT_FOR[self.category])
        return self.rule.get_purpose_display() if self.rule else ""


@dataclass(frozen=True)
class Closed:
    """Nothing of a giver is open to me here: what is missing first. The words are looked up where they are shown."""

    missing: Missing
    question: Question

    @cached_property
    def said(self) -> Words:
        """What is missing, who can supply it, since when, and what follows."""
        if self.missing in missing.WORDS:
            return missing.WORDS[self.missing](self.question)
        given = decision(self.question, self.missing)
        return Words(given.headline, given.words)


@dataclass(frozen=True)
class Sight:
    """What one organisation gives me beside one of my cases."""

    giver: Organisation
    open: list[Open]
    not_currently: list[Category]
    forbidden: list[Category]
    absent: list[Category]
    closed: Closed | None

    @property
    def protocols(self) -> list[Agreement]:
        """The agreements whose clauses give something here."""
        found = {one.rule.version.agreement for one in self.open if one.rule}
        return sorted(found, key=lambda agreement: agreement.title)


def what_i_see(own: Case, giver: Organisation, *, by: Membership, purpose: str) -> Sight:
    """Sort the categories that a giver's rules name: open, not currently, never by agreement; and those not named."""
    rules = asking.rules_for_me(giver.pk)
    answers = asking.first_missing(own.pk, giver.pk, ((rule.category, rule.form) for rule in rules))
    seen = {category: nearest(category, rules, answers) for category in sorted({rule.category for rule in rules})}
    given = [rule for answer, rule in seen.values() if answer == "yes"]
    stored = SharingRule.objects.select_related("version__agreement").in_bulk([rule.rule for rule in given])
    opened = [
        Open(Category(one.category), Form(one.form), Condition(one.condition), stored.get(one.rule)) for one in given
    ]
    named = {Category(category) for category in seen}
    shut = not any(answer in ("yes", "not_currently", "prohibition") for answer, _rule in seen.values())
    return Sight(
        giver,
        opened,
        [Category(category) for category, (answer, _rule) in seen.items() if answer == "not_currently"],
        [Category(category) for category, (answer, _rule) in seen.items() if answer == "prohibition"],
        [category for category in read_by(by, giver) if category not in named],
        closed(Question(own, giver, first_named(rules), by, purpose), rules, answers) if shut else None,
    )


def first_named(rules: Iterable[Given]) -> Category:
    """Return the category named first; the safety briefing, which everybody should have, where no rule names any."""
    return Category(min((rule.category for rule in rules), default=Category.P07))


def closed(question: Question, rules: Iterable[Given], answers: dict[tuple[int, str], Missing]) -> Closed:
    """Say what is missing first for the widest form of a category that rules or a mandate give."""
    form = question.widest(rule.form for rule in rules if rule.category == question.category)
    cell = (int(question.category), str(form))
    found = answers.get(cell) or asking.first_missing(question.own.pk, question.giver.pk, [cell]).get(cell)
    return Closed(found or "not_currently", question)


def nearest(category: int, rules: Iterable[Given], answers: dict[tuple[int, str], Missing]) -> tuple[Missing, Given]:
    """Return the widest rule of a category that is open; else the one whose answer may say the least."""
    mine = sorted((rule for rule in rules if rule.category == category), key=lambda rule: WIDEST.index(Form(rule.form)))
    found = [(answers.get((category, rule.form), "not_currently"), rule) for rule in mine]
    return next((one for one in found if one[0] == "yes"), found[-1])


def read_by(by: Membership, giver: Organisation) -> list[Category]:
    """Return the categories that a partner may hold and somebody's post could read, if an agreement gave them."""
    masks = RoleRight.objects.filter(role__in=by.roles).values_list("readable", flat=True)
    held = HELD_BY_AUTHORITIES if giver.is_authority else HELD_BY_CIVIL
    return sorted({category for mask in masks for category in held if mask >> category & 1})
