"""The activity terms behind a service: in force at a place or not, and then which, since when, and who can mend it."""

from collections.abc import Iterable
from uuid import UUID

from django.db.models import QuerySet
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


def all_terms() -> QuerySet[Agreement]:
    """Return the activity terms to which one's own organisation is a party, with all that their status depends on."""
    return with_everything(Agreement.objects.filter(kind=Kind.TERMS))


def places_in_force(agreements: Iterable[Agreement]) -> set[tuple[UUID, UUID]]:
    """Return for which (terms, place) the terms are in force now, in one query for all of them."""
    standing = {one.pk: status(one) for one in agreements}
    versions = {found.version.pk: pk for pk, found in standing.items() if found.in_force and found.version}
    rows = TermsPlace.objects.filter(version__in=versions).values_list("version_id", "place_id")
    return {(versions[version], place) for version, place in rows}


def refuse_terms(service: Service, place: Place, asking: Organisation) -> str | None:
    """Say which terms are missing for a service at a place, and who can supply them; None when they are in force. (C6.14)"""
    terms = with_everything(Agreement.objects.filter(pk=service.terms_id)).first()
    if terms is None or asking.pk not in (terms.party_a_id, terms.party_b_id):
        return _("%(asking)s has no terms with %(provider)s for “%(service)s”. %(who)s can agree them.") % {
            "asking": asking, "provider": service.organisation, "service": service,
            "who": signatories(asking, service.organisation),
        }  # fmt: skip
    return refuse_terms_at(terms, place)


def refuse_terms_at(terms: Agreement, place: Place) -> str | None:
    """Say why terms do not hold at a place."""
    found = status(terms)
    if not found.in_force:
        return not_in_force(terms, found)
    if found.version is None or not found.version.termsplaces.filter(place=place).exists():
        return _("The terms “%(terms)s” do not cover %(place)s. %(who)s can agree a version that does.") % {
            "terms": terms, "place": place, "who": signatories(terms.party_a, terms.party_b),
        }  # fmt: skip
    return None


def not_in_force(terms: Agreement, found: Status) -> str:
    """Say that terms are not in force, since or until when, and who can renew them."""
    words = {
        "terms": terms,
        "day": plain_day(found.until) if found.until else "",
        "who": signatories(terms.party_a, terms.party_b),
    }
    said = {
        Standing.LAPSED: _("The terms “%(terms)s” lapsed on %(day)s. %(who)s can renew them."),
        Standing.ENDED: _("The terms “%(terms)s” were ended on %(day)s. %(who)s can agree new ones."),
        Standing.SUSPENDED: _("The terms “%(terms)s” are suspended until %(day)s. %(who)s can lift the suspension."),
        Standing.UPCOMING: _("The terms “%(terms)s” begin on %(day)s."),
        Standing.WAITING: _("The terms “%(terms)s” wait for their framework agreement. %(who)s can sign it."),
    }
    return said.get(found.standing, _("The terms “%(terms)s” are not signed. %(who)s can sign them.")) % words


def signatories(*organisations: Organisation) -> str:
    """Name who can sign for these organisations, as far as their people are known here."""
    people = Membership.objects.filter(organisation__in=organisations, roles__contains=[Role.SIGNATORY]).select_related(
        "organisation"
    )
    named = [f"{one} ({one.organisation})" for one in people if one.valid_until is None or one.valid_until > now()]
    if not named:
        named = [_("the signatory of %(organisation)s") % {"organisation": one} for one in organisations]
    return str(get_text_list(named, _("and")))
