"""What the doctor looks at around the server: its port, the web server in front, the mail server, the virus scanner."""

import smtplib
import socket
import ssl
import urllib.error
import urllib.request
from collections.abc import Iterator

from django.conf import LazySettings
from django.db import DatabaseError, connections

from concordat.cli import running
from concordat.cli.checks import Finding, Level, judge
from concordat.cli.server_checks import first_line

PATIENCE = 5.0  # seconds


def check_outside(settings: LazySettings) -> Iterator[Finding]:
    """Look at everything that others have to do right."""
    yield check_port(settings)
    if settings.PROXY and settings.LOCAL:
        yield Finding(
            Level.WRONG,
            "CONCORDAT_PROXY=1 says that a web server stands in front, but CONCORDAT_HOSTS names only this machine: "
            "its visitors are refused. Set CONCORDAT_HOSTS to the name by which they come.",
        )
    elif settings.PROXY and running.find(settings.HOME):
        yield from (check_front(host) for host in settings.HOSTS if not host.startswith(("localhost", "127.")))
    if settings.EMAIL_HOST:
        yield check_mail(settings)
    yield check_scanner(settings)
    yield from (check_replica(name) for name in settings.REPLICAS)


def check_port(settings: LazySettings) -> Finding:
    """Look whether the port is free, or ours."""
    if running.find(settings.HOME):
        return Finding(Level.FINE, "The server runs, on a port of its own.")
    with socket.socket() as knock:
        knock.settimeout(PATIENCE)
        taken = knock.connect_ex(("127.0.0.1", settings.PORT)) == 0
    return judge(
        not taken,
        f"Port {settings.PORT} is free.",
        f"Port {settings.PORT} is taken by another program (ss -ltnp shows which). "
        "End it, or set CONCORDAT_PORT, also in the web server in front.",
        Level.WRONG if settings.PROXY else Level.LOOK,
    )


def check_replica(name: str) -> Finding:
    """Ask a replica whether it may answer, and who it says that it is."""
    try:
        with connections[name].cursor() as cursor:
            cursor.execute("SELECT current_setting('cluster_name'), pg_is_in_recovery(), ledger.may_answer()")
            called, follows, answers = cursor.fetchone()
    except DatabaseError as error:
        return Finding(Level.WRONG, f"The replica {name} cannot be reached: {first_line(error)}")
    finally:
        connections[name].close()
    if called != name or not follows:
        found = f"calls itself {called!r}" if follows else "follows no primary"
        return Finding(
            Level.WRONG,
            f"The server that CONCORDAT_REPLICAS names {name} {found}. Set cluster_name there, or mend the list.",
        )
    return judge(
        answers,
        f"The replica {name} answers readers.",
        f"The replica {name} answers nobody: it is behind, its clock is, or `concordat keep-replicas` does not run.",
    )


def check_front(host: str) -> Finding:
    """Come in by the front door, as everybody does, and look whether this server is behind it."""
    address = f"https://{host}/health/live"
    try:
        with urllib.request.urlopen(address, timeout=PATIENCE) as answer:
            return judge(
                answer.read(3) == b"ok\n",
                f"https://{host} leads here, and its certificate is good.",
                f"https://{host} leads somewhere else. Look at the web server in front, and at the name's address.",
            )
    except urllib.error.HTTPError as error:
        why = f"the web server in front answers {error.code}"
        error.close()
    except (OSError, ssl.SSLError, ValueError) as error:
        why = str(getattr(error, "reason", error))
    return Finding(
        Level.WRONG,
        f"https://{host} does not lead here: {why}. Look at the web server in front, its certificate, the firewall, "
        "and at the address of the name. Examples for nginx and Caddy lie in deploy/.",
    )


def check_mail(settings: LazySettings) -> Finding:
    """Go as far with the mail server as one can without sending anything."""
    where = f"{settings.EMAIL_HOST}:{settings.EMAIL_PORT}"
    try:
        with smtplib.SMTP(settings.EMAIL_HOST, settings.EMAIL_PORT, timeout=PATIENCE) as server:
            if settings.EMAIL_USE_TLS:
                server.starttls(context=ssl.create_default_context())
            if settings.EMAIL_HOST_USER:
                server.login(settings.EMAIL_HOST_USER, settings.EMAIL_HOST_PASSWORD)
    except (OSError, smtplib.SMTPException) as error:
        why = " ".join(str(error).split())
        return Finding(
            Level.WRONG,
            f"The mail server {where} does not take messages: {why}. Look at the CONCORDAT_MAIL_ settings; "
            "without CONCORDAT_MAIL_HOST invitations are printed.",
        )
    return Finding(Level.FINE, f"The mail server {where} answers.")


def check_scanner(settings: LazySettings) -> Finding:
    """Ask the virus scanner whether it is there."""
    from concordat.files import scanner  # noqa: PLC0415 - reads the settings

    if not settings.CLAMAV:
        return Finding(
            Level.LOOK,
            "There is no virus scanner: attached files are handed out after a warning, unlooked at. "
            "Install clamav-daemon, and set CONCORDAT_CLAMAV=/run/clamav/clamd.ctl.",
        )
    return judge(
        scanner.ping(),
        f"The virus scanner {settings.CLAMAV} answers.",
        f"The virus scanner {settings.CLAMAV} does not answer: new files wait, and nobody can open them. Start "
        "clamav-daemon, and let the user that runs Concordat use its socket (usermod -aG clamav).",
    )
