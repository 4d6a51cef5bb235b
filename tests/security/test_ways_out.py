"""No address leads a visitor to somewhere else, and no key that somebody typed comes back on a page."""

from __future__ import annotations

import time

import pytest
from django.contrib.auth import SESSION_KEY
from django.test import RequestFactory
from django.utils.html import escape
from tests.security.test_every_address import Browsers
from tests.security.visits import ANONYMOUS, HALFWAY, visit
from tests.security.world import World

from noaber.hallway.access.middleware import unavailable
from noaber.hallway.ui.errors import csrf_failure

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


def test_four_thousand_words_come_back_whole_when_the_database_is_away() -> None:
    words = " ".join(f"woord{n} <b>&" for n in range(4000))
    request = RequestFactory().post("/gesprekken/x/verslag/?wijzig=1", {"body": words, "kind": ["a", "b"]})
    body = unavailable(request).content.decode()
    assert body.count(escape(words)) == 2, "once to read, once to send again"
    assert '<form method="post" action="/gesprekken/x/verslag/?wijzig=1">' in body
    assert 'name="kind" value="a"' in body
    assert 'name="kind" value="b"' in body


def test_quickly_away_works_also_without_a_database() -> None:
    away = unavailable(RequestFactory().get("/weg/"))
    assert (away.status_code, away.headers["Location"]) == (302, "https://www.knmi.nl")
    assert away.cookies["sessionid"].value == ""


def test_a_form_of_another_site_gets_its_words_not_handed_back() -> None:
    for site, back in (("cross-site", False), ("same-origin", True)):
        request = RequestFactory().post(
            "/mijn/", {"question": "Blijft staan"}, headers={"Sec-Fetch-Site": site}
        )
        assert (b"Blijft staan" in csrf_failure(request).content) is back


@pytest.mark.parametrize("asked", ["?until=9999999999", "?sessie=lang", "?taal=nl"])
def test_no_parameter_makes_a_session_longer(world: World, browsers: Browsers, asked: str) -> None:
    client = browsers.of("fatma")
    session = client.session
    session["until"] = int(time.time()) - 1
    session.save()
    assert client.get(f"/mijn/vraag/{asked}").status_code in {302, 303}
    assert SESSION_KEY not in client.session


def test_a_link_elsewhere_ends_nobodys_session(world: World, browsers: Browsers) -> None:
    client = browsers.of("fatma")
    assert client.get("/weg/", headers={"Sec-Fetch-Site": "cross-site"}).status_code == 302
    assert SESSION_KEY in client.session
    assert client.get("/weg/", headers={"Sec-Fetch-Site": "same-origin"}).headers["Clear-Site-Data"]
    assert SESSION_KEY not in client.session


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
