"""The rules one by one: what counts, what does not, and how heavy it is."""

from __future__ import annotations

from datetime import datetime, time, timedelta
from uuid import UUID, uuid4

import pytest

from noaber.hallway.audit import rules
from noaber.hallway.audit.hooks import Colleague, Marks, Tie
from noaber.hallway.audit.rules import Look, Looker, Surroundings
from noaber.hallway.clock import AMSTERDAM

ME, OFFICE, SHE = UUID(int=1), UUID(int=2), UUID(int=3)
MONDAY = datetime(2027, 6, 21, 10, 0, tzinfo=AMSTERDAM)
COLLEAGUE = Colleague(ME, "Sanne Bakker", frozenset({OFFICE}))
OWN = Tie(SHE, MONDAY - timedelta(days=30), account_id=ME)
OF_OFFICE = Tie(SHE, MONDAY - timedelta(days=30), organisation_id=OFFICE)


def look(at: datetime = MONDAY, resident: UUID | None = SHE, **more: bool) -> Look:
    return Look(uuid4(), at, resident, **more)


def found(looks: list[Look], *ties: Tie, looker: Looker | None = None, **around: object) -> dict[str, int]:
    """The weights by signal."""
    by_resident: dict[UUID, list[Tie]] = {}
    for tie in ties:
        by_resident.setdefault(tie.resident_id, []).append(tie)
    signals = rules.weigh(
        looker or Looker(COLLEAGUE),
        looks,
        Surroundings(ties=by_resident, **around),  # type: ignore[arg-type]
    )
    return {signal.code: signal.weight for signal in signals}


# --- without a task -------------------------------------------------------------------------------


def test_work_of_ones_own_explains_a_look() -> None:
    assert found([look()], OWN) == found([look()], OF_OFFICE) == {}


def test_nothing_to_do_with_her_asks_for_an_explanation() -> None:
    assert found([look()]) == {"no_task": 4}
    assert found([look()], Tie(SHE, MONDAY - timedelta(days=9), account_id=uuid4())) == {"no_task": 4}
    assert found([look()], Tie(SHE, MONDAY + timedelta(hours=1), account_id=ME)) == {"no_task": 4}


@pytest.mark.parametrize(
    ("ended", "weights"), [(timedelta(hours=23), {}), (timedelta(hours=25), {"no_task": 4})]
)
def test_work_that_ended_explains_one_day_more(ended: timedelta, weights: dict[str, int]) -> None:
    over = Tie(SHE, MONDAY - timedelta(days=30), MONDAY - ended, account_id=ME)
    assert found([look()], over) == weights


@pytest.mark.parametrize(("days", "weights"), [(29, {}), (31, {"no_task": 3})])
def test_a_closed_thread_explains_thirty_days_more(days: int, weights: dict[str, int]) -> None:
    closed = Tie(SHE, MONDAY - timedelta(days=90), account_id=ME, closed_at=MONDAY - timedelta(days=days))
    assert found([look()], closed) == weights


def test_each_next_resident_adds_two_up_to_twelve() -> None:
    assert found([look(resident=uuid4()) for _ in range(3)]) == {"no_task": 8}
    assert found([look(resident=uuid4()) for _ in range(9)])["no_task"] == 12


def test_coming_back_on_three_days_adds_two() -> None:
    assert found([look(MONDAY + timedelta(days=day)) for day in range(3)]) == {"no_task": 4, "returns": 2}
    assert found([look(MONDAY + timedelta(days=day)) for day in range(3)], OWN) == {}


@pytest.mark.parametrize("more", [{"listed": True}, {"emergency": True}, {"wrote": True}])
def test_lists_emergencies_and_what_was_written_need_no_explanation(more: dict[str, bool]) -> None:
    assert found([look(MONDAY, SHE, **more)]) == {}


def test_who_wrote_something_for_her_was_at_work() -> None:
    assert found([look(), look(wrote=True)]) == {}


# --- near to her ----------------------------------------------------------------------------------

RARE = Marks(name="zij", surnames=frozenset({"zeldzaam"}), streets=frozenset({"straat"}))


def near(**more: object) -> Looker:
    return Looker(COLLEAGUE, **more)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("tie", "surname", "street"),
    [(None, 5, 5), (OF_OFFICE, 3, 3), (OWN, 2, 2)],
    ids=["none", "office", "own"],
)
def test_a_rare_surname_and_a_street_weigh_less_with_work(tie: Tie | None, surname: int, street: int) -> None:
    ties = [tie] if tie else []
    looker = near(surnames=frozenset({"zeldzaam"}), streets=frozenset({"straat"}))
    weights = found([look()], *ties, looker=looker, marks={SHE: RARE}, rare=frozenset({"zeldzaam"}))
    assert (weights["surname"], weights["street"]) == (surname, street)


