"""Who can be in one group: against brute force, against hand-made cases, and always the same."""

from __future__ import annotations

import random
from collections.abc import Sequence
from datetime import date, timedelta
from functools import cache
from itertools import combinations
from typing import Any
from uuid import UUID

import pytest

from noaber.offer.groups.forming import rules
from noaber.offer.groups.forming.rules import Formed, Size, Venue, Wait

TODAY = date(2027, 7, 1)
ALMELO = Venue("almelo", "Almelo", 52.357, 6.662)
HENGELO = Venue("hengelo", "Hengelo", 52.266, 6.793)
VENUES = (ALMELO, HENGELO)
A, B, C = (UUID(int=n) for n in (1, 2, 3))
THREE_OR_FOUR = Size(3, 4)


def wait(
    number: int, organisation: UUID = A, parts: str = "tue_evening", days: int = 10, **more: Any
) -> Wait:
    given: dict[str, Any] = {
        "kind": "training",
        "theme": "mood",
        "latitude": ALMELO.latitude,
        "longitude": ALMELO.longitude,
        "language": "nl",
        "age_band": "26_40",
        "travel_km": 5.0,
        **more,
    }
    return Wait(
        id=UUID(int=1000 + number),
        organisation=organisation,
        day_parts=frozenset(parts.split()),
        since=TODAY - timedelta(days=days),
        **given,
    )


def made(waits: Sequence[Wait], size: Size = THREE_OR_FOUR) -> tuple[Formed, ...]:
    return rules.groups_to_propose(waits, VENUES, {"training": size}, TODAY)


def test_people_of_two_lists_make_a_group() -> None:
    (group,) = made([wait(1), wait(2, B), wait(3, B)])
    assert len(group.members) == 3
    assert set(group.organisations) == {A, B}
    assert group.slot.day_part == "tue_evening"
    assert group.slot.venue == "almelo"


@pytest.mark.parametrize(
    "other",
    [
        {"theme": "sleep"},
        {"kind": "treatment"},
        {"language": "pl"},
        {"age_band": "16_25"},
        {"parts": "mon_morning"},
        {"latitude": 52.0, "travel_km": 5.0},
    ],
    ids=["theme", "kind", "language", "age", "part of the week", "too far"],
)
def test_one_who_differs_is_not_in_it(other: dict[str, Any]) -> None:
    odd = wait(3, B, **other)
    assert made([wait(1), wait(2, B), odd]) == ()


def test_exactly_as_far_as_she_will_travel_is_within() -> None:
    far = rules.km_between(ALMELO.latitude, ALMELO.longitude, HENGELO.latitude, HENGELO.longitude)
    assert rules.reaches(wait(1, travel_km=far), HENGELO)
    assert not rules.reaches(wait(1, travel_km=far - 0.001), HENGELO)


def test_the_people_of_one_organisation_are_no_group_of_the_network() -> None:
    assert made([wait(n) for n in range(5)]) == ()


def test_every_organisation_gets_a_place_before_anyone_gets_the_second() -> None:
    long_waits = [wait(n, A, days=100 + n) for n in range(6)]
    short = wait(9, B, days=1)
    (group,) = made([*long_waits, short], Size(3, 4))
    assert short in group.members
    assert [w.organisation for w in group.members].count(A) == 3
    assert group.eligible == 7


def test_after_that_the_earliest_wait_goes_first() -> None:
    (group,) = made(
        [wait(1, A, days=50), wait(2, A, days=40), wait(3, A, days=30), wait(4, B, days=5)], Size(2, 3)
    )
    assert [w.id.int - 1000 for w in group.members] == [1, 2, 4]


def test_the_order_of_the_lists_changes_nothing() -> None:
    some = [_random_wait(random.Random(7), n) for n in range(40)]
    first = made(some)
    for seed in range(5):
        random.Random(seed).shuffle(some)
        assert made(some) == first


def test_nobody_stands_in_two_groups() -> None:
    for seed in range(30):
        dice = random.Random(seed)
        some = [_random_wait(dice, n) for n in range(30)]
        seen = [w.id for group in made(some) for w in group.members]
        assert len(seen) == len(set(seen))


def _random_wait(dice: random.Random, number: int) -> Wait:
    parts = dice.sample(["mon_evening", "tue_evening", "wed_morning"], dice.randint(1, 2))
    home = dice.choice(VENUES)
    return wait(
        number,
        dice.choice([A, B, C]),
        " ".join(parts),
        dice.randint(1, 200),
        latitude=home.latitude,
        longitude=home.longitude,
        travel_km=dice.choice([5.0, 20.0]),
    )


def _brute_best(some: Sequence[Wait], size: Size) -> tuple[int, int] | None:
    """Over every subset, place and part: most people, then most days. Any subset will do."""
    best = None
    for number in range(size.least, size.most + 1):
        for chosen in combinations(some, number):
            if len({w.organisation for w in chosen}) < size.organisations or not _could_meet(chosen):
                continue
            worth = (number, sum((TODAY - w.since).days for w in chosen))
            best = worth if best is None else max(best, worth)
    return best


def _could_meet(chosen: Sequence[Wait]) -> bool:
    common = frozenset.intersection(*(w.day_parts for w in chosen))
    return bool(common) and any(all(rules.reaches(w, venue) for w in chosen) for venue in VENUES)


def _brute_people(some: Sequence[Wait], size: Size) -> int:
    """The most people who can have a place, over every way to make groups."""
    good = [
        sum(1 << n for n in chosen)
        for number in range(size.least, size.most + 1)
        for chosen in combinations(range(len(some)), number)
        if len({some[n].organisation for n in chosen}) >= size.organisations
        and _could_meet([some[n] for n in chosen])
    ]

    @cache
    def most(free: int) -> int:
        return max((bin(one).count("1") + most(free & ~one) for one in good if one & free == one), default=0)

    return most((1 << len(some)) - 1)


@pytest.mark.parametrize("seed", range(40))
def test_a_first_group_holds_as_many_people_as_any_group_could(seed: int) -> None:
    dice = random.Random(seed)
    some, size = [_random_wait(dice, n) for n in range(8)], Size(3, 4)
    options = rules.possible(some, VENUES, {"training": size}, TODAY)
    best = _brute_best(some, size)
    assert (len(options[0].members) if options else None) == (best[0] if best else None)
    if options and options[0].eligible <= size.most and best:
        assert options[0].days_waited <= best[1]


def test_with_a_place_for_everyone_the_first_group_is_the_best_of_all() -> None:
    size, checked = Size(3, 8), 0
    for seed in range(40):
        dice = random.Random(seed)
        some = [_random_wait(dice, n) for n in range(8)]
        options = rules.possible(some, VENUES, {"training": size}, TODAY)
        best = _brute_best(some, size)
        assert ((len(options[0].members), options[0].days_waited) if options else None) == best
        checked += bool(options)
    assert checked >= 20


def test_the_groups_together_place_nearly_everyone_that_brute_force_can_place() -> None:
    size, ours, most, equal = Size(3, 4), 0, 0, 0
    for seed in range(60):
        dice = random.Random(seed)
        some = [_random_wait(dice, n) for n in range(10)]
        placed, could = sum(len(group.members) for group in made(some, size)), _brute_people(some, size)
        assert placed <= could
        ours, most, equal = ours + placed, most + could, equal + (placed == could)
    assert ours >= 0.99 * most
    assert equal >= 57


def test_enough_and_can_still() -> None:
    assert rules.enough(6, 6)
    assert not rules.enough(5, 6)
    assert rules.can_still(4, 2, 6)
    assert not rules.can_still(4, 1, 6)
