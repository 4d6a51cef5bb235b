"""No address leads a visitor to somewhere else, and no key that somebody typed comes back on a page."""

from __future__ import annotations

import pytest
from django.test import RequestFactory
from tests.security.test_every_address import Browsers
from tests.security.visits import ANONYMOUS, HALFWAY, visit
from tests.security.world import World

from noaber.hallway.access.middleware import unavailable

ELSEWHERE = (
    *("https://elders.example/", "//elders.example", "/\\elders.example", "///elders.example"),
    *("javascript:alert(1)", "http:elders.example", "\thttps://elders.example", "https:/elders.example"),
)
ENTRANCES = (
    "/inloggen/",
    "/verder/",
    "/tweede-stap/",
    "/mijn/",
    "/account/bevestig/",
    "/uitloggen/",
    "/demo/inloggen/",
)


@pytest.fixture(scope="module")
def browsers(standing_world: World) -> Browsers:
    return Browsers(standing_world)


@pytest.mark.parametrize("where", ELSEWHERE)
def test_next_never_leads_out_of_the_house(world: World, browsers: Browsers, where: str) -> None:
    for path in ENTRANCES:
        for who in (ANONYMOUS, HALFWAY, "sanne", "fatma"):
            for method, data in (("GET", {"next": where}), ("POST", {"next": where})):
                seen = visit(browsers.of(who), method, path, data)
                target = seen.location
                assert not target or target.startswith("/"), f"{who} {method} {path}: {target}"
                assert not target.startswith(("//", "/\\")), f"{who} {method} {path}: {target}"


@pytest.mark.parametrize(
    ("field", "typed"),
    [("pin", "4711"), ("code", "AB12-CD34"), ("password1", "een lange zin")],
)
def test_what_opens_a_door_is_not_handed_back(field: str, typed: str) -> None:
    request = RequestFactory().post("/mijn/", {field: typed, "question": "Blijft staan"})
    body = unavailable(request).content.decode()
    assert "Blijft staan" in body
    assert typed not in body


def test_the_key_of_a_form_goes_along_unseen_so_that_sending_again_stays_one_act() -> None:
    request = RequestFactory().post("/mijn/", {"once_key": "0f0f0f", "question": "Blijft staan"})
    body = unavailable(request).content.decode()
    assert body.count("0f0f0f") == 1
    assert '<input type="hidden" name="once_key" value="0f0f0f">' in body


@pytest.mark.parametrize("path", ["/mijn/vraag/", "/planbord/", "/gesprekken/", "/mijn-verwijzingen/"])
def test_a_private_page_is_kept_by_no_cache(world: World, browsers: Browsers, path: str) -> None:
    who = {"/mijn/vraag/": "fatma", "/planbord/": "ilse", "/gesprekken/": "sanne"}.get(path, "noor")
    seen = visit(browsers.of(who), "GET", path)
    assert seen.status == 200
    assert "no-store" in seen.headers["Cache-Control"]
    assert seen.headers["Referrer-Policy"] in {"no-referrer", "same-origin"}
    assert seen.headers["X-Frame-Options"] == "DENY"
    policy = seen.headers["Content-Security-Policy"]
    assert "unsafe" not in policy
    assert "default-src 'none'" in policy


def test_the_session_cookie_is_out_of_reach_of_scripts_and_other_sites(settings: object) -> None:
    assert settings.SESSION_COOKIE_HTTPONLY is True  # type: ignore[attr-defined]
    assert settings.SESSION_COOKIE_SAMESITE == "Lax"  # type: ignore[attr-defined]
