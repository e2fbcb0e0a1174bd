"""What the server says to a browser over HTTP: under its own name, behind a web server that ends TLS."""

import http.client
import re
from collections.abc import Iterator
from http.cookies import SimpleCookie
from pathlib import Path
from urllib.parse import urlsplit

import pytest

from concordat.cli import lifeline, ports
from concordat.cli.commands.start import wait_for_answer
from concordat.core.testing import throwaway
from concordat.core.testing.browser import external

FIRST_PORT = 8450
HOST = "concordat.example.org"
IN_FRONT = {"Host": HOST, "X-Forwarded-Proto": "https", "X-Forwarded-For": "203.0.113.7"}
LOGIN = "/account/sign-in/"


@pytest.fixture(scope="module")
def port(template_database: Path) -> Iterator[int]:
    """Serve as for the public, and return the port behind the web server in front."""
    with throwaway.copy_of_template(template_database, "http") as database:
        others = {"CONCORDAT_DEMO": "0", "CONCORDAT_HOSTS": HOST, "CONCORDAT_PROXY": "1"}
        yield from served(external(template_database, database) | others)


def served(environment: dict[str, str]) -> Iterator[int]:
    """Have the web server of an installation inside the block of a fixture."""
    port, sockets = ports.listen(FIRST_PORT)
    numbers = [each.fileno() for each in sockets]
    child = lifeline.spawn("serve", *map(str, numbers), keep=numbers, environment=environment)
    try:
        wait_for_answer(port, child)
        yield port
    finally:
        lifeline.end(child)
        for each in sockets:
            each.close()


class Answer:
    """What came back."""

    def __init__(self, answer: http.client.HTTPResponse) -> None:
        self.status, self.headers, self.text = answer.status, answer.headers, answer.read().decode(errors="replace")
        self.cookies = SimpleCookie()
        for one in answer.headers.get_all("Set-Cookie") or []:
            self.cookies.load(one)


def ask(port: int, method: str, address: str, body: str | None = None, **headers: str) -> Answer:
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=30)
    sent = IN_FRONT | {name.replace("_", "-"): value for name, value in headers.items()}
    if body is not None:
        sent["Content-Type"] = "application/x-www-form-urlencoded"
    try:
        connection.request(method, address, body=body, headers=sent)
        return Answer(connection.getresponse())
    finally:
        connection.close()


def test_every_page_carries_the_rules_of_the_browser(port: int) -> None:
    for address in (LOGIN, "/about/confidential", "/nothing-here", "/static/concordat/concordat.css"):
        headers = ask(port, "GET", address).headers
        assert headers["X-Content-Type-Options"] == "nosniff", address
        assert headers["Referrer-Policy"] == "same-origin", address
        assert headers["Cross-Origin-Opener-Policy"] == "same-origin", address
        assert int(headers["Strict-Transport-Security"].removeprefix("max-age=")) >= 365 * 24 * 3600, address


def test_no_script_or_style_from_elsewhere_or_inside_a_page(port: int) -> None:
    answer = ask(port, "GET", LOGIN)
    policy = answer.headers["Content-Security-Policy"]
    assert "default-src 'self'" in policy
    assert "frame-ancestors 'none'" in policy
    assert "form-action 'self'" in policy
    assert "base-uri 'none'" in policy
    assert "unsafe" not in policy
    assert not re.search(r"<script(?![^>]*\ssrc=)|\sstyle=|\son\w+=", answer.text)
    assert answer.headers["X-Frame-Options"] == "DENY"


def test_nothing_says_which_software_of_which_version_answers(port: int) -> None:
    headers = ask(port, "GET", LOGIN).headers
    assert headers.get("Server") is None
    assert headers.get("X-Powered-By") is None


def test_cookies_are_for_this_host_over_tls_and_for_no_script(port: int) -> None:
    cookies = ask(port, "GET", LOGIN).cookies
    assert cookies
    for name, cookie in cookies.items():
        assert name.startswith("__Host-")
        assert cookie["secure"]
        assert cookie["httponly"]
        assert cookie["samesite"] == "Lax"
        assert cookie["path"] == "/"
        assert not cookie["domain"]


@pytest.mark.parametrize("host", ["evil.example", "concordat.example.org.evil.example", "", "localhost"])
def test_another_host_name_is_refused(port: int, host: str) -> None:
    answer = ask(port, "GET", LOGIN, Host=host)
    assert answer.status == 400
    assert "evil" not in answer.text


def test_a_host_name_passed_on_by_a_stranger_is_not_used(port: int) -> None:
    answer = ask(port, "GET", "/", X_Forwarded_Host="evil.example")
    assert "evil.example" not in (answer.headers["Location"] or "")


def test_without_tls_one_is_sent_to_it(port: int) -> None:
    answer = ask(port, "GET", LOGIN, X_Forwarded_Proto="http")
    assert (answer.status, answer.headers["Location"]) == (301, f"https://{HOST}{LOGIN}")


@pytest.mark.parametrize("address", [LOGIN, "/language/", "/account/forgotten/"])
def test_what_does_not_come_from_a_form_of_ours_is_refused(port: int, address: str) -> None:
    assert ask(port, "POST", address, body="language=ar&next=/").status == 403
    other = ask(port, "POST", address, body="language=ar&next=/", Origin="https://evil.example")
    assert other.status == 403


@pytest.mark.parametrize("to", ["https://evil.example/", "//evil.example/", "/\\evil.example", "javascript:alert(1)"])
def test_nobody_is_sent_elsewhere(port: int, to: str) -> None:
    form = ask(port, "GET", "/about/paper")
    token = re.search(r'name="csrfmiddlewaretoken" value="(\w+)"', form.text)
    assert token
    cookie = "; ".join(f"{name}={one.value}" for name, one in form.cookies.items())
    sent = f"csrfmiddlewaretoken={token[1]}&language=ar&next={to}"
    answer = ask(
        port, "POST", "/language/", body=sent, Cookie=cookie, Origin=f"https://{HOST}", Referer=f"https://{HOST}/"
    )
    assert answer.status == 302
    assert urlsplit(answer.headers["Location"])[:2] in {("", ""), ("https", HOST)}


def test_a_line_break_in_an_address_adds_no_header(port: int) -> None:
    answer = ask(port, "GET", "/cases/?text=a%0d%0aX-Evil:%201")
    assert answer.headers.get("X-Evil") is None
    assert answer.status == 302


@pytest.mark.parametrize(
    "address",
    ["/static/../manage.py", "/static/%2e%2e/%2e%2e/etc/passwd", "/static/concordat/..%2f..%2fconfig/settings.py"],
)
def test_no_file_outside_the_assets_is_handed_out(port: int, address: str) -> None:
    answer = ask(port, "GET", address)
    assert answer.status in {302, 400, 404}
    assert "root:" not in answer.text
    assert "SECRET" not in answer.text


def test_a_method_that_nothing_needs_is_refused(port: int) -> None:
    assert ask(port, "TRACE", "/about/paper").status == 405


def test_what_is_too_large_is_refused_before_it_is_read(port: int) -> None:
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=30)
    connection.putrequest("POST", LOGIN, skip_host=True)
    for name, value in (IN_FRONT | {"Content-Length": str(10**10)}).items():
        connection.putheader(name, value)
    connection.endheaders()
    assert connection.getresponse().status == 413
    connection.close()
