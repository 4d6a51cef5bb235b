"""She shares, objects, withdraws and takes back while others read, send, release and take over.

Two threads with connections of their own, against PostgreSQL itself. One of them may stop halfway, with its
transaction open, while the other goes on: there a look and a decision could pass each other. Never may
something reach anyone after the commit of an objection or of the end of a consent; nor may someone be kept
from what she allows. A restore of an older backup is one of the steps.

NOABER_STEPS sets how many acts there are at least; the full count is 10,000.
"""

from __future__ import annotations

import os
import threading
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor

import psycopg
import pytest
from django.db import connection, transaction
from hypothesis import HealthCheck, Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, rule, run_state_machine_as_test
from pytest_django import Settings
from tests.reliability.decisions import House, Step
from tests.reliability.decisions_cast import living, make_house, objections_in_the_house

from noaber.ground.errors import NoaberError
from noaber.hallway.post import services as post

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.slow]

STEPS = int(os.environ.get("NOABER_STEPS", "300"))
HALFWAY_S = 0.015
QUIET_EVERY = 3
"""After this many acts everyone looks once while all is quiet: showing too little fails as well."""
BOUND_S = 20
ACTS = (
    *("share", "share", "end", "object", "object", "withdraw", "withdraw"),
    *("read_shared", "read_shared", "read_shared", "read_report", "read_report", "letters", "letters"),
    *("release", "tell", "send", "send", "transfer", "rewrite"),
)
ORGANISATIONS = ("mediant", "ixta", "linde")
LOOKS = ("read_shared", "read_shared", "read_report", "letters", "send", "release", "tell")
DECISIONS = ("end", "end", "object", "object", "withdraw", "share")


