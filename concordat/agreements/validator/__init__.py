"""`check(version)`: what keeps a version from being proposed, and what to think about, each with its remedy.

The database enforces the ceilings once more when it compiles; here they are said in words before anybody signs.
"""

from concordat.agreements.models import Clause, Kind, Version

from .clauses import check_answers, check_missing
from .crossing import check_crossing
from .finding import Finding, Findings
from .framework import (
    LONGEST_YEARS,
    check_accountable,
    check_indemnity,
    check_length,
    check_speech,
    check_suspension,
    years_after,
)
from .protocol import check_borders, check_controllers, check_impact, check_rules, check_safety
from .terms import check_above, check_terms
from .words import check_words


def check(version: Version) -> list[Finding]:
    """Return everything that is wrong with a version: first what rejects it, then warnings, by clause."""
    clauses = {one.code: one for one in version.clauses.all()}
    found = list(check_all(version, clauses))
    return sorted(found, key=lambda one: (one.severity != "reject", order(one.clause)))


def rejections(version: Version) -> list[Finding]:
    """Return only what keeps a version from being proposed."""
    return [one for one in check(version) if one.severity == "reject"]


def crossing(version: Version) -> list[Finding]:
    """Return only where rules take something from each other; both parties read it before they sign."""
    if version.agreement.kind != Kind.PROTOCOL:
        return []
    rules = list(version.sharingrules.select_related("owner", "recipient"))
    return list(check_crossing(version, rules, version.prohibitions.all()))


def check_all(version: Version, clauses: dict[str, Clause]) -> Findings:
    objectives = set(clauses["MOU-2"].parameters.get("objectives") or ()) if "MOU-2" in clauses else set()
    yield from check_missing(version, clauses, objectives)
    yield from check_answers(clauses)
    yield from check_words(clauses.values())
    yield from check_length(version, clauses)
    if version.agreement.kind == Kind.FRAMEWORK:
        yield from check_framework(version, clauses)
    else:
        yield from check_above(version)
    if version.agreement.kind == Kind.PROTOCOL:
        yield from check_protocol(version, clauses)
    if version.agreement.kind == Kind.TERMS:
        yield from check_suspension(clauses, "TRM-12")
        yield from check_terms(version, clauses)


def check_framework(version: Version, clauses: dict[str, Clause]) -> Findings:
    yield from check_speech(clauses)
    yield from check_accountable(version, clauses)
    yield from check_suspension(clauses, "MOU-25")
    yield from check_indemnity(clauses)


def check_protocol(version: Version, clauses: dict[str, Clause]) -> Findings:
    rules = list(version.sharingrules.select_related("owner", "recipient"))
    yield from check_rules(version, rules, clauses)
    yield from check_safety(version, rules, version.prohibitions.all())
    yield from check_crossing(version, rules, version.prohibitions.all())
    yield from check_borders(clauses)
    yield from check_controllers(clauses)
    yield from check_impact(version, rules, clauses)


def order(code: str) -> tuple[int, str]:
    """Sort clauses by their number; what is about none comes first."""
    number = code.partition("-")[2]
    return (int(number) if number.isdigit() else 0, code)


__all__ = ["LONGEST_YEARS", "Finding", "check", "crossing", "rejections", "years_after"]
