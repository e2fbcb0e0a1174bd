"""Whom a page is about: the parties in the order in which pages show them, how independent each is, which version."""

from django.db.models import Q, QuerySet
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from concordat.core import parts, wording
from concordat.core.wording import itemised
from concordat.organisations.models import Organisation

from .models import Agreement, Signature, Version


def sides(agreement: Agreement) -> tuple[Organisation, Organisation]:
    """Return both parties, an authority before civil society."""
    first, second = agreement.party_a, agreement.party_b
    return (second, first) if second.is_authority and not first.is_authority else (first, second)


def other(agreement: Agreement, organisation: int) -> Organisation:
    """Return the party that is not this one."""
    return agreement.party_b if agreement.party_a_id == organisation else agreement.party_a


def partners_of(organisation: int) -> QuerySet[Organisation]:
    """Return the organisations with which one has an agreement, as far as the reader knows."""
    held = Agreement.objects.filter(Q(party_a=organisation) | Q(party_b=organisation))
    others = {one for pair in held.values_list("party_a_id", "party_b_id") for one in pair} - {organisation}
    return Organisation.objects.filter(pk__in=others).order_by("sort_key")


def signings(agreement: Agreement, version: Version | None) -> list[parts.Signing]:
    """Show both halves of the indenture: who signed this version, and the facts about the party beside its name."""
    signed = {one.organisation_id: one for one in version.signatures.all()} if version else {}
    return [
        parts.Signing(one, format_html("{}{}", signed_words(version, signed.get(one.pk)), facts(one)))
        for one in sides(agreement)
    ]


def signed_words(version: Version | None, signature: Signature | None) -> str | SafeString:
    """Say who signed and when, or that nobody has."""
    if signature is None:
        return _("Has not signed this version") if version and version.proposed_at else _("Nothing to sign yet")
    if signature.on_paper:
        return on_paper_words(signature)
    who = {"name": signature.membership.shown_name, "title": signature.membership.title}
    named = _("Signed by %(name)s, %(title)s") % who if signature.membership.title else _("Signed by %(name)s") % who
    return format_html(_("{who}, {when}"), who=named, when=wording.moment(signature.signed_at))


def on_paper_words(signature: Signature) -> SafeString:
    """Say who signed by hand, and who recorded that when."""
    return format_html(
        _("Signed on paper by {who} on {day}; recorded by {name}, {when}"),
        who=signature.paper_signer,
        day=wording.plain_day(signature.paper_on or signature.signed_at),
        name=signature.membership.shown_name,
        when=wording.moment(signature.signed_at),
    )


def facts(one: Organisation) -> SafeString:
    """List what speaks for or against the independence of a party; what is not known is said as such."""
    asked = [
        (_("Legal form"), one.legal_form),
        (_("Appointed or controlled by"), one.controlled_by),
        (_("Income from public authorities"), one.income_share),
        (_("Staff seconded from others"), one.secondments),
    ]
    lines = [_("%(fact)s: %(value)s") % {"fact": fact, "value": value} for fact, value in asked if value]
    if unknown := [fact for fact, value in asked if not value]:
        lines.append(_("Not stated: %(facts)s") % {"facts": itemised(unknown)})
    return format_html_join("", '<br><span class="c-small">{}</span>', ((line,) for line in lines))


def titled(version: Version) -> str:
    """Name a version above the heading of a page about it."""
    agreement = version.agreement
    names = {"title": agreement.title, "reference": agreement.reference, "number": version.number}
    return _("%(title)s, %(reference)s, version %(number)d") % names
