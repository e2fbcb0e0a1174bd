"""A question about access, and what is looked up to put its answer into words."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property

from django.db.models import Q

from concordat.agreements.models import Kind, MandateCell, SharingRule
from concordat.cases.models import Case, Placement
from concordat.core.codes import PURPOSE_ACTIVITY, Category, Form
from concordat.organisations.models import Organisation
from concordat.people.clock import now
from concordat.people.models import Membership

from . import asking
from .papers import Paper, Papers, between, rules_in_force

WIDEST = (Form.FULL, Form.SUMMARY, Form.DATE, Form.EXISTENCE, Form.THRESHOLD)


@dataclass(frozen=True)
class Question:
    """Somebody asks from their own case about one category of a partner; or a manager asks so for a colleague."""

    own: Case
    giver: Organisation
    category: Category
    by: Membership
    purpose: str
    for_other: bool = False

    @cached_property
    def at(self) -> datetime:
        """The present time as the database sees it."""
        return now("default")

    @cached_property
    def papers(self) -> Papers:
        return between(self.by.organisation, self.giver)

    @cached_property
    def rules(self) -> list[SharingRule]:
        """The rules in force that give the category to the asker, the widest form first."""
        found = rules_in_force(self.papers, self.category, by=self.by, purpose=self.purpose)
        return sorted(found, key=lambda rule: WIDEST.index(Form(rule.form)))

    @property
    def form(self) -> Form:
        """The form that is asked for: the widest one that a rule or a mandate gives, or the narrowest one of all."""
        return self.widest(rule.form for rule in self.rules)

    def widest(self, given: Iterable[str]) -> Form:
        """Return the widest of the forms that rules give, and of those that a mandate gives."""
        forms = [*given, *(cell.form for cell in self.mandated)]
        return min(map(Form, forms), key=WIDEST.index, default=Form.EXISTENCE)

    @cached_property
    def mandated(self) -> list[MandateCell]:
        """What a statute gives to the asker's organisation, whatever the agreements say."""
        lasting = Q(mandate__ends_at=None) | Q(mandate__ends_at__gt=self.at)
        found = MandateCell.objects.filter(
            lasting, mandate__body=self.by.organisation_id, mandate__over=self.giver, mandate__starts_at__lte=self.at,
            category=self.category, purpose=self.purpose,
        )  # fmt: skip
        return list(found.select_related("mandate"))

    @property
    def rule(self) -> SharingRule | None:
        """The rule that stands behind a yes."""
        return self.rules[0] if self.rules else None

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


def covers(given: str, wanted: str) -> bool:
    """Tell whether a form includes another; a threshold stands apart."""
    if Form.THRESHOLD in (given, wanted):
        return given == wanted
    return WIDEST.index(Form(given)) <= WIDEST.index(Form(wanted))
