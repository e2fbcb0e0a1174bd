"""The files in deploy/, read by what they are for: systemd, nginx, Caddy, a container engine, where they exist."""

import datetime as dt
import http.client
import ipaddress
import re
import shutil
import ssl
import subprocess
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

from concordat.cli import ports
from concordat.config import environment, settings
from concordat.config.home import PACKAGE
from concordat.core.testing.browser import external, served

DEPLOY = PACKAGE.parent / "deploy"
HOST = "concordat.example.org"
MOST_EXPOSED = 3.0  # of ten, as systemd judges; a unit without any protection has 9.6
ENGINES = ("podman", "docker")
MINUTES = 60


def run(*command: str, seconds: int = 60) -> subprocess.CompletedProcess[str]:
    return subprocess.run(command, capture_output=True, text=True, check=False, timeout=seconds)


def need(program: str, package: str) -> str:
    """Return where a program is, or skip."""
    found = shutil.which(program)
    if found is None:
        pytest.skip(f"This machine has no {program}. It comes with: apt install {package}")
    return found


def test_the_files_name_settings_that_exist() -> None:
    assert settings.ALLOWED_HOSTS  # the settings have been read
    for file in DEPLOY.iterdir():
        names = set(re.findall(r"CONCORDAT_[A-Z_]+[A-Z]", file.read_text()))
        assert names <= set(environment.KNOWN), file.name


def test_every_file_is_explained() -> None:
    readme = (DEPLOY / "README.md").read_text()
    assert [file.name for file in DEPLOY.iterdir() if file.name != "README.md" and f"`{file.name}`" not in readme] == []


# ---- systemd ---------------------------------------------------------------------------------------------------------


@pytest.fixture
def units(tmp_path: Path) -> list[Path]:
    """Return copies of the units whose programs exist here."""
    made = []
    for unit in sorted(DEPLOY.glob("concordat*.*")):
        if unit.suffix in {".service", ".timer"}:
            copy = tmp_path / unit.name
            copy.write_text(unit.read_text().replace("/opt/concordat/.venv/bin/concordat", "/bin/true"))
            made.append(copy)
    assert len(made) == 3
    return made


def test_systemd_reads_the_units(units: list[Path]) -> None:
    need("systemd-analyze", "systemd")
    done = run("systemd-analyze", "verify", *map(str, units))
    ours = [line for line in done.stderr.splitlines() if "concordat" in line]
    assert ours == []


def test_the_server_is_closed_to_what_it_does_not_need(units: list[Path]) -> None:
    need("systemd-analyze", "systemd")
    for unit in units:
        if unit.suffix == ".service":
            done = run("systemd-analyze", "security", "--offline=true", "--no-pager", str(unit))
            found = re.search(r"Overall exposure level for .*: ([\d.]+)", done.stdout)
            if found is None:
                pytest.skip(f"This systemd cannot judge a file: {done.stderr.strip()}")
            assert float(found[1]) < MOST_EXPOSED, done.stdout


# ---- TLS in front ----------------------------------------------------------------------------------------------------


@pytest.fixture
def certificate(tmp_path: Path) -> Path:
    """Make a certificate for the example's name; its key lies beside it."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, HOST)])
    names = x509.SubjectAlternativeName([x509.DNSName(HOST), x509.IPAddress(ipaddress.ip_address("127.0.0.1"))])
    now = dt.datetime.now(dt.UTC)
    builder = x509.CertificateBuilder().subject_name(name).issuer_name(name).public_key(key.public_key())
    builder = builder.serial_number(x509.random_serial_number()).not_valid_before(now - dt.timedelta(hours=1))
    made = builder.not_valid_after(now + dt.timedelta(days=1)).add_extension(names, critical=False)
    file = tmp_path / "fullchain.pem"
    file.write_bytes(made.sign(key, hashes.SHA256()).public_bytes(serialization.Encoding.PEM))
    secret = key.private_bytes(
        serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    )
    (tmp_path / "privkey.pem").write_bytes(secret)
    return file


@pytest.fixture
def backend(own_database: str, template_database: Path) -> Iterator[int]:
    """Serve as the example's settings say; give the port."""
    chosen = {"CONCORDAT_PROXY": "1", "CONCORDAT_HOSTS": HOST, "CONCORDAT_DEMO": "0"}
    with served(external(template_database, own_database) | chosen) as (address, _):
        yield int(address.rpartition(":")[2])


