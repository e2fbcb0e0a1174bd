"""What stands in a draft: clauses, rules, what is never given, places, what workers need, payments."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from concordat.agreements import rules
from concordat.agreements.catalogue import CATALOGUE, TEMPLATES
from concordat.agreements.models import (
    Clause,
    FundingLine,
    Prohibition,
    SharingRule,
    TermsPlace,
    TermsRequirement,
    Version,
    VersionPart,
)
from concordat.agreements.workbook import fingerprint
from concordat.core.edits import hold
from concordat.core.errors import Refused
from concordat.ledger.log import record_for
from concordat.organisations.models import Organisation, Place
from concordat.people.models import Membership

from .draft import instants, midnight, set_days
from .locking import hold_draft, refuse_if


def edited(version: Version, what: str, by: Membership, **detail: object) -> None:
    """Write the line of a change in a draft; a draft is its author's alone."""
    which = {"agreement": version.agreement_id, "version": version.number, "draft": version.pk}
    record_for(f"agreement.{what}", [by.organisation_id], **which, **detail)


@transaction.atomic
def set_clause(version: Version, *, code: str, wording: str, parameters: Mapping[str, Any], by: Membership) -> Clause:
    """Write the words and answers of a clause; one that is not in the draft yet is added from the catalogue."""
    hold_draft(version, by)
    places = [entry.code for entry in CATALOGUE[version.agreement.kind]]
    if code not in places:
        raise Refused(_("The catalogue has no such clause for an agreement of this kind."))
    clause = Clause.objects.filter(version=version, code=code).first()
    if clause is None:
        clause = Clause.objects.create(
            version=version, code=code, position=places.index(code) + 1, wording=wording, parameters=dict(parameters)
        )
    else:
        clause.wording, clause.parameters = wording, dict(parameters)
        clause.save(update_fields=["wording", "parameters"])
    edited(version, "clause_written", by, clause=code)
    return clause


@transaction.atomic
def remove_clause(version: Version, *, code: str, by: Membership) -> Version:
    hold_draft(version, by)
    refuse_if(rules.refuse_remove_clause(by, version, code))
    Clause.objects.get(version=version, code=code).delete()
    edited(version, "clause_removed", by, clause=code)
    return version


@transaction.atomic
def add_rule(
    version: Version, *, owner: Organisation, category: int, form: str, purpose: str, role: str, condition: str,
    basis: str, first_day: date | None = None, last_day: date | None = None, by: Membership,
) -> SharingRule:  # fmt: skip
    """Let one party give something to a role of the other, perhaps for some time only."""
    hold_draft(version, by)
    starts_at, ends_at = validity(version, first_day, last_day)
    rule = SharingRule.objects.create(
        version=version, owner=owner, recipient_id=other_party(version, owner), category=category, form=form,
        purpose=purpose, role=role, condition=condition, basis=basis, starts_at=starts_at, ends_at=ends_at,
    )  # fmt: skip
    edited(version, "rule_added", by, rule=rule.pk, category=int(category))
    return rule


def validity(
    version: Version, first_day: date | None, last_day: date | None
) -> tuple[datetime | None, datetime | None]:
    """Return from when until when a rule holds; None is as long as its version."""
    if first_day and last_day:
        return instants(version.agreement, first_day, last_day)
    return (
        midnight(version.agreement, first_day) if first_day else None,
        midnight(version.agreement, last_day + timedelta(days=1)) if last_day else None,
    )


def other_party(version: Version, one: Organisation) -> int:
    parties = [version.agreement.party_a_id, version.agreement.party_b_id]
    if one.pk not in parties:
        raise Refused(_("Only the parties of an agreement give something under it."))
    parties.remove(one.pk)
    return parties[0]


@transaction.atomic
def change_rule(
    rule: SharingRule, *, form: str, purpose: str, role: str, condition: str, basis: str,
    first_day: date | None = None, last_day: date | None = None, by: Membership,
) -> SharingRule:  # fmt: skip
    """Change how much is given, for what, to whom, under which condition, or for how long."""
    hold_draft(rule.version, by)
    hold(rule)
    rule.form, rule.purpose, rule.role, rule.condition, rule.basis = form, purpose, role, condition, basis
    rule.starts_at, rule.ends_at = validity(rule.version, first_day, last_day)
    rule.save(update_fields=["form", "purpose", "role", "condition", "basis", "starts_at", "ends_at"])
    edited(rule.version, "rule_changed", by, rule=rule.pk, category=rule.category)
    return rule


