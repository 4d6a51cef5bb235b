"""Refuses a planning question that cannot be right, with a message that says what to change."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime, timedelta

from noaber.engines.planning.errors import BadInstance
from noaber.engines.planning.model import Candidate, Composition, Mode, Place, Problem, Wish
from noaber.ground.intervals import DAY_MINUTES

GRIDS = (5, 10, 15, 20, 30, 60)
MOST_PEOPLE = 6
LONGEST_HORIZON = timedelta(days=400)


def check(problem: Problem) -> None:
    """Raise BadInstance on the first contradiction; say nothing when the question can be answered."""
    _check_time(problem)
    _check_composition(problem.composition)
    _check_wish(problem.wish)
    _check_candidates(problem.candidates)
    _check_places(problem.places)


def _check_time(problem: Problem) -> None:
    for name in ("received_at", "earliest", "latest"):
        moment: datetime = getattr(problem, name)
        if moment.tzinfo is None:
            raise BadInstance(
                name,
                happened="deze tijd heeft geen tijdzone.",
                why="In de nacht van de wintertijd komt 02:30 twee keer voor.",
                now_what="Geef de tijd met afstand tot UTC, bijvoorbeeld 2026-10-25T02:30:00+02:00.",
            )
    if problem.latest <= problem.earliest:
        raise BadInstance(
            "latest", happened="ligt niet na earliest.", now_what="Kies een later einde van het zoekvenster."
        )
    if problem.latest - problem.earliest > LONGEST_HORIZON:
        raise BadInstance(
            "latest",
            happened=f"het zoekvenster is langer dan {LONGEST_HORIZON.days} dagen.",
            now_what="Zoek in een kortere tijd, bijvoorbeeld 60 dagen.",
        )
    if problem.grid_minutes not in GRIDS:
        raise BadInstance(
            "grid_minutes",
            happened=f"{problem.grid_minutes} past niet in een uur.",
            why="Gesprekken beginnen op vaste stappen van de klok.",
            now_what=f"Kies een van {', '.join(map(str, GRIDS))}.",
        )
    if not 1 <= problem.duration_minutes <= DAY_MINUTES:
        raise BadInstance(
            "duration_minutes",
            happened=f"{problem.duration_minutes} minuten is geen gesprek.",
            now_what=f"Kies een duur van 1 tot en met {DAY_MINUTES} minuten.",
        )
    for name in ("norm_days", "postponed_days"):
        if getattr(problem, name) < 0:
            raise BadInstance(
                name, happened="is kleiner dan nul.", now_what="Geef een aantal dagen van nul of meer."
            )


def _check_composition(composition: Composition) -> None:
    least, most = composition.min_people, composition.max_people
    if not 1 <= least <= most <= MOST_PEOPLE:
        raise BadInstance(
            "composition",
            happened=f"van {least} tot {most} mensen kan niet.",
            why=f"Een gesprek heeft 1 tot en met {MOST_PEOPLE} gespreksvoerders.",
            now_what="Kies min_people niet groter dan max_people.",
        )
    if composition.min_domains < 1:
        raise BadInstance(
            "composition.min_domains",
            happened=f"{composition.min_domains} domeinen kan niet.",
            now_what="Kies 1 of meer.",
        )
    if composition.one_role_each:
        _check_it_fits_the_table(composition)
    keys = [requirement.key for requirement in composition.required]
    _check_unique("composition.required", keys)
    for i, requirement in enumerate(composition.required):
        if requirement.min_people < 1:
            raise BadInstance(
                f"composition.required[{i}].min_people",
                happened=f"{requirement.min_people} mensen is geen eis.",
                now_what="Kies 1 of meer, of laat deze eis weg.",
            )


def _check_it_fits_the_table(composition: Composition) -> None:
    most = composition.max_people
    if composition.min_domains > most:
        raise BadInstance(
            "composition.min_domains",
            happened=f"{composition.min_domains} domeinen met hoogstens {most} mensen kan niet.",
            why="Ieder zit aan tafel voor één domein.",
            now_what="Verhoog max_people of verlaag min_domains.",
        )
    asked = sum(requirement.min_people for requirement in composition.required)
    if asked > most:
        raise BadInstance(
            "composition.required",
            happened=f"de eisen vragen {asked} mensen, er is plaats voor {most}.",
            why="Eén mens vult één rol.",
            now_what="Verhoog max_people, vraag minder of zet one_role_each uit.",
        )


def _check_wish(wish: Wish) -> None:
    if not wish.modes:
        raise BadInstance(
            "wish.modes",
            happened="er is geen enkele manier van afspreken gekozen.",
            now_what=f"Noem er minstens een: {', '.join(Mode)}.",
        )
    _check_unique("wish.modes", wish.modes)
    if not wish.weekdays or not wish.weekdays <= set(range(7)):
        raise BadInstance(
            "wish.weekdays",
            happened="dit zijn geen dagen van de week.",
            now_what="Geef getallen van 0 (maandag) tot en met 6 (zondag), minstens een.",
        )
    if not wish.hours:
        raise BadInstance(
            "wish.hours", happened="er is geen enkel uur gekozen.", now_what="Geef bijvoorbeeld 09:00-17:00."
        )
    for i, (opens, closes) in enumerate(wish.hours):
        if not (0 <= opens < DAY_MINUTES and 0 <= closes <= DAY_MINUTES) or opens == closes:
            raise BadInstance(
                f"wish.hours[{i}]",
                happened=f"van {opens} tot {closes} is geen tijdvak.",
                now_what="Geef minuten na middernacht, begin 0-1439, einde 0-1440, niet gelijk.",
            )


def _check_candidates(candidates: tuple[Candidate, ...]) -> None:
    _check_unique("candidates", [candidate.id for candidate in candidates])
    for i, candidate in enumerate(candidates):
        if not candidate.domains:
            raise BadInstance(
                f"candidates[{i}].domains",
                happened="deze persoon zit voor geen enkel domein.",
                why="Zonder domein kan niemand een rol vullen.",
                now_what="Geef minstens een domein, bijvoorbeeld ggz.",
            )
        if candidate.load < 0:
            raise BadInstance(
                f"candidates[{i}].load", happened="is kleiner dan nul.", now_what="Geef 0 of meer."
            )


def _check_places(places: tuple[Place, ...]) -> None:
    _check_unique("places", [place.id for place in places])


def _check_unique(where: str, names: Iterable[str]) -> None:
    seen: set[str] = set()
    for name in names:
        if name in seen:
            raise BadInstance(
                where, happened=f"'{name}' staat er twee keer in.", now_what="Laat een van de twee weg."
            )
        seen.add(name)
