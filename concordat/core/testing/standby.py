"""A replica of an embedded server, for tests and benches: a second server of our own that follows the first."""

import os
import shutil
from pathlib import Path

import psycopg
from psycopg.conninfo import make_conninfo

from concordat.core.postgres import Cluster, account, roles
from concordat.core.postgres.keys import FILE, load_keys, make_home

FOLLOWS = (
    # a reader that stands in the way of what is to be applied gives way, and asks the primary
    "max_standby_streaming_delay = '500ms'",
    "wal_receiver_status_interval = '1s'",
)


def follow(primary: Cluster, home: Path, name: str) -> Cluster:
    """Make and start a replica of a running server in an empty folder; `name` is its `cluster_name`."""
    allow(primary)
    make_home(home)
    home.chmod(0o711 if account.is_root() else 0o700)
    shutil.copy(primary.home / FILE, home / FILE)
    replica = Cluster(home, fast=primary.fast, programs=primary.programs)
    replica.data.mkdir(mode=0o700)
    account.hand_over(replica.data)
    how = make_conninfo(primary.dsn(roles.REPLICA, ""), dbname=None, password=load_keys(home)["postgres"])
    replica.run("pg_basebackup", "-d", how, "-D", str(replica.data), "-R", "-X", "stream", "-c", "fast", "--no-sync")
    with (replica.data / "postgresql.auto.conf").open("a") as settings:
        settings.write("\n".join([f"cluster_name = '{name}'", *FOLLOWS, ""]))
    replica.start()
    return replica


def allow(primary: Cluster) -> None:
    """Let the owner keep replicas and a role of its own stream to them; its password here is the superuser's."""
    with psycopg.connect(primary.dsn("postgres"), autocommit=True) as db:
        for statement in roles.replica_statements(load_keys(primary.home)["postgres"]):
            db.execute(statement.encode())


def kill(server: Cluster) -> None:
    """End a server at once, as when its machine loses power."""
    number = int((server.data / "postmaster.pid").read_text().split()[0])
    os.kill(number, 9)
