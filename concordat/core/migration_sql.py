"""SQL files in migrations: the file is read when the migration runs, and may be run again."""

from pathlib import Path

from django.db.migrations import RunSQL


def run_file(path: Path) -> RunSQL:
    """Return the operation that runs a versioned `.sql` file as it stands."""
    return RunSQL(path.read_text(encoding="utf-8"), RunSQL.noop)


def call(statement: str) -> RunSQL:
    """Return the operation that runs one statement, such as `SELECT access.protect(…)`."""
    return RunSQL(statement, RunSQL.noop)
