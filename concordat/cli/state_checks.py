"""What the doctor looks at in the tables: whose they are, the log, the worker, what is sealed, backups, the demo."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import psycopg
from django.conf import LazySettings
from psycopg.conninfo import make_conninfo

from concordat.cli import running
from concordat.cli.checks import Finding, Level, judge
from concordat.core import last_backup
from concordat.core.postgres.roles import APP, BACKUP, SIGNIN
from concordat.ledger import note

BEHIND = 5.0  # seconds that a clock may lag behind the log
LATE = 60.0  # seconds; the worker works every few
WITHOUT_PLACE = 300.0  # seconds; the worker gives lines their places every few
BACKUP_EVERY = timedelta(days=7)
OWNED = """
SELECT string_agg(relname, ', ' ORDER BY relname) FROM pg_class
WHERE relowner IN (SELECT oid FROM pg_roles WHERE rolname = ANY (%s)) AND relkind IN ('r', 'p', 'v', 'm', 'f')
"""
UNPROTECTED = """
SELECT string_agg(c.relname, ', ' ORDER BY c.relname) FROM pg_class c
WHERE c.relkind IN ('r', 'p', 'v', 'm', 'f') AND NOT c.relrowsecurity
  AND c.relnamespace NOT IN ('pg_catalog'::regnamespace, 'information_schema'::regnamespace)
  AND c.relnamespace::regnamespace::text NOT LIKE 'pg\\_%%'
  AND has_table_privilege(%s, c.oid, 'SELECT') AND coalesce(obj_description(c.oid), '') NOT LIKE 'open: %%'
"""
LOG = """
SELECT extract(epoch FROM (SELECT max(at) FROM ledger_entry) - clock_timestamp())::float,
       coalesce(max(position), 0) - count(position) FROM ledger_leaf
