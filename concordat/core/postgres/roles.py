"""The roles in the database and what each may do; the same statements serve the embedded server and the doctor.

No role but the backup's passes row security, and none is a superuser. There are no default privileges: every table
is granted by name where it is made.
"""

import base64
import hashlib
import hmac
import os

from psycopg import sql

DATABASE = "concordat"
OWNER, APP, SIGNIN, BACKUP = "concordat_owner", "concordat_app", "concordat_signin", "concordat_backup"
REPLICA = "concordat_replica"  # streams to replicas and reads no table; exists only where there are some
ROLES = {
    OWNER: "makes and changes the tables; never serves a request",
    APP: "serves requests, bound by row security",
    SIGNIN: "reads and writes users, sessions and second factors, nothing else",
    BACKUP: "reads everything for the backup, writes nothing",
}
ITERATIONS = 4096


def role_statements(passwords: dict[str, str]) -> list[str]:
    """Create the roles that are missing and set their passwords; run by a superuser, as often as one likes."""
    statements = []
    for role in ROLES:
        test = f"SELECT FROM pg_roles WHERE rolname = {quoted(role)}"
        statements.append(f"DO $$ BEGIN IF NOT EXISTS ({test}) THEN CREATE ROLE {role}; END IF; END $$")
        bypass = " BYPASSRLS" if role == BACKUP else ""
        statements.append(f"ALTER ROLE {role} LOGIN{bypass} PASSWORD {quoted(scram(passwords[role]))}")
    statements.append(f"GRANT pg_read_all_data TO {BACKUP}")
    return statements


def replica_statements(password: str) -> list[str]:
    """Let the owner say for which replicas changes wait, and a role of its own stream to them (docs/scaling.md).

    Run by a superuser inside the database, as often as one likes, and only where there are replicas.
    """
    test = f"SELECT FROM pg_roles WHERE rolname = {quoted(REPLICA)}"
    return [
        f"DO $$ BEGIN IF NOT EXISTS ({test}) THEN CREATE ROLE {REPLICA}; END IF; END $$",
        f"ALTER ROLE {REPLICA} LOGIN REPLICATION PASSWORD {quoted(scram(password))}",
        f"GRANT ALTER SYSTEM ON PARAMETER synchronous_standby_names TO {OWNER}",
        f"GRANT EXECUTE ON FUNCTION pg_reload_conf() TO {OWNER}",
        f"GRANT pg_read_all_stats TO {OWNER}",
    ]


def create_database(name: str = DATABASE, template: str = "template0") -> str:
    """Return the statement that makes the database; a copy of a template is made file by file."""
    if template == "template0":
        return f"CREATE DATABASE {named(name)} OWNER {OWNER} ENCODING 'UTF8' TEMPLATE template0"
    return f"CREATE DATABASE {named(name)} OWNER {OWNER} TEMPLATE {named(template)} STRATEGY file_copy"


def grant_statements(name: str = DATABASE) -> list[str]:
    """Say who may enter the database and its first schema; run inside that database."""
    return [
        f"REVOKE ALL ON DATABASE {named(name)} FROM PUBLIC",
        f"GRANT CONNECT ON DATABASE {named(name)} TO {APP}, {SIGNIN}, {BACKUP}",
        f"ALTER SCHEMA public OWNER TO {OWNER}",
        "REVOKE ALL ON SCHEMA public FROM PUBLIC",
        f"GRANT USAGE ON SCHEMA public TO {APP}, {SIGNIN}",
    ]


def quoted(text: str) -> str:
    """Quote a text for SQL."""
    return sql.Literal(text).as_string(None)


def named(name: str) -> str:
    """Quote the name of a thing for SQL."""
    return sql.Identifier(name).as_string(None)


def scram(password: str) -> str:
    """Return what the server stores for a password, so that the password itself is never sent or printed (RFC 5803)."""
    salt = os.urandom(16)
    salted = hashlib.pbkdf2_hmac("sha256", password.encode("ascii"), salt, ITERATIONS)
    stored = hashlib.sha256(hmac.digest(salted, b"Client Key", "sha256")).digest()
    server = hmac.digest(salted, b"Server Key", "sha256")
    text = [base64.b64encode(part).decode() for part in (salt, stored, server)]
    return f"SCRAM-SHA-256${ITERATIONS}:{text[0]}${text[1]}:{text[2]}"
