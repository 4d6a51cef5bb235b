"""The engine beside the brute-force oracle, on thousands of small questions."""

from __future__ import annotations

from dataclasses import replace

from hypothesis import HealthCheck, event, given, settings

from noaber.engines.planning import (
    LackKind,
    LivedExperience,
    Mode,
    Option,
    Penalty,
    Problem,
    Shortage,
    earliest_fits,
    from_json,
    to_json,
)
from noaber.engines.planning.tests.oracle import ZONE, Best, best_per_start, can_sit
from noaber.engines.planning.tests.strategies import problems

MANY = settings(max_examples=100, deadline=None, suppress_health_check=list(HealthCheck))
EVERYTHING = 10_000


def as_best(option: Option) -> Best:
    missed = set(option.penalties)
    return Best(
        option.start,
        tuple(seat.candidate_id for seat in option.people),
        str(option.mode),
        option.place_id,
        Penalty.NO_LIVED_EXPERIENCE not in missed,
        Penalty.OTHER_GENDER not in missed,
        Penalty.OTHER_MUNICIPALITY not in missed,
    )


@MANY
@given(problems())
def test_every_start_and_every_best_table_equal_the_brute_force_answer(problem: Problem) -> None:
    expected = best_per_start(problem)
    event(f"feasible: {bool(expected)}")
    answer = earliest_fits(replace(problem, one_per_day=False), limit=EVERYTHING)
    assert [as_best(option) for option in answer.options] == expected
    assert answer.starts_feasible == len(expected)


@MANY
@given(problems())
def test_the_first_option_is_the_earliest_and_later_ones_lie_on_later_days(problem: Problem) -> None:
    expected = best_per_start(problem)
    options = earliest_fits(replace(problem, one_per_day=True)).options
    firsts: dict[object, Best] = {}
    for best in expected:
        firsts.setdefault(best.start.astimezone(ZONE).date(), best)
    assert [as_best(option) for option in options] == list(firsts.values())[:5]


@MANY
@given(problems())
def test_the_roles_given_are_a_true_assignment(problem: Problem) -> None:
    people = {person.id: person for person in problem.candidates}
    for option in earliest_fits(problem).options:
        team = tuple(people[seat.candidate_id] for seat in option.people)
        assert len(set(team)) == len(team)
        assert can_sit(problem, team, with_lived=Penalty.NO_LIVED_EXPERIENCE not in option.penalties)
        if not problem.composition.one_role_each:
            continue
        for person, seat in zip(team, option.people, strict=True):
            assert seat.domain in person.domains
        for seat in option.people:
            if seat.lived:
                assert "lived_experience" in people[seat.candidate_id].flags
        assert any(seat.lived for seat in option.people) or (Penalty.NO_LIVED_EXPERIENCE in option.penalties)
        for requirement in problem.composition.required:
            sitting = [s for s in option.people if s.role == requirement.key]
            assert len(sitting) == requirement.min_people
            for seat in sitting:
                assert requirement.flags <= people[seat.candidate_id].flags
                assert not requirement.domains or seat.domain in requirement.domains
        assert len({seat.domain for seat in option.people}) >= problem.composition.min_domains


@MANY
@given(problems())
def test_the_earliest_ideal_misses_no_wish_and_nothing_earlier_does_so_too(problem: Problem) -> None:
    ideal = [
        best.start
        for best in best_per_start(problem)
        if best.lived and best.gender and best.home and best.mode == problem.wish.modes[0]
    ]
    found = earliest_fits(problem).earliest_ideal
    if found is None:
        assert ideal == []
    else:
        assert found.start == ideal[0]
        assert set(found.penalties) <= {Penalty.AFTER_NORM}


@MANY
@given(problems())
def test_a_shortage_says_what_dropping_one_condition_would_bring(problem: Problem) -> None:
    answer = earliest_fits(problem)
    starts = [best.start for best in best_per_start(problem)]
    on_time = bool(answer.options) and answer.options[0].within_norm
    assert (answer.shortage is None) == on_time
    if answer.shortage is None:
        return
    assert answer.shortage.first_start == (starts[0] if starts else None)
    for kind, relaxed in relaxations(problem, answer.shortage):
        expected = [best.start for best in best_per_start(relaxed)]
        lack = next(found for found in answer.shortage.lacks if (found.kind, found.key) == kind)
        assert lack.without_start == (expected[0] if expected else None), kind
        assert lack.blocks == (bool(expected) and (not starts or expected[0] < starts[0])), kind


def relaxations(problem: Problem, told: Shortage) -> list[tuple[tuple[LackKind, str], Problem]]:
    """The problem with each condition dropped that the shortage speaks of."""
    rule, wish = problem.composition, problem.wish
    found = []
    for lack in told.lacks:
        composition, wished = rule, wish
        if lack.kind is LackKind.REQUIREMENT:
            composition = replace(rule, required=tuple(r for r in rule.required if r.key != lack.key))
        elif lack.kind is LackKind.LIVED_EXPERIENCE:
            composition = replace(rule, lived_experience=LivedExperience.OPTIONAL)
        elif lack.kind is LackKind.DOMAINS:
            composition = replace(rule, min_domains=1)
        elif lack.kind is LackKind.PEOPLE:
            composition = replace(rule, min_people=1)
        elif lack.kind is LackKind.LANGUAGE:
            wished = replace(wish, language=None)
        elif lack.kind is LackKind.HOURS:
            wished = replace(wish, weekdays=frozenset(range(7)), hours=((0, 1440),))
        else:
            wished = replace(wish, modes=(Mode.ONLINE,))
        found.append(((lack.kind, lack.key), replace(problem, composition=composition, wish=wished)))
    return found


@MANY
@given(problems())
def test_what_a_written_reason_would_bring_is_the_earliest_without_a_peer_worker(problem: Problem) -> None:
    unreasoned = replace(problem, lived_experience_waived=False)
    offered = earliest_fits(unreasoned).without_lived_experience
    held = best_per_start(unreasoned)
    waived = best_per_start(unreasoned, waived=True)
    gains = problem.composition.lived_experience is LivedExperience.UNLESS_REASONED and (
        bool(waived) and (not held or waived[0].start < held[0].start)
    )
    assert (offered is not None) == gains
    if offered is not None:
        assert as_best(offered) == waived[0]


@MANY
@given(problems())
def test_a_problem_survives_the_trip_through_json(problem: Problem) -> None:
    assert from_json(to_json(problem)) == problem


@MANY
@given(problems())
def test_the_order_of_people_and_places_makes_no_difference(problem: Problem) -> None:
    turned = replace(
        problem, candidates=tuple(reversed(problem.candidates)), places=tuple(reversed(problem.places))
    )
    assert to_json(earliest_fits(problem)) == to_json(earliest_fits(turned))
