"""A planning question and its answer as JSON, for the command line and for handing over a puzzling case.

Instants are ISO 8601 with their distance to UTC, hours are "HH:MM-HH:MM" on the wall clock (24:00 is the end
of the day). What is left out takes the default of the model. Unknown names are refused, not ignored.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import MISSING, fields, is_dataclass
from datetime import UTC, datetime
from enum import StrEnum
from typing import Any

from noaber.engines.planning.errors import BadInstance
from noaber.engines.planning.model import (
    Candidate,
    Composition,
    LanguageBy,
    LivedExperience,
    Mode,
    Place,
    PlanAnswer,
    Problem,
    Requirement,
    Wish,
)
from noaber.ground.errors import Invalid
from noaber.ground.intervals import Interval

Json = Any
Reader = Callable[[Json, str], Any]
_HOURS = re.compile(r"([0-9]{2}):([0-9]{2})-([0-9]{2}):([0-9]{2})", re.ASCII)


def from_json(document: Json) -> Problem:
    """Read a problem from parsed JSON. Raises BadInstance naming the field; run.py checks the whole."""
    problem: Problem = _record(Problem)(document, "")
    return problem


def to_json(thing: Problem | PlanAnswer) -> Json:
    """Plain dictionaries, lists, strings and numbers; the same thing gives the same text."""
    return _plain(thing)


def _plain(thing: Json) -> Json:
    if isinstance(thing, Interval):
        return [_plain(thing.start), _plain(thing.end)]
    if is_dataclass(thing):
        record = {f.name: _plain(getattr(thing, f.name)) for f in fields(thing)}
        if isinstance(thing, Wish):
            record["hours"] = [_hours_text(opens, closes) for opens, closes in thing.hours]
        return record
    if isinstance(thing, datetime):
        return thing.astimezone(UTC).isoformat().replace("+00:00", "Z")
    if isinstance(thing, StrEnum):
        return thing.value
    if isinstance(thing, frozenset):
        return sorted(thing)
    if isinstance(thing, tuple):
        return [_plain(part) for part in thing]
    return thing


def _hours_text(opens: int, closes: int) -> str:
    return f"{opens // 60:02d}:{opens % 60:02d}-{closes // 60:02d}:{closes % 60:02d}"


def _wrong(where: str, expected: str, found: Json) -> BadInstance:
    shown = repr(found) if len(repr(found)) <= 60 else repr(found)[:57] + "..."
    return BadInstance(where or "(top)", happened=f"verwacht: {expected}; gevonden: {shown}.")


def _exactly(kind: type, expected: str) -> Reader:
    def read(value: Json, where: str) -> Any:
        if type(value) is not kind:
            raise _wrong(where, expected, value)
        return value

    return read


_text = _exactly(str, "een tekst")
_whole = _exactly(int, "een heel getal")
_yes_no = _exactly(bool, "true of false")


def _maybe(reader: Reader) -> Reader:
    return lambda value, where: None if value is None else reader(value, where)


def _many(reader: Reader, into: type = tuple) -> Reader:
    def read(value: Json, where: str) -> Any:
        if not isinstance(value, list):
            raise _wrong(where, "een lijst", value)
        return into([reader(part, f"{where}[{i}]") for i, part in enumerate(value)])

    return read


def _one_of(choices: type[StrEnum]) -> Reader:
    def read(value: Json, where: str) -> Any:
        if not isinstance(value, str) or value not in list(choices):
            raise _wrong(where, "een van " + ", ".join(choices), value)
        return choices(value)

    return read


def _instant(value: Json, where: str) -> datetime:
    expected = "een tijd als 2026-10-25T09:00:00+02:00"
    if not isinstance(value, str):
        raise _wrong(where, expected, value)
    try:
        moment = datetime.fromisoformat(value)
    except ValueError as error:
        raise _wrong(where, expected, value) from error
    if moment.tzinfo is None:
        raise _wrong(where, expected + ", mét afstand tot UTC", value)
    return moment.astimezone(UTC)


def _interval(value: Json, where: str) -> Interval:
    if not isinstance(value, list) or len(value) != 2:
        raise _wrong(where, "een paar [begin, einde]", value)
    start, end = _instant(value[0], f"{where}[0]"), _instant(value[1], f"{where}[1]")
    try:
        return Interval(start, end)
    except Invalid as error:
        raise BadInstance(where, happened=error.happened, why=error.why, now_what=error.now_what) from error


def _hours(value: Json, where: str) -> tuple[int, int]:
    found = _HOURS.fullmatch(value) if isinstance(value, str) else None
    if found is None:
        raise _wrong(where, 'uren als "09:00-17:00"', value)
    h1, m1, h2, m2 = (int(part) for part in found.groups())
    if m1 > 59 or m2 > 59:
        raise _wrong(where, "minuten van 00 tot en met 59", value)
    return h1 * 60 + m1, h2 * 60 + m2


def _record(kind: type) -> Reader:
    def read(value: Json, where: str) -> Any:
        if not isinstance(value, Mapping):
            raise _wrong(where, f"een object ({kind.__name__})", value)
        readers = _READERS[kind]
        prefix = f"{where}." if where else ""
        for name in value:
            if name not in readers:
                raise BadInstance(
                    f"{prefix}{name}",
                    happened="deze naam bestaat hier niet.",
                    now_what=f"Kies uit: {', '.join(readers)}.",
                )
        for f in fields(kind):
            if f.default is MISSING and f.default_factory is MISSING and f.name not in value:
                raise BadInstance(f"{prefix}{f.name}", happened="ontbreekt.", now_what="Vul dit veld in.")
        return kind(**{name: readers[name](part, f"{prefix}{name}") for name, part in value.items()})

    return read


_NAMES = _many(_text, frozenset)
_READERS: dict[type, dict[str, Reader]] = {
    Candidate: {
        "id": _text,
        "domains": _NAMES,
        "free": _many(_interval),
        "flags": _NAMES,
        "languages": _NAMES,
        "gender": _maybe(_text),
        "load": _whole,
    },
    Place: {"id": _text, "municipality": _text, "free": _many(_interval)},
    Requirement: {"key": _text, "domains": _NAMES, "min_people": _whole, "flags": _NAMES},
    Composition: {
        "min_people": _whole,
        "max_people": _whole,
        "min_domains": _whole,
        "required": _many(_record(Requirement)),
        "lived_experience": _one_of(LivedExperience),
        "lived_domains": _NAMES,
        "flags_for_everyone": _NAMES,
        "one_role_each": _yes_no,
    },
    Wish: {
        "modes": _many(_one_of(Mode)),
        "weekdays": _many(_whole, frozenset),
        "hours": _many(_hours),
        "language": _maybe(_text),
        "language_by": _one_of(LanguageBy),
        "gender": _maybe(_text),
        "home_municipality": _maybe(_text),
        "municipalities": _NAMES,
        "not_with": _NAMES,
    },
    Problem: {
        "candidates": _many(_record(Candidate)),
        "places": _many(_record(Place)),
        "composition": _record(Composition),
        "wish": _record(Wish),
        "received_at": _instant,
        "earliest": _instant,
        "latest": _instant,
        "duration_minutes": _whole,
        "grid_minutes": _whole,
        "norm_days": _whole,
        "postponed_days": _whole,
        "lived_experience_waived": _yes_no,
        "one_per_day": _yes_no,
    },
}
