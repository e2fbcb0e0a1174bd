"""Draw up an agreement step by step, as its author and its signatories would have: every rule of the room is asked."""

from decimal import Decimal
from typing import Any

from concordat.agreements import actions
from concordat.agreements.catalogue import ENTRIES
from concordat.agreements.models import Agreement, Kind, Version
from concordat.demo.country import PLACES, Country, named
from concordat.organisations.models import Organisation, Place
from concordat.people.models import Membership

from .paper import Paper

CURRENCY = "MRC"  # the Marenian crown


def draw_up(country: Country, paper: Paper, known: dict[str, Agreement]) -> Agreement:
    """Draft, propose and sign an agreement as far as its paper says; `known` holds those above it by their keys."""
    with country.acting(paper.author, paper.written, "09:00") as by:
        version = draft(country, paper, known, by)
    if paper.proposed:
        with country.acting(paper.author, paper.written, "16:00") as by:
            actions.propose(version, by=by)
    for signer, ago in paper.signed:
        sign(country, version, signer, ago)
    return version.agreement


def sign(country: Country, version: Version, signer: str, ago: int) -> None:
    """Sign a proposed version as an authorised signatory, with the second factor."""
    with country.acting(signer, ago, "11:20", level=2) as by:
        actions.sign(version, hash=version.hash, by=by)


def draft(country: Country, paper: Paper, known: dict[str, Agreement], by: Membership) -> Version:
    """Write the draft: clauses of the catalogue with the paper's answers, and what belongs to its kind."""
    version = actions.draft(
        kind=paper.kind, title=paper.title, first_day=country.days.day(-paper.first),
        last_day=country.days.day(-paper.last),
        other=Organisation.objects.get(pk=paper.other) if paper.other else None, framework=known.get(paper.under),
        activity=paper.activity, by=by,
    )  # fmt: skip
    for code, given in paper.answers.items():
        answer(version, code, by, **given)
    {Kind.FRAMEWORK: _nothing_more, Kind.PROTOCOL: _rules, Kind.TERMS: _terms}[paper.kind](country, paper, version, by)
    return version


def answer(version: Version, code: str, by: Membership, **answers: Any) -> None:  # noqa: ANN401 - as clauses ask
    """Answer some of what a clause of a new draft asks, and leave the words of the catalogue."""
    entry = ENTRIES[code]
    parameters = {**entry.defaults(), **answers}
    actions.set_clause(version, code=code, wording=str(entry.wording), parameters=parameters, by=by)


def _nothing_more(_country: Country, _paper: Paper, _version: Version, _by: Membership) -> None:
    """Leave a framework as it is: it consists of clauses only."""


def _rules(_country: Country, paper: Paper, version: Version, by: Membership) -> None:
    if paper.template:
        actions.fill_rules(version, template=paper.template, basis=paper.basis, by=by)
    if paper.purpose:
        answer(version, "ISP-2", by, purposes=[paper.purpose.value])
    owners = Organisation.objects.in_bulk([one.owner for one in paper.given])
    for one in paper.given:
        for role in one.roles:
            actions.add_rule(
                version, owner=owners[one.owner], category=one.category, form=one.form, purpose=str(paper.purpose),
                role=role, condition=one.condition, basis=paper.basis, by=by,
            )  # fmt: skip


def _terms(country: Country, paper: Paper, version: Version, by: Membership) -> None:
    assert set(paper.places) <= PLACES.keys()
    actions.set_places(version, places=Place.objects.filter(pk__in=map(named, paper.places)), by=by)
    for number, (clearance, courses) in paper.needs.items():
        party = Organisation.objects.get(pk=number)
        actions.set_requirement(version, organisation=party, clearance=clearance, trainings=list(courses), by=by)
    for due_in, amount, reason in paper.payments:
        actions.add_payment(
            version, due_on=country.days.day(-due_in), amount=Decimal(amount), currency=CURRENCY, reason=reason, by=by
        )