@pytest.fixture
def front(backend: int, certificate: Path, tmp_path: Path) -> Iterator[int]:
    """Have nginx run with the example in front of it; give its port."""
    program = need("nginx", "nginx-light")
    port, sockets = ports.listen(8800)
    for each in sockets:
        each.close()
    site = (DEPLOY / "nginx.conf").read_text().replace("127.0.0.1:8000", f"127.0.0.1:{backend}")
    site = re.sub(r"listen \[::\]:\d+[^;]*;\n", "", site).replace("listen 80;", f"listen unix:{tmp_path}/http.sock;")
    site = site.replace("listen 443 ssl http2;", f"listen 127.0.0.1:{port} ssl http2;")
    site = site.replace(f"/etc/letsencrypt/live/{HOST}/", f"{tmp_path}/").replace("/var/log/nginx/", f"{tmp_path}/")
    whole = tmp_path / "nginx.conf"
    kinds = ("client_body", "proxy", "fastcgi", "uwsgi", "scgi")
    temporary = "".join(f"{kind}_temp_path {tmp_path}/{kind};" for kind in kinds)
    whole.write_text(f"pid {tmp_path}/pid; daemon off; user root; events {{}} http {{ {temporary} {site} }}")
    command = [program, "-c", str(whole), "-e", f"{tmp_path}/error.log"]
    checked = run(*command, "-t")
    assert checked.returncode == 0, checked.stderr
    with subprocess.Popen(command, stderr=subprocess.DEVNULL) as nginx:
        time.sleep(1)
        yield port
        nginx.terminate()


def ask(port: int, certificate: Path, path: str, **headers: str) -> tuple[int, dict[str, str], str]:
    trusting = ssl.create_default_context(cafile=str(certificate))
    connection = http.client.HTTPSConnection("127.0.0.1", port, context=trusting, timeout=30)
    try:
        connection.request("GET", path, headers={"Host": HOST} | {n.replace("_", "-"): v for n, v in headers.items()})
        answer = connection.getresponse()
        return answer.status, dict(answer.getheaders()), answer.read().decode()
    finally:
        connection.close()


def test_nginx_leads_to_concordat(front: int, certificate: Path) -> None:
    status, headers, page = ask(front, certificate, "/account/sign-in/")
    assert (status, "<form" in page) == (200, True)
    assert "Secure" in headers["Set-Cookie"]
    assert headers["Strict-Transport-Security"].startswith("max-age=")
    assert ask(front, certificate, "/health/live")[2] == "ok\n"


def test_nginx_passes_on_no_lie(front: int, certificate: Path) -> None:
    lies = {"X_Forwarded_For": "127.0.0.1", "X_Forwarded_Host": "elsewhere.example", "Forwarded": "for=127.0.0.1"}
    assert ask(front, certificate, "/metrics", **lies)[0] == 404
    assert ask(front, certificate, "/demo-door/", **lies)[0] == 404
    assert ask(front, certificate, "/health", **lies)[2] in {"ok\n", "not ok\n"}
    status, _, page = ask(front, certificate, "/account/sign-in/", **lies)
    assert (status, "elsewhere.example" in page) == (200, False)


def test_caddy_reads_its_file() -> None:
    done = run(need("caddy", "caddy"), "validate", "--adapter", "caddyfile", "--config", str(DEPLOY / "Caddyfile"))
    assert done.returncode == 0, done.stderr


# ---- the image -------------------------------------------------------------------------------------------------------


def engine() -> str:
    """Return a container engine that works, or skip with what it said."""
    said = "There is neither podman nor docker on this machine."
    for name in ENGINES:
        if shutil.which(name):
            done = run(name, "info")
            if done.returncode == 0:
                return name
            said = f"{name} does not work here: {(done.stderr or done.stdout).strip().splitlines()[-1]}"
    pytest.skip(said)


def test_what_the_image_is_made_of_is_here() -> None:
    text = (DEPLOY / "Containerfile").read_text()
    for line in re.findall(r"^COPY (?!--from)(.*)$", text, re.MULTILINE):
        *sources, _ = line.split()
        assert [source for source in sources if not (PACKAGE.parent / source).exists()] == []


def test_the_image_is_built_and_serves() -> None:
    name = engine()
    file, folder = str(DEPLOY / "Containerfile"), str(PACKAGE.parent)
    built = run(name, "build", "-f", file, "-t", "concordat-test", folder, seconds=20 * MINUTES)
    if built.returncode and re.search("registry|pull|resolv|dial tcp|network", built.stderr):
        pytest.skip(f"The image it stands on cannot be fetched here: {built.stderr.strip().splitlines()[-1]}")
    assert built.returncode == 0, built.stderr
    started = run(name, "run", "--detach", "--rm", "--read-only", "--tmpfs", "/tmp", "concordat-test")  # noqa: S108
    number = started.stdout.strip()
    question = "import urllib.request as r; print(r.urlopen('http://127.0.0.1:8000/health', timeout=4).read())"
    try:
        end = time.monotonic() + 3 * MINUTES
        while "ok" not in (said := run(name, "exec", number, "/opt/concordat/.venv/bin/python", "-c", question)).stdout:
            assert time.monotonic() < end, said.stderr
            time.sleep(2)
    finally:
        run(name, "rm", "--force", number)
