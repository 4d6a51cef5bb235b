"""Sixteen windows of one resident save the same step, or the same day of her diary, for the first time.

Each window is a client in a thread of its own, with its own database connection, and asks the page itself.
What was kept is asked of the stored rows as the owner of the tables.
"""

from __future__ import annotations

import threading
from collections import Counter
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import LiteralString

import psycopg
import pytest
from django.db import connection, transaction
from django.http import HttpResponse
from django.test import Client

from noaber.hallway import clock
from noaber.hallway.accounts.tests.signing import enter
from noaber.network.partners.factories import make_municipality, make_region
from noaber.network.residents.factories import make_help_request, make_resident
from noaber.network.residents.models import Resident
from noaber.offer.self_help.factories import TEXT, make_module
from noaber.offer.self_help.writing import read

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.slow]
WINDOWS = 16
BOUND_S = 30
STEP = "/mijn/zelfhulp/rustig-worden/stap/kijken/"
DIARY = "/mijn/zelfhulp/rustig-worden/dagboek/"
OPEN = read(TEXT)[0].steps[0].asked[1].key
DIARY_OPEN = read(TEXT)[0].diary[1].key


@pytest.fixture
def fatma() -> Resident:
    """A resident, and a module that she can see."""
    with transaction.atomic():
        region = make_region()
        resident = make_resident(make_municipality(region), "Fatma Yilmaz")
        make_help_request(resident)
        make_module(region)
    return resident


def window(resident: Resident) -> Client:
    """A browser in which she is signed in."""
    client = Client()
    assert resident.account is not None
    enter(client, resident.account)
    return client


def all_at_once(acts: list[Callable[[], HttpResponse]]) -> list[HttpResponse]:
    """Let each act go in a thread of its own, at the same moment."""
    gate = threading.Barrier(len(acts))

    def run(act: Callable[[], HttpResponse]) -> HttpResponse:
        gate.wait(timeout=BOUND_S)
        try:
            return act()
        finally:
            connection.close()

    with ThreadPoolExecutor(len(acts)) as pool:
        return list(pool.map(run, acts, timeout=BOUND_S))


def posts(client: Client, where: str, body: dict[str, str]) -> Callable[[], HttpResponse]:
    """This window sends this form, as it was before anything was kept."""
    return lambda: client.post(where, {**body, "gezien": ""})


def rows(owner: psycopg.Connection, query: LiteralString) -> int:
    """What a question of our own says, over every row: these tables hide them from their owner too."""
    owner.execute("SELECT set_config('app.scope', 'system', false)")
    found = owner.execute(query).fetchone()
    assert found is not None
    return int(found[0])


@pytest.mark.parametrize(
    ("where", "key", "table"),
    [(STEP, OPEN, "self_help_stepwork"), (DIARY, DIARY_OPEN, "self_help_diaryentry")],
)
def test_one_is_kept_and_each_other_gets_both_texts_back(
    fatma: Resident, owner_connection: psycopg.Connection, where: str, key: str, table: str
) -> None:
    texts = [f"venster nummer {n}." for n in range(WINDOWS)]
    day = {"dag": clock.today().isoformat()} if where == DIARY else {}
    windows = [window(fatma) for _text in texts]
    answers = all_at_once(
        [posts(client, where, {**day, key: text}) for client, text in zip(windows, texts, strict=True)]
    )
    assert Counter(answer.status_code for answer in answers) == {302: 1, 409: WINDOWS - 1}
    assert rows(owner_connection, f"SELECT count(*) FROM {table}") == 1  # noqa: S608  # a table of this file
    first = next(text for text, answer in zip(texts, answers, strict=True) if answer.status_code == 302)
    for text, answer in zip(texts, answers, strict=True):
        if answer.status_code == 409:
            page = answer.content.decode()
            assert text in page
            assert first in page
    assert first in windows[0].get(where).content.decode()


def test_the_same_text_twice_at_once_is_kept_once_and_nobody_is_bothered(
    fatma: Resident, owner_connection: psycopg.Connection
) -> None:
    one = window(fatma)
    cookies = one.cookies
    windows = [one, Client()]
    windows[1].cookies = cookies
    answers = all_at_once([posts(client, STEP, {OPEN: "twee keer gedrukt"}) for client in windows])
    assert {answer.status_code for answer in answers} == {302}
    assert rows(owner_connection, "SELECT count(*) FROM self_help_stepwork") == 1
