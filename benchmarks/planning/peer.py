"""The named peer: "grid search", what one writes in an afternoon for the same question.

Every start on the grid in turn, everyone who is free then, every set of them from small to large, every way
to give them domains and roles; the first start where a table and a room are found wins. It stops after
`limit` days. It shares the input types of the engine and no other code, and answers the part of the question
that a grid search answers: on which starts, and with whom. It gives no reasons and no waivers.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from itertools import combinations, permutations, product
from zoneinfo import ZoneInfo

from noaber.engines.planning import Candidate, LivedExperience, Problem, Requirement
from noaber.ground.intervals import Interval

ZONE = ZoneInfo("Europe/Amsterdam")
LIVED = "lived_experience"
Found = tuple[datetime, tuple[str, ...]]


def grid_search(problem: Problem, limit: int = 5) -> list[Found]:
    """The earliest start of each of the first `limit` days with its table, in order of time."""
    found: list[Found] = []
    for start in _starts(problem):
        local_day = start.astimezone(ZONE).date()
        if found and found[-1][0].astimezone(ZONE).date() == local_day:
            continue
        span = Interval(start, start + timedelta(minutes=problem.duration_minutes))
        if _is_wished(problem, span) and _has_place(problem, span):
            team = _best_team(problem, span)
            if team is not None:
                found.append((start, team))
        if len(found) == limit:
            break
    return found


def _starts(problem: Problem) -> Iterator[datetime]:
    step = timedelta(minutes=problem.grid_minutes)
    since_midnight = problem.earliest.astimezone(UTC) - datetime(2000, 1, 1, tzinfo=UTC)
    start = datetime(2000, 1, 1, tzinfo=UTC) + -(-since_midnight // step) * step
    while start + timedelta(minutes=problem.duration_minutes) <= problem.latest:
        yield start
        start += step


def _is_wished(problem: Problem, span: Interval) -> bool:
    """Within one of the wished stretches of the clock, on a wished weekday; none passes midnight here."""
    begin, end = span.start.astimezone(ZONE), span.end.astimezone(ZONE)
    if begin.weekday() not in problem.wish.weekdays or begin.date() != end.date():
        return False
    first, last = begin.hour * 60 + begin.minute, end.hour * 60 + end.minute
    return any(opens <= first and last <= closes for opens, closes in problem.wish.hours)


def _is_free(free: tuple[Interval, ...], span: Interval) -> bool:
    return any(stretch.holds(span) for stretch in free)


def _has_place(problem: Problem, span: Interval) -> bool:
    return any(_is_free(place.free, span) for place in problem.places)


def _best_team(problem: Problem, span: Interval) -> tuple[str, ...] | None:
    wish, rule = problem.wish, problem.composition
    here = [
        person
        for person in problem.candidates
        if person.id not in wish.not_with
        and rule.flags_for_everyone <= person.flags
        and _is_free(person.free, span)
    ]
    if not _worth_trying(problem, here):
        return None
    for size in range(rule.min_people, rule.max_people + 1):
        ranked = [
            (sum(person.load for person in team), tuple(sorted(person.id for person in team)))
            for team in combinations(here, size)
            if _speaks(problem, team) and _can_sit(problem, team)
        ]
        if ranked:
            return min(ranked)[1]
    return None


def _worth_trying(problem: Problem, here: list[Candidate]) -> bool:
    """Spare the search where someone is missing altogether."""
    slots = problem.composition.required
    return _speaks(problem, tuple(here)) and all(
        any(_fills(person, slot, domain) for person in here for domain in person.domains) for slot in slots
    )


def _speaks(problem: Problem, team: tuple[Candidate, ...]) -> bool:
    language = problem.wish.language
    return language is None or any(language in person.languages for person in team)


def _can_sit(problem: Problem, team: tuple[Candidate, ...]) -> bool:
    rule = problem.composition
    slots = [requirement for requirement in rule.required for _ in range(requirement.min_people)]
    lived = rule.lived_experience is not LivedExperience.OPTIONAL
    for seated in product(*(sorted(person.domains) for person in team)):
        if len(set(seated)) < rule.min_domains:
            continue
        if lived and not any(_is_peer(problem, p, d) for p, d in zip(team, seated, strict=True)):
            continue
        for order in permutations(range(len(team)), len(slots)):
            if all(_fills(team[i], slot, seated[i]) for i, slot in zip(order, slots, strict=True)):
                return True
    return False


def _is_peer(problem: Problem, person: Candidate, domain: str) -> bool:
    allowed = problem.composition.lived_domains
    return LIVED in person.flags and (not allowed or domain in allowed)


def _fills(person: Candidate, slot: Requirement, domain: str) -> bool:
    return (not slot.domains or domain in slot.domains) and slot.flags <= person.flags
