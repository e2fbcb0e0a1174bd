"""A line of the log that proves what happened and that no organisation's reader of the log is shown."""

from concordat.ledger.log import record_for

NOBODY = 0  # owns the line: a coordinator who reads the log does not learn from it who reported


def note(what: str, **detail: object) -> None:
    """Write the line."""
    record_for(what, [NOBODY], **detail)
