"""Which categories each role may read and write, in whatever its agreements open; which see their organisation whole.

Stored as bit masks in `access_roleright`, which the policies read. A role never widens an agreement: it narrows it.
"""

from collections.abc import Iterable
from dataclasses import dataclass

from concordat.core.codes import Category
from concordat.people.roles import Role


@dataclass(frozen=True)
class Right:
    """What a role may do: categories to read and to write, the whole organisation or assigned cases, the log."""

    readable: frozenset[Category]
    writable: frozenset[Category]
    whole: bool = False
    reads_log: bool = False


C = Category
_BASICS = {C.P01, C.P02, C.P03, C.P04}
_WORK = {C.P05, C.P06, C.P07, C.P09, C.P10, C.P12, C.P13, C.P14, C.P15, C.P16, C.P17, C.P18, C.P19, C.P21}
_SAFETY = {C.P27, C.P28, C.P30}

RIGHTS: dict[str, Right] = {
    Role.PROGRAMME_MANAGER: Right(
        frozenset(_BASICS | _WORK | _SAFETY | {C.P31, C.P36, C.R01}),
        frozenset(_BASICS | _WORK | _SAFETY | {C.P36, C.R01}),
        whole=True,
        reads_log=True,
    ),
    Role.CASE_OFFICER: Right(
        frozenset(_BASICS | _WORK | _SAFETY | {C.P22, C.P23}), frozenset(_WORK | _SAFETY | {C.P22, C.P23})
    ),
    Role.SECURITY_MANAGER: Right(
        frozenset({C.P02, C.P03, C.P06, C.P07, C.P28}), frozenset({C.P06, C.P07, C.P28}), whole=True
    ),
    Role.IMPORT_OFFICER: Right(frozenset(_BASICS), frozenset(_BASICS), whole=True),
    Role.DATA_PROTECTION: Right(frozenset({C.P02, C.P36}), frozenset({C.P36}), whole=True, reads_log=True),
    Role.COORDINATOR: Right(
        frozenset(_BASICS | _WORK | _SAFETY | {C.P24, C.P31, C.P36}),
        frozenset({C.P01, C.P02, C.P16, C.P17, C.P18, C.P19, C.P24, C.P31, C.P36} | _SAFETY),
        whole=True,
        reads_log=True,
    ),
    Role.FACILITATOR: Right(
        frozenset(_BASICS | _WORK | _SAFETY | {C.P24, C.P31}),
        frozenset({C.P17, C.P18, C.P19, C.P24, C.P31} | _SAFETY),
    ),
    Role.MONITOR: Right(
        frozenset({C.P02, C.P03, C.P04, C.P06, C.P07, C.P17, C.P18, C.P26, C.P27, C.P28, C.L01, C.L02, C.L03}),
        frozenset({C.P26, C.P27, C.P28, C.L01, C.L02}),
    ),
}


def mask(categories: frozenset[Category]) -> int:
    """Return the categories as one number: bit n stands for category n."""
    return sum(1 << int(category) for category in categories)


def sees_whole(roles: Iterable[str]) -> bool:
    """Say whether any of these roles sees all cases of its organisation."""
    return any(RIGHTS[role].whole for role in roles if role in RIGHTS)
