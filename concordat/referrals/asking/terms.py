"""The activity terms behind a service: in force at a place or not, and then which, since when, and who can mend it.

Everything is read once for a whole page, whatever the number of services on it.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from uuid import UUID

from django.utils.text import get_text_list
from django.utils.timezone import now
from django.utils.translation import gettext as _

from concordat.agreements.models import Agreement, Kind, TermsPlace
from concordat.agreements.status import Standing, Status, status, with_everything
from concordat.core.wording import plain_day
from concordat.organisations.models import Organisation, Place
from concordat.people.models import Membership
from concordat.people.roles import Role
from concordat.referrals.models import Service

REFERRING = "TRM-3"  # the clause on how persons are referred
ACKNOWLEDGE_DAYS, ANSWER_DAYS = 3, 10  # working days where terms do not say it (CLK-12)


@dataclass(frozen=True)
class Papers:
    """The activity terms to which one's own organisation is a party, where they hold, and who can sign them."""

    terms: Mapping[UUID, Agreement]
    standing: Mapping[UUID, Status]
    places: Mapping[UUID, set[UUID]]
    signatories: Mapping[int, list[Membership]]

    @property
    def in_force(self) -> list[Agreement]:
        """The terms that are in force now, wherever they hold."""
        return [one for pk, one in self.terms.items() if self.standing[pk].in_force]

    def places_of(self, terms: UUID) -> set[UUID]:
        """Return the places at which terms hold now: none when they are not in force."""
        found = self.standing.get(terms)
        if found is None or not found.in_force or found.version is None:
            return set()
        return self.places.get(found.version.pk, set())

    def times_of(self, terms: UUID) -> tuple[int, int]:
        """Return in how many working days a referral is acknowledged and answered, as the terms in force say."""
        version = self.standing[terms].version
        clause = version.clauses.filter(code=REFERRING).first() if version else None
        answers = clause.parameters if clause else {}
        return int(answers.get("confirm_days", ACKNOWLEDGE_DAYS)), int(answers.get("answer_days", ANSWER_DAYS))

    def refuse(self, service: Service, place: Place, asking: Organisation) -> str | None:
        """Say which terms are missing for a service at a place, and who can supply them (C6.14)."""
        terms = self.terms.get(service.terms_id)
        if terms is None or asking.pk not in (terms.party_a_id, terms.party_b_id):
            return _("%(asking)s has no terms with %(provider)s for “%(service)s”. %(who)s can agree on them.") % {
                "asking": asking,
                "provider": service.organisation,
                "service": service,
                "who": self.who(asking, service.organisation),
            }
        return self.refuse_at(terms, place)

    def refuse_at(self, terms: Agreement, place: Place) -> str | None:
        """Say why terms do not hold at a place."""
        if not self.standing[terms.pk].in_force:
            return self.not_in_force(terms)
        if place.pk in self.places_of(terms.pk):
            return None
        return _("The terms “%(terms)s” do not cover %(place)s. %(who)s can agree on a version that does.") % {
            "terms": terms,
            "place": place,
            "who": self.who(terms.party_a, terms.party_b),
        }

    def missing(self, terms: UUID) -> str:
        """Say that terms do not hold where a person is; where that is stays unsaid."""
        if self.standing[terms].in_force:
            return _("The terms “%(terms)s” do not cover the place where the person is now.") % {
                "terms": self.terms[terms]
            }
        return self.not_in_force(self.terms[terms])

    def not_in_force(self, terms: Agreement) -> str:
        """Say that terms are not in force, since or until when, and who can renew them."""
        found = self.standing[terms.pk]
        words = {
            "terms": terms,
            "day": plain_day(found.until) if found.until else "",
            "who": self.who(terms.party_a, terms.party_b),
        }
        said = {
            Standing.LAPSED: _("The terms “%(terms)s” lapsed on %(day)s. %(who)s can renew them."),
            Standing.ENDED: _("The terms “%(terms)s” were ended on %(day)s. %(who)s can agree on new ones."),
            Standing.SUSPENDED: _(
                "The terms “%(terms)s” are suspended until %(day)s. %(who)s can lift the suspension."
            ),
            Standing.UPCOMING: _("The terms “%(terms)s” begin on %(day)s."),
            Standing.WAITING: _("The terms “%(terms)s” wait for their framework agreement. %(who)s can sign it."),
        }
        return said.get(found.standing, _("The terms “%(terms)s” are not signed. %(who)s can sign them.")) % words

    def who(self, *organisations: Organisation) -> str:
        """Name who can sign for these organisations, as far as their people are known here."""
        named: list[str] = []
        for one in organisations:
            people = self.signatories.get(one.pk, [])
            named += [f"{person} ({one})" for person in people]
            if not people:
                named.append(_("the signatory of %(organisation)s") % {"organisation": one})
        return str(get_text_list(named, _("and")))


def papers() -> Papers:
    """Read the terms of one's own organisation, in a fixed number of queries."""
    terms = {one.pk: one for one in with_everything(Agreement.objects.filter(kind=Kind.TERMS))}
    places: dict[UUID, set[UUID]] = defaultdict(set)
    for version, place in TermsPlace.objects.filter(version__agreement__in=terms).values_list("version_id", "place_id"):
        places[version].add(place)
    return Papers(terms, {pk: status(one) for pk, one in terms.items()}, places, _signatories())


def _signatories() -> dict[int, list[Membership]]:
    found: dict[int, list[Membership]] = defaultdict(list)
    for person in Membership.objects.filter(roles__contains=[Role.SIGNATORY]):
        if person.valid_until is None or person.valid_until > now():
            found[person.organisation_id].append(person)
    return found


def refuse_places(terms: Agreement, places: Iterable[Place], known: Papers) -> str | None:
    """Say at which of these places terms do not hold."""
    return next((refusal for place in places if (refusal := known.refuse_at(terms, place))), None)
