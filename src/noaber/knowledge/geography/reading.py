"""Reads GeoJSON and CSV of municipalities, postcode areas and places: every row, or what is wrong."""

from __future__ import annotations

import csv
import io
import json
import re
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from noaber.knowledge.geography.areas import Area, AreaKind, GeographyWrong, RowProblem
from noaber.knowledge.geography.polygons import NoShape, centre_of
from noaber.knowledge.geography.rd import degrees_of, in_grid

LARGEST_BYTES = 250_000_000
SOUTH, NORTH, WEST, EAST = 50.6, 53.8, 3.2, 7.4
"""Degrees around the Netherlands."""

POSTCODE_KEYS = ("pc4", "postcode4", "pc4_code", "postcode")
MUNICIPALITY_CODE_KEYS = ("gemeentecode", "gm_code", "statcode", "code")
MUNICIPALITY_NAME_KEYS = ("gemeentenaam", "gm_naam", "statnaam", "gemeente")
PLACE_KEYS = ("woonplaats", "woonplaatsnaam", "plaats", "naam", "name")
LATITUDE_KEYS = ("latitude", "lat", "breedtegraad")
LONGITUDE_KEYS = ("longitude", "lon", "lng", "lengtegraad")
X_KEYS = ("x", "rd_x", "x_rd", "xcoord", "centroid_x")
Y_KEYS = ("y", "rd_y", "y_rd", "ycoord", "centroid_y")
_WATER = {"ja", "b"}


class _RowWrong(ValueError):
    """Why a row cannot be read, in Dutch."""


def read_areas(path: Path) -> tuple[Area, ...]:
    """All areas of a GeoJSON or CSV file, in its order.

    Raises:
        GeographyWrong: the file or any of its rows is wrong; nothing is given then.
    """
    raw = _bytes_of(path)
    looks_like_json = raw.lstrip(b"\xef\xbb\xbf \t\r\n")[:1] == b"{"
    rows = _features(path, raw) if looks_like_json else _csv_rows(path, raw)
    areas: list[Area] = []
    problems: list[RowProblem] = []
    seen: dict[tuple[str, str], int] = {}
    for row, fields, point in rows:
        try:
            area = _area(row, fields, point)
            if area is None:
                continue
            _only_once(area, seen)
        except (_RowWrong, NoShape) as wrong:
            problems.append(RowProblem(row, f"{wrong}."[:1].upper() + f"{wrong}."[1:]))
            continue
        areas.append(area)
    if problems:
        raise GeographyWrong(path.name, tuple(problems))
    if not areas:
        raise _whole(path, "Er staan geen gebieden in dit bestand. Kies een bestand van CBS of PDOK.")
    return tuple(areas)


def _whole(path: Path, message: str) -> GeographyWrong:
    return GeographyWrong(path.name, (RowProblem(0, message),))


def _bytes_of(path: Path) -> bytes:
    try:
        if path.stat().st_size > LARGEST_BYTES:
            raise _whole(path, "Dit bestand is groter dan 250 MB. Kies een bestand met minder detail.")
        raw = path.read_bytes()
    except OSError as failure:
        why = "is er niet" if isinstance(failure, FileNotFoundError) else "is niet te lezen"
        raise _whole(path, f"Dit bestand {why}. Kijk of de naam klopt.") from failure
    if not raw.strip():
        raise _whole(path, "Dit bestand is leeg. Haal het opnieuw op.")
    return raw


# --- GeoJSON -------------------------------------------------------------------------------------------

_Row = tuple[int, Mapping[str, str], tuple[float, float] | _RowWrong]


def _features(path: Path, raw: bytes) -> Iterator[_Row]:
    try:
        tree = json.loads(raw)
    except (ValueError, RecursionError) as failure:
        place = f" (regel {failure.lineno})" if isinstance(failure, json.JSONDecodeError) else ""
        message = f"Dit is geen volledig GeoJSON-bestand{place}. Haal het opnieuw op."
        raise _whole(path, message) from failure
    features = tree.get("features") if isinstance(tree, dict) else None
    if not isinstance(features, list):
        raise _whole(path, "Er is geen lijst “features”. Kies een GeoJSON-bestand van CBS of PDOK.")
    return (_feature(number, feature) for number, feature in enumerate(features, 1))


def _feature(number: int, feature: Any) -> _Row:
    properties = feature.get("properties") if isinstance(feature, dict) else None
    if not isinstance(properties, dict):
        return number, {}, _RowWrong("de gegevens (properties) ontbreken")
    fields = {str(key).casefold(): _text(value) for key, value in properties.items()}
    try:
        return number, fields, centre_of(feature.get("geometry"))
    except NoShape as wrong:
        return number, fields, _RowWrong(str(wrong))


def _text(value: Any) -> str:
    if value is None or isinstance(value, dict | list):
        return ""
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return str(value).strip()


# --- CSV -----------------------------------------------------------------------------------------------


def _csv_rows(path: Path, raw: bytes) -> Iterator[_Row]:
    text = _decoded(raw)
    if "\x00" in text:
        raise _whole(path, "Dit is geen tekstbestand. Kies een GeoJSON- of CSV-bestand.")
    first = text.split("\n", 1)[0]
    sign = max((";", ",", "\t"), key=first.count)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=sign)
    try:
        names = [name.strip().casefold() for name in next(reader)]
    except (StopIteration, csv.Error) as failure:
        raise _whole(path, "De eerste rij met kolomnamen ontbreekt.") from failure
    if not _has(names, LATITUDE_KEYS, LONGITUDE_KEYS) and not _has(names, X_KEYS, Y_KEYS):
        raise _whole(
            path,
            "Er zijn geen kolommen met een middelpunt. Noem ze latitude en longitude, of x en y (RD).",
        )
    return _csv_lines(path, reader, names)


