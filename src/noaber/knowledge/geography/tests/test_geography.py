"""Official files: wrong ones first; then polygons, the Dutch grid, and what the good ones give."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from noaber.knowledge.geography import AreaKind, GeographyWrong, degrees_of, read_areas
from noaber.knowledge.geography.polygons import NoShape, centre_of

SQUARE = [[6.6, 52.3], [6.7, 52.3], [6.7, 52.4], [6.6, 52.4], [6.6, 52.3]]


def feature(properties: dict[str, Any], geometry: Any = None) -> dict[str, Any]:
    shape = {"type": "Polygon", "coordinates": [SQUARE]} if geometry is None else geometry
    return {"type": "Feature", "properties": properties, "geometry": shape}


def write(folder: Path, *features: Any, **more: Any) -> Path:
    file = folder / "gebieden.geojson"
    tree = {"type": "FeatureCollection", "features": list(features), **more}
    file.write_text(json.dumps(tree), encoding="utf-8")
    return file


def wrong(file: Path) -> list[str]:
    with pytest.raises(GeographyWrong) as caught:
        read_areas(file)
    return [str(problem) for problem in caught.value.problems]


@pytest.mark.parametrize(
    ("properties", "geometry", "says"),
    [
        ({}, None, "geen postcode, plaats of gemeente"),
        ({"pc4": "76O1"}, None, "“76O1” is geen postcode"),
        ({"pc4": "7601"}, {"type": "LineString", "coordinates": SQUARE}, "geen vlak"),
        ({"pc4": "7601"}, {"type": "Polygon", "coordinates": [SQUARE[:-1]]}, "niet gesloten"),
        ({"pc4": "7601"}, {"type": "Polygon", "coordinates": [[SQUARE[0]] * 5]}, "geen oppervlak"),
        ({"pc4": "7601"}, {"type": "Polygon", "coordinates": [[["a", 1]] * 5]}, "geen paar getallen"),
        ({"pc4": "7601"}, {"type": "Polygon", "coordinates": [[[1e999, 1.0]] * 5]}, "geen gewoon getal"),
        ({"pc4": "7601"}, {"type": "Point", "coordinates": [52.3, 6.6]}, "niet in Nederland"),
        ({"pc4": "7601"}, {"type": "Polygon", "coordinates": []}, "ontbreken"),
        ({"pc4": "7601"}, {"type": "Polygon"}, "ontbreken"),
        ({"pc4": "7601"}, "iets", "ontbreekt"),
    ],
)
def test_a_wrong_row_is_named_and_nothing_is_given(
    tmp_path: Path, properties: dict[str, Any], geometry: Any, says: str
) -> None:
    file = write(tmp_path, feature({"pc4": "7511"}), feature(properties, geometry))
    told = wrong(file)
    assert len(told) == 1
    assert told[0].startswith("rij 2: ")
    assert says in told[0]


def test_every_wrong_row_is_told_but_no_more_than_a_screen(tmp_path: Path) -> None:
    file = write(tmp_path, *(feature({"pc4": "x"}) for _ in range(40)))
    assert len(wrong(file)) == 40
    with pytest.raises(GeographyWrong) as caught:
        read_areas(file)
    assert len(caught.value.lines()) == 26
    assert caught.value.lines()[-1].endswith("en nog 15 rijen.")


def test_an_area_that_stands_there_twice_is_told(tmp_path: Path) -> None:
    told = wrong(write(tmp_path, feature({"pc4": "7511"}), feature({"pc4": 7511})))
    assert told == ["rij 2: “7511” staat ook in rij 1."]


@pytest.mark.parametrize(
    ("content", "says"),
    [
        (b"", "leeg"),
        (b'{"type": "FeatureCollection", "features": [', "geen volledig GeoJSON"),
        (b'{"type": "Topology"}', "features"),
        (b'{"features": []}', "geen gebieden"),
        (b"[" * 100_000, "geen kolommen met een middelpunt"),
        (b"\x89PNG\r\n\x00\x1a", "geen tekstbestand"),
        (b"pc4;inwoners\n7511;12\n", "geen kolommen met een middelpunt"),
        (b"pc4;lat;lon\n", "geen gebieden"),
        (b"pc4;lat;lon\n7511;52,2\n", "rij 2: Er zijn 2 kolommen in plaats van 3"),
        (b"pc4;lat;lon\n7511;vijftig;6,9\n", "rij 2: “vijftig” is geen coördinaat"),
        (b"pc4;x;y\n7511;257000;\n", "rij 2: “” is geen coördinaat"),
        (b"pc4;lat;lon\n7511 AB;52,2;6,9\n", "rij 2: Dit is een postcode met letters"),
        (b'pc4;lat;lon\n=HYPERLINK("http://kwaad.example");52,2;6,9\n', "is geen postcode"),
    ],
)
def test_a_wrong_file_gives_one_clear_line(tmp_path: Path, content: bytes, says: str) -> None:
    file = tmp_path / "bestand"
    file.write_bytes(content)
    (told,) = wrong(file)
    assert says in told


def test_a_file_that_is_not_there_is_told(tmp_path: Path) -> None:
    assert wrong(tmp_path / "weg.geojson") == ["Dit bestand is er niet. Kijk of de naam klopt."]
    assert wrong(tmp_path) == ["Dit bestand is niet te lezen. Kijk of de naam klopt."]


@pytest.mark.parametrize(
    ("x", "y", "latitude", "longitude"),
    [
        (155_000.0, 463_000.0, 52.15517440, 5.38720621),
        (120_700.723, 487_525.501, 52.37453253, 4.88352559),
        (233_883.131, 582_065.167, 53.21938317, 6.56820053),
    ],
    ids=["Amersfoort", "Westertoren", "Martinitoren"],
)
def test_the_published_examples_of_the_dutch_grid(
    x: float, y: float, latitude: float, longitude: float
) -> None:
    assert degrees_of(x, y) == pytest.approx((latitude, longitude), abs=1e-8)


def test_outside_the_grid_there_are_no_degrees() -> None:
    with pytest.raises(ValueError, match="outside"):
        degrees_of(6.9, 52.2)


def test_a_hole_and_the_way_round_count() -> None:
    outer = [[0, 0], [4, 0], [4, 4], [0, 4], [0, 0]]
    hole = [[2, 0], [4, 0], [4, 4], [2, 4], [2, 0]]
    for ring in (hole, hole[::-1]):
        assert centre_of({"type": "Polygon", "coordinates": [outer, ring]}) == pytest.approx((1, 2))
    assert centre_of({"type": "Polygon", "coordinates": [outer[::-1]]}) == pytest.approx((2, 2))


def test_a_large_part_weighs_more_than_a_small_one() -> None:
    large = [[[0, 0], [3, 0], [3, 3], [0, 3], [0, 0]]]
    small = [[[10, 0], [11, 0], [11, 1], [10, 1], [10, 0]]]
    x, y = centre_of({"type": "MultiPolygon", "coordinates": [large, small]})
    assert (x, y) == pytest.approx(((9 * 1.5 + 10.5) / 10, (9 * 1.5 + 0.5) / 10))


def test_an_l_shape_has_its_centre_of_gravity_and_not_the_middle_of_its_box() -> None:
    ring = [[0, 0], [4, 0], [4, 1], [1, 1], [1, 4], [0, 4], [0, 0]]
    assert centre_of({"type": "Polygon", "coordinates": [ring]}) == pytest.approx((19 / 14, 19 / 14))


def test_a_collection_that_never_ends_is_refused() -> None:
    geometry: dict[str, Any] = {"type": "Point", "coordinates": [6.6, 52.3]}
    for _ in range(20):
        geometry = {"type": "GeometryCollection", "geometries": [geometry]}
    with pytest.raises(NoShape):
        centre_of(geometry)


def test_municipalities_of_cbs_in_metres_without_their_water(tmp_path: Path) -> None:
    corners = ((240, 480), (244, 480), (244, 484), (240, 484), (240, 480))
    ring = [[x * 1000, y * 1000] for x, y in corners]
    shape = {"type": "Polygon", "coordinates": [ring]}
    land = feature({"GM_CODE": "GM0141", "GM_NAAM": "Almelo", "H2O": "NEE"}, shape)
    water = feature({"GM_CODE": "GM0141", "GM_NAAM": "Almelo", "H2O": "JA"}, shape)
    (area,) = read_areas(write(tmp_path, land, water))
    assert (area.kind, area.code, area.name) == (AreaKind.MUNICIPALITY, "0141", "Almelo")
    assert (area.latitude, area.longitude) == pytest.approx(degrees_of(242_000, 482_000))


def test_postcode_areas_in_degrees(tmp_path: Path) -> None:
    (area,) = read_areas(write(tmp_path, feature({"postcode4": 7601, "aantal_inwoners": 5000})))
    assert (area.kind, area.code) == (AreaKind.POSTCODE, "7601")
    assert (area.latitude, area.longitude) == pytest.approx((52.35, 6.65))


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1252"])
def test_a_csv_with_centres_in_any_of_the_usual_encodings(tmp_path: Path, encoding: str) -> None:
    file = tmp_path / "plaatsen.csv"
    text = "Woonplaats;Gemeentenaam;Latitude;Longitude\r\nDaarlé;Hellendoorn;52,413;6,523\r\n\r\n"
    file.write_bytes(text.encode(encoding))
    (area,) = read_areas(file)
    assert (area.kind, area.name, area.municipality) == (AreaKind.PLACE, "Daarlé", "Hellendoorn")
    assert (area.latitude, area.longitude, area.row) == (52.413, 6.523, 2)


def test_a_csv_in_metres(tmp_path: Path) -> None:
    file = tmp_path / "pc4.csv"
    file.write_text("pc4,x,y\n9712,233883.131,582065.167\n", encoding="utf-8")
    (area,) = read_areas(file)
    assert area.code == "9712"
    assert area.latitude == pytest.approx(53.21938317)
