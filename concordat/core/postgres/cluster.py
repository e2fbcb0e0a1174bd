"""One embedded server: create, start, look after, stop. It listens on a Unix socket in the state folder only."""

import fcntl
import hashlib
import os
import re
import shlex
import shutil
import subprocess
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

import psutil
import psycopg
from psycopg.conninfo import make_conninfo

from concordat.core.errors import Refused
from concordat.core.postgres import account, binaries, roles
from concordat.core.postgres.keys import FILE, load_keys, make_home, make_keys, write_private

PORT = "5432"  # only the name of the socket; no port is opened
SHORT = Path("/tmp")  # noqa: S108 - the folder in it is made for one user; every command has to find the same
LONGEST_SOCKET_FOLDER = 90  # bytes; the system allows 107 for the whole address
REFUSES = 1  # what pg_isready says of a server that recovers from a crash
LONGEST_RECOVERY = 600.0  # seconds
PLAIN_PATH = re.compile(r"[^,\"'\\\n]+")  # what stands in a list of folders without quoting
SETTINGS = (
    "listen_addresses=",
    f"port={PORT}",
    "unix_socket_permissions=0700",
    "password_encryption=scram-sha-256",
    # its own log must not repeat what stands in a record
    "log_error_verbosity=terse",
    "log_min_error_statement=panic",
)
FAST_SETTINGS = ("fsync=off", "synchronous_commit=off", "full_page_writes=off", "max_wal_size=2GB", "autovacuum=off")


