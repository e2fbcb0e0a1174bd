"""A small OpenID Connect provider on this machine: discovery, keys, authorisation with PKCE, signed id tokens.

It signs everybody in whom the test names, and lies as the test tells it to.
"""

import base64
import hashlib
import json
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qsl, urlencode, urlsplit

import jwt
from cryptography.hazmat.primitives.asymmetric import rsa
from jwt.algorithms import RSAAlgorithm

CLIENT, SECRET = "concordat", "a secret between the two"


def make_key() -> rsa.RSAPrivateKey:
    return rsa.generate_private_key(public_exponent=65537, key_size=2048)


@dataclass
class Issuer:
    """What the provider knows and says. `lies` replaces claims of the token; `None` leaves one out."""

    address: str = ""
    person: dict[str, Any] = field(default_factory=dict)
    lies: dict[str, Any] = field(default_factory=dict)
    metadata: dict[str, Any] = field(default_factory=dict)
    key: rsa.RSAPrivateKey = field(default_factory=make_key)
    signs_with: rsa.RSAPrivateKey | None = None
    algorithm: str = "RS256"
    codes: dict[str, dict[str, str]] = field(default_factory=dict)
    asked: list[dict[str, str]] = field(default_factory=list)

    def published(self) -> dict[str, Any]:
        return {
            "issuer": self.address, "authorization_endpoint": f"{self.address}/authorize",
            "token_endpoint": f"{self.address}/token", "jwks_uri": f"{self.address}/keys",
            "token_endpoint_auth_methods_supported": ["client_secret_basic"], **self.metadata,
        }  # fmt: skip

    def keys(self) -> dict[str, Any]:
        public: dict[str, Any] = json.loads(RSAAlgorithm.to_jwk(self.key.public_key()))
        return {"keys": [{**public, "kid": "one", "use": "sig", "alg": "RS256"}]}

    def token(self, wanted: dict[str, str]) -> str:
        at = int(time.time())
        claims = {
            "iss": self.address, "aud": CLIENT, "sub": "person-1", "iat": at, "exp": at + 300,
            "nonce": wanted.get("nonce", ""), "email_verified": True, **self.person, **self.lies,
        }  # fmt: skip
        said = {name: value for name, value in claims.items() if value is not None}
        if self.algorithm == "none":
            return jwt.encode(said, "", algorithm="none")
        if self.algorithm == "HS256":  # the public key as a shared secret, the classic confusion
            return jwt.encode(
                said, "the public key of the issuer as it lies about", algorithm="HS256", headers={"kid": "one"}
            )
        return jwt.encode(said, self.signs_with or self.key, algorithm=self.algorithm, headers={"kid": "one"})


class Answering(BaseHTTPRequestHandler):
    """One request to the provider."""

    issuer: Issuer

    def log_message(self, *_args: object) -> None:
        """Say nothing."""

    def do_GET(self) -> None:
        path, wanted = urlsplit(self.path).path, dict(parse_qsl(urlsplit(self.path).query))
        if path == "/.well-known/openid-configuration":
            self.say(self.issuer.published())
        elif path == "/keys":
            self.say(self.issuer.keys())
        elif path == "/authorize":
            self.authorize(wanted)
        else:
            self.say({}, 404)

    def authorize(self, wanted: dict[str, str]) -> None:
        self.issuer.asked.append(wanted)
        code = f"code-{len(self.issuer.codes)}"
        self.issuer.codes[code] = wanted
        self.send_response(302)
        self.send_header("Location", f"{wanted['redirect_uri']}?{urlencode({'code': code, 'state': wanted['state']})}")
        self.end_headers()

    def do_POST(self) -> None:
        form = dict(parse_qsl(self.rfile.read(int(self.headers["Content-Length"])).decode()))
        wanted = self.issuer.codes.pop(form.get("code", ""), None)
        basic = base64.b64encode(f"{CLIENT}:{SECRET.replace(' ', ' ')}".encode()).decode()
        known = self.headers.get("Authorization") == f"Basic {basic}"
        digest = hashlib.sha256(form.get("code_verifier", "").encode()).digest()
        proved = wanted and base64.urlsafe_b64encode(digest).rstrip(b"=").decode() == wanted["code_challenge"]
        if not known or not proved or wanted is None or form["redirect_uri"] != wanted["redirect_uri"]:
            self.say({"error": "invalid_grant"}, 400)
            return
        self.say({"access_token": "x", "token_type": "Bearer", "id_token": self.issuer.token(wanted)})

    def say(self, content: dict[str, Any], status: int = 200) -> None:
        text = json.dumps(content).encode()
        self.send_response(status)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(text)))
        self.end_headers()
        self.wfile.write(text)


@contextmanager
def running() -> Iterator[Issuer]:
    """Have a provider inside the block."""
    issuer = Issuer()
    handler = type("Desk", (Answering,), {"issuer": issuer})
    with ThreadingHTTPServer(("127.0.0.1", 0), handler) as server:
        issuer.address = f"http://127.0.0.1:{server.server_address[1]}"
        threading.Thread(target=server.serve_forever, args=(0.05,), daemon=True).start()
        yield issuer
        server.shutdown()
