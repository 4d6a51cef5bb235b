"""A support point in words, for the list, its own page and the map. Local times."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time

from django.utils.translation import gettext as _

from noaber.hallway.ui.formatting import long_date, relative_day
from noaber.knowledge.support_points import phases
from noaber.offer.directory.queries_shown import clock_words, distance_words, language_words
from noaber.offer.support_points import rules
from noaber.offer.support_points.types import Beds, Hours, Point, PointDay

WEEKDAYS = 7


@dataclass(frozen=True, slots=True)
class PointCard:
    """A point in the list. `number` is its pin on the map, 0 without one."""

    point_id: str
    name: str
    kind: str
    state: str
    state_word: str
    where: str
    distance: str
    today: tuple[str, ...]
    whom: str
    number: int = 0
    alert: str = ""


@dataclass(frozen=True, slots=True)
class WeekLine:
    """A day in the table of a week."""

    day: str
    today: bool
    times: tuple[str, ...]
    note: str
    programme: tuple[tuple[str, str, str], ...]
    """When, what, and a line about it."""


def kind_word(kind: str) -> str:
    """What sort of point, in words."""
    return {
        "walk_in": _("Inloop"),
        "recovery": _("Zelfregie- en herstelcentrum"),
        "respite": _("Respijthuis"),
        "youth": _("Jongerenpunt"),
    }.get(kind, _("Steunpunt"))


def kinds() -> list[tuple[str, str]]:
    """The kinds to choose from, with their words."""
    return [(kind, kind_word(kind)) for kind in ("walk_in", "recovery", "respite", "youth")]


def state_of(point: Point, door: rules.Door, today: date) -> tuple[str, str]:
    """The mark and the word of its door."""
    if point.temporarily_closed:
        return "stop", _("Tijdelijk dicht")
    if door.until is not None and rules.all_day(Hours(time(0), door.until)):
        return "done", _("Dag en nacht open")
    if door.until is not None:
        return "done", _("Nu open, tot %(time)s") % {"time": clock_words(door.until)}
    if door.next_on is None or door.next_at is None:
        return "next", _("Nu dicht. Bel om te vragen wanneer het weer open is.")
    time_words = clock_words(door.next_at)
    if door.next_on == today:
        return "done", _("Vandaag open, vanaf %(time)s") % {"time": time_words}
    day = relative_day(door.next_on, today)
    if (door.next_on - today).days > 2:
        day = long_date(door.next_on)
    return "next", _("Nu dicht. Weer open: %(day)s, vanaf %(time)s.") % {"day": day, "time": time_words}


def hours_words(hours: Hours) -> str:
    """'10.00 uur tot 16.00 uur'."""
    if rules.all_day(hours):
        return _("dag en nacht")
    return _("%(start)s tot %(end)s") % {
        "start": clock_words(hours.opens),
        "end": clock_words(hours.closes),
    }


def whom_words(point: Point) -> str:
    """For which age; everyone when nothing is said."""
    if point.min_age is not None and point.max_age is not None:
        return _("Voor wie %(low)s tot en met %(high)s jaar is") % {
            "low": point.min_age,
            "high": point.max_age,
        }
    if point.min_age is not None:
        return _("Vanaf %(low)s jaar") % {"low": point.min_age}
    if point.max_age is not None:
        words = _("tot en met %(age)s jaar") % {"age": point.max_age}
        return words[:1].upper() + words[1:]
    return _("Voor iedereen")


def card(
    point: Point, days: Sequence[PointDay], *, at: datetime, km: float | None = None, number: int = 0
) -> PointCard:
    """How a point reads in the list."""
    state, word = state_of(point, rules.door_at(days, at), at.date())
    return PointCard(
        point_id=str(point.point_id),
        name=point.name,
        kind=kind_word(point.kind),
        state=state,
        state_word=word,
        where=point.city,
        distance=distance_words(km),
        today=tuple(
            f"{clock_words(one.starts_at)} {one.title}"
            for one in days[0].programme
            if one.ends_at > at.time().replace(tzinfo=None)
        ),
        whom=whom_words(point),
        number=number,
        alert=point.alert,
    )


def week(days: Sequence[PointDay], today: date) -> list[WeekLine]:
    """The days as a table."""
    return [
        WeekLine(
            day=long_date(day.on),
            today=day.on == today,
            times=tuple(hours_words(one) for one in day.hours),
            note=_note(day),
            programme=tuple((clock_words(one.starts_at), one.title, one.text) for one in day.programme),
        )
        for day in days
    ]


def _note(day: PointDay) -> str:
    if day.holiday and not day.special:
        return _("feestdag")
    if day.holiday:
        return _("feestdag, wel open") if day.is_open else _("feestdag")
    if day.special:
        return _("anders dan anders") if day.is_open else _("deze dag gesloten")
    return ""


def advice(point: Point) -> list[tuple[str, str]]:
    """For whom it is best, as advice: phases of recovery with what they mean."""
    known = phases()
    return [(_(known[n].label), _(known[n].means)) for n in point.recovery_phases if n in known]


def languages(point: Point) -> str:
    """Which languages are spoken besides Dutch."""
    return language_words(point.languages)


def beds_word(beds: Beds | None) -> tuple[str, str]:
    """Whether there is a bed tonight; never how many people sleep there."""
    if beds is None:
        return "next", _("Bel of er vannacht plek is")
    if beds.free > 0:
        return "done", _("Vannacht is er plek")
    return "care", _("Vannacht is het vol. Bel voor een andere nacht.")