def _csv_lines(path: Path, reader: Any, names: list[str]) -> Iterator[_Row]:
    try:
        for cells in reader:
            if not any(cell.strip() for cell in cells):
                continue
            if len(cells) != len(names):
                wrong = _RowWrong(f"er zijn {len(cells)} kolommen in plaats van {len(names)}")
                yield reader.line_num, {}, wrong
                continue
            fields = {name: cell.strip() for name, cell in zip(names, cells, strict=True)}
            try:
                yield reader.line_num, fields, _csv_point(fields)
            except _RowWrong as wrong:
                yield reader.line_num, fields, wrong
    except csv.Error as failure:
        raise _whole(
            path, f"Rij {reader.line_num} is geen gewone CSV. Sla het bestand opnieuw op."
        ) from failure


def _decoded(raw: bytes) -> str:
    """UTF-8, UTF-16 with its mark, else Windows-1252."""
    if raw[:2] in (b"\xff\xfe", b"\xfe\xff"):
        return raw.decode("utf-16", errors="replace")
    try:
        return raw.decode("utf-8-sig")
    except UnicodeDecodeError:
        return raw.decode("cp1252", errors="replace")


def _has(names: list[str], *wanted: tuple[str, ...]) -> bool:
    return all(any(key in names for key in keys) for keys in wanted)


def _csv_point(fields: Mapping[str, str]) -> tuple[float, float]:
    """(x, y): longitude and latitude, or metres."""
    if _has(list(fields), LATITUDE_KEYS, LONGITUDE_KEYS):
        return _number(fields, LONGITUDE_KEYS), _number(fields, LATITUDE_KEYS)
    return _number(fields, X_KEYS), _number(fields, Y_KEYS)


def _number(fields: Mapping[str, str], keys: tuple[str, ...]) -> float:
    text = _first(fields, keys)
    if not re.fullmatch(r"-?[0-9]{1,9}([.,][0-9]{1,15})?", text):
        raise _RowWrong(f"“{text[:30]}” is geen coördinaat")
    return float(text.replace(",", "."))


# --- one row -------------------------------------------------------------------------------------------


def _first(fields: Mapping[str, str], keys: tuple[str, ...]) -> str:
    return next((fields[key] for key in keys if fields.get(key)), "")


def _area(row: int, fields: Mapping[str, str], point: tuple[float, float] | _RowWrong) -> Area | None:
    """The area of a row; None for water, which CBS draws apart."""
    if fields.get("h2o", "").casefold() in _WATER or fields.get("water", "").casefold() in _WATER:
        return None
    if isinstance(point, _RowWrong):
        raise point
    kind, code, name = _what(fields)
    latitude, longitude = _degrees(*point)
    municipality = _municipality_code(fields) or _first(fields, MUNICIPALITY_NAME_KEYS)
    if kind == AreaKind.MUNICIPALITY:
        municipality = code or name
    return Area(kind, code, name, municipality, latitude, longitude, row)


def _what(fields: Mapping[str, str]) -> tuple[AreaKind, str, str]:
    postcode = _first(fields, POSTCODE_KEYS)
    if postcode:
        if re.fullmatch(r"[1-9][0-9]{3} ?[A-Za-z]{2}", postcode):
            raise _RowWrong("dit is een postcode met letters; kies een bestand met vier cijfers")
        if not re.fullmatch(r"[1-9][0-9]{3}", postcode):
            raise _RowWrong(f"“{postcode[:30]}” is geen postcode")
        return AreaKind.POSTCODE, postcode, postcode
    place = _first(fields, PLACE_KEYS[:3])
    if place:
        return AreaKind.PLACE, "", place
    code, name = _municipality_code(fields), _first(fields, MUNICIPALITY_NAME_KEYS)
    if code or name:
        return AreaKind.MUNICIPALITY, code, name or _first(fields, PLACE_KEYS[3:])
    raise _RowWrong("er is geen postcode, plaats of gemeente")


def _municipality_code(fields: Mapping[str, str]) -> str:
    found = re.fullmatch(r"(?:GM)?([0-9]{4})", _first(fields, MUNICIPALITY_CODE_KEYS), re.IGNORECASE)
    return found[1] if found else ""


def _degrees(x: float, y: float) -> tuple[float, float]:
    """Latitude and longitude of a point that is either in degrees or in metres of the Dutch grid."""
    if in_grid(x, y):
        latitude, longitude = degrees_of(x, y)
    else:
        latitude, longitude = y, x
    if not (SOUTH <= latitude <= NORTH and WEST <= longitude <= EAST):
        raise _RowWrong(f"het punt ({x:g}, {y:g}) ligt niet in Nederland")
    return latitude, longitude


def _only_once(area: Area, seen: dict[tuple[str, str], int]) -> None:
    key = (str(area.kind), area.code or f"{area.name} {area.municipality}".casefold())
    before = seen.setdefault(key, area.row)
    if before != area.row:
        raise _RowWrong(f"“{area.code or area.name}” staat ook in rij {before}")
