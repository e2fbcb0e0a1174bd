"""What the server writes for its operator: real requests of a real server, searched for everybody of the world."""

import io
import json
import logging
import os
import re
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from http.cookiejar import CookieJar
from pathlib import Path

import pytest
from django.urls import reverse

from concordat.cli import lifeline, ports
from concordat.cli.commands.start import wait_for_answer
from concordat.core.testing.browser import external
from concordat.demo.world import named
from concordat.watch import logs

NAMES = re.compile("sandoval|iri|nadia|lantern|example.org|7q|typed by somebody", re.IGNORECASE)
FIRST_PORT = 8700


class TypedError(ValueError):
    """An error whose message repeats what somebody typed."""


def fail() -> None:
    raise TypedError("Sandoval, Iri")


def written(logger: str, formatter: logging.Formatter, say: object) -> str:
    """Return what is written when `say` logs something."""
    stream = io.StringIO()
    handler = logging.StreamHandler(stream)
    handler.setFormatter(formatter)
    log = logging.Logger(logger)  # noqa: LOG001 - one that nobody else has
    log.addHandler(handler)
    say(log)  # type: ignore[operator]  # a function of the test
    return stream.getvalue()


@pytest.mark.parametrize("formatter", [logs.Lines(), logs.Json()])
@pytest.mark.parametrize("logger", ["django.request", "waitress", "allauth", "concordat.worker"])
def test_the_message_of_an_error_is_not_repeated(formatter: logging.Formatter, logger: str) -> None:
    def say(log: logging.Logger) -> None:
        try:
            fail()
        except TypedError:
            message = "A round failed." if logger.startswith("concordat") else "Exception while serving /cases/Sandoval"
            log.exception(message)

    text = written(logger, formatter, say)
    assert "Sandoval" not in text
    assert "TypedError" in text
    assert "test_logs.py" in text


def test_what_others_fill_into_their_lines_is_left_out() -> None:
    text = written("django.security.csrf", logs.Lines(), lambda log: log.warning("Forbidden (%s): %s", "why", "/Iri/"))
    assert "Forbidden (%s): %s" in text
    assert "Iri" not in text


def test_a_line_of_json_is_one_line() -> None:
    text = written("psycopg.pool", logs.Json(), lambda log: log.warning("error connecting: %s", "no\nserver"))
    assert json.loads(text)["said"] == "error connecting: no server"
    assert text.count("\n") == 1


@pytest.fixture
def lines(own_database: str, template_database: Path, tmp_path: Path) -> Iterator[Path]:
    """Serve with JSON lines; give the file in which they stand, with the address in its first line."""
    port, sockets = ports.listen(FIRST_PORT)
    file = tmp_path / "lines"
    environment = (
        os.environ | external(template_database, own_database) | {"CONCORDAT_DEMO": "1", "CONCORDAT_LOG": "json"}
    )
    numbers = [each.fileno() for each in sockets]
    command = [sys.executable, "-m", "concordat", lifeline.OPTION, "serve", *map(str, numbers)]
    with file.open("wb") as out:
        child = subprocess.Popen(
            command, stdin=subprocess.PIPE, stdout=out, stderr=out, pass_fds=numbers, env=environment
        )
    try:
        wait_for_answer(port, child)
        (tmp_path / "address").write_text(f"http://localhost:{port}")
        yield file
    finally:
        lifeline.end(child)
        for each in sockets:
            each.close()


def ask(opener: urllib.request.OpenerDirector, address: str, data: bytes | None = None) -> int:
    try:
        with opener.open(urllib.request.Request(address, data=data), timeout=20) as answer:
            return int(answer.status)
    except urllib.error.HTTPError as answer:
        answer.close()
        return answer.code


def test_real_requests_leave_nobodys_name_in_the_lines(lines: Path) -> None:
    address = (lines.parent / "address").read_text()
    opener = urllib.request.build_opener(urllib.request.HTTPCookieProcessor(CookieJar()))
    case = named("civil_case")
    for path in (
        f"/cases/{case}/",
        "/search/?q=Sandoval",
        "/Iri/Sandoval",
        reverse("api:case", args=[case]) + "?name=Iri",
    ):
        ask(opener, address + path)
    ask(opener, f"{address}/account/sign-in/", b"login=nadia@example.org&password=typed+by+somebody")
    time.sleep(0.2)
    text = lines.read_text()
    found = [json.loads(line) for line in text.splitlines()]
    asked = [line for line in found if line["logger"] == "concordat.watch.requests"]
    assert NAMES.findall(text) == []
    assert str(case) not in text
    assert {"cases:detail", "search:search", "none", "api:case", "account_login"} <= {line["route"] for line in asked}
    for line in asked:
        assert set(line) == {"at", "level", "logger", "said", "request", "route", "method", "status", "ms"}
