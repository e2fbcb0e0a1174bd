"""OpenID Connect, the few steps of it that we need: discovery, authorisation code with PKCE, a verified id token.

Nothing here knows users. Everything that a provider says is checked against what was asked (OpenID Connect Core 1.0,
3.1.3.7; RFC 7636; RFC 9207). Addresses are https, except on this machine; redirections are not followed.
"""

import base64
import hashlib
import json
import secrets
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode, urlsplit

import jwt
import requests
from django.core.cache import cache
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from concordat.core.errors import Refused

ALGORITHMS = ["RS256", "RS384", "RS512", "PS256", "PS384", "PS512", "ES256", "ES384", "ES512", "EdDSA"]
REMEMBERED = 600  # seconds that what a provider publishes about itself is kept
PATIENCE = 5  # seconds for each answer
LARGEST = 1_000_000  # bytes of an answer
LEEWAY = 60  # seconds by which two clocks may differ
OK = 200
SILENT = gettext_lazy("The sign-in of this organisation does not answer. Try again later, or tell its administrator.")


@dataclass(frozen=True)
class Client:
    """As whom we speak to a provider."""

    issuer: str
    client_id: str
    secret: str
    back: str


@dataclass(frozen=True)
class Asked:
    """What was asked, to be compared with the answer."""

    state: str
    nonce: str
    verifier: str

    @classmethod
    def new(cls) -> "Asked":
        return cls(secrets.token_urlsafe(32), secrets.token_urlsafe(32), secrets.token_urlsafe(48))


def refuse_address(address: str) -> str | None:
    """Say why an address is not called: anything but https, except on this machine."""
    try:
        parts = urlsplit(address)
        host = parts.hostname
    except ValueError:
        host = None
    if not host or parts.username or parts.fragment:
        return _("This is not a full address, such as https://login.example.org")
    here = host in {"localhost", "127.0.0.1", "::1"}
    if parts.scheme == "https" or (here and parts.scheme == "http"):
        return None
    return _("The address has to begin with https://")


def discover(issuer: str) -> dict[str, Any]:
    """Return what a provider publishes about itself; it has to be the one that was asked."""
    key = f"concordat.oidc.{hashlib.sha256(issuer.encode()).hexdigest()}"
    known: dict[str, Any] | None = cache.get(key)
    if known is None:
        known = call("GET", f"{issuer.rstrip('/')}/.well-known/openid-configuration")
        if known.get("issuer") != issuer:
            raise Refused(_("The sign-in of this organisation says that it is another one. Tell its administrator."))
        for name in ("authorization_endpoint", "token_endpoint", "jwks_uri"):
            if refusal := refuse_address(str(known.get(name, ""))):
                raise Refused(refusal)
        cache.set(key, known, REMEMBERED)
    return known


def address_to_go(client: Client, asked: Asked) -> str:
    """Return where to send the browser."""
    challenge = base64.urlsafe_b64encode(hashlib.sha256(asked.verifier.encode()).digest()).rstrip(b"=").decode()
    wanted = {
        "response_type": "code", "client_id": client.client_id, "redirect_uri": client.back, "scope": "openid email",
        "state": asked.state, "nonce": asked.nonce, "code_challenge": challenge, "code_challenge_method": "S256",
    }  # fmt: skip
    address = str(discover(client.issuer)["authorization_endpoint"])
    return f"{address}{'&' if '?' in address else '?'}{urlencode(wanted)}"


def claims_for(client: Client, asked: Asked, *, code: str) -> dict[str, Any]:
    """Exchange a code for an id token, and return what it says once every check holds."""
    published = discover(client.issuer)
    form = {
        "grant_type": "authorization_code", "code": code, "redirect_uri": client.back, "client_id": client.client_id,
        "code_verifier": asked.verifier,
    }  # fmt: skip
    basic = "client_secret_basic" in published.get("token_endpoint_auth_methods_supported", ["client_secret_basic"])
    if not basic:
        form["client_secret"] = client.secret
    auth = (client.client_id, client.secret) if basic else None
    answer = call("POST", str(published["token_endpoint"]), form, auth=auth)
    keys = call("GET", str(published["jwks_uri"]))
    try:
        return verified(str(answer["id_token"]), keys, client=client, nonce=asked.nonce)
    except (jwt.PyJWTError, KeyError, TypeError, ValueError) as error:
        raise Refused(_("The sign-in of this organisation gave an answer that does not hold. Try again.")) from error


def verified(token: str, keys: dict[str, Any], *, client: Client, nonce: str) -> dict[str, Any]:
    """Return the claims of an id token: signed by the issuer, for us, in time, and in answer to what we asked."""
    header = jwt.get_unverified_header(token)
    if header.get("alg") not in ALGORITHMS:
        raise jwt.InvalidAlgorithmError
    fitting = [one for one in jwt.PyJWKSet.from_dict(keys).keys if header.get("kid") in (None, one.key_id)]
    if len(fitting) != 1:
        raise jwt.InvalidKeyError
    claims: dict[str, Any] = jwt.decode(
        token, fitting[0].key, algorithms=[header["alg"]], audience=client.client_id, issuer=client.issuer,
        leeway=LEEWAY, options={"require": ["exp", "iat", "sub", "aud", "iss"]},
    )  # fmt: skip
    several = isinstance(claims["aud"], list) and len(claims["aud"]) > 1
    if (several or "azp" in claims) and claims.get("azp") != client.client_id:
        raise jwt.InvalidAudienceError
    if not secrets.compare_digest(str(claims.get("nonce", "")), nonce):
        raise jwt.InvalidTokenError
    return claims


def call(
    method: str, address: str, form: dict[str, str] | None = None, *, auth: tuple[str, str] | None = None
) -> dict[str, Any]:
    """Ask a provider and return its answer, an object in JSON."""
    if refusal := refuse_address(address):
        raise Refused(refusal)
    try:
        with requests.request(
            method, address, data=form, auth=auth, timeout=PATIENCE, allow_redirects=False, stream=True,
            headers={"Accept": "application/json"},
        ) as answer:  # fmt: skip
            text = answer.raw.read(LARGEST + 1, decode_content=True)
            found = json.loads(text) if answer.status_code == OK and len(text) <= LARGEST else None
    except (requests.RequestException, ValueError, OSError) as error:
        raise Refused(str(SILENT)) from error
    if not isinstance(found, dict):
        raise Refused(str(SILENT))
    return found
