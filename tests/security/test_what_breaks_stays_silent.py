"""When something breaks, neither the page nor the log tells anything of anybody."""

from __future__ import annotations

import logging

import pytest
from django.db import DatabaseError, IntegrityError, connection, transaction
from django.template.backends.django import Template
from django.test.client import ClientHandler
from tests.security import canaries, oracle
from tests.security.test_every_address import Browsers, body_with_ids_of, targets
from tests.security.visits import ANONYMOUS, captured_log, visit
from tests.security.world import World

from noaber.hallway.holdings import copying

EVERYTHING = " ".join(canary.word for canary in canaries.ALL)
CALM = {"500.html", "503.html", "ui/standalone.html"}
PAGES = sorted(name for name, e in oracle.EXPECTED.items() if not e.post_only)


@pytest.fixture(scope="module")
def browsers(standing_world: World) -> Browsers:
    return Browsers(standing_world)


def break_every_page(monkeypatch: pytest.MonkeyPatch, failure: type[Exception] = ValueError) -> None:
    """Every template, and her copy as a file, fails with all planted words in message, cause and locals."""
    whole = Template.render

    def fails(self: Template, context: object = None, request: object = None) -> str:
        if self.template.name in CALM:
            return str(whole(self, context, request))
        return fail()

    def fail(_copy: object = None) -> str:
        words = EVERYTHING
        broken = failure(words)
        broken.add_note(words)
        raise broken from LookupError(words)

    monkeypatch.setattr(Template, "render", fails)
    monkeypatch.setattr(copying, "as_json", fail)


@pytest.mark.parametrize("name", PAGES)
def test_a_broken_page_shows_a_reference_and_nothing_else(
    world: World, browsers: Browsers, name: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    break_every_page(monkeypatch)
    for person, path in targets(world, name):
        if person not in {None, "fatma", "dora"}:
            continue
        for who in ("noor", "ilse", "sanne", "tineke", "joris", "petra", "dirk", "olga", "fatma"):
            if not oracle.EXPECTED[name].may_open(who, person):
                continue
            for method, data in (("GET", {"zoek": EVERYTHING}), ("POST", {"body": EVERYTHING})):
                seen = visit(browsers.of(who), method, path, data)
                where = f"{who} {method} {name}: {seen.status}"
                assert canaries.found_in(seen.log) == frozenset(), where
                assert canaries.found_in(seen.body) == frozenset(), where
                if seen.status == 500:
                    assert b"Er ging iets mis bij ons" in seen.body, where


def test_every_page_was_really_broken(
    world: World, browsers: Browsers, monkeypatch: pytest.MonkeyPatch
) -> None:
    break_every_page(monkeypatch)
    seen = visit(
        browsers.of("ilse"), "GET", f"/planbord/{world.cases['dora'].help_request_id}/?zoek=kzqfatma"
    )
    assert seen.status == 500
    assert "traceback of" in seen.log
    reference = seen.log.split("reference ")[1].split(" ")[0]
    assert reference.encode() in seen.body


@pytest.mark.parametrize("failure", [IntegrityError, DatabaseError, UnicodeError, RuntimeError, KeyError])
def test_no_kind_of_failure_tells_its_values(
    world: World, browsers: Browsers, monkeypatch: pytest.MonkeyPatch, failure: type[Exception]
) -> None:
    break_every_page(monkeypatch, failure)
    seen = visit(browsers.of("noor"), "GET", "/mijn-verwijzingen/")
    assert seen.status == 500
    assert canaries.found_in(seen.log, seen.body) == frozenset()


def test_a_broken_rule_of_the_database_is_logged_without_the_values(world: World) -> None:
    word = canaries.word("fatma", "question")
    insert = (
        "INSERT INTO outbox_outboxevent (id, name, payload, occurred_at, attempts, last_failure) "
        "VALUES ('00000000-0000-0000-0000-000000000001', %s, '{}', now(), 0, '')"
    )
    log = logging.getLogger("noaber.proof")
    with captured_log() as text:
        for bad in ((insert, [word * 20]), ("SELECT %s::uuid", [word]), ("SELECT %s::int", [word])):
            try:
                with transaction.atomic(), connection.cursor() as cursor:
                    cursor.execute(*bad)
            except DatabaseError as failure:
                log.error("%s", failure)  # noqa: TRY400  # the careless way is what must be safe
                log.exception("it failed")
    assert "it failed" in text.getvalue()
    assert canaries.found_in(text.getvalue()) == frozenset()


def test_an_exception_of_its_own_kind_and_a_group_stay_silent(world: World) -> None:
    class Peculiar(Exception):
        def __init__(self, one: str, two: str) -> None:
            super().__init__(one, two)

    log = logging.getLogger("noaber.proof")
    with captured_log() as text:
        for failure in (Peculiar(EVERYTHING, "x"), ExceptionGroup(EVERYTHING, [ValueError(EVERYTHING)])):
            log.error("it failed", exc_info=failure)
    assert "it failed" in text.getvalue()
    assert canaries.found_in(text.getvalue()) == frozenset()


@pytest.mark.parametrize("path", ["/planbord/", "/nergens/", "/verwijzen/", "/inloggen/", "/mijn/"])
def test_what_was_asked_and_typed_is_never_logged(world: World, browsers: Browsers, path: str) -> None:
    form = {
        **body_with_ids_of(world, "fatma"),
        "name": EVERYTHING,
        "question": EVERYTHING,
        "login": EVERYTHING,
    }
    for who in (ANONYMOUS, "noor", "ilse", "fatma"):
        for method, address in (("GET", f"{path}?zoek={canaries.word('fatma', 'name')}"), ("POST", path)):
            with captured_log() as text:
                visit(browsers.of(who), method, address, form if method == "POST" else None)
            assert canaries.found_in(text.getvalue()) == frozenset()


def test_a_form_from_elsewhere_is_refused_without_a_word(world: World, browsers: Browsers) -> None:
    client = browsers.of("ilse")
    client.handler = ClientHandler(enforce_csrf_checks=True)
    path = f"/planbord/{world.cases['dora'].help_request_id}/"
    seen = visit(client, "POST", path, body_with_ids_of(world, "dora"), compare=browsers.at_rest)
    assert seen.status == 403
    assert seen.changed == frozenset()
    assert seen.shown == frozenset()
    assert canaries.found_in(seen.log) == frozenset()
