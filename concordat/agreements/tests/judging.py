"""What the validator says of a version, for the tests of its parts."""

from concordat.agreements import actions, validator
from concordat.agreements.models import Version
from concordat.people.models import Membership


def rejected(version: Version) -> list[str]:
    """Return the clauses at which a version is rejected."""
    return [one.clause for one in validator.rejections(version)]


def problems(version: Version) -> str:
    return " ".join(one.problem for one in validator.check(version))


def reword(version: Version, code: str, wording: str, by: Membership) -> None:
    clause = version.clauses.get(code=code)
    actions.set_clause(version, code=code, wording=wording, parameters=clause.parameters, by=by)
