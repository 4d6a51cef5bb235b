"""OpenID Connect: authorization code with PKCE. All that a sign-in service says is checked before it counts.

Signatures are checked by PyJWT with an allow list of algorithms that use a public key; `none` and the HS
family are not on it. Of the claims only the pairwise subject leaves this module; a BSN, name or birth date is
dropped here and written nowhere.
"""

from __future__ import annotations

import base64
import hashlib
import hmac
import json
import secrets
from datetime import datetime, timedelta
from http.client import HTTPException
from typing import Any
from urllib.error import HTTPError
from urllib.parse import urlencode, urlsplit
from urllib.request import HTTPRedirectHandler, Request, build_opener

import jwt
from django.core.cache import cache

from noaber.doors.identity.types import Provider, Refused, Visit
from noaber.hallway.clock import day_of
from noaber.knowledge.assurance import level_of

ALGORITHMS = {"RS256": "RSA", "PS256": "RSA", "ES256": "EC"}
NEEDED = ["iss", "sub", "aud", "exp", "iat", "nonce"]
LEEWAY = timedelta(seconds=60)
OLDEST = timedelta(minutes=10)
LARGEST = 200_000
PATIENCE_SECONDS = 8
KEPT_SECONDS = 600


class _NoRedirects(HTTPRedirectHandler):
    """A sign-in service that sends us elsewhere is not followed."""

    def redirect_request(self, *_args: Any, **_more: Any) -> None:
        """Nowhere."""


_opener = build_opener(_NoRedirects)


def _is_safe(url: object) -> bool:
    """Over TLS; on this machine itself also without, for tests and the demo."""
    if not isinstance(url, str):
        return False
    parts = urlsplit(url)
    local = parts.hostname in {"127.0.0.1", "localhost", "::1"}
    return parts.scheme == "https" or (parts.scheme == "http" and local)


def _fetch(url: object, data: dict[str, str] | None = None, headers: dict[str, str] | None = None) -> Any:
    if not isinstance(url, str) or not _is_safe(url):
        raise Refused("broken", "an endpoint is not served over TLS")
    body = urlencode(data).encode() if data is not None else None
    request = Request(url, data=body, headers={"Accept": "application/json", **(headers or {})})  # noqa: S310
    try:
        with _opener.open(request, timeout=PATIENCE_SECONDS) as answer:
            return json.loads(answer.read(LARGEST))
    except HTTPError as failure:
        raise Refused("broken", f"the service answered {failure.code}") from None
    except (OSError, HTTPException):
        raise Refused("away", "the service does not answer") from None
    except ValueError:
        raise Refused("broken", "the service does not answer in JSON") from None


def _kept(url: str, *, anew: bool = False) -> dict[str, Any]:
    key = "identity:" + hashlib.sha256(url.encode()).hexdigest()
    found = None if anew else cache.get(key)
    if found is None:
        found = _fetch(url)
        if not isinstance(found, dict):
            raise Refused("broken", "the service does not answer with an object")
        cache.set(key, found, KEPT_SECONDS)
    return dict(found)


def endpoints(provider: Provider) -> dict[str, Any]:
    """What the service says about itself; it must say that it is who we asked."""
    found = _kept(f"{provider.issuer}/.well-known/openid-configuration")
    if found.get("issuer") != provider.issuer:
        raise Refused("broken", "another issuer answers here")
    return found


def begin(
    provider: Provider, *, redirect_uri: str, purpose: str, resident: str, now: datetime
) -> tuple[Visit, str]:
    """A fresh visit, and the address to send the browser to."""
    visit = Visit(
        state=secrets.token_urlsafe(32),
        nonce=secrets.token_urlsafe(32),
        verifier=secrets.token_urlsafe(48),
        purpose=purpose,
        at=now.isoformat(),
        resident=resident,
    )
    where = endpoints(provider).get("authorization_endpoint")
    if not isinstance(where, str) or not _is_safe(where):
        raise Refused("broken", "no safe address to sign in at")
    asks = {
        "response_type": "code",
        "client_id": provider.client_id,
        "redirect_uri": redirect_uri,
        "scope": "openid",
        "state": visit.state,
        "nonce": visit.nonce,
        "code_challenge": challenge(visit.verifier),
        "code_challenge_method": "S256",
    }
    return visit, f"{where}{'&' if '?' in where else '?'}{urlencode(asks)}"


def challenge(verifier: str) -> str:
    """The S256 challenge of RFC 7636."""
    return base64.urlsafe_b64encode(hashlib.sha256(verifier.encode()).digest()).rstrip(b"=").decode()