@dataclass(frozen=True)
class Cluster:
    """The server whose whole state is in `home`; `fast` gives up safety for speed and is for tests only."""

    home: Path
    fast: bool = False
    programs: Path | None = None  # another server's programs, to test against

    @property
    def data(self) -> Path:
        """Return the folder of the data."""
        return self.home / "pgdata"

    @property
    def log(self) -> Path:
        """Return the server's own log."""
        return self.home / "postgres.log"

    @cached_property
    def bin(self) -> Path:
        """Return the folder of the programs."""
        return self.programs or binaries.programs(self.home)

    @property
    def socket_folder(self) -> Path:
        """Return where the socket lies: the state folder, or a short private folder where its path is too long."""
        folder = self.home / "socket"
        if len(os.fsencode(folder)) <= LONGEST_SOCKET_FOLDER and PLAIN_PATH.fullmatch(str(folder)):
            return folder
        short = hashlib.sha256(os.fsencode(folder)).hexdigest()[:16]
        return SHORT / f"concordat-{short}"

    def params(self, role: str, database: str = roles.DATABASE) -> dict[str, str]:
        """Return how `role` connects."""
        password = load_keys(self.home).get(role, "")
        host = str(self.socket_folder)
        return {"host": host, "port": PORT, "user": role, "password": password, "dbname": database}

    def dsn(self, role: str, database: str = roles.DATABASE) -> str:
        """Return the same as one string."""
        return make_conninfo("", **self.params(role, database))

    def start(self) -> None:
        """Create what is missing, and start the server when it does not answer."""
        make_home(self.home)
        if account.is_root() and not account.can_reach(self.home):
            raise Refused(
                f"PostgreSQL runs as the user {account.SERVICE_USER}, who cannot enter {self.home}. "
                "Choose a state folder outside of private folders: CONCORDAT_HOME=/var/lib/concordat"
            )
        with self._one_at_a_time():
            if self.data.exists() and not load_keys(self.home):
                raise Refused(
                    f"The secrets of this installation are missing: {self.home / FILE}. Without them its database "
                    "lets nobody in. Bring the file back from where you keep it; a new one would not fit."
                )
            make_keys(self.home)
            self._create()
            if not self.answers():
                self._start()

    def stop(self) -> None:
        """End the server cleanly; no connection is waited for."""
        if self.running():
            self.run("pg_ctl", "-D", str(self.data), "-m", "fast", "-w", "-t", "60", "stop")

    def running(self) -> bool:
        """Tell whether the server's process lives."""
        return (self.data / "PG_VERSION").exists() and self._ends_with("pg_ctl", "-D", str(self.data), "status") == 0

    def answers(self) -> bool:
        """Tell whether the server takes connections."""
        return self._knock() == 0

    @contextmanager
    def serving(self) -> Iterator[None]:
        """Have the server run inside the block; whoever leaves last ends it, also after somebody's crash."""
        self.start()
        with (self.home / "postgres.users").open("w") as users:
            fcntl.flock(users, fcntl.LOCK_SH)
            self.start()  # the last user may have ended it in between
            try:
                self.provision()
                yield
            finally:
                with suppress(BlockingIOError):
                    fcntl.flock(users, fcntl.LOCK_EX | fcntl.LOCK_NB)
                    self.stop()

    def provision(self) -> None:
        """Make roles, passwords and database what this version of Concordat expects."""
        keys = load_keys(self.home)
        with psycopg.connect(self.dsn("postgres", "postgres"), autocommit=True) as connection:
            for statement in roles.role_statements(keys):
                connection.execute(statement.encode())
            known = connection.execute("SELECT 1 FROM pg_database WHERE datname = %s", [roles.DATABASE])
            if known.fetchone() is None:
                connection.execute(roles.create_database().encode())
        self.open_database(roles.DATABASE)

    def open_database(self, name: str) -> None:
        """Let the roles into a database."""
        with psycopg.connect(self.dsn("postgres", name), autocommit=True) as connection:
            for statement in roles.grant_statements(name):
                connection.execute(statement.encode())

    def run(self, program: str, *arguments: str) -> str:
        """Run one of PostgreSQL's programs and return what it says; an error carries it too."""
        environment = {name: value for name, value in os.environ.items() if not name.startswith("PG")}
        with tempfile.TemporaryFile() as output:  # no pipe: the server started by pg_ctl would keep it open for ever
            process = subprocess.run(
                [str(self.bin / program), *arguments],
                stdin=subprocess.DEVNULL,
                stdout=output,
                stderr=subprocess.STDOUT,
                start_new_session=True,  # Ctrl-C in the terminal must not reach the server
                env=environment | {"LC_ALL": "C"},
                cwd=self.home,
                check=False,
                **account.identity(),
            )
            output.seek(0)
            said = output.read().decode(errors="replace")
        if process.returncode:
            raise subprocess.CalledProcessError(process.returncode, program, said)
        return said

    def _ends_with(self, program: str, *arguments: str) -> int:
        try:
            self.run(program, *arguments)
        except subprocess.CalledProcessError as error:
            return error.returncode
        return 0

    def _knock(self) -> int:
        """Return 0 when connections are taken, REFUSES while the server starts or recovers, else something else."""
        return self._ends_with("pg_isready", "-q", "-h", str(self.socket_folder), "-p", PORT, "-t", "3")

    @contextmanager
    def _one_at_a_time(self) -> Iterator[None]:
        with (self.home / "postgres.lock").open("w") as lock:
            fcntl.flock(lock, fcntl.LOCK_EX)
            yield

    def _create(self) -> None:
        """Create the data under another name and rename it when whole, so that a crash leaves nothing half-made."""
        if (self.data / "PG_VERSION").exists():
            return
        fresh = self.home / "pgdata.new"
        shutil.rmtree(fresh, ignore_errors=True)
        fresh.mkdir(mode=0o700)
        account.hand_over(fresh)
        password = self.home / "initdb.password"
        write_private(password, load_keys(self.home)["postgres"])
        account.hand_over(password)
        try:
            self.run("initdb", "-D", str(fresh), "-U", "postgres", f"--pwfile={password}", *self._initdb_options())
        except subprocess.CalledProcessError as error:
            raise Refused(f"PostgreSQL could not create its data in {fresh}: {last_line(error.output)}") from error
        finally:
            password.unlink()
        fresh.rename(self.data)

    def _initdb_options(self) -> list[str]:
        # an older server knows no locale of its own: it takes the system's
        own = ["--locale-provider=builtin", "--builtin-locale=PG_UNICODE_FAST", "--locale=C"]
        locale = ["--locale=C.UTF-8"] if self.programs else own
        sync = ["--no-sync"] if self.fast else []
        return ["--auth=scram-sha-256", "--encoding=UTF8", "--no-instructions", *locale, *sync]

    def _start(self) -> None:
        end = time.monotonic() + LONGEST_RECOVERY
        while self._knock() == REFUSES and time.monotonic() < end:
            time.sleep(0.2)
        if self.answers():
            return
        self._prepare_start()
        settings = [*SETTINGS, f"unix_socket_directories={self.socket_folder}", *(FAST_SETTINGS if self.fast else ())]
        options = " ".join(f"-c {shlex.quote(setting)}" for setting in settings)
        command = ["-D", str(self.data), "-l", str(self.log), "-w", "-t", "60", "-o", options, "start"]
        for pause in (0.5, 2, 5, None):  # after a crash the old server's memory may be in use for a moment
            try:
                self.run("pg_ctl", *command)
            except subprocess.CalledProcessError as error:
                if pause is None:
                    said = last_line(self.log.read_text(errors="replace")) or last_line(error.output)
                    raise Refused(f"PostgreSQL did not start: {said} (all of it in {self.log})") from error
                time.sleep(pause)
            else:
                return

    def _prepare_start(self) -> None:
        if self.running() and self.is_our_server():
            self.run("pg_ctl", "-D", str(self.data), "-m", "immediate", "-w", "stop")  # alive but deaf
        elif not self.is_our_server():
            (self.data / "postmaster.pid").unlink(missing_ok=True)
        self.log.touch(mode=0o600)
        account.hand_over(self.log)
        folder = self.socket_folder
        folder.mkdir(mode=0o700, exist_ok=True)
        if folder.is_symlink() or folder.stat().st_uid not in {os.geteuid(), account.identity().get("user")}:
            raise Refused(f"{folder} belongs to somebody else. Choose a shorter CONCORDAT_HOME.")
        account.hand_over(folder)

    def is_our_server(self) -> bool:
        """Tell whether the process noted by the last start is this server, not one that got its number later."""
        note = self.data / "postmaster.pid"
        if not note.exists():
            return False
        first = note.read_text().splitlines()[:1]
        try:
            command = psutil.Process(int(first[0])).cmdline()
        except (IndexError, ValueError, psutil.Error):
            return False
        return str(self.data) in command


def last_line(text: str | None) -> str:
    """Return the last line that says something."""
    lines = [line.strip() for line in (text or "").splitlines() if line.strip()]
    return lines[-1] if lines else ""