def test_a_common_surname_weighs_two() -> None:
    looker = near(surnames=frozenset({"zeldzaam"}))
    assert found([look()], looker=looker, marks={SHE: RARE})["surname"] == 2


def test_someone_she_named_weighs_most() -> None:
    looker = near(name="ex")
    weights = found([look()], looker=looker, acquaintances={SHE: frozenset({"ex"})})
    assert max(weights, key=lambda code: weights[code]) == "acquaintance"
    assert weights["acquaintance"] == 8


def test_a_colleague_who_is_a_resident_is_seen() -> None:
    assert found([look()], OF_OFFICE, marks={SHE: RARE}, names_at={OFFICE: frozenset({"zij"})}) == {
        "colleague": 3
    }
    assert found([look()], OF_OFFICE, marks={SHE: RARE}, names_at={uuid4(): frozenset({"zij"})}) == {}


def test_a_surname_is_rare_when_few_carry_it() -> None:
    many = [Marks(surnames=frozenset({"vries"}))] * 40 + [Marks(surnames=frozenset({"zeldzaam"}))] * 3
    assert rules.rare_surnames(many, len(many)) == {"zeldzaam"}


# --- odd hours ------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("hour", "weights"), [(21, {}), (22, {"night": 2}), (5, {"night": 2}), (6, {})], ids=str
)
def test_night_is_from_ten_to_six(hour: int, weights: dict[str, int]) -> None:
    assert found([look(MONDAY.replace(hour=hour))], OWN) == weights


def test_one_night_is_one_night_on_both_sides_of_midnight() -> None:
    late, early = MONDAY.replace(hour=23), (MONDAY + timedelta(days=1)).replace(hour=1)
    assert found([look(late), look(early)], OWN) == {"night": 2}
    assert found([look(MONDAY.replace(hour=2) + timedelta(days=n)) for n in range(5)], OWN) == {"night": 8}


def test_the_night_of_the_clock_change_is_one_night() -> None:
    before = datetime(2027, 10, 31, 2, 30, tzinfo=AMSTERDAM, fold=0)
    after = datetime(2027, 10, 31, 2, 30, tzinfo=AMSTERDAM, fold=1)
    assert found([look(before), look(after)], OWN) == {"night": 2}


def test_who_has_hours_then_is_at_work() -> None:
    nurse = Colleague(
        ME, "Sanne Bakker", frozenset({OFFICE}), ((1, time(20), time(23, 59)), (6, time(9), time(17)))
    )
    evening, saturday = MONDAY.replace(hour=22), MONDAY + timedelta(days=5)
    assert found([look(evening), look(saturday)], OWN, looker=Looker(nurse)) == {}
    assert found([look(evening), look(saturday)], OWN) == {"night": 2, "weekend": 1}


# --- many, and what is not there ------------------------------------------------------------------


def files(count: int) -> tuple[list[Look], list[Tie]]:
    people = [uuid4() for _ in range(count)]
    return [look(resident=each) for each in people], [Tie(each, OWN.since, account_id=ME) for each in people]


@pytest.mark.parametrize(
    ("count", "usual", "weights"),
    [
        (80, 80.0, {}),
        (80, None, {}),
        (45, 6.0, {"many_above": 8}),
        (18, 6.0, {"many_above": 5}),
        (17, 6.0, {}),
        (14, 2.0, {}),
    ],
)
def test_many_files_are_many_for_this_colleague(
    count: int, usual: float | None, weights: dict[str, int]
) -> None:
    looks, ties = files(count)
    assert found(looks, *ties, looker=near(usual=usual)) == weights


def test_many_files_by_habit_count_when_a_tenth_has_no_task() -> None:
    looks, ties = files(40)
    assert found(looks, *ties[4:], looker=near(usual=40.0))["many"] == 3
    assert "many" not in found(looks, *ties[3:], looker=near(usual=40.0))


@pytest.mark.parametrize(("count", "weight"), [(4, 0), (5, 3), (9, 3), (10, 6), (19, 6), (20, 8), (400, 8)])
def test_what_is_not_there_counts_from_five_times(count: int, weight: int) -> None:
    looks = [look(resident=None, refused=True) for _ in range(count)]
    assert found(looks).get("denied", 0) == weight


def test_nothing_looked_at_is_nothing_found() -> None:
    assert found([]) == {}


def test_the_order_is_by_weight() -> None:
    signals = rules.weigh(Looker(COLLEAGUE), [look(MONDAY.replace(hour=2))], Surroundings())
    assert [signal.code for signal in signals] == ["no_task", "night"]
    assert rules.score(signals) == 6
