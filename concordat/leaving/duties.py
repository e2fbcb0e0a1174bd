"""What goes on when an organisation has left: the duties of each side, by the clauses that were in force and by law."""

from collections.abc import Iterable

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from concordat.agreements.models import WIND_DOWN_DAYS, Agreement, Clause, Kind
from concordat.organisations.models import Organisation

from .models import Departure


def agreements_of(departure: Departure) -> list[Agreement]:
    """Return the agreements of the organisation that were signed and that the reader is a party to."""
    own = Agreement.objects.filter(party_a=departure.organisation_id) | Agreement.objects.filter(
        party_b=departure.organisation_id
    )
    signed = own.filter(versions__signatures__isnull=False).distinct()
    return list(signed.select_related("party_a", "party_b").order_by("reference"))


def partners_of(departure: Departure) -> list[Organisation]:
    """Return with whom it had agreements, as far as the reader knows."""
    parties = {one for held in agreements_of(departure) for one in (held.party_a, held.party_b)}
    return sorted((one for one in parties if one.pk != departure.organisation_id), key=lambda one: one.name)


def of_authorities() -> list[str]:
    """Return what an authority owes whoever leaves: cooperation was additional, the duty was always its own."""
    return [
        _(
            "The authority’s own duties to the people served go on without a break (MOU-25): care, safety, contact "
            "with family, preparation for release. Where the organisation gave a service, the authority sees that the "
            "person is not left without one, and says to the person who is there for them now."
        ),
        _(
            "Whoever leaves is not disadvantaged for it, nor is anybody whom it supported. Nobody is asked what was "
            "said in its sessions."
        ),
        _("Bodies that look after places by statute go on doing so: their mandate comes from the law."),
        _("Requests of persons under their rights that were made before are answered within their time."),
    ]


def of_both(agreements: Iterable[Agreement]) -> list[str]:
    """Return what both sides still owe each other."""
    found = [
        _("Confidentiality goes on for everything that was learned."),
        _("Legal holds stay until whoever placed them lifts them, and records go when their time is over."),
    ]
    days = ngettext("%(n)s day", "%(n)s days", WIND_DOWN_DAYS) % {"n": WIND_DOWN_DAYS}
    found.append(_("For %(days)s warnings still arrive, and what is owed may still be handed over.") % {"days": days})
    for agreement in agreements:
        if agreement.kind == Kind.PROTOCOL and (until := destroy_days(agreement)):
            words = ngettext(
                "What was received under %(reference)s is returned or destroyed within %(n)s day, and that is "
                "confirmed in writing (ISP-24).",
                "What was received under %(reference)s is returned or destroyed within %(n)s days, and that is "
                "confirmed in writing (ISP-24).",
                until,
            )
            found.append(words % {"reference": agreement.reference, "n": until})
    return found


def destroy_days(agreement: Agreement) -> int:
    """Return within how many days what was received is destroyed; 0 where the protocol does not say."""
    clause = Clause.objects.filter(version__agreement=agreement, code="ISP-24").order_by("-version__number").first()
    return int(clause.parameters.get("destroy_days", 30)) if clause else 0