"""
UNPLACED = """
SELECT extract(epoch FROM clock_timestamp() - min(e.at))::float
FROM ledger_leaf leaf JOIN ledger_entry e ON e.id = leaf.entry WHERE leaf.position IS NULL
"""
SIGNED_WITH = "SELECT public_key FROM ledger_checkpoint ORDER BY size DESC LIMIT 1"
OVERDUE = """
SELECT sum(records)::bigint FROM retention_due
WHERE due_on < current_date - 1 AND announced_at < clock_timestamp() - interval '31 days'
"""
STRANGERS = "SELECT count(*) FROM people_user WHERE id NOT IN (SELECT user_id FROM people_persona)"


def check_state(settings: LazySettings, connections: dict[str, dict[str, str]]) -> Iterator[Finding]:
    """Look at the tables with the role that may read all of them and write none."""
    with psycopg.connect(make_conninfo("", **connections[BACKUP], connect_timeout=5)) as reader:
        reader.execute("SET search_path = public, pg_catalog")
        yield check_owners(reader)
        yield check_protection(reader)
        yield from check_log(reader)
        yield check_places(reader, settings.HOME)
        yield check_log_key(reader, settings.LOG_KEY)
        yield check_worker(reader, settings.HOME)
        yield check_seal(reader)
        yield check_backup(reader, settings)
        yield check_retention(reader)
        yield check_demo(reader, demo=settings.DEMO)


def check_owners(reader: psycopg.Connection) -> Finding:
    """Look whether a role that serves owns a table: no policy binds an owner."""
    owned = one(reader, OWNED, [[APP, SIGNIN]])
    return judge(
        not owned,
        "No table belongs to a role that serves.",
        f"{owned} belongs to a role that serves, whom its policies then do not bind. "
        "Run ALTER TABLE ... OWNER TO concordat_owner for each.",
    )


def check_protection(reader: psycopg.Connection) -> Finding:
    """Look for what somebody added to the database without a policy."""
    open_ = one(reader, UNPROTECTED, [APP])
    return judge(
        not open_,
        "Every table that pages can reach has its policies.",
        f"{open_} can be read by everybody who signs in: it has no policy. Remove it, or REVOKE ALL ON it FROM {APP}.",
    )


def check_log(reader: psycopg.Connection) -> Iterator[Finding]:
    """Look for places without a line, and whether the clock runs behind the newest line."""
    row = reader.execute(LOG).fetchone()
    assert row is not None
    ahead, gaps = row
    yield judge(
        not gaps,
        "No place of the log is empty.",
        f"{gaps} places of the log are empty: lines were removed. "
        "Run `concordat verify-log`, keep this copy, and compare it with a backup.",
    )
    yield judge(
        ahead is None or ahead < BEHIND,
        "The clock is not behind the log.",
        f"The clock is {ahead or 0:.0f} s behind the newest line of the log. Until it has caught up nothing ends or "
        "begins on time. Let the machine follow a time server (timedatectl set-ntp true).",
    )


def check_places(reader: psycopg.Connection, home: Path) -> Finding:
    """Look how long the oldest line has waited for its place in the tree: until then it could vanish unseen."""
    age = one(reader, UNPLACED, [])
    waits = timedelta(seconds=int(age or 0))
    return judge(
        age is None or age < WITHOUT_PLACE,
        "Every line of the log has its place in the tree.",
        f"A line of the log has waited {waits} for its place in the tree, and is not proved by it until then. "
        "The worker places lines: read its lines, and start the server again.",
        Level.WRONG if running.find(home) else Level.LOOK,
    )


def check_log_key(reader: psycopg.Connection, key: str) -> Finding:
    """Look whether the log is still signed with the key that partners know."""
    public = one(reader, SIGNED_WITH, [])
    own = note.server_key(key, "log")
    if public is None:
        return Finding(Level.FINE, f"No checkpoint of the log was made yet. Its key will be {own.fingerprint}.")
    return judge(
        bytes(public) == own.public,
        f"The log is signed with the key {own.fingerprint}.",
        f"The newest checkpoint was signed with the key {note.fingerprint(bytes(public))}, and this server has "
        f"{own.fingerprint}. Set CONCORDAT_LOG_KEY to the one of before; if it is lost, tell every partner the new.",
    )


def check_worker(reader: psycopg.Connection, home: Path) -> Finding:
    """Look when the worker last worked."""
    age = one(reader, "SELECT extract(epoch FROM clock_timestamp() - max(at))::float FROM ledger_beat", [])
    if age is not None and age < LATE:
        return Finding(Level.FINE, "The worker works.")
    when = "has not worked yet" if age is None else f"last worked {timedelta(seconds=int(age))} ago"
    if running.find(home) is None:
        return Finding(Level.LOOK, f"The worker {when}; `concordat start` runs it.")
    return Finding(
        Level.WRONG, f"The server runs, but its worker {when}. Read the lines of the server, and start it again."
    )


def check_seal(reader: psycopg.Connection) -> Finding:
    """Try whether the seal key opens what is sealed."""
    from concordat.people.seal import Unreadable, unseal  # noqa: PLC0415 - reads the settings

    row = reader.execute("SELECT data ->> 'secret' FROM mfa_authenticator WHERE type = 'totp' LIMIT 1").fetchone()
    try:
        if row:
            unseal(row[0], use="second factor")
    except Unreadable:
        return Finding(
            Level.WRONG,
            "The seal key does not open the second factors that are stored: nobody who has one can sign in. "
            "Set CONCORDAT_SEAL_KEY to the key of the installation that this database comes from.",
        )
    return Finding(Level.FINE, "The seal key fits." if row else "Nothing is sealed yet.")


def check_backup(reader: psycopg.Connection, settings: LazySettings) -> Finding:
    """Look how old the last backup is."""
    if settings.DEMO:
        return Finding(Level.FINE, "A demonstration needs no backup.")
    made, now = last_backup.made_at(settings.HOME), datetime.now(UTC)
    first = one(reader, "SELECT min(at) FROM ledger_entry", [])
    mend = "Run `concordat backup FILE` every day; deploy/ has a timer for it."
    if made is None:
        level = Level.WRONG if first and now - first > BACKUP_EVERY else Level.LOOK
        return Finding(level, f"No backup was made from here. {mend}")
    days = (now - made).days
    return judge(
        now - made < BACKUP_EVERY,
        f"The last backup is {days} days old.",
        f"The last backup is {days} days old. {mend}",
    )


def check_retention(reader: psycopg.Connection) -> Finding:
    """Look whether records stay whose time is over, and whose owner was told: also in a copy that was restored."""
    overdue = one(reader, OVERDUE, []) or 0
    return judge(
        not overdue,
        "No record is kept longer than its time.",
        f"{overdue} records should have been removed by now. After a restore they go once a signatory has confirmed "
        "the copy; else see that the worker works. What another record hangs on waits for it.",
        Level.LOOK,
    )


def check_demo(reader: psycopg.Connection, *, demo: bool) -> Finding:
    """Look whether the open door of the demonstration leads to somebody real."""
    strangers = one(reader, STRANGERS, []) if demo else 0
    return judge(
        not strangers,
        "The demonstration's door is shut." if not demo else "The demonstration holds its own people only.",
        f"The demonstration's door lets anybody in, and {strangers} users are not people of the demonstration. "
        "Set CONCORDAT_DEMO=0, and keep real data in an installation of its own.",
    )


def one(reader: psycopg.Connection, query: str, values: list[Any]) -> Any:  # noqa: ANN401 - whatever the query gives
    """Return the only value of the only row."""
    row = reader.execute(query.encode(), values or None).fetchone()
    return row[0] if row else None
