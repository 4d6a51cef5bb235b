"""Typed work comes back to whoever typed it, and to nobody else."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from uuid import uuid4

import pytest
from django.db import connection

from noaber.hallway.access import gate
from noaber.hallway.access.types import Actor
from noaber.hallway.accounts.services import open_account
from noaber.hallway.drafts import services
from noaber.hallway.drafts.models import Draft

NOW = datetime(2027, 7, 1, 9, 0, tzinfo=UTC)
REPORT = (("body", ("Een lang verslag. " * 700,)), ("steps", ("a", "b")))

pytestmark = pytest.mark.django_db


def someone(name: str = "Sanne Bakker"):  # type: ignore[no-untyped-def]
    account = open_account(name=name, now=NOW)
    gate.tell_database(Actor(account_id=account))
    return account


def test_words_come_back_to_the_same_account_in_the_same_browser() -> None:
    sanne = someone()
    assert services.keep(sanne, browser="laptop", page="/verslag/", fields=REPORT, now=NOW)
    found = services.kept(sanne, browser="laptop", page="/verslag/", now=NOW)
    assert found is not None
    assert found.fields == REPORT
    assert found.of("steps") == ("a", "b")
    assert found.texts == [REPORT[0][1][0]]


@pytest.mark.parametrize(
    ("browser", "page"), [("phone", "/verslag/"), ("laptop", "/ander/"), ("", "/verslag/")]
)
def test_another_browser_or_page_finds_nothing(browser: str, page: str) -> None:
    sanne = someone()
    services.keep(sanne, browser="laptop", page="/verslag/", fields=REPORT, now=NOW)
    assert services.kept(sanne, browser=browser, page=page, now=NOW) is None


def test_another_account_on_the_same_computer_finds_nothing_also_in_plain_sql() -> None:
    sanne = someone()
    services.keep(sanne, browser="laptop", page="/verslag/", fields=REPORT, now=NOW)
    tineke = someone("Tineke")
    assert services.kept(tineke, browser="laptop", page="/verslag/", now=NOW) is None
    assert services.kept(sanne, browser="laptop", page="/verslag/", now=NOW) is None, "the second lock"
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM drafts_draft")
        assert cursor.fetchone() == (0,)


def test_nobody_reads_them_in_the_table() -> None:
    sanne = someone()
    services.keep(sanne, browser="laptop", page="/verslag/", fields=REPORT, now=NOW)
    with connection.cursor() as cursor:
        cursor.execute("SELECT words, browser FROM drafts_draft")
        words, browser = cursor.fetchone()
    assert "verslag" not in words
    assert browser != "laptop"


def test_after_a_day_it_is_gone() -> None:
    sanne = someone()
    services.keep(sanne, browser="laptop", page="/verslag/", fields=REPORT, now=NOW)
    later = NOW + services.KEPT_FOR
    assert services.kept(sanne, browser="laptop", page="/verslag/", now=later) is None
    assert services.remove_old(now=later - timedelta(seconds=1)) == 0
    assert services.remove_old(now=later) == 1


def test_the_last_of_a_page_counts_and_sending_removes_it() -> None:
    sanne = someone()
    for words in ("eerst", "later"):
        services.keep(sanne, browser="b", page="/p/", fields=(("body", (words,)),), now=NOW)
    found = services.kept(sanne, browser="b", page="/p/", now=NOW)
    assert found is not None
    assert found.of("body") == ("later",)
    services.sent(sanne, pages=["/q/", "/p/"])
    assert not Draft.objects.exists()


def test_too_much_or_nothing_is_not_kept() -> None:
    sanne = someone()
    assert not services.keep(sanne, browser="b", page="/p/", fields=(), now=NOW)
    flood = (("body", ("x" * (services.MOST_LETTERS + 1),)),)
    assert not services.keep(sanne, browser="b", page="/p/", fields=flood, now=NOW)


def test_an_account_that_is_not_there_keeps_nothing() -> None:
    assert not services.keep(uuid4(), browser="b", page="/p/", fields=REPORT, now=NOW)
