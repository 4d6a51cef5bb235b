"""From homes and doors to the engine of coverage, and back. Only this file calls the engine."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from math import isfinite

from noaber.engines.coverage import Aim, BestNext, Change, Coverage, Part, Point, Population, Reach
from noaber.knowledge.reachability import Reachability
from noaber.offer.support_points.coverage.types import (
    Asked,
    Best,
    Door,
    Gain,
    Home,
    Next,
    Standing,
    Town,
    WhatIf,
    White,
)

CLOSE = "close"


def stand(
    asked: Asked,
    homes: Sequence[Home],
    doors: Sequence[Door],
    wanted: dict[str, float],
    table: Reachability,
    *,
    without_place: tuple[str, ...] = (),
) -> Standing | None:
    """How the region stands; None when no inhabitant has a place. `wanted` hours a week by municipality."""
    if not homes:
        return None
    reach = Reach(asked.km * 1000.0, table.modes[asked.mode].detour)
    part = Part(asked.part)
    coverage = Coverage(_population(homes), [_point(door) for door in doors], reach, part)
    count, access = coverage.count(), coverage.accessibility().tolist()
    within, metres = count.within.tolist(), count.metres.tolist()
    white = [
        White(home, km / 1000 if isfinite(km) else None)
        for home, have, km in zip(homes, within, metres, strict=True)
        if have == 0
    ]
    by_needs = asked.aim == Aim.NEEDS
    white.sort(key=lambda spot: (-(spot.home.needs if by_needs else spot.home.people), spot.home.name))
    mean = coverage.mean_metres()
    return Standing(
        asked=asked,
        homes=tuple(homes),
        doors=tuple(doors),
        open_doors=frozenset(door.point_id for door in doors if _point(door).open_in(part)),
        without_place=without_place,
        people=sum(home.people for home in homes),
        reached=coverage.people_reached(),
        needs=sum(home.needs for home in homes),
        needs_reached=coverage.needs_reached(),
        mean_km=mean / 1000 if isfinite(mean) else None,
        white=tuple(white),
        covered=frozenset(home.key for home, have in zip(homes, within, strict=True) if have),
        towns=tuple(_towns(homes, doors, within, access, wanted)),
        best=_best(coverage, asked, homes),
        what_if=_what_if(coverage, asked, homes, doors),
    )


def _population(homes: Sequence[Home]) -> Population:
    return Population.of(
        [home.latitude for home in homes],
        [home.longitude for home in homes],
        [home.people for home in homes],
        [home.needs for home in homes],
        range(len(homes)),
        [home.key for home in homes],
    )


def _point(door: Door) -> Point:
    """What it can give are its open hours: the measure in which the region counts.

    A point whose hours nobody wrote down is there, but is not known to be open in the evening or the weekend.
    """
    known = (
        (Part.DAY, door.day_minutes),
        (Part.EVENING, door.evening_minutes),
        (Part.WEEKEND, door.weekend_minutes),
    )
    return Point(
        id=str(door.point_id),
        y=door.latitude,
        x=door.longitude,
        minutes=known if door.hours_a_week else ((Part.ANY, 1),),
        visits_per_week=door.hours_a_week or None,
    )


def _best(coverage: Coverage, asked: Asked, homes: Sequence[Home]) -> Best | None:
    candidates = [Point(home.key, home.latitude, home.longitude) for home in homes]
    k = min(asked.k, len(candidates))
    if k < 1:
        return None
    found: BestNext = coverage.best_next(candidates, k, aim=Aim(asked.aim))
    named = {home.key: home for home in homes}
    places = tuple(
        Next(named[key], adds) for key, adds in zip(found.chosen, found.each, strict=True) if adds > 0
    )
    return Best(places, found.gained, found.bound, found.optimal)


def _what_if(coverage: Coverage, asked: Asked, homes: Sequence[Home], doors: Sequence[Door]) -> WhatIf | None:
    named = {home.key: home for home in homes}
    points = {str(door.point_id): door for door in doors}
    closes = asked.to == CLOSE
    if (asked.moved and asked.moved not in points) or (closes and not asked.moved):
        return None
    if not closes and asked.to not in named:
        return None
    home = None if closes else named[asked.to]
    change = Change(asked.moved or None, (home.latitude, home.longitude) if home else None)
    delta = coverage.what_if(change)
    return WhatIf(
        point=points[asked.moved].name if asked.moved else "",
        to=home.name if home else "",
        closes=closes,
        gained=delta.people_gained,
        lost=delta.people_lost,
        needs=delta.needs_gained - delta.needs_lost,
        mean_metres=delta.mean_metres,
        gains=tuple(Gain(named[row.place].name, row.gained, row.lost) for row in delta.by_place),
    )


def _towns(
    homes: Sequence[Home],
    doors: Sequence[Door],
    within: Sequence[int],
    access: Sequence[float],
    wanted: dict[str, float],
) -> list[Town]:
    """The municipalities with what is there, what is wanted and who is left out."""
    by_town = defaultdict[tuple[str, str], list[tuple[Home, int, float]]](list)
    for home, have, hours in zip(homes, within, access, strict=True):
        by_town[home.municipality_name, home.municipality].append((home, have, hours))
    found = []
    for (name, slug), rows in sorted(by_town.items()):
        here = [door for door in doors if door.municipality == slug]
        people = sum(home.people for home, _have, _hours in rows)
        each = sum(home.people * hours for home, _have, hours in rows)
        out = [home for home, have, _hours in rows if not have]
        found.append(
            Town(
                name=name,
                people=people,
                reached=sum(home.people for home, have, _hours in rows if have),
                needs=sum(home.needs for home in out),
                points=len(here),
                hours=sum(door.counted_hours for door in here),
                wanted=wanted.get(slug),
                hours_per_1000=1000 * each / people if people else 0.0,
                white=tuple(home.name for home in sorted(out, key=lambda home: (-home.people, home.name))),
            )
        )
    return found
