"""Which replicas may answer, and for which of them a change waits. Kept by one process beside the primary.

A change is done when every replica that may answer shows it (`synchronous_commit = remote_apply`). So a replica that
no longer answers the primary would hold up every change. It is let go, and only after it cannot answer people any more:

* `OUT`: it is behind, or away. Nothing waits for it, and it answers nobody.
* `JOINING`: it has caught up. Changes wait for it from now on; it answers after a moment in which all have noticed.
* `IN`: it is named in the lease, which every half second is written on the primary and reaches it like any change.
* `LEAVING`: for three seconds it has not said that it applied anything. It is named no longer; changes still wait,
  until the last lease that named it has run out even by a clock that is a second behind. Then it is `OUT`.

Together less than ten seconds. When this process ends, no lease is written and all replicas fall silent within five.
"""

import time
from collections.abc import Collection, Iterable
from dataclasses import dataclass, field
from enum import Enum

import psycopg
from psycopg import sql
from psycopg.conninfo import make_conninfo

EVERY = 0.5  # seconds between two leases
LEASE = 5.0  # seconds for which a replica answers; the same in `sql/replicas.sql`
BEHIND = 1.0  # seconds by which its clock may be behind; as there
SILENT = 3.0  # seconds without a sign before it is let go
NEAR = 1.5  # seconds that one may be behind when it joins
SETTLED = 2.0  # seconds that the server's processes have to notice for whom they wait
KEEPER = 7_202_601  # the number of the lock that makes one process the keeper

Connection = psycopg.Connection[tuple[object, ...]]


class State(Enum):
    """How a replica stands."""

    OUT = "out"
    JOINING = "joining"
    IN = "in"
    LEAVING = "leaving"


@dataclass
class Replica:
    """One replica: how it stands, since when, and up to when it is known to have applied everything.

    All times are seconds of this process's own clock, which nobody can set.
    """

    name: str
    state: State = State.OUT
    since: float = 0.0
    applied: float = float("-inf")
    named: float = float("-inf")  # when the last lease that named it had been written

    def step(self, now: float) -> None:
        """Go on to the state that follows from what is known now."""
        silent = now - self.applied
        nowhere_named = now - self.named > LEASE + BEHIND
        after = {
            State.OUT: State.JOINING if silent < NEAR else State.OUT,
            State.JOINING: self.joined(now, silent),
            State.IN: State.LEAVING if silent > SILENT else State.IN,
            State.LEAVING: State.OUT if nowhere_named else State.LEAVING,
        }[self.state]
        if after is not self.state:
            self.state, self.since = after, now

    def joined(self, now: float, silent: float) -> State:
        """Say what becomes of one that joins: it has answered nobody yet."""
        if silent > SILENT:
            return State.OUT
        return State.IN if now - self.since > SETTLED else State.JOINING


@dataclass
class Keeper:
    """Writes leases on the primary and says for whom its changes wait. `names` are the replicas' `cluster_name`s."""

    primary: Connection
    replicas: dict[str, Replica]
    written: list[tuple[int, float]] = field(default_factory=list)  # where each lease stands in the log, and when
    waited_for: str | None = None  # as PostgreSQL was told; None: whatever an earlier keeper told it

    @classmethod
    def of(cls, dsn: str, names: Iterable[str]) -> "Keeper":
        """Connect as the owner and begin: whoever is waited for may still hold a lease of an earlier keeper."""
        primary = psycopg.connect(make_conninfo(dsn, application_name="concordat_keeper"), autocommit=True)
        primary.execute("SET synchronous_commit = local")  # a lease waits for nobody
        now = time.monotonic()
        replicas = {name: Replica(name, State.LEAVING, now, named=now) for name in names}
        return cls(primary, replicas)

    def is_only_one(self) -> bool:
        """Tell whether this is the one process that keeps the replicas; another waits until it ends."""
        found = self.primary.execute("SELECT pg_try_advisory_lock(%s)", [KEEPER]).fetchone()
        return bool(found and found[0])

    def tick(self) -> None:
        """Look, decide, and write: for whom changes wait before who may answer, so that nobody answers unwaited for."""
        self.look()
        now = time.monotonic()
        for one in self.replicas.values():
            one.step(now)
        self.wait_for([one.name for one in self.replicas.values() if one.state is not State.OUT])
        self.write([one.name for one in self.replicas.values() if one.state is State.IN])

    def look(self) -> None:
        """Note how far each replica says that it has applied what was written here."""
        rows = self.primary.execute(
            "SELECT application_name, (replay_lsn - '0/0'::pg_lsn)::bigint FROM pg_stat_replication"
            " WHERE replay_lsn IS NOT NULL AND application_name = ANY (%s)", [list(self.replicas)],
        ).fetchall()  # fmt: skip
        for name, position in rows:
            reached = [at for where, at in self.written if where <= position]  # type: ignore[operator]
            one = self.replicas[str(name)]
            one.applied = max([one.applied, *reached])

    def wait_for(self, names: Collection[str]) -> None:
        """Have changes wait until all of these show them. PostgreSQL lets those go on that waited for one less."""
        wanted = f"{len(names)} ({', '.join(sorted(names))})" if names else ""
        if wanted == self.waited_for:
            return
        self.primary.execute(sql.SQL("ALTER SYSTEM SET synchronous_standby_names = {}").format(sql.Literal(wanted)))
        self.primary.execute("SELECT pg_reload_conf()")
        self.waited_for = wanted

    def write(self, names: list[str]) -> None:
        """Write the lease that names these."""
        asked = time.monotonic()
        row = self.primary.execute("SELECT (ledger.lease(%s) - '0/0'::pg_lsn)::bigint", [names]).fetchone()
        done = time.monotonic()
        assert row is not None
        # counted as known from when it was asked for, and as lent until it surely had been written
        self.written = [(where, at) for where, at in self.written if asked - at < LEASE] + [(int(str(row[0])), asked)]
        for name in names:
            self.replicas[name].named = done

    def states(self) -> dict[str, str]:
        """Return how each replica stands, for the operator."""
        return {name: one.state.value for name, one in self.replicas.items()}
