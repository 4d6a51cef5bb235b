"""What cannot be right is refused with a sentence that says where, why and what to change."""

from __future__ import annotations

import json
from collections.abc import Callable
from copy import deepcopy
from pathlib import Path
from typing import Any

import pytest

from noaber.engines.coverage import BadInstance, Change, Coverage, Point, Population, Reach, cover
from noaber.engines.coverage.__main__ import main
from noaber.engines.coverage.interchange import from_json, to_json

EXAMPLE = Path(__file__).parents[1] / "examples" / "valley.json"
NAN = float("nan")


def example() -> dict[str, Any]:
    return dict(json.loads(EXAMPLE.read_text("utf-8")))


def changed(path: str, to: Any) -> dict[str, Any]:
    """The example with another value at a path such as ``points.0.id``."""
    document = deepcopy(example())
    spot: Any = document
    *steps, last = (int(step) if step.isdigit() else step for step in path.split("."))
    for step in steps:
        spot = spot[step]
    spot[last] = to
    return document


@pytest.mark.parametrize(
    ("path", "to", "where", "says"),
    [
        ("population", [], "population", "geen enkel punt"),
        ("population.1.people", -3, "population[1].people", "geen aantal"),
        ("population.1.people", NAN, "population[1].people", "geen aantal"),
        ("population.0.needs", float("inf"), "population[0].needs", "geen aantal"),
        ("population.2.latitude", NAN, "population[2]", "geen plaats"),
        ("population.2.latitude", 480000, "population[2]", "RD"),
        ("population.2.latitude", 0.0, "population[2]", "in zee"),
        ("points.0.longitude", 2.0, "points[0]", "km van het midden"),
        ("candidates.3.latitude", -52.2, "candidates[3]", "km van"),
        ("points.0.visits_per_week", 0, "points[0].visits_per_week", "ontvangt niemand"),
        ("points.0.visits_per_week", -5, "points[0].visits_per_week", "kan niet"),
        ("points.0.minutes.day", 20000, "points[0].minutes.day", "minuten"),
        ("points.1.id", "inloop Kernstad", "points[1].id", "twee keer"),
        ("k", 5, "k", "5 plekken gevraagd uit 4"),
        ("k", -1, "k", "kan niet"),
        ("reach.metres", 0, "reach.metres", "geen bereik"),
        ("reach.metres", NAN, "reach.metres", "geen bereik"),
        ("reach.detour", 0.5, "reach.detour", "nooit korter"),
        ("effort", 0, "effort", "geen werk"),
        ("change.point", "elders", "change.point", "geen punt"),
        ("change", {}, "change", "verandert niets"),
        ("change.to.latitude", 61.0, "change.to", "km van"),
        ("part", "night", "part", "een van any, day"),
        ("colour", 1, "colour", "bestaat hier niet"),
        ("population.0", 7, "population[0]", "een object"),
        ("population.0.people", "12", "population[0].people", "een getal"),
        ("population.0.people", True, "population[0].people", "een getal"),
        ("population.0.people", 10**400, "population.people", "een computer kent"),
        (
            "population",
            {"latitude": [52.0], "longitude": [6.0], "people": [1, 2]},
            "population.latitude",
            "heeft 1 waarden",
        ),
    ],
)
def test_what_cannot_be_is_refused_where_it_stands(path: str, to: Any, where: str, says: str) -> None:
    with pytest.raises(BadInstance) as refused:
        cover(from_json(changed(path, to)))
    assert refused.value.where == where
    assert says in refused.value.sentence()


@pytest.mark.parametrize(
    ("document", "where"), [({"points": []}, "population"), ([], "(top)"), (None, "(top)")]
)
def test_another_document_is_refused_as_a_whole(document: Any, where: str) -> None:
    with pytest.raises(BadInstance) as refused:
        from_json(document)
    assert refused.value.where == where


def test_no_points_at_all_leaves_everyone_out_and_says_no_distance() -> None:
    answer = cover(from_json(changed("points", []) | {"change": None}))
    assert answer.people_reached == 0
    assert to_json(answer)["mean_metres"] is None
    assert all(spot.share == 1.0 for spot in answer.white_spots)


def test_a_thousand_people_at_one_spot_are_one_cell() -> None:
    stands = Coverage(Population.of([52.0] * 1000, [6.0] * 1000, [1] * 1000), [Point("a", 52, 6)], Reach(1.0))
    assert stands.people_reached() == 1000
    assert stands.what_if(Change("a")).people_lost == 1000


def test_a_closed_point_that_moves_brings_nothing() -> None:
    document = changed("points.1.minutes", {"day": 720}) | {"part": "evening"}
    assert cover(from_json(document)).change is not None
    delta = cover(from_json(document)).change
    assert delta is not None
    assert (delta.people_gained, delta.people_lost, delta.mean_metres) == (0, 0, 0)


@pytest.mark.parametrize(
    ("spoil", "code"),
    [(lambda text: text, 1), (lambda text: text[:50], 2), (lambda _: "[]", 2), (lambda _: "\x00", 2)],
    ids=["white spots", "half a file", "a list", "noise"],
)
def test_the_command_says_by_its_exit_code_how_it_went(
    tmp_path: Path, spoil: Callable[[str], str], code: int, capsys: pytest.CaptureFixture[str]
) -> None:
    file = tmp_path / "instance.json"
    file.write_text(spoil(EXAMPLE.read_text("utf-8")), "utf-8")
    assert main([str(file), "--json", "--each"]) == code
    said = capsys.readouterr()
    if code == 2:
        assert str(file) in said.err
    else:
        answer = json.loads(said.out)
        assert answer["best_next"]["optimal"] is True
        assert len(answer["each"]["within"]) == 6


def test_a_file_that_is_too_big_is_not_opened(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    file = tmp_path / "huge.json"
    with file.open("wb") as big:
        big.truncate(2_000_000_000)
    assert main([str(file)]) == 2
    assert "groter dan 1000 MB" in capsys.readouterr().err


def test_columns_and_rows_are_the_same_question() -> None:
    document = example()
    rows = document["population"]
    columns = {name: [row[name] for row in rows] for name in rows[0]}
    assert to_json(cover(from_json(document | {"population": columns}))) == to_json(
        cover(from_json(document))
    )
