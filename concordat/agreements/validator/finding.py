"""What the validator finds: how grave it is, at which clause, what is wrong, and what to do about it."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from django.utils.translation import gettext as _

from concordat.agreements.catalogue import ENTRIES

Severity = Literal["reject", "warn"]


@dataclass(frozen=True)
class Finding:
    """A reason not to propose a version (reject) or something to think about (warn), in whole sentences."""

    severity: Severity
    clause: str
    problem: str
    remedy: str

    @property
    def title(self) -> str:
        """The heading of the clause, or nothing where it is not about one."""
        entry = ENTRIES.get(self.clause)
        return str(entry.title) if entry else ""

    @property
    def sentence(self) -> str:
        """Name the clause, then the problem."""
        if not self.title:
            return self.problem
        return _("Clause %(number)s, %(title)s: %(problem)s") % {
            "number": self.number,
            "title": self.title,
            "problem": self.problem,
        }

    @property
    def number(self) -> str:
        entry = ENTRIES.get(self.clause)
        return entry.number if entry else ""


Findings = Iterator[Finding]


def reject(clause: str, problem: str, remedy: str) -> Finding:
    return Finding("reject", clause, problem, remedy)


def warn(clause: str, problem: str, remedy: str) -> Finding:
    return Finding("warn", clause, problem, remedy)
