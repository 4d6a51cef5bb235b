"""A sign-in service of our own for the tests: a real server with real keys, that can be told to lie."""

from __future__ import annotations

import base64
import json
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from secrets import token_urlsafe
from typing import Any
from urllib.parse import parse_qs, urlsplit

import jwt
from cryptography.hazmat.primitives.asymmetric import rsa

from noaber.doors.identity.protocol import challenge

CLIENT, SECRET = "noaber", "geheim van de test"
SUBSTANTIAL = "http://eidas.europa.eu/LoA/substantial"
LOW = "http://eidas.europa.eu/LoA/low"
BSN = "111222333"


@dataclass(slots=True)
class MockProvider:
    """What it says, and what it was asked. `claims` overrules what an honest service would say."""

    issuer: str = ""
    now: float = field(default_factory=time.time)
    key: rsa.RSAPrivateKey = field(
        default_factory=lambda: rsa.generate_private_key(public_exponent=65537, key_size=2048)
    )
    kid: str = "sleutel-1"
    claims: dict[str, Any] = field(default_factory=dict)
    leave_out: set[str] = field(default_factory=set)
    forge: Any = None
    codes: dict[str, dict[str, str]] = field(default_factory=dict)
    said_issuer: str = ""
    redirects: bool = False

    def authorize(self, location: str, subject: str = "paarsgewijs-1") -> dict[str, str]:
        """What the browser would bring back after she signed in there."""
        asked = {name: values[0] for name, values in parse_qs(urlsplit(location).query).items()}
        assert asked["response_type"] == "code"
        assert asked["code_challenge_method"] == "S256"
        assert "bsn" not in location
        code = token_urlsafe(16)
        self.codes[code] = {**asked, "sub": subject}
        return {"code": code, "state": asked["state"], "iss": self.issuer}

    def configuration(self) -> dict[str, Any]:
        """The discovery document."""
        return {
            "issuer": self.said_issuer or self.issuer,
            "authorization_endpoint": f"{self.issuer}/aanmelden",
            "token_endpoint": f"{self.issuer}/token",
            "jwks_uri": f"{self.issuer}/sleutels",
        }

    def keys(self) -> dict[str, Any]:
        """The public keys."""
        public = json.loads(jwt.algorithms.RSAAlgorithm.to_jwk(self.key.public_key()))
        return {"keys": [{**public, "kid": self.kid, "use": "sig", "alg": "RS256"}]}

    def token(self, asked: dict[str, list[str]], basic: str) -> dict[str, Any] | None:
        """The answer of the token endpoint; a code counts once, with its own verifier and address."""
        given = {name: values[0] for name, values in asked.items()}
        known = self.codes.pop(given.get("code", ""), None)
        pair = base64.b64decode(basic.removeprefix("Basic ")).decode()
        if known is None or pair != f"{CLIENT}:{SECRET}":
            return None
        if challenge(given["code_verifier"]) != known["code_challenge"]:
            return None
        if given["redirect_uri"] != known["redirect_uri"]:
            return None
        claims = {
            "iss": self.issuer,
            "sub": known["sub"],
            "aud": CLIENT,
            "exp": self.now + 300,
            "iat": self.now,
            "nonce": known["nonce"],
            "acr": SUBSTANTIAL,
            "bsn": BSN,
            "name": "Fatma Yilmaz",
            **self.claims,
        }
        claims = {name: value for name, value in claims.items() if name not in self.leave_out}
        forged = self.forge or (lambda c: jwt.encode(c, self.key, "RS256", headers={"kid": self.kid}))
        return {"id_token": forged(claims), "access_token": "x", "token_type": "Bearer"}


def _handler(provider: MockProvider) -> type[BaseHTTPRequestHandler]:
    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:  # the name the server calls
            if provider.redirects:
                self.send_response(302)
                self.send_header("Location", f"{provider.issuer}/elders")
                self.end_headers()
                return
            known = {
                "/.well-known/openid-configuration": provider.configuration,
                "/sleutels": provider.keys,
            }.get(self.path)
            self._say(known() if known else None)

        def do_POST(self) -> None:  # the name the server calls
            body = self.rfile.read(int(self.headers["Content-Length"])).decode()
            self._say(provider.token(parse_qs(body), self.headers.get("Authorization", "")))

        def _say(self, words: dict[str, Any] | None) -> None:
            body = json.dumps(words or {"error": "invalid_grant"}).encode()
            self.send_response(200 if words else 400)
            self.send_header("Content-Type", "application/json")
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *_args: Any) -> None:
            """Silent."""

    return Handler


@contextmanager
def running(provider: MockProvider) -> Iterator[MockProvider]:
    """The service on a port of this machine."""
    server = ThreadingHTTPServer(("127.0.0.1", 0), _handler(provider))
    provider.issuer = f"http://127.0.0.1:{server.server_address[1]}"
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True)
    thread.start()
    try:
        yield provider
    finally:
        server.shutdown()
        server.server_close()