class Decisions(RuleBasedStateMachine):
    """One house, many stories. Every story begins with nothing allowed and nothing refused."""

    house: House
    pool: ThreadPoolExecutor
    done = 0
    first_failure = ""

    @initialize(organisation=st.sampled_from(ORGANISATIONS))
    def begin(self, organisation: str) -> None:
        """Nothing refused, and one thing allowed."""
        self.house.forget()
        _together(self.pool, [lambda: self.house.share(organisation, 0), self.house.tell], halfway=False)

    @rule(
        first=st.sampled_from(ACTS),
        second=st.sampled_from(ACTS),
        pick=st.integers(0, 11),
        halfway=st.booleans(),
    )
    def two_at_once(self, first: str, second: str, pick: int, halfway: bool) -> None:
        """Two acts together; the first may stop halfway with its transaction open."""
        acts = [self._act(first, pick), self._act(second, pick // 2 + 1)]
        self.house.story.append(f"{first} | {second} pick={pick} halfway={halfway}")
        _together(self.pool, acts, halfway=halfway)
        type(self).done += 2
        self._judge()

    @rule(
        look=st.sampled_from(LOOKS),
        decision=st.sampled_from(DECISIONS),
        pick=st.integers(0, 11),
        look_first=st.booleans(),
    )
    def a_look_meets_a_decision(self, look: str, decision: str, pick: int, look_first: bool) -> None:
        """Someone looks or sends while she decides about that very thing; one of the two is halfway."""
        house = self.house
        consents = living(house.consents)
        about = house.consents[consents[pick % len(consents)]].organisation if consents else "mediant"
        who = "mia" if about == "mediant" else "henk"
        acts = {
            "read_shared": lambda: house.read_shared(who),
            "end": lambda: house.end(consents[pick % len(consents)]),
            "object": lambda: house.object_to(("report", "letter", "all")[pick % 3], (about, "")[pick % 2]),
        }
        usable = {name: act for name, act in acts.items() if name != "end" or consents}
        pair = [usable.get(name) or self._act(name, pick) for name in (look, decision)]
        house.story.append(f"{look} ({who}) meets {decision} ({about}) pick={pick} look_first={look_first}")
        _together(self.pool, pair if look_first else pair[::-1], halfway=True)
        type(self).done += 2
        self._judge()

    @rule(hours=st.sampled_from([1, 24, 24 * 8]))
    def time_passes(self, hours: int) -> None:
        """A consent may reach its last instant, a letter its day."""
        self.house.wait(hours)
        self._alone(f"wait {hours}")

    @rule()
    def henk_works_elsewhere(self) -> None:
        """Someone takes a job at another organisation."""
        self.house.move_henk()
        self._alone("move henk")

    @rule()
    def a_backup_is_made(self) -> None:
        """The tables as they stand."""
        self.house.back_up()
        self._alone("backup")

    @rule()
    def an_older_backup_comes_back(self) -> None:
        """Her objections stand and what she ended stays ended, whatever the backup says."""
        before = objections_in_the_house()
        self.house.restore()
        self._alone("restore")
        if not objections_in_the_house() >= before:
            self._fail("an objection was lost\n" + "\n".join(self.house.story[-12:]))

    def _alone(self, words: str) -> None:
        self.house.story.append(words)
        type(self).done += 1
        self._judge()

    def _judge(self) -> None:
        wrong = self.house.leaks()
        if len(self.house.story) % QUIET_EVERY == 0:
            wrong = [*wrong, *self.house.sees_too_little()] or self.house.leaks()
        if wrong:
            facts = [*self.house.objections.values(), *self.house.consents.values()]
            self._fail("\n".join(map(str, (*wrong, *facts, *self.house.story[-12:]))))

    def _fail(self, words: str) -> None:
        """Keep the first failure: two threads do not fail twice in the same way."""
        type(self).first_failure = self.first_failure or words
        raise AssertionError(words)

    def _act(self, name: str, pick: int) -> Callable[[], Step]:
        house = self.house
        consents, objections = living(house.consents), living(house.objections)
        organisation = ORGANISATIONS[pick % 3]
        reader = ("mia", "henk")[pick % 2]
        acts: dict[str, Callable[[], Step]] = {
            "share": lambda: house.share(organisation, (0, 1, 3)[pick % 3]),
            "object": lambda: house.object_to(
                ("report", "letter", "all")[pick % 3], (*ORGANISATIONS, "")[pick % 4]
            ),
            "read_shared": lambda: house.read_shared(reader),
            "read_report": lambda: house.read_report(("bram", "henk", "mia", "sanne")[pick % 4]),
            "letters": house.read_letters,
            "release": house.release,
            "tell": house.tell,
            "send": house.send,
            "transfer": lambda: house.transfer(("sanne", "henk", "mia")[pick % 3]),
            "rewrite": house.rewrite,
        }
        if name == "end":
            return (lambda: house.end(consents[pick % len(consents)])) if consents else house.tell
        if name == "withdraw":
            return (lambda: house.withdraw(objections[pick % len(objections)])) if objections else house.send
        return acts[name]


def _together(pool: ThreadPoolExecutor, acts: list[Callable[[], Step]], *, halfway: bool) -> None:
    """Run both. What is shown is noted inside the transaction, what she decided after its commit."""
    opened, other_done, start = threading.Event(), threading.Event(), threading.Barrier(2)

    def run(number: int) -> None:
        if halfway and number == 1:
            opened.wait(BOUND_S)
        elif not halfway:
            start.wait(BOUND_S)
        after: Step | None = None
        try:
            with transaction.atomic():
                after = acts[number]()
                if halfway and number == 0:
                    opened.set()
                    other_done.wait(HALFWAY_S)
                if _shows(after):
                    after()
        except NoaberError:
            after = None
        finally:
            opened.set()
            if number == 1:
                other_done.set()
        if after is not None and not _shows(after):
            after()

    for future in [pool.submit(run, number) for number in (0, 1)]:
        future.result(BOUND_S)


def _shows(step: Step) -> bool:
    return "_show" in step.__qualname__ or "read_letters" in step.__qualname__


@pytest.fixture
def house(
    settings: Settings, owner_connection: psycopg.Connection, monkeypatch: pytest.MonkeyPatch
) -> Iterator[House]:
    found = make_house(settings, owner_connection)
    monkeypatch.setattr(post, "_hand_over", found.handed_over)
    yield found
    copies = owner_connection.execute(
        r"SELECT relname FROM pg_class WHERE relkind = 'r' AND relname ~ '^(kept|begun)_'"
    ).fetchall()
    for (table,) in copies:
        owner_connection.execute(f"DROP TABLE {table}")


@pytest.fixture
def pool() -> Iterator[ThreadPoolExecutor]:
    with ThreadPoolExecutor(2) as both:
        yield both
        barrier = threading.Barrier(2)
        for future in [both.submit(lambda: (barrier.wait(BOUND_S), connection.close())) for _ in range(2)]:
            future.result(BOUND_S)


def test_nothing_reaches_anyone_after_her_decision(house: House, pool: ThreadPoolExecutor) -> None:
    Decisions.house, Decisions.pool, Decisions.done, Decisions.first_failure = house, pool, 0, ""
    while Decisions.done < STEPS:
        try:
            run_state_machine_as_test(Decisions, settings=_as_many_as_are_left())
        except Exception:
            if Decisions.first_failure:
                pytest.fail(Decisions.first_failure, pytrace=False)
            raise
    print(f"{Decisions.done} acts, no disclosure after a commit")


def _as_many_as_are_left() -> settings:
    """One story has about fifty acts."""
    return settings(
        max_examples=max(1, (STEPS - Decisions.done) // 50),
        stateful_step_count=40,
        deadline=None,
        database=None,
        phases=[Phase.generate],
        suppress_health_check=list(HealthCheck),
    )
