"""Whoever sees something of a resident stands in her log, in the same transaction; and nobody else does."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from uuid import UUID

import psycopg
import pytest
from django.db import connection
from django.urls import reverse
from tests.security import canaries, oracle, unpacked
from tests.security.test_every_address import (
    LOOSE,
    SIGNED_IN,
    Browsers,
    about_residents,
    body_with_ids_of,
    targets,
    values,
)
from tests.security.visits import Visit, visit
from tests.security.world import World

from noaber.hallway.audit.models import AuditEntry

SHOWING = sorted(name for name, e in oracle.EXPECTED.items() if e.whom and not e.post_only)
"""Pages about residents, of whichever room: a new one in the oracle is looked at here by itself."""

WITH_WHOM = sorted(name for name, e in oracle.EXPECTED.items() if e.whom)


@pytest.fixture(scope="module")
def browsers(standing_world: World) -> Browsers:
    return Browsers(standing_world)


def shown_people(seen: Visit, world: World) -> set[str]:
    """Of whom a word, a number or an id stands in the answer, also inside a file that is packed."""
    inside = canaries.found_in(*unpacked.texts_in(seen.body))
    return {found.split(".")[0] for found in about_residents(seen.shown | inside | seen.traces(world))}


def mailed_people(seen: Visit) -> set[str]:
    """Of whom a word stands in a mail or its appendix; the address on the envelope is hers to be reached."""
    found = canaries.found_in(*(text for mail in seen.mails for text in (mail, *unpacked.texts_in(mail))))
    return {each.split(".")[0] for each in about_residents(found) if not each.endswith(".mail")}


def logged_people(seen: Visit, world: World) -> set[str]:
    """Who finds a line about this visit in her log."""
    names = {case.resident_id: name for name, case in world.cases.items()}
    return {names[line.resident_id] for line in seen.lines if line.resident_id is not None}


def check_lines(seen: Visit, world: World, person: str | None, who: str, where: str) -> None:
    """Whoever shows stands in the log, and nobody else but whom the act was about."""
    shown, logged = shown_people(seen, world), logged_people(seen, world)
    assert shown <= logged, where
    assert mailed_people(seen) <= logged, where
    if seen.status == 200:
        assert logged <= shown | {person, who}, where


def check_words(seen: Visit, account_id: UUID, where: str) -> None:
    """Each line names who looked, at which part and why, in words that she can read."""
    for line in seen.lines:
        if line.resident_id is not None:
            assert line.account_id == account_id, where
            assert line.purpose not in {"", "onbekend"}, where
            assert line.part, where


@pytest.mark.parametrize("name", WITH_WHOM)
def test_every_answer_that_shows_someone_is_in_her_log(world: World, browsers: Browsers, name: str) -> None:
    """Pages, files, refusals and where a form sends on to; read and sent, whatever the status is."""
    expected = oracle.EXPECTED[name]
    for person, path in targets(world, name):
        for who in SIGNED_IN:
            if not expected.may_open(who, person):
                continue
            body = body_with_ids_of(world, person or "mila")
            for method, data in (("GET", {}), ("POST", {}), ("POST", body)):
                seen = visit(browsers.of(who), method, path, data)
                where = f"{who} {method} {name} about {person}: {seen.status}"
                check_lines(seen, world, person, who, where)
                check_words(seen, browsers.account(who).pk, where)


@pytest.mark.parametrize("name", [n for n in LOOSE if n not in WITH_WHOM])
def test_a_page_about_nobody_writes_in_nobody_s_log(world: World, browsers: Browsers, name: str) -> None:
    path = reverse(name, kwargs=values(world, name, None))
    for who in ("noor", "sanne", "ilse", "petra", "fatma"):
        for method in ("GET", "POST"):
            seen = visit(browsers.of(who), method, path)
            where = f"{who} {method} {name}: {seen.status}"
            check_lines(seen, world, None, who, where)
            assert logged_people(seen, world) <= {who}, where


def test_a_word_in_a_packed_file_would_be_seen() -> None:
    word = canaries.word("fatma", "question").encode()
    for packed in unpacked.packings(b"..." + word + b"..."):
        assert word not in packed
        assert "fatma.question" in canaries.found_in(*unpacked.texts_in(packed))


@pytest.mark.parametrize("who", ["piet", "karel", "tineke", "joris", "fatma"])
def test_a_refused_visit_leaves_no_line_in_anybody_s_log(world: World, browsers: Browsers, who: str) -> None:
    for name in SHOWING:
        for person, path in targets(world, name):
            if not oracle.EXPECTED[name].may_open(who, person):
                seen = visit(browsers.of(who), "GET", path)
                assert logged_people(seen, world) == set(), f"{who} {name} about {person}"
                assert {line.result for line in seen.lines} <= {AuditEntry.Result.REFUSED}


@contextmanager
def a_log_that_takes_nothing(owner: psycopg.Connection) -> Iterator[None]:
    """The application's role may not add to the log for a moment."""
    owner.execute("REVOKE INSERT ON audit_auditentry FROM noaber_app")
    try:
        yield
    finally:
        owner.execute("GRANT INSERT ON audit_auditentry TO noaber_app")


@pytest.mark.parametrize("name", SHOWING)
def test_without_a_line_in_the_log_there_is_no_page(
    world: World, browsers: Browsers, name: str, owner_connection: psycopg.Connection
) -> None:
    expected = oracle.EXPECTED[name]
    for person, path in targets(world, name):
        for who in ("noor", "ilse", "sanne", "fatma"):
            if not expected.may_open(who, person):
                continue
            normal = visit(browsers.of(who), "GET", path)
            with a_log_that_takes_nothing(owner_connection):
                seen = visit(browsers.of(who), "GET", path)
            where = f"{who} {name} about {person}: {seen.status}"
            if normal.lines:
                assert seen.status in {500, 503}, where
            assert about_residents(seen.shown) == frozenset() or not normal.lines, where
            assert canaries.found_in(seen.log) == frozenset(), where


def test_a_denial_that_cannot_be_logged_shows_nothing_either(
    world: World, browsers: Browsers, owner_connection: psycopg.Connection
) -> None:
    with a_log_that_takes_nothing(owner_connection):
        seen = visit(browsers.of("piet"), "GET", "/planbord/")
    assert seen.status in {404, 500, 503}
    assert seen.shown == frozenset()


def test_the_line_and_the_page_share_one_transaction(world: World, browsers: Browsers) -> None:
    transactions = set()

    def remember(execute, sql, params, many, context):  # type: ignore[no-untyped-def]
        result = execute(sql, params, many, context)
        if "residents_helprequest" in sql or "audit_auditentry" in sql:
            with context["connection"].wrap_database_errors, connection.connection.cursor() as cursor:
                cursor.execute("SELECT pg_current_xact_id_if_assigned()::text, txid_current()")
                transactions.add(cursor.fetchone()[1])
        return result

    with connection.execute_wrapper(remember):
        visit(browsers.of("ilse"), "GET", f"/planbord/{world.cases['dora'].help_request_id}/")
    assert len(transactions) == 1
