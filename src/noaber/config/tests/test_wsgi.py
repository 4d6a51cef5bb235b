"""Whom the house believes about where a visitor comes from."""

from __future__ import annotations

import importlib
from collections.abc import Callable
from typing import Any

import pytest

from noaber.config import wsgi

Seen = dict[str, Any]


def seen_behind(monkeypatch: pytest.MonkeyPatch, trusted: str) -> Callable[[str, str], str]:
    """What the application sees of a request, with these proxies trusted."""

    def inner(environ: Seen, _start: object) -> list[bytes]:
        return [repr((environ["REMOTE_ADDR"], environ["wsgi.url_scheme"])).encode()]

    monkeypatch.setenv("NOABER_TRUSTED_PROXIES", trusted)
    monkeypatch.setattr("django.core.wsgi.get_wsgi_application", lambda: inner)
    application: Any = importlib.reload(wsgi).application

    def ask(caller: str, forwarded_for: str) -> str:
        environ = {
            "REMOTE_ADDR": caller,
            "HTTP_X_FORWARDED_FOR": forwarded_for,
            "HTTP_X_FORWARDED_PROTO": "https",
            "wsgi.url_scheme": "http",
        }
        return str(application(environ, lambda *_: None)[0], "ascii")

    return ask


@pytest.fixture(autouse=True)
def the_real_application_again() -> Any:
    yield
    importlib.reload(wsgi)


def test_a_trusted_proxy_tells_who_the_visitor_is_and_that_it_was_https(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    ask = seen_behind(monkeypatch, "10.0.0.5")
    assert ask("10.0.0.5", "203.0.113.7") == "('203.0.113.7', 'https')"


def test_anyone_else_who_claims_another_address_is_not_believed(monkeypatch: pytest.MonkeyPatch) -> None:
    ask = seen_behind(monkeypatch, "10.0.0.5")
    assert ask("198.51.100.9", "203.0.113.7") == "('198.51.100.9', 'http')"


def test_an_address_that_a_visitor_put_in_front_is_not_believed(monkeypatch: pytest.MonkeyPatch) -> None:
    ask = seen_behind(monkeypatch, "10.0.0.5")
    assert ask("10.0.0.5", "127.0.0.1, 203.0.113.7") == "('203.0.113.7', 'https')"


def test_without_trusted_proxies_nobody_is_believed(monkeypatch: pytest.MonkeyPatch) -> None:
    ask = seen_behind(monkeypatch, "")
    assert ask("127.0.0.1", "203.0.113.7") == "('127.0.0.1', 'http')"
