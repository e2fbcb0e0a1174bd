"""A case of one's own, and what stands beside it: other organisations' cases of the same person."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property
from typing import TypeVar
from uuid import UUID

from django.db.models import Model, Q, QuerySet

from concordat.access import asking
from concordat.access.asking import Linked
from concordat.access.sight import Sight, what_i_see
from concordat.cases.asked import Asked, in_order
from concordat.cases.feeds import assignments, placements
from concordat.cases.models import Assignment, Case, Placement
from concordat.cases.rules import works_at
from concordat.merging.models import Merge
from concordat.organisations.models import Organisation
from concordat.people.clock import now
from concordat.people.models import Membership
from concordat.referrals.asking.feeds import referrals
from concordat.referrals.models import Referral

Row = TypeVar("Row", bound=Model)
PAPERS = ("framework", "rule", "terms")  # what keeps everything closed, whoever of us asks


@dataclass
class Beside:
    """One's own case as somebody opens it. Everything is read once, when it is first needed."""

    case: Case
    by: Membership
    purpose: str

    @cached_property
    def linked(self) -> list[Linked]:
        own = [self.case.pk, *(one.pk for one in self.merged)]
        return [linked for case in own for linked in asking.linked_cases(case)]

    @cached_property
    def merges(self) -> list[Merge]:
        """Of one's own organisation, what is said to be about the same person."""
        if not getattr(self.case, "merged", True):
            return []  # asked already, with the case
        found = Merge.objects.filter(Q(kept=self.case) | Q(folded=self.case), undone_at=None)
        return list(found.select_related("kept", "folded"))

    @cached_property
    def merged(self) -> list[Case]:
        """The other cases of these merges."""
        return [one.folded if one.kept_id == self.case.pk else one.kept for one in self.merges]

    @property
    def cases(self) -> Sequence[UUID]:
        """One's own case first, then one's own about the same person, then those that they are linked to."""
        own = [self.case.pk, *(one.pk for one in self.merged)]
        return list(dict.fromkeys([*own, *(one.case for one in self.linked)]))

    @cached_property
    def asked(self) -> Asked:
        """The same for the rooms that show something of it."""
        return Asked(self.case, self.by, list(self.cases))

    @cached_property
    def at(self) -> datetime:
        """The present time as the database sees it."""
        return now("default")

    def rows(self, queryset: QuerySet[Row], field: str = "case") -> list[Row]:
        """Return the rows about these cases that the reader may see."""
        return list(queryset.filter(**{f"{field}__in": self.cases}))

    @cached_property
    def referrals(self) -> list[Referral]:
        """The referrals of this case, from either side of it."""
        return self.asked.once(referrals)

    @cached_property
    def partners(self) -> list[Organisation]:
        """The other organisations that one's own rows name: linked, or asked by a referral that was sent."""
        numbers = {one.owner for one in self.linked}
        numbers |= {one.to_id for one in self.referrals if one.sent_at and one.owner_id == self.case.owner_id}
        return in_order(list(self.asked.organisations(numbers).values()), Organisation._meta.ordering or ())

    @cached_property
    def sights(self) -> list[Sight]:
        """What each of them gives to the reader here."""
        return [what_i_see(self.case, one, by=self.by, purpose=self.purpose) for one in self.partners]

    @property
    def closed(self) -> list[Sight]:
        """Those whose agreement with us is not in force here."""
        return [one for one in self.sights if one.closed and one.closed.missing in PAPERS]

    @property
    def in_force(self) -> list[Organisation]:
        shut = {one.giver.pk for one in self.closed}
        return [one for one in self.partners if one.pk not in shut]

    @cached_property
    def placement(self) -> Placement | None:
        """Where the person is now, as far as it is open to the reader."""
        return next((one for one in self.asked.once(placements) if one.ends_at is None), None)

    @cached_property
    def assignments(self) -> list[Assignment]:
        """Who of one's own organisation works on it now."""
        return [one for one in reversed(self.asked.once(assignments)) if works_at(one, self.at)]

    @property
    def mine(self) -> Assignment | None:
        return next((one for one in self.assignments if one.membership_id == self.by.pk), None)
