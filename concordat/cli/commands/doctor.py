"""Find what is wrong with an installation, and say what mends it; changes nothing."""

import argparse
import sys
from collections.abc import Iterator

import django.db
import psycopg
from django.conf import LazySettings
from django.core.exceptions import ImproperlyConfigured
from django.db import connection
from django.db.migrations.executor import MigrationExecutor

from concordat.cli import database
from concordat.cli.checks import Finding, Level, check_keys, check_machine, judge
from concordat.cli.outside_checks import check_outside
from concordat.cli.server_checks import check_server, first_line
from concordat.cli.state_checks import check_state
from concordat.config.database import POOL
from concordat.config.environment import KNOWN
from concordat.core.errors import Refused
from concordat.core.postgres import Cluster, roles

HELP = "look for what is wrong and say what mends it"
KEYS = ("SECRET_KEY", "CONTEXT_KEY", "SEAL_KEY", "LOG_KEY")
EXPLANATION = """\
-- What an external server needs before Concordat can use it. Run it as a superuser, as often as you like:
--   concordat doctor --sql | psql "host=... user=postgres"
-- The passwords stand in it only as SCRAM hashes.
"""


def arguments(parser: argparse.ArgumentParser) -> None:
    """Take what to print instead."""
    instead = parser.add_mutually_exclusive_group()
    instead.add_argument("--sql", action="store_true", help="print the SQL that makes the roles on an external server")
    instead.add_argument("--settings", action="store_true", help="list all settings and what they mean")


def run(options: argparse.Namespace) -> int:
    """Print the findings; 1 when one of them is wrong."""
    if options.settings:
        return print_settings()
    if options.sql:
        print(setup_sql())
        return 0
    findings = []
    for finding in examine():
        print(f"{finding.level.value}  {finding.sentence}")
        findings.append(finding)
    return int(any(finding.level is Level.WRONG for finding in findings))


def examine() -> Iterator[Finding]:
    """Look at everything, from the settings down to the tables."""
    try:
        if database.is_embedded() and not Cluster(database.home()).data.exists():
            yield from check_machine(database.home())
            yield Finding(Level.LOOK, "Concordat has not been started here yet, so there is no database to look at.")
            return
        with database.ready(role="owner") as settings:
            yield from check_machine(settings.HOME)
            yield from check_keys({name: getattr(settings, name) for name in KEYS})
            yield from check_outside(settings)
            connections = {role: database.params(role) for role in roles.ROLES}
            yield from check_server(connections, needed_connections(settings))
            yield check_migrations()
            yield from check_tables(settings, connections)
    except (ImproperlyConfigured, Refused) as refusal:
        yield Finding(Level.WRONG, str(refusal))


def check_tables(settings: LazySettings, connections: dict[str, dict[str, str]]) -> Iterator[Finding]:
    """Look at what is in the tables, where they are there to be looked at."""
    try:
        yield from check_state(settings, connections)
    except psycopg.Error as error:
        yield Finding(Level.LOOK, f"What is in the tables was not looked at: {first_line(error)}")


def needed_connections(settings: LazySettings) -> int:
    """Return how many connections may be in use at once: of all processes, and of a few commands."""
    processes = settings.WORKERS if settings.SERVER == "gunicorn" else 1
    return (processes + 1) * 2 * (POOL or 1) + 5


def check_migrations() -> Finding:
    """Say whether the tables are up to date."""
    try:
        executor = MigrationExecutor(connection)
        missing = executor.migration_plan(executor.loader.graph.leaf_nodes())
    except django.db.Error:
        return Finding(Level.LOOK, "The tables were not looked at, because the server is not ready for them.")
    return judge(
        not missing,
        "The tables are up to date.",
        f"{len(missing)} migrations are not applied yet; the next start applies them.",
        Level.LOOK,
    )


def print_settings() -> int:
    """List the settings with their meaning."""
    try:
        import concordat.config.settings  # noqa: F401, PLC0415 - reading the settings makes them known
    except ImproperlyConfigured as refusal:
        print(f"concordat: {refusal}", file=sys.stderr)
    for name, meaning in sorted(KNOWN.items()):
        print(f"{name:28} {meaning}")
    return 0


def setup_sql() -> str:
    """Return what a superuser of an external server runs, for psql."""
    if database.is_embedded():
        raise Refused("DATABASE_URL is not set: the embedded server makes its roles itself.")
    known = {role: database.params(role) for role in roles.ROLES}
    name = known[roles.OWNER]["dbname"]
    passwords = {role: params.get("password", "") for role, params in known.items()}
    test = f"SELECT FROM pg_database WHERE datname = {roles.quoted(name)}"
    lines = [f"{statement};" for statement in roles.role_statements(passwords)]
    lines.append(f"SELECT {roles.quoted(roles.create_database(name))} WHERE NOT EXISTS ({test}) \\gexec")
    lines.append(f"\\connect {roles.named(name)}")
    lines += [f"{statement};" for statement in roles.grant_statements(name)]
    return EXPLANATION + "\n".join(lines)
