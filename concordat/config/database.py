"""Which server holds the records and as whom Concordat connects: the embedded one, or the one of DATABASE_URL."""

import re
from pathlib import Path
from typing import Any

import psycopg
from django.core.exceptions import ImproperlyConfigured
from psycopg.conninfo import conninfo_to_dict

from concordat.config import environment
from concordat.core.postgres import Cluster
from concordat.core.postgres.roles import APP, BACKUP, OWNER, SIGNIN

# a page gives up early and says so; a migration may take its time but waits briefly for a lock
PAGE_LIMITS = "-c statement_timeout=30s -c lock_timeout=5s -c idle_in_transaction_session_timeout=60s"
WAITS_FOR_REPLICAS = "-c synchronous_commit=remote_apply"  # what changes is done when every replica shows it
PREPARED_AFTER = 2  # uses of the same statement on one connection
OWNER_LIMITS = "-c statement_timeout=30min -c lock_timeout=10s"

URL = environment.secret(
    "DATABASE_URL", "The owner's address of an external PostgreSQL; without it Concordat starts its own"
)
PASSWORDS = {
    APP: environment.secret("CONCORDAT_APP_PASSWORD", f"Password of {APP} on the external server"),
    SIGNIN: environment.secret("CONCORDAT_SIGNIN_PASSWORD", f"Password of {SIGNIN} on the external server"),
    BACKUP: environment.secret("CONCORDAT_BACKUP_PASSWORD", f"Password of {BACKUP} on the external server"),
}
NAME = re.compile(r"[a-z][a-z0-9_]{0,30}")
POOL = environment.number(
    "CONCORDAT_POOL", "Database connections that a process keeps per role; 0 keeps none", 8, least=0, most=100
)


REPLICAS = environment.names(
    "CONCORDAT_REPLICAS", "Replicas that answer readers: name=host:port, the name as their cluster_name", ""
)


def params(home: Path, role: str) -> dict[str, str]:
    """Return how `role` connects to the server in use."""
    if not URL:
        return Cluster(home).params(role)
    owner = external_owner()
    if role == OWNER:
        return owner
    if not PASSWORDS[role]:
        setting = f"CONCORDAT_{role.removeprefix('concordat_').upper()}_PASSWORD"
        raise ImproperlyConfigured(f"DATABASE_URL is set, so {setting} has to be set too: the password of {role}.")
    return owner | {"user": role, "password": PASSWORDS[role]}


def external_owner() -> dict[str, str]:
    """Read DATABASE_URL; its sentence of refusal never repeats the password."""
    if not URL.startswith(("postgresql://", "postgres://")):
        raise ImproperlyConfigured("DATABASE_URL has to look like postgresql://concordat_owner:password@host/concordat")
    try:
        parts = {name: str(value) for name, value in conninfo_to_dict(URL).items()}
    except psycopg.ProgrammingError:
        raise ImproperlyConfigured("DATABASE_URL cannot be read; write % in a password as %25 and @ as %40.") from None
    if parts.get("user") != OWNER or not parts.get("dbname"):
        raise ImproperlyConfigured(f"DATABASE_URL has to name the user {OWNER} and a database.")
    return parts


def alias(home: Path, role: str, limits: str) -> dict[str, Any]:
    """Return one of Django's databases."""
    how = params(home, role)
    names = {"host": "HOST", "port": "PORT", "user": "USER", "password": "PASSWORD", "dbname": "NAME"}
    options: dict[str, Any] = {name: value for name, value in how.items() if name not in names}
    waits = WAITS_FOR_REPLICAS if REPLICAS else None
    options["options"] = " ".join(filter(None, [options.get("options"), limits, waits]))
    options["application_name"] = role
    # statements are planned once on a connection and not for each page: the plan of a policy costs more than its rows
    options |= {"server_side_binding": True, "prepare_threshold": PREPARED_AFTER}
    if POOL:
        options["pool"] = {"min_size": 1, "max_size": POOL, "timeout": 10}
    known = {names[name]: value for name, value in how.items() if name in names}
    return {"ENGINE": "django.db.backends.postgresql", "CONN_HEALTH_CHECKS": True, "OPTIONS": options, **known}


def replicas(home: Path) -> dict[str, dict[str, Any]]:
    """Return one database for each replica, reached as the application reaches the primary; the name is the alias."""
    found = {}
    for entry in REPLICAS:
        name, _equals, where = entry.partition("=")
        host, _colon, port = where.rpartition(":")
        if not NAME.fullmatch(name) or not host or not port.isdigit():
            raise ImproperlyConfigured(f"CONCORDAT_REPLICAS has {entry!r}. Write it as name=host:port.")
        found[name] = alias(home, APP, PAGE_LIMITS) | {"HOST": host, "PORT": port}
    return found


def databases(home: Path) -> dict[str, dict[str, Any]]:
    """Return the databases: `default` for the records, `signin` for users and sessions, and one for each replica."""
    who = environment.choice(
        "CONCORDAT_DB_ROLE", "As whom to use the database: app serves, owner migrates", "app", "owner"
    )
    default = alias(home, OWNER, OWNER_LIMITS) if who == "owner" else alias(home, APP, PAGE_LIMITS)
    return {"default": default, "signin": alias(home, SIGNIN, PAGE_LIMITS), **replicas(home)}
