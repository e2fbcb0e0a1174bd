"""Kill parts of a working installation again and again, and look whether anything was lost or half done.

    python -m bench.kill --rounds 100        (make bench-kill)

An import officer loads caseloads, a case officer writes referrals and an administrator invites by e-mail, all through
the pages, while one of the processes is killed with SIGKILL: the web server, the worker, PostgreSQL, or everything.
Then it is started again, and compared with what the pages had confirmed: what was confirmed is there; what was not is
there whole, with its line in the log, or not at all; the log holds.
"""

import argparse
import html.parser
import http.client
import io
import json
import lzma
import os
import random
import re
import secrets
import shutil
import signal
import socket
import socketserver
import subprocess
import sys
import threading
import time
import urllib.error
import urllib.parse
import urllib.request
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import psutil
import psycopg

BASE = Path(__file__).resolve().parent.parent
WORLD = BASE / "concordat" / "cli" / "tests" / "data" / "concordat-0.1.0.sql.xz"
TARGETS = ("server", "worker", "postgres", "everything")
ROWS = 12  # people in a caseload file
LONGEST = 3.0  # seconds that a round works before the kill
GONE_WITHIN = 40.0  # seconds until the rest has ended


class Form(html.parser.HTMLParser):
    """The fields of the forms of a page, as a browser would send them."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.fields: dict[str, str] = {}
        self.select = self.area = ""
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        has = dict(attrs)
        name, value = has.get("name") or "", has.get("value") or ""
        if tag == "input" and has.get("type") in {"radio", "checkbox"}:
            if "checked" in has:
                self.fields[name] = value
        elif tag == "input" and name and has.get("type") != "file":
            self.fields[name] = value
        elif tag == "select":
            self.select = name
        elif tag == "option" and self.select and ("selected" in has or self.select not in self.fields):
            self.fields[self.select] = value
        elif tag == "textarea":
            self.area = name
            self.fields[name] = ""

    def handle_endtag(self, tag: str) -> None:
        self.select = "" if tag == "select" else self.select
        self.area = "" if tag == "textarea" else self.area


def complaints(page: str) -> str:
    """Return what a page says is wrong."""
    found = re.findall(r"(?s)error-(?:message|summary)[^>]*>(.*?)</(?:p|ul)>", page) or [page[page.find("<h1") :][:200]]
    return " ".join(re.sub(r"<[^>]+>", " ", " ".join(found)).split())[:300]


class Failed(Exception):  # noqa: N818 - says what happened
    """The page did not confirm."""


@dataclass
class Person:
    """Somebody before a browser."""

    site: str
    cookies: str
    opener: urllib.request.OpenerDirector = field(init=False)

    def __post_init__(self) -> None:
        self.opener = urllib.request.build_opener(urllib.request.HTTPCookieProcessor())
        self.opener.addheaders = [("Cookie", self.cookies)]

    def open(self, path: str, data: bytes | None = None, kind: str = "") -> tuple[str, str]:
        """Return the address that one comes to, and its page."""
        request = urllib.request.Request(self.site + path, data=data)  # noqa: S310 - our own server
        for cookie in self.opener.handlers:
            if isinstance(cookie, urllib.request.HTTPCookieProcessor):
                jar = "; ".join(f"{one.name}={one.value}" for one in cookie.cookiejar)
                self.opener.addheaders = [("Cookie", f"{self.cookies}; {jar}")]
        if kind:
            request.add_header("Content-Type", kind)
        try:
            with self.opener.open(request, timeout=20) as answer:
                return urllib.parse.urlsplit(answer.url).path, answer.read().decode()
        except urllib.error.HTTPError as error:
            with error:
                raise Failed(f"{error.code}: {complaints(error.read().decode())}") from error
        except (OSError, http.client.HTTPException) as error:
            raise Failed(str(error)) from error

    def send(self, path: str, to: str = "", **changes: str) -> tuple[str, str]:
        """Fill in the form of a page and send it; the page it leads to confirms."""
        _, page = self.open(path)
        fields = Form(page).fields | changes
        here, after = self.open(to or path, urllib.parse.urlencode(fields).encode())
        if here == path:
            raise Failed(complaints(after))
        return here, after

    def upload(self, path: str, name: str, content: bytes) -> str:
        """Send a file; return the address that it leads to."""
        _, page = self.open(path)
        line = secrets.token_hex(12)
        body = io.BytesIO()
        for field_name, value in Form(page).fields.items():
            body.write(f'--{line}\r\nContent-Disposition: form-data; name="{field_name}"\r\n\r\n{value}\r\n'.encode())
        body.write(f'--{line}\r\nContent-Disposition: form-data; name="file"; filename="{name}"\r\n\r\n'.encode())
        body.write(content + f"\r\n--{line}--\r\n".encode())
        here, _ = self.open(path, body.getvalue(), f"multipart/form-data; boundary={line}")
        if here == path:
            raise Failed("the file was not taken")
        return here


@dataclass
class Book:
    """What the pages confirmed, and what was begun."""

    loads: set[str] = field(default_factory=set)
    referrals: set[str] = field(default_factory=set)
    invitations: set[str] = field(default_factory=set)
    begun: Counter[str] = field(default_factory=Counter)
    troubles: Counter[str] = field(default_factory=Counter)


class Post(socketserver.StreamRequestHandler):
    """A mail server that takes everything."""

    def handle(self) -> None:
        with suppress(ConnectionError):  # the other end was killed
            self.take()

    def take(self) -> None:
        """Speak as much SMTP as it takes."""
        self.wfile.write(b"220 here\r\n")
        inside = False
        for line in self.rfile:
            word = line.strip().upper()
            if inside:
                inside = word != b"."
                answer = b"" if inside else b"250 taken\r\n"
            elif word == b"DATA":
                inside, answer = True, b"354 go on\r\n"
            else:
                answer = b"221 bye\r\n" if word == b"QUIT" else b"250 ok\r\n"
            self.wfile.write(answer)


@contextmanager
def mail_server() -> Iterator[int]:
    """Have a mail server run; give its port."""
    with socketserver.ThreadingTCPServer(("127.0.0.1", 0), Post) as server:
        server.daemon_threads = True
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield server.server_address[1]
        server.shutdown()


def load_caseloads(person: Person, book: Book, number: str) -> None:
    """Bring in a caseload from the file to the last button."""
    from concordat.imports.tests import making  # noqa: PLC0415 - reads the settings
    from concordat.imports.tests.reading_samples import as_csv  # noqa: PLC0415 - as above

    rows = [making.person(f"K-{number}-{n}", family_name=f"Kay {number}") for n in range(ROWS)]
    book.begun["import"] += 1
    columns = person.upload("/imports/new/", f"{number}.csv", as_csv([making.HEADING, *rows]))
    here, _ = person.send(columns)
    upload = here.split("/")[2]
    person.send(f"/imports/{upload}/preview/", to=f"/imports/{upload}/load/")
    book.loads.add(upload)


def write_referral(person: Person, book: Book, number: str) -> None:
    """Write a referral."""
    from concordat.demo.world import named  # noqa: PLC0415 - reads the settings

    book.begun["referral"] += 1
    text = f"Would like to learn to read with somebody, number {number}."
    path = f"/referrals/cases/{named('case')}/refer/{named('service')}/"
    person.send(path, text=text, outcome_1="Reads a letter alone.", need="mentoring")
    book.referrals.add(text)


def invite(person: Person, book: Book, number: str) -> None:
    """Invite somebody by e-mail."""
    book.begun["mail"] += 1
    email = f"{number}@example.org"
    person.send(
        "/people/invite/", shown_name=f"Kim {number}", title="Mentor", email=email, by_mail="mail", roles="facilitator"
    )
    book.invitations.add(email)


WORK: dict[str, tuple[str, Callable[[Person, Book, str], None]]] = {
    "import": ("ines", load_caseloads),
    "referral": ("pat", write_referral),
    "mail": ("adam", invite),
}


class Installation:
    """A real installation in a folder of its own, with its children."""

    def __init__(self, home: Path, mail: int, port: int) -> None:
        self.home, self.port = home, port
        self.environment = os.environ | {
            "CONCORDAT_HOME": str(home), "CONCORDAT_DEMO": "0", "CONCORDAT_PORT": str(port),
            "CONCORDAT_MAIL_HOST": "127.0.0.1", "CONCORDAT_MAIL_PORT": str(mail), "CONCORDAT_MAIL_TLS": "0",
        }  # fmt: skip
        self.process: subprocess.Popen[str] | None = None

    def start(self) -> str:
        """Start it; return its address when it is ready."""
        command = [sys.executable, "-m", "concordat", "start"]
        self.process = subprocess.Popen(
            command, env=self.environment, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, cwd=BASE
        )
        said = []
        assert self.process.stdout is not None
        for line in self.process.stdout:
            said.append(line)
            if line.startswith("Concordat is ready:"):
                threading.Thread(target=self.process.stdout.read, daemon=True).start()
                return line.split()[-1]
        raise RuntimeError(f"It does not start again:\n{''.join(said)}")

    def victims(self, target: str) -> list[psutil.Process]:
        """Return the processes to kill."""
        assert self.process is not None
        whole = psutil.Process(self.process.pid)
        family = whole.children(recursive=True)
        postmaster = psutil.Process(int((self.home / "pgdata" / "postmaster.pid").read_text().splitlines()[0]))
        found = {
            "server": [one for one in family if "serve" in one.cmdline()],
            "worker": [one for one in family if "worker" in one.cmdline()],
            "postgres": [postmaster],
            "everything": [whole, *family, postmaster, *postmaster.children(recursive=True)],
        }
        return found[target]

    def kill(self, target: str) -> None:
        """Kill it, and wait until the rest has ended by itself."""
        assert self.process is not None
        rest = psutil.Process(self.process.pid).children(recursive=True)
        for one in self.victims(target):
            try:
                one.send_signal(signal.SIGKILL)
            except psutil.NoSuchProcess:
                continue
        self.process.wait(GONE_WITHIN)
        _, left = psutil.wait_procs(rest, timeout=GONE_WITHIN)
        if left:
            raise RuntimeError(f"These did not end with the rest: {left}")

    def end(self) -> None:
        """End it as an operator does."""
        if self.process and self.process.poll() is None:
            self.process.terminate()
            self.process.wait(60)


def make(home: Path) -> None:
    """Make an installation with the fictional world of the tests in it."""
    from concordat.cli import clients  # noqa: PLC0415 - reads nothing before the folder is chosen
    from concordat.core.postgres import Cluster  # noqa: PLC0415 - as above

    with Cluster(home).serving():
        owner = Cluster(home).params("concordat_owner")
        command = [str(clients.program("psql", owner)), "-X", "-q", "-v", "ON_ERROR_STOP=1"]
        script, nowhere = lzma.decompress(WORLD.read_bytes()), subprocess.DEVNULL
        subprocess.run(command, input=script, env=clients.environment(owner), check=True, stdout=nowhere)


def sign_in(site: str) -> dict[str, Person]:
    """Sign everybody in, with the second factor just given."""
    from django.conf import settings  # noqa: PLC0415 - reads the settings
    from django.db import connections  # noqa: PLC0415 - as above

    from concordat.core.testing.visiting import browser_of  # noqa: PLC0415 - as above

    name = settings.SESSION_COOKIE_NAME
    found = {}
    for who in ("ines", "pat", "adam"):
        found[who] = Person(site, f"{name}={browser_of(who, level=2).cookies[name].value}")
    connections.close_all()
    return found


def work_until(end: float, person: Person, book: Book, kind: str) -> None:
    """Do one kind of work again and again."""
    while time.monotonic() < end:
        try:
            WORK[kind][1](person, book, secrets.token_hex(4))
        except Failed as trouble:
            book.troubles[f"{kind}: {trouble}"[:160]] += 1
            if time.monotonic() < end:
                time.sleep(0.2)


QUERIES = {
    "loads with cases that are not all there": (
        "SELECT count(*) FROM imports_upload u WHERE u.outcome = 'loaded' AND u.name ~ '^[0-9a-f]{8}\\.csv$' AND "
        "(SELECT count(*) FROM cases_identity i WHERE i.family_name = 'Kay ' || left(u.name, 8)) <> %(rows)s"
    ),
    "cases of a load that did not happen": (
        "SELECT count(*) FROM cases_identity i WHERE i.family_name LIKE 'Kay %%' AND NOT EXISTS (SELECT FROM "
        "imports_upload u WHERE u.outcome = 'loaded' AND u.name = substr(i.family_name, 5) || '.csv')"
    ),
    "loads without a line": (
        "SELECT count(*) FROM imports_upload u WHERE u.outcome = 'loaded' AND NOT EXISTS (SELECT FROM "
        "ledger_subject s JOIN ledger_entry e ON e.id = s.entry_id "
        "WHERE e.what = 'import.loaded' AND s.detail ->> 'upload' = u.id::text)"
    ),
    "referrals without a line": (
        "SELECT count(*) FROM referrals_referral r WHERE r.text LIKE '%%, number %%' AND NOT EXISTS (SELECT FROM "
        "ledger_subject s JOIN ledger_entry e ON e.id = s.entry_id "
        "WHERE e.what = 'referral.drafted' AND s.detail ->> 'referral' = r.id::text)"
    ),
    "lines without a referral": (
        "SELECT count(*) FROM ledger_subject s JOIN ledger_entry e ON e.id = s.entry_id "
        "WHERE e.what = 'referral.drafted' AND NOT EXISTS (SELECT FROM referrals_referral r "
        "WHERE r.id::text = s.detail ->> 'referral')"
    ),
    "memberships without a line": (
        "SELECT count(*) FROM people_membership m WHERE m.shown_name LIKE 'Kim %%' AND NOT EXISTS (SELECT FROM "
        "ledger_subject s JOIN ledger_entry e ON e.id = s.entry_id "
        "WHERE e.what = 'membership.invited' AND s.detail ->> 'membership' = m.id::text)"
    ),
    "faults of the log": "SELECT count(*) FROM ledger.verify()",
}


def look(home: Path, book: Book) -> Iterator[str]:
    """Compare what is there with what was confirmed; each line is a fault."""
    from concordat.core.postgres import Cluster  # noqa: PLC0415 - as above

    with psycopg.connect(Cluster(home).dsn("postgres"), autocommit=True) as reader:
        reader.execute("SELECT ledger.sequence()")
        for fault, query in QUERIES.items():
            row = reader.execute(query.encode(), {"rows": ROWS}).fetchone()
            if row and row[0]:
                yield f"{row[0]} {fault}"
        there = ids(reader, "SELECT id::text FROM imports_upload WHERE outcome = 'loaded'")
        yield from (f"the confirmed load {one} is lost" for one in book.loads - there)
        there = ids(reader, "SELECT text FROM referrals_referral")
        yield from (f"the confirmed referral {one} is lost" for one in book.referrals - there)
        there = ids(reader, "SELECT email FROM people_invitation JOIN people_membership m ON m.id = membership_id")
        yield from (f"the confirmed invitation of {one} is lost" for one in book.invitations - there)


def ids(reader: psycopg.Connection[Any], query: str) -> set[str]:
    return {row[0] for row in reader.execute(query.encode()).fetchall()}


def one_round(site: Installation, book: Book, target: str) -> float:
    """Work, kill, start again; return how many seconds the start took."""
    people = sign_in(f"http://localhost:{site.port}")
    wait = random.uniform(0.3, LONGEST)  # noqa: S311 - any moment will do
    end = time.monotonic() + wait
    workers = [
        threading.Thread(target=work_until, args=(end + 1.0, people[who], book, kind))
        for kind, (who, _) in WORK.items()
    ]
    for worker in workers:
        worker.start()
    time.sleep(wait)
    site.kill(target)
    for worker in workers:
        worker.join()
    began = time.monotonic()
    site.start()
    return time.monotonic() - began


def main() -> int:
    """Run the rounds, print what happened; 1 when anything was lost or half done."""
    parser = argparse.ArgumentParser(description="Kill parts of a working installation, and look what is left.")
    parser.add_argument("--rounds", type=int, default=100)
    parser.add_argument("--home", type=Path, required=False)
    options = parser.parse_args()
    home = options.home or Path("/var/tmp") / f"concordat-kill-{secrets.token_hex(4)}"  # noqa: S108 - a name of its own
    home.mkdir(mode=0o711, parents=True, exist_ok=True)
    os.environ |= {"CONCORDAT_HOME": str(home), "CONCORDAT_DEMO": "0", "CONCORDAT_POOL": "0"}
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "concordat.config.settings")
    make(home)
    book, kills, times, faults = Book(), Counter[str](), list[float](), list[str]()
    with mail_server() as mail:
        site = Installation(home, mail, free_port())
        site.start()
        import django  # noqa: PLC0415 - the secrets of the folder are made now

        django.setup()
        try:
            for number in range(options.rounds):
                target = TARGETS[number % len(TARGETS)]
                times.append(one_round(site, book, target))
                kills[target] += 1
                faults += [f"round {number + 1} ({target}): {fault}" for fault in look(home, book)]
        finally:
            site.end()
    if not options.home and not faults:
        shutil.rmtree(home)
    return report(book, kills, times, faults)


def report(book: Book, kills: Counter[str], times: list[float], faults: list[str]) -> int:
    """Print what happened."""
    confirmed = {"import": len(book.loads), "referral": len(book.referrals), "mail": len(book.invitations)}
    print(json.dumps({
        "rounds": sum(kills.values()), "kills": dict(kills), "begun": dict(book.begun), "confirmed": confirmed,
        "seconds to start again": {"median": sorted(times)[len(times) // 2], "longest": max(times)},
        "faults": faults, "troubles": dict(book.troubles.most_common(12)),
    }, indent=1))  # fmt: skip
    return int(bool(faults) or not all(confirmed.values()))


def free_port() -> int:
    """Find a port that nobody has."""
    with socket.socket() as knock:
        knock.bind(("127.0.0.1", 0))
        port: int = knock.getsockname()[1]
    return port


if __name__ == "__main__":
    sys.exit(main())
