"""A slow, plain answer to the same question, written apart from the engine and sharing no code with it.

Every grid start is tried, every set of people, every way to give them roles and domains; whether someone is
free and whether the clock stands within the wished hours is looked up minute by minute. It reads the engine's
input types and nothing else.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from itertools import combinations, permutations, product
from zoneinfo import ZoneInfo

from noaber.engines.planning.model import Candidate, Problem, Requirement
from noaber.ground.intervals import Interval

ZONE = ZoneInfo("Europe/Amsterdam")
MINUTE = timedelta(minutes=1)


@dataclass(frozen=True)
class Best:
    start: datetime
    ids: tuple[str, ...]
    mode: str
    place: str | None
    lived: bool
    gender: bool
    home: bool


def best_per_start(problem: Problem, *, waived: bool | None = None) -> list[Best]:
    """The best conversation at every start where one fits, in order."""
    waived = problem.lived_experience_waived if waived is None else waived
    found = []
    for start in grid_starts(problem):
        minutes = [start + i * MINUTE for i in range(problem.duration_minutes)]
        if not all(wished(problem, minute) for minute in minutes):
            continue
        place, team = best_place(problem, minutes), best_team(problem, minutes, waived)
        if place is None or team is None:
            continue
        lived, gender, ids = team
        mode, place_id, home = place
        found.append(Best(start, ids, mode, place_id, lived, gender, home))
    return found


def grid_starts(problem: Problem) -> list[datetime]:
    start = problem.earliest.astimezone(UTC).replace(second=0, microsecond=0)
    if start < problem.earliest:
        start += MINUTE
    starts = []
    while start + timedelta(minutes=problem.duration_minutes) <= problem.latest:
        if start.astimezone(ZONE).minute % problem.grid_minutes == 0:
            starts.append(start)
        start += MINUTE
    return starts


def wished(problem: Problem, minute: datetime) -> bool:
    wall = minute.astimezone(ZONE)
    shown = wall.hour * 60 + wall.minute
    today = wall.weekday() in problem.wish.weekdays
    yesterday = (wall.weekday() - 1) % 7 in problem.wish.weekdays
    for opens, closes in problem.wish.hours:
        if opens < closes:
            if today and opens <= shown < closes:
                return True
        elif (today and shown >= opens) or (yesterday and shown < closes):
            return True
    return False


def is_free(free: tuple[Interval, ...], minutes: list[datetime]) -> bool:
    return all(any(slot.start <= m and m + MINUTE <= slot.end for slot in free) for m in minutes)


def best_place(problem: Problem, minutes: list[datetime]) -> tuple[str, str | None, bool] | None:
    wish = problem.wish
    for mode in wish.modes:
        if mode == "online":
            return "online", None, True
        usable = [
            place
            for place in problem.places
            if (not wish.municipalities or place.municipality in wish.municipalities)
            and is_free(place.free, minutes)
        ]
        at_home = [p for p in usable if wish.home_municipality in (None, p.municipality)]
        if at_home:
            return str(mode), min(place.id for place in at_home), True
        if usable:
            return str(mode), min(place.id for place in usable), False
    return None


def best_team(
    problem: Problem, minutes: list[datetime], waived: bool
) -> tuple[bool, bool, tuple[str, ...]] | None:
    wish, rule = problem.wish, problem.composition
    may_sit = [
        person
        for person in problem.candidates
        if person.id not in wish.not_with
        and all(flag in person.flags for flag in rule.flags_for_everyone)
        and (wish.language_by == "one" or wish.language is None or wish.language in person.languages)
        and is_free(person.free, minutes)
    ]
    must = rule.lived_experience == "always" or (rule.lived_experience == "unless_reasoned" and not waived)
    ranked = []
    for size in range(rule.min_people, rule.max_people + 1):
        for team in combinations(sorted(may_sit, key=lambda person: person.id), size):
            if wish.language is not None and not any(wish.language in p.languages for p in team):
                continue
            lived = can_sit(problem, team, with_lived=True)
            if not lived and (must or not can_sit(problem, team, with_lived=False)):
                continue
            gender = wish.gender is None or any(p.gender == wish.gender for p in team)
            load = sum(p.load for p in team)
            ranked.append((not lived, not gender, size, load, tuple(p.id for p in team)))
    if not ranked:
        return None
    missing_lived, missing_gender, _, _, ids = min(ranked)
    return not missing_lived, not missing_gender, ids


def can_sit(problem: Problem, team: tuple[Candidate, ...], *, with_lived: bool) -> bool:
    rule = problem.composition
    slots = [requirement for requirement in rule.required for _ in range(requirement.min_people)]
    peer = Requirement(key="peer", domains=rule.lived_domains, flags=frozenset({"lived_experience"}))
    if not rule.one_role_each:
        domains = set().union(*(person.domains for person in team))
        if with_lived and not any(fits(p, peer, d) for p in team for d in p.domains):
            return False
        return len(domains) >= rule.min_domains and all(
            sum(any(fits(p, slot, d) for d in p.domains) for p in team)
            >= sum(other.key == slot.key for other in slots)
            for slot in slots
        )
    for domains_taken in product(*(sorted(person.domains) for person in team)):
        if len(set(domains_taken)) < rule.min_domains:
            continue
        if with_lived and not any(fits(p, peer, d) for p, d in zip(team, domains_taken, strict=True)):
            continue
        for order in permutations(range(len(team)), len(slots)):
            pairs = zip(order, slots, strict=True)
            if all(fits(team[i], slot, domains_taken[i]) for i, slot in pairs):
                return True
    return False


def fits(person: Candidate, slot: Requirement, domain: str) -> bool:
    in_domain = not slot.domains or domain in slot.domains
    return in_domain and all(flag in person.flags for flag in slot.flags)