@transaction.atomic
def fill_rules(version: Version, *, template: str, basis: str, by: Membership) -> Version:
    """Add the rules of a template that are not there yet, between the authority and the civil-society party."""
    hold_draft(version, by)
    chosen = TEMPLATES[template]
    authority, civil = sides(version)
    ways = (
        (authority, civil, chosen.to_provider, chosen.provider_roles),
        (civil, authority, chosen.to_authority, chosen.authority_roles),
    )
    held = set(version.sharingrules.values_list("owner_id", "category", "purpose", "role"))
    SharingRule.objects.bulk_create(
        SharingRule(
            version=version,
            owner_id=owner,
            recipient_id=recipient,
            category=cell.category,
            form=cell.form,
            purpose=chosen.purpose,
            role=role,
            condition=cell.condition,
            basis=basis,
        )
        for owner, recipient, cells, roles in ways
        for role, cell in ((role, cell) for role in roles for cell in cells)
        if (owner, cell.category, chosen.purpose, role) not in held
    )
    name_purpose(version, chosen.purpose)
    edited(version, "rules_filled", by, template=template)
    return version


def sides(version: Version) -> tuple[int, int]:
    """Return the authority and the civil-society party; a template is written for one of each."""
    parties = (version.agreement.party_a, version.agreement.party_b)
    authority = [one.pk for one in parties if one.is_authority]
    civil = [one.pk for one in parties if not one.is_authority]
    if not authority or not civil:
        raise Refused(_("This template is for an authority and a civil-society organisation."))
    return authority[0], civil[0]


def name_purpose(version: Version, purpose: str) -> None:
    """Name in clause 2 the purpose that a template's rules have."""
    clause = Clause.objects.filter(version=version, code="ISP-2").first()
    if clause and purpose not in clause.parameters.get("purposes", []):
        clause.parameters["purposes"] = [*clause.parameters.get("purposes", []), str(purpose)]
        clause.save(update_fields=["parameters"])


@transaction.atomic
def add_prohibition(version: Version, *, owner: Organisation, category: int, by: Membership) -> Prohibition:
    """Forbid that something of a category ever passes in one direction, whatever a rule says."""
    hold_draft(version, by)
    made = Prohibition.objects.create(
        version=version, owner=owner, recipient_id=other_party(version, owner), category=category
    )
    edited(version, "prohibition_added", by, category=int(category))
    return made


@transaction.atomic
def remove_part(part: VersionPart, *, by: Membership) -> Version:
    """Take a rule, a prohibition or a payment out of a draft."""
    hold_draft(part.version, by)
    hold(part)
    edited(part.version, "part_removed", by, part=type(part).__name__.lower(), id=part.pk)
    part.delete()
    return part.version


@transaction.atomic
def set_places(version: Version, *, places: Iterable[Place], by: Membership) -> Version:
    """Say at which places activity terms hold: exactly these."""
    hold_draft(version, by)
    wanted = {one.pk for one in places}
    held = {one.place_id: one for one in version.termsplaces.all()}
    for gone in held.keys() - wanted:
        held[gone].delete()
    TermsPlace.objects.bulk_create(TermsPlace(version=version, place_id=new) for new in sorted(wanted - held.keys()))
    edited(version, "places_set", by, places=len(wanted))
    return version


@transaction.atomic
def set_requirement(
    version: Version, *, organisation: Organisation, clearance: str, trainings: Sequence[str], by: Membership
) -> TermsRequirement:
    """Say which clearance and courses the workers of a party need."""
    hold_draft(version, by)
    made, created = TermsRequirement.objects.get_or_create(
        version=version, organisation=organisation, defaults={"clearance": clearance, "trainings": list(trainings)}
    )
    if not created:
        made.clearance, made.trainings = clearance, list(trainings)
        made.save(update_fields=["clearance", "trainings"])
    edited(version, "requirement_set", by, organisation=organisation.pk)
    return made


@transaction.atomic
def add_payment(
    version: Version, *, due_on: date, amount: Decimal, currency: str, reason: str, by: Membership
) -> FundingLine:
    """Add a payment to the schedule; a zero says why nothing is paid."""
    hold_draft(version, by)
    made = FundingLine.objects.create(version=version, due_on=due_on, amount=amount, currency=currency, reason=reason)
    edited(version, "payment_added", by, payment=made.pk)
    return made


@transaction.atomic
def fill_in(version: Version, *, steps: Iterable[tuple[str, Mapping[str, Any]]], seen: str, by: Membership) -> Version:
    """Make all changes of a filled workbook, or none; only where the draft is still as it was when they were shown."""
    hold_draft(version, by)
    if fingerprint(version) != seen:
        raise Refused(_("The draft was changed meanwhile. Look at the changes again before you confirm them."))
    done = {"set_days": set_days, "set_clause": set_clause, "add_rule": add_rule, "set_places": set_places}
    asked = list(steps)
    for name, given in asked:
        values = dict(given)
        if rule := values.pop("rule", None):
            held = SharingRule.objects.select_related("version__agreement").get(version=version, pk=rule)
            one: Any = remove_part if name == "remove_part" else change_rule
            one(held, **values, by=by)
        else:
            action: Any = done[name]
            action(version, **values, by=by)
    edited(version, "workbook_filled_in", by, changes=len(asked))
    return version