def finish(
    provider: Provider, visit: Visit, answer: dict[str, str], *, redirect_uri: str, now: datetime
) -> str:
    """The pairwise subject behind this answer. Raises Refused for anything that is not as it should be."""
    if datetime.fromisoformat(visit.at) < now - OLDEST:
        raise Refused("broken", "the visit is too old")
    if not hmac.compare_digest(visit.state.encode(), answer.get("state", "").encode()):
        raise Refused("broken", "another state")
    known = endpoints(provider)
    if answer.get("iss", provider.issuer) != provider.issuer or (
        known.get("authorization_response_iss_parameter_supported") is True and "iss" not in answer
    ):
        raise Refused("broken", "the answer comes from another issuer")
    if answer.get("error"):
        raise Refused("stopped", "the service refused or she stopped")
    if not answer.get("code"):
        raise Refused("broken", "no code")
    token = _exchange(provider, known, answer["code"], visit.verifier, redirect_uri)
    claims = _checked(provider, known, token, now)
    if not hmac.compare_digest(str(claims["nonce"]).encode(), visit.nonce.encode()):
        raise Refused("broken", "another nonce")
    level = level_of(claims.get("acr"), on=day_of(now))
    if level is None or level < provider.least:
        raise Refused("level", "the level is too low")
    return str(claims["sub"])


def _exchange(provider: Provider, known: dict[str, Any], code: str, verifier: str, redirect_uri: str) -> str:
    asks = {
        "grant_type": "authorization_code",
        "code": code,
        "redirect_uri": redirect_uri,
        "client_id": provider.client_id,
        "code_verifier": verifier,
    }
    headers = {}
    if provider.client_secret:
        pair = f"{provider.client_id}:{provider.client_secret}".encode()
        headers["Authorization"] = "Basic " + base64.b64encode(pair).decode()
    found = _fetch(known.get("token_endpoint"), asks, headers)
    token = found.get("id_token") if isinstance(found, dict) else None
    if not isinstance(token, str):
        raise Refused("broken", "no ID token")
    return token


def _checked(provider: Provider, known: dict[str, Any], token: str, now: datetime) -> dict[str, Any]:
    """The claims of an ID token that was signed by this service, for us, just now."""
    try:
        header = jwt.get_unverified_header(token)
        algorithm = str(header.get("alg"))
        if algorithm not in ALGORITHMS:
            raise Refused("broken", "an algorithm that is not allowed")
        key = _key(known, header.get("kid"), ALGORITHMS[algorithm])
        claims: dict[str, Any] = jwt.decode(
            token,
            key,
            algorithms=[algorithm],
            audience=provider.client_id,
            issuer=provider.issuer,
            options={"require": NEEDED, "verify_exp": False, "verify_iat": False, "verify_nbf": False},
        )
    except jwt.PyJWTError as failure:
        raise Refused("broken", type(failure).__name__) from None
    _check_times(claims, now)
    audience = claims["aud"]
    several = isinstance(audience, list) and len(audience) > 1
    if claims.get("azp", provider.client_id) != provider.client_id or (several and "azp" not in claims):
        raise Refused("broken", "made for another party")
    if not isinstance(claims["sub"], str) or not 0 < len(claims["sub"]) <= 255:
        raise Refused("broken", "no subject")
    return claims


def _check_times(claims: dict[str, Any], now: datetime) -> None:
    """Against our own clock, which the demo and the tests set."""
    moment = now.timestamp()
    times = [claims["exp"], claims["iat"], claims.get("nbf", moment)]
    if not all(isinstance(each, int | float) for each in times):
        raise Refused("broken", "a time that is no time")
    expires, made, not_before = times
    slack = LEEWAY.total_seconds()
    if expires + slack <= moment or not_before - slack > moment or made - slack > moment:
        raise Refused("broken", "not valid now")
    if made < moment - OLDEST.total_seconds():
        raise Refused("broken", "too old")


def _key(known: dict[str, Any], kid: object, family: str) -> Any:
    """The public key with this name; asked once more when the service changed its keys."""
    where = known.get("jwks_uri")
    if not isinstance(where, str):
        raise Refused("broken", "no keys")
    for anew in (False, True):
        for each in _kept(where, anew=anew).get("keys", []):
            fits = isinstance(each, dict) and each.get("kty") == family and each.get("use", "sig") == "sig"
            if fits and each.get("kid") == kid:
                return jwt.PyJWK(each).key
    raise Refused("broken", "an unknown key")
