"""A question about access, and what is looked up to put its answer into words."""

from dataclasses import dataclass
from functools import cached_property

from concordat.agreements.models import Kind, SharingRule
from concordat.cases.models import Case, Placement
from concordat.core.codes import PURPOSE_ACTIVITY, Category, Form
from concordat.organisations.models import Organisation
from concordat.people.models import Membership

from . import asking
from .asking import Given
from .papers import Paper, Papers, between

WIDEST = (Form.FULL, Form.SUMMARY, Form.DATE, Form.EXISTENCE, Form.THRESHOLD)


@dataclass(frozen=True)
class Question:
    """Somebody asks from their own case about one category of another organisation, in one form."""

    own: Case
    giver: Organisation
    category: Category
    form: Form
    by: Membership
    purpose: str

    @cached_property
    def papers(self) -> Papers:
        return between(self.by.organisation, self.giver)

    @cached_property
    def rules(self) -> list[Given]:
        """The rules in force that give me this category, the widest form first."""
        mine = [rule for rule in asking.rules_for_me(self.giver.pk) if rule.category == self.category]
        return sorted(mine, key=lambda rule: WIDEST.index(Form(rule.form)))

    @cached_property
    def rule(self) -> SharingRule | None:
        """The rule in force that stands behind a yes."""
        fitting = [rule.rule for rule in self.rules if covers(rule.form, self.form)]
        found = SharingRule.objects.select_related("version__agreement", "owner").filter(pk__in=fitting)
        return min(found, key=lambda rule: fitting.index(rule.pk), default=None)

    @cached_property
    def place(self) -> Placement | None:
        """Where the person is, as far as it is open to me."""
        cases = [self.own.pk, *(one.case for one in asking.linked_cases(self.own.pk))]
        return Placement.objects.filter(case__in=cases, ends_at=None).select_related("place").first()

    @property
    def activity(self) -> str:
        return PURPOSE_ACTIVITY.get(self.purpose, "")

    @cached_property
    def framework(self) -> Paper | None:
        return self.papers.best(Kind.FRAMEWORK)

    @cached_property
    def protocol(self) -> Paper | None:
        return self.papers.best(Kind.PROTOCOL)

    @cached_property
    def terms(self) -> Paper | None:
        place = self.place.place_id if self.place else None
        return self.papers.best(Kind.TERMS, activity=self.activity, place=place) if self.activity else None


def widest(giver: Organisation, category: Category) -> Form:
    """Return the widest form in which the rules in force give me a category, or the narrowest one of all."""
    forms = {rule.form for rule in asking.rules_for_me(giver.pk) if rule.category == category}
    return next((form for form in WIDEST if form in forms), Form.EXISTENCE)


def covers(given: str, wanted: str) -> bool:
    """Tell whether a form includes another; a threshold stands apart."""
    if Form.THRESHOLD in (given, wanted):
        return given == wanted
    return WIDEST.index(Form(given)) <= WIDEST.index(Form(wanted))
