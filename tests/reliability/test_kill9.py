"""kill -9, again and again, while people write: whatever was confirmed is there, and nothing happens twice.

NOABER_KILLS says how often: twenty times when it is not set. Fifty takes about two minutes on two free cores.
"""

from __future__ import annotations

import itertools
import json
import os
import threading
import time
import urllib.error
import urllib.parse
import urllib.request
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest
from tests.reliability.house import House
from tests.reliability.mailserver import CountingServer

pytestmark = pytest.mark.slow

KILLS = int(os.environ.get("NOABER_KILLS", "20"))
KINDS = (
    ("app",),
    ("worker",),
    ("postgres",),
    ("app", "postgres"),
    ("supervisor",),
    ("worker supervisor",),
    ("app", "worker", "postgres"),
    ("postgres", "supervisor", "worker supervisor"),
)
WRITERS = 2
PAUSE_SECONDS = 0.1
DRAIN_SECONDS = 120
SCRIPT = Path(__file__).with_name("in_the_house.py")
TOKEN = "k" * 32


class NoRedirect(urllib.request.HTTPRedirectHandler):
    """The confirmation is the redirect itself."""

    def redirect_request(self, *_: Any, **__: Any) -> None:
        """Do not follow."""


@dataclass(slots=True)
class Writer:
    """Refers one made-up person after the other; keeps at it with the same key until it is confirmed."""

    number: int
    house: House
    session: str
    municipality: str
    confirmed: dict[str, str] = field(default_factory=dict)
    tried: int = 0
    answers: list[int] = field(default_factory=list)
    stop: threading.Event = field(default_factory=threading.Event)

    def work(self) -> None:
        """Until `stop`; the last one that was begun is finished as well."""
        for turn in itertools.count():
            key = f"{self.number}-{turn:05d}"
            while key not in self.confirmed:
                self.tried += 1
                answer = self._refer(key)
                if answer:
                    self.confirmed[key] = answer
                elif self.stop.is_set():
                    return
                time.sleep(PAUSE_SECONDS)
            if self.stop.is_set():
                return

    def _refer(self, key: str) -> str:
        """The id of the referral, when the server confirmed it."""
        form = {
            "csrfmiddlewaretoken": TOKEN,
            "name": f"Proef {key}",
            "phone": "06 00 00 01 23",
            "question": "Slaapt slecht sinds de verhuizing.",
            "consent": "on",
            "municipality": self.municipality,
            "language": "nl",
            "once_key": key,
        }
        request = urllib.request.Request(  # noqa: S310  # our own server
            f"{self.house.address}/verwijzen/",
            data=urllib.parse.urlencode(form).encode(),
            headers={"Cookie": f"sessionid={self.session}; csrftoken={TOKEN}"},
        )
        try:
            with urllib.request.build_opener(NoRedirect).open(request, timeout=20):
                raise AssertionError("a referral is confirmed with a redirect")
        except urllib.error.HTTPError as answer:
            if answer.code in {302, 303}:
                return str(answer.headers["Location"]).split("/")[2]
            self.answers.append(answer.code)
        except OSError:
            self.answers.append(0)
        return ""


@dataclass(slots=True)
class Aftermath:
    """What came of it."""

    confirmed: dict[str, str]
    tried: int
    answers: list[int]
    slowest: float
    mails: dict[str, int]
    found: dict[str, Any]
    written: str


@pytest.fixture(scope="module")
def after() -> Iterator[Aftermath]:
    with CountingServer() as mail, House({"NOABER_MAIL_URL": mail.url}) as house:
        seeded = json.loads(house.run(SCRIPT, "seed"))
        house.start("serve")
        house.start("worker")
        assert house.is_back(), "the first start"
        writers = [Writer(n, house, seeded["session"], seeded["municipality"]) for n in range(WRITERS)]
        threads = [threading.Thread(target=writer.work) for writer in writers]
        for thread in threads:
            thread.start()
        slowest = 0.0
        try:
            for turn in range(KILLS):
                time.sleep(0.2 + 0.13 * (turn % 5))
                began = time.monotonic()
                house.kill(*KINDS[turn % len(KINDS)])
                assert house.is_back(), f"kill {turn}: {KINDS[turn % len(KINDS)]}\n{house.said()}"
                slowest = max(slowest, time.monotonic() - began)
        finally:
            for writer in writers:
                writer.stop.set()
            for thread in threads:
                thread.join(60)
        found = drained(house)
        yield Aftermath(
            confirmed={key: pk for writer in writers for key, pk in writer.confirmed.items()},
            tried=sum(writer.tried for writer in writers),
            answers=[code for writer in writers for code in writer.answers],
            slowest=slowest,
            mails=dict(mail.arrived),
            found=found,
            written=house.written(),
        )


def drained(house: House) -> dict[str, Any]:
    """What is in the database once everything was told and sent."""
    deadline = time.monotonic() + DRAIN_SECONDS
    while True:
        house.run(SCRIPT, "sweep")
        time.sleep(1)
        found: dict[str, Any] = json.loads(house.run(SCRIPT, "look"))
        if (found["undelivered"], found["unsent"]) == (0, 0) or time.monotonic() > deadline:
            return found


def test_every_confirmed_referral_is_there(after: Aftermath) -> None:
    assert len(after.confirmed) > KILLS
    found = {key: row["id"] for key, row in after.found["referrals"].items()}
    assert {key: found.get(key) for key in after.confirmed} == after.confirmed


def test_each_was_written_whole_and_once(after: Aftermath) -> None:
    rows = after.found["referrals"]
    assert after.found["threads"] == len(rows)
    assert {key for key, row in rows.items() if row["name"] != f"Proef {key}"} == set()
    assert {tuple(row["parts"]) for row in rows.values()} == {("planner", "referrer")}
    assert {(row["logged"], row["told"]) for row in rows.values()} == {(1, True)}


def test_each_event_was_told_once_in_effect(after: Aftermath) -> None:
    assert after.found["undelivered"] == 0
    assert after.found["events"] == len(after.found["referrals"])
    assert after.found["handled_twice"] == 0
    assert {row["messages"] for row in after.found["referrals"].values()} == {1}


def test_each_mail_arrived_and_a_second_copy_has_the_same_name(after: Aftermath) -> None:
    assert after.found["unsent"] == 0
    assert set(after.mails) == set(after.found["message_ids"])


def test_who_was_not_confirmed_was_told_so_politely(after: Aftermath) -> None:
    blamed = {code: n for code, n in Counter(after.answers).items() if code not in {0, 500, 502, 503}}
    assert blamed == {}, "no answer at all, or a page that says try again"


def test_neither_web_server_nor_worker_nor_database_wrote_down_who_it_was(after: Aftermath) -> None:
    """Also not in what they wrote while they were killed and came back."""
    assert len(after.written) > 1000
    for word in ("Proef ", "0600000123", "06 00 00 01 23", "Slaapt slecht", "verhuizing"):
        assert word not in after.written


def test_the_house_came_back_by_itself_each_time(after: Aftermath) -> None:
    copies = sum(after.mails.values()) - len(after.mails)
    print(
        f"\n{KILLS} kills, {len(after.confirmed)} confirmed of {after.tried} tries, "
        f"not confirmed: {dict(Counter(after.answers))}, slowest return {after.slowest:.1f} s, "
        f"{len(after.mails)} mails, {copies} second copies"
    )
    assert after.slowest < 60
