"""Places, hours and the rest in one cell, as JSON, and back: the same in, the same out."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import fields
from datetime import date, time
from typing import Any
from uuid import UUID

from django.utils.translation import gettext as _

from noaber.offer.directory.types_record import PlaceRecord, ScheduleRecord
from noaber.offer.sources.reading.lists import loaded

_BLANK_PLACE, _BLANK_HOURS = PlaceRecord(), ScheduleRecord()


def plain_place(place: PlaceRecord) -> dict[str, Any]:
    """A place as JSON, without what is empty."""
    found = _filled(place, _BLANK_PLACE)
    if place.schedules:
        found["schedules"] = [plain_hours(one) for one in place.schedules]
    return found


def plain_hours(one: ScheduleRecord) -> dict[str, Any]:
    """Hours as JSON, without what is empty."""
    return _filled(one, _BLANK_HOURS)


def _filled(thing: Any, blank: Any) -> dict[str, Any]:
    found: dict[str, Any] = {}
    for each in fields(thing):
        value = getattr(thing, each.name)
        if value == getattr(blank, each.name) or each.name == "schedules":
            continue
        if isinstance(value, UUID | date | time):
            value = str(value)
        elif isinstance(value, Mapping):
            value = dict(value)
        elif isinstance(value, tuple):
            value = list(value)
        found[each.name] = value
    return found


def places(words: str, *, ids: bool) -> tuple[PlaceRecord, ...]:
    """Places from a cell; with their ids when the list is ours."""
    return tuple(_place(one, ids) for one in _rows(words))


def schedules(words: str, *, ids: bool) -> tuple[ScheduleRecord, ...]:
    """Hours from a cell."""
    return tuple(_hours(one, ids) for one in _rows(words))


def extra(words: str) -> dict[str, Any]:
    """The rest from a cell."""
    found = _json(words) if words else {}
    if not isinstance(found, dict):
        raise _wrong()
    return found


def _json(words: str) -> Any:
    try:
        return loaded(words)
    except ValueError:
        raise _wrong() from None


def _rows(words: str) -> list[Any]:
    found = _json(words) if words else []
    if not isinstance(found, list) or not all(isinstance(one, dict) for one in found):
        raise _wrong()
    return found


def _wrong() -> ValueError:
    return ValueError(_("Deze gegevens zijn niet te lezen. Laat de cel zoals hij was."))


def _place(one: dict[str, Any], ids: bool) -> PlaceRecord:
    values = dict(one)
    hours = values.pop("schedules", [])
    if not isinstance(hours, list):
        raise _wrong()
    return PlaceRecord(
        **_kept(values, _BLANK_PLACE, ids), schedules=tuple(_hours(each, ids) for each in hours)
    )


def hours_of(one: dict[str, Any]) -> ScheduleRecord:
    """Hours from their plain form, without ids."""
    return _hours(one, ids=False)


def _hours(one: Any, ids: bool) -> ScheduleRecord:
    if not isinstance(one, dict):
        raise _wrong()
    return ScheduleRecord(**_kept(one, _BLANK_HOURS, ids))


_MEANT: dict[str, Any] = {
    "place_id": UUID,
    "at_id": UUID,
    "schedule_id": UUID,
    "opens_at": time.fromisoformat,
    "closes_at": time.fromisoformat,
    "valid_from": date.fromisoformat,
    "valid_until": date.fromisoformat,
}


def _kept(values: dict[str, Any], blank: Any, ids: bool) -> dict[str, Any]:
    known = {each.name for each in fields(blank)}
    found: dict[str, Any] = {}
    for name, value in values.items():
        if name not in known:
            raise _wrong()
        if name.endswith("_id") and not ids:
            continue
        found[name] = _one(name, value, getattr(blank, name))
    return found


def _one(name: str, value: Any, blank: Any) -> Any:
    if name in _MEANT:
        if not isinstance(value, str):
            raise _wrong()
        try:
            return _MEANT[name](value)
        except ValueError:
            raise _wrong() from None
    if name in {"latitude", "longitude"}:
        right = isinstance(value, int | float) and not isinstance(value, bool)
    elif name == "weekdays":
        right = isinstance(value, list) and all(isinstance(day, int) for day in value)
        value = tuple(value) if right else ()
    else:
        right = isinstance(value, type(blank) if not isinstance(blank, Mapping) else dict)
    if not right:
        raise _wrong()
    return float(value) if name in {"latitude", "longitude"} else value
