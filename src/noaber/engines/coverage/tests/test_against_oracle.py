"""Everything the engine says, compared with measuring every pair and trying every choice."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from noaber.engines.coverage import Change, Coverage, Geometry, Part, Point, Population, Problem, Reach, cover
from noaber.engines.coverage.tests import oracle

GRID = st.integers(0, 12)
"""Places on a coarse grid of metres: exact ties and points exactly on the edge come by themselves."""

PARTS = st.sampled_from(list(Part))
MINUTES = st.sampled_from(
    [(), ((Part.DAY, 600),), ((Part.DAY, 300), (Part.EVENING, 100)), ((Part.WEEKEND, 60),), ((Part.DAY, 0),)]
)


@st.composite
def planes(draw: st.DrawFn, most_points: int = 6) -> tuple[Population, list[Point], Reach]:
    """A few people and points on a plane, and a reach that often is exactly a distance."""
    n = draw(st.integers(1, 40))
    column = st.lists(GRID, min_size=n, max_size=n)
    counts = st.lists(st.integers(0, 9), min_size=n, max_size=n)
    population = Population.of(
        draw(column), draw(column), draw(counts), draw(counts), [i % 3 for i in range(n)], ("a", "b", "c")
    )
    points = [
        Point(f"p{i}", draw(GRID), draw(GRID), draw(MINUTES), draw(st.sampled_from([None, 5.0, 40.0])))
        for i in range(draw(st.integers(0, most_points)))
    ]
    return population, points, Reach(draw(st.sampled_from([1.0, 5.0, 3.5, 13.0, 30.0])), 1.0, Geometry.PLANE)


@given(planes(), PARTS)
@settings(max_examples=150, deadline=None)
def test_counts_nearest_and_access_are_those_of_measuring_every_pair(
    world: tuple[Population, list[Point], Reach], part: Part
) -> None:
    population, points, reach = world
    distances = oracle.table(population, points, reach, part)
    stands = Coverage(population, points, reach, part)
    count = stands.count()
    assert count.within.tolist() == oracle.within(distances, reach)
    for row, nearest, metres in zip(distances, count.nearest.tolist(), count.metres.tolist(), strict=True):
        least = min(row, default=float("inf"))
        assert metres == pytest.approx(least)
        assert nearest == (-1 if least == float("inf") else row.index(least)), "the first of equals"
    expected = oracle.access(population, points, distances, reach, part)
    assert stands.accessibility().tolist() == pytest.approx(expected)


@given(planes(), PARTS)
@settings(max_examples=60, deadline=None)
def test_what_the_points_give_is_what_the_people_get(
    world: tuple[Population, list[Point], Reach], part: Part
) -> None:
    population, points, reach = world
    stands = Coverage(population, points, reach, part)
    distances = oracle.table(population, points, reach, part)
    people = population.people.tolist()
    given_out = sum(
        point.visits_in(part)
        for j, point in enumerate(points)
        if any(p > 0 and row[j] <= reach.metres for p, row in zip(people, distances, strict=True))
    )
    assert float(stands.accessibility() @ population.people) == pytest.approx(given_out)


@given(planes(), st.data())
@settings(max_examples=150, deadline=None)
def test_what_if_says_what_a_new_count_would_find(
    world: tuple[Population, list[Point], Reach], data: st.DataObject
) -> None:
    population, points, reach = world
    stands = Coverage(population, points, reach)
    for _ in range(3):
        ids = [point.id for point in stands.points if point.minutes != ((Part.ANY, 0),)]
        to = data.draw(st.one_of(st.none(), st.tuples(GRID.map(float), GRID.map(float))))
        choices = [*ids] if to is None else [None, *ids]
        if not choices:
            return
        change = Change(data.draw(st.sampled_from(choices)), to)
        before = stands.count()
        delta = stands.what_if(change)
        assert stands.count().within.tolist() == before.within.tolist(), "looking changes nothing"
        people, needs = population.people, population.needs
        now = oracle.after(list(stands.points), change)
        there = np.array(oracle.within(oracle.table(population, now, reach, Part.ANY), reach))
        gained, lost = (there > 0) & (before.within == 0), (there == 0) & (before.within > 0)
        assert delta.people_gained == pytest.approx(people[gained].sum())
        assert delta.people_lost == pytest.approx(people[lost].sum())
        assert delta.needs_gained == pytest.approx(needs[gained].sum())
        assert delta.needs_lost == pytest.approx(needs[lost].sum())
        assert sum(row.gained for row in delta.by_place) == pytest.approx(delta.people_gained)
        mean = stands.mean_metres()
        stands.make(change)
        assert stands.count().within.tolist() == there.tolist()
        if np.isfinite(mean) and np.isfinite(stands.mean_metres()):
            assert stands.mean_metres() == pytest.approx(mean + delta.mean_metres, abs=1e-9)


@given(planes(), st.data())
@settings(max_examples=80, deadline=None)
def test_after_changes_everything_stands_as_if_counted_anew(
    world: tuple[Population, list[Point], Reach], data: st.DataObject
) -> None:
    population, points, reach = world
    stands = Coverage(population, points, reach)
    for i in range(data.draw(st.integers(1, 6))):
        ids = [point.id for point in stands.points]
        to = data.draw(st.tuples(GRID.map(float), GRID.map(float)))
        stands.make(Change(data.draw(st.sampled_from([None, *ids])), to), name=f"new {i}")
    anew = Coverage(population, stands.points, reach)
    assert stands.count().within.tolist() == anew.count().within.tolist()
    assert stands.count().nearest.tolist() == anew.count().nearest.tolist()
    assert stands.count().metres.tolist() == anew.count().metres.tolist()
    assert stands.accessibility().tolist() == pytest.approx(anew.accessibility().tolist())


@given(planes(), st.lists(st.tuples(GRID, GRID), min_size=1, max_size=8), st.integers(1, 4))
@settings(max_examples=150, deadline=None)
def test_the_best_next_places_are_the_best_of_all_choices(
    world: tuple[Population, list[Point], Reach], spots: list[tuple[int, int]], k: int
) -> None:
    population, points, reach = world
    candidates = [Point(f"c{i}", y, x) for i, (y, x) in enumerate(spots)]
    k = min(k, len(candidates))
    stands = Coverage(population, points, reach)
    reached = stands.count().within.tolist()
    best = stands.best_next(candidates, k)
    assert best.optimal
    assert best.gained == best.bound == oracle.best_choice(population, reached, candidates, k, reach)
    assert sum(best.each) == pytest.approx(best.gained)
    assert len(set(best.chosen)) == k
    for name in best.chosen:
        chosen = next(c for c in candidates if c.id == name)
        stands.make(Change(None, (chosen.y, chosen.x)), name=name)
    missed = sum(
        people for people, have in zip(population.people.tolist(), reached, strict=True) if have == 0
    )
    assert stands.people_reached() == pytest.approx(population.people.sum() - missed + best.gained)


def test_on_the_sphere_the_distance_is_that_of_the_haversine() -> None:
    rng = np.random.default_rng(7)
    population = Population.of(rng.uniform(52.1, 52.5, 400), rng.uniform(6.3, 7.1, 400), np.ones(400))
    points = [
        Point(f"p{i}", y, x)
        for i, (y, x) in enumerate(zip(rng.uniform(52.1, 52.5, 30), rng.uniform(6.3, 7.1, 30), strict=True))
    ]
    reach = Reach(7000.0, 1.3)
    count = Coverage(population, points, reach).count()
    distances = oracle.table(population, points, reach, Part.ANY)
    assert count.within.tolist() == oracle.within(distances, reach)
    assert count.metres.tolist() == pytest.approx([min(row) for row in distances], abs=0.01)


def test_the_whole_answer_is_the_same_on_one_thread_and_on_two() -> None:
    rng = np.random.default_rng(3)
    population = Population.of(
        rng.uniform(0, 3e4, 90_000), rng.uniform(0, 3e4, 90_000), rng.integers(0, 5, 90_000)
    )
    points = [
        Point(f"p{i}", rng.uniform(0, 3e4), rng.uniform(0, 3e4), visits_per_week=30.0) for i in range(60)
    ]
    reach = Reach(2500.0, 1.0, Geometry.PLANE)
    one, two = (Coverage(population, points, reach, threads=threads) for threads in (1, 2))
    assert (one.count().within == two.count().within).all()
    assert (one.count().nearest == two.count().nearest).all()
    assert np.allclose(one.accessibility(), two.accessibility(), rtol=1e-12)


def test_one_question_brings_everything_at_once() -> None:
    population = Population.of([0, 0, 9], [0, 1, 9], [10, 5, 7], [0, 0, 2], [0, 0, 1], ("dorp", "gehucht"))
    answer = cover(
        Problem(
            population,
            (Point("a", 0, 0, visits_per_week=30.0), Point("b", 0, 1)),
            Reach(2.0, 1.0, Geometry.PLANE),
            candidates=(Point("c", 8, 8), Point("d", 20, 20)),
            k=1,
            change=Change("a", (9.0, 9.0)),
        )
    )
    assert (answer.people, answer.people_reached, answer.needs, answer.needs_reached) == (22, 15, 2, 0)
    assert answer.accessibility.tolist() == [2.0, 2.0, 0.0]
    (spot,) = answer.white_spots
    assert (spot.place, spot.people, spot.needs, spot.share, spot.points) == ("gehucht", 7, 2, 1.0, 1)
    assert answer.best_next is not None
    assert answer.best_next.chosen == ("c",)
    assert answer.change is not None
    assert (answer.change.people_gained, answer.change.people_lost) == (7, 0)
    assert answer.unknown_capacity == ("b",)
