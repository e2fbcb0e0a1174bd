"""What activity terms cannot do without: what stands above them, a place, a target, a schedule of payments."""

from django.utils.translation import gettext as _

from concordat.agreements.models import Agreement, Clause, Kind, Version
from concordat.agreements.status import Standing, status, with_everything

from .finding import Findings, reject, warn


def check_above(version: Version) -> Findings:
    """Terms stand on a framework and a protocol; a protocol stands on a framework."""
    agreement = version.agreement
    assert agreement.framework_id is not None
    framework = with_everything().get(pk=agreement.framework_id)
    yield from check_stands(framework, _("Propose the framework agreement first."))
    if agreement.kind != Kind.TERMS:
        return
    yield from check_objective(version, framework)
    protocols = list(with_everything(Agreement.objects.filter(framework=framework, kind=Kind.PROTOCOL)))
    if not any(status(one).standing not in (Standing.DRAFT, Standing.LAPSED, Standing.ENDED) for one in protocols):
        yield reject(
            "TRM-6",
            _("There is no information-sharing protocol between the parties."),
            _("Propose a protocol first; without it nobody may read anything, not even the safety briefing."),
        )
    elif not any(status(one).in_force for one in protocols):
        yield warn(
            "TRM-6",
            _("No protocol between the parties is in force yet."),
            _("Have it signed; until then these terms open nothing."),
        )


def check_stands(framework: Agreement, remedy: str) -> Findings:
    """Report a framework that was never proposed or is over, and warn of one that is not yet in force."""
    standing = status(framework).standing
    if standing in (Standing.DRAFT, Standing.LAPSED, Standing.ENDED):
        yield reject(
            "",
            _("The framework agreement %(reference)s is not there to stand on: %(state)s.")
            % {"reference": framework.reference, "state": Standing(standing).label},
            remedy,
        )
    elif standing != Standing.FORCE:
        yield warn(
            "", _("The framework agreement is not in force yet."), _("Have it signed; until then this opens nothing.")
        )


def check_objective(version: Version, framework: Agreement) -> Findings:
    """Report an activity that the framework does not name among its objectives."""
    newest = next(iter(framework.versions.all()), None)
    clause = newest.clauses.filter(code="MOU-2").first() if newest else None
    if clause and version.agreement.activity not in (clause.parameters.get("objectives") or []):
        yield reject(
            "TRM-1",
            _("The framework agreement does not name “%(activity)s” among its objectives.")
            % {"activity": version.agreement.get_activity_display()},
            _("Write a new version of the framework first."),
        )


def check_terms(version: Version, clauses: dict[str, Clause]) -> Findings:
    """Report what is missing from activity terms."""
    agreement = version.agreement
    if not version.termsplaces.exists():
        yield reject("TRM-2", _("No place is named."), _("Add at least one place."))
    payments = version.fundinglines.all()
    if not payments:
        yield reject(
            "TRM-13",
            _("There is no schedule of payments."),
            _("Add one. If nothing is paid, enter 0 and say why."),
        )
    if any(not one.reason.strip() for one in payments):
        yield reject(
            "TRM-13", _("A payment does not say what it is for."), _("Say what it is for, or why nothing is paid.")
        )
    asked = version.termsrequirements.exclude(clearance="", trainings=[])
    for one in (agreement.party_a, agreement.party_b):
        if not one.is_authority and not asked.filter(organisation=one).exists():
            yield warn(
                "TRM-8",
                _("Nothing is asked of the workers of %(organisation)s: no clearance, no course.")
                % {"organisation": one},
                _("Say what they need, or leave it so if the place lets everybody in."),
            )
    names = {one.name.casefold() for one in (agreement.party_a, agreement.party_b)}
    evaluator = str(clauses["TRM-17"].parameters.get("name", "")) if "TRM-17" in clauses else ""
    if any(name in evaluator.casefold() for name in names):
        yield reject("TRM-17", _("A party is to judge its own work."), _("Name somebody from outside both parties."))
