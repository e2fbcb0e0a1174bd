"""What the doctor looks at in the database server: can it be reached, is it the right one, do the roles fit."""

from collections.abc import Iterator
from datetime import UTC, datetime

import psycopg
from psycopg.conninfo import make_conninfo
from psycopg.rows import dict_row

from concordat.cli.checks import Finding, Level, judge
from concordat.core.postgres.roles import APP, BACKUP, OWNER, ROLES, SIGNIN

OLDEST, NEWEST = 15, 18
CLOCK_TOLERANCE = 5.0  # seconds
POWERS = {
    "rolsuper": "is a superuser",
    "rolcreaterole": "makes roles",
    "rolreplication": "replicates",
    "rolbypassrls": "passes row security",
}
DURABLE = {"fsync": "on", "full_page_writes": "on", "synchronous_commit": "on"}


def check_server(connections: dict[str, dict[str, str]], needed: int) -> Iterator[Finding]:
    """Look at the server as the owner, then knock as each other role. `needed` connections are in use at once."""
    owner = connections[OWNER]
    try:
        connection = psycopg.connect(make_conninfo("", **owner, connect_timeout=5))
    except psycopg.OperationalError as error:
        yield Finding(Level.WRONG, f"{OWNER} cannot connect to the server: {first_line(error)}")
        return
    with connection:
        yield check_version(connection)
        yield from check_database(connection)
        yield from check_roles(connection)
        yield check_encryption(connection, owner)
        yield check_clock(connection, datetime.now(UTC))
        yield check_room(connection, needed)
    for role in (APP, SIGNIN, BACKUP):
        yield check_password(role, connections[role])


def check_version(connection: psycopg.Connection) -> Finding:
    """Say whether this is a version that Concordat is tested with."""
    version = connection.info.server_version // 10000
    return judge(
        OLDEST <= version <= NEWEST,
        f"The server is PostgreSQL {version}.",
        f"The server is PostgreSQL {version}. Concordat needs {OLDEST} to {NEWEST}.",
    )


def check_database(connection: psycopg.Connection) -> Iterator[Finding]:
    """Look at what was chosen when the database was made, and at what keeps commits safe."""
    encoding = setting(connection, "server_encoding")
    yield judge(
        encoding == "UTF8",
        "The database is UTF8.",
        f"The database is {encoding}. Make a new one: CREATE DATABASE concordat ENCODING 'UTF8' TEMPLATE template0.",
    )
    yield judge(
        connection.execute("SELECT lower('É') = 'é'").fetchone() == (True,),
        "The database knows the letters of all languages.",
        "The database knows English letters only (its locale is C), so names in other languages are not found. "
        "Make a new one with LOCALE 'C.UTF-8', and move with `concordat backup` and `concordat restore`.",
    )
    unsafe = [name for name, value in DURABLE.items() if setting(connection, name) != value]
    yield judge(
        not unsafe,
        "What is committed is on the disk.",
        f"{', '.join(unsafe)} is off on the server: a revocation may be lost in a power cut.",
    )
    levels = {"error", "warning", "notice", "info", "log"} | {f"debug{n}" for n in range(1, 6)}
    yield judge(
        setting(connection, "log_min_error_statement") not in levels,
        "The server's own log holds no statements.",
        "The server writes failed statements into its own log, with what stands in them. "
        "Set log_min_error_statement = panic and log_error_verbosity = terse.",
        Level.LOOK,
    )


def check_roles(connection: psycopg.Connection) -> Iterator[Finding]:
    """Look whether each role exists and can do no more than it should."""
    with connection.cursor(row_factory=dict_row) as cursor:
        found = {row["rolname"]: row for row in cursor.execute("SELECT * FROM pg_roles").fetchall()}
    for role in ROLES:
        if role not in found:
            yield Finding(Level.WRONG, f"The role {role} is missing. `concordat doctor --sql` prints what makes it.")
            continue
        yield check_powers(role, found[role])
    for role in (APP, SIGNIN):
        yield from check_membership(connection, role) if role in found else []


def check_powers(role: str, row: dict[str, object]) -> Finding:
    """Compare one role with what it should be."""
    allowed = {"rolbypassrls"} if role == BACKUP else set()
    powers = [words for column, words in POWERS.items() if row[column] and column not in allowed]
    powers += [] if row["rolcanlogin"] else ["cannot sign in"]
    powers += [] if allowed <= {column for column in POWERS if row[column]} else ["does not pass row security"]
    return judge(not powers, f"{role} has the rights it needs.", f"{role} {' and '.join(powers)}. That must change.")


def check_membership(connection: psycopg.Connection, role: str) -> Iterator[Finding]:
    """Look whether a role could become the owner, or make tables of its own."""
    query = "SELECT pg_has_role(%s, %s, 'MEMBER'), has_schema_privilege(%s, 'public', 'CREATE')"
    row = connection.execute(query, [role, OWNER, role]).fetchone()
    yield judge(
        row == (False, False),
        f"{role} can neither become the owner nor make tables.",
        f"{role} is a member of {OWNER} or may make tables in public. Run what `concordat doctor --sql` prints.",
    )


def check_encryption(connection: psycopg.Connection, owner: dict[str, str]) -> Finding:
    """Look whether records cross a network in the clear."""
    host = owner.get("host", "")
    local = not host or host.startswith("/") or host in {"localhost", "127.0.0.1", "::1"}
    return judge(
        local or connection.pgconn.ssl_in_use,
        "The connection to the server stays on this machine or is encrypted.",
        "The connection to the server is not encrypted. Add ?sslmode=verify-full to DATABASE_URL.",
    )


def check_room(connection: psycopg.Connection, needed: int) -> Finding:
    """Look whether the server takes as many connections as there will be."""
    most = int(setting(connection, "max_connections")) - int(setting(connection, "superuser_reserved_connections"))
    return judge(
        needed <= most,
        f"Of {most} connections to the server {needed} may be in use at once.",
        f"Up to {needed} connections may be in use at once, and the server takes {most}. "
        "Lower CONCORDAT_POOL or CONCORDAT_WORKERS, or raise max_connections.",
    )


def check_clock(connection: psycopg.Connection, here: datetime) -> Finding:
    """Compare the clocks: agreements end by the server's, sessions by this machine's."""
    row = connection.execute("SELECT clock_timestamp()").fetchone()
    assert row is not None
    apart = abs((here - row[0]).total_seconds())
    return judge(
        apart < CLOCK_TOLERANCE,
        f"The clocks of this machine and the server are {apart:.1f} s apart.",
        f"The clocks of this machine and the server are {apart:.0f} s apart. Let both follow a time server.",
    )


def check_password(role: str, params: dict[str, str]) -> Finding:
    """Sign in as a role."""
    try:
        psycopg.connect(make_conninfo("", **params, connect_timeout=5)).close()
    except psycopg.OperationalError as error:
        return Finding(Level.WRONG, f"{role} cannot connect: {first_line(error)}")
    return Finding(Level.FINE, f"{role} can connect.")


def setting(connection: psycopg.Connection, name: str) -> str:
    """Read one of the server's settings."""
    row = connection.execute("SELECT current_setting(%s)", [name]).fetchone()
    value = row[0] if row else ""
    return value.decode() if isinstance(value, bytes) else str(value)  # a database of no encoding gives bytes


def first_line(error: Exception) -> str:
    """Return the first line of what the server said."""
    return next(iter(str(error).strip().splitlines()), type(error).__name__)
