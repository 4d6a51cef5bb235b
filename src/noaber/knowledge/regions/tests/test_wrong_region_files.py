"""Each wrong file gives exactly one clear line, on the right line of the right file, and changes nothing."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import pytest
import yaml

from noaber.knowledge.regions import RegionFilesWrong, check_region, read_region

TWENTE = "twente"
MJP = "groningen/plans/mjp-2020-2023"


@dataclass(frozen=True)
class Slip:
    """A slip of the pen: in `file`, the first `old` after `after` becomes `new`.

    The problem is expected on the first line after `after` that holds `at`; without `at` on the line where
    the change begins, `down` lines further.
    """

    name: str
    file: str
    old: str
    new: str
    says: str
    after: str = ""
    at: str = ""
    down: int = 0


SLIPS = tuple(
    Slip(**row) for row in yaml.safe_load((Path(__file__).parent / "slips.yaml").read_text("utf-8"))
)


def _apply(slip: Slip, root: Path) -> tuple[Path, int]:
    """Spoil the copy; the file and the line on which the problem is expected (counted after the change)."""
    path = root / slip.file
    text = path.read_text(encoding="utf-8")
    start = text.index(slip.after) if slip.after else 0
    place = text.index(slip.old, start)
    spoilt = text[:place] + slip.new + text[place + len(slip.old) :]
    path.write_text(spoilt, encoding="utf-8")
    position = spoilt.index(slip.at, start) if slip.at else place
    return path, spoilt[:position].count("\n") + 1 + slip.down


@pytest.mark.parametrize("slip", SLIPS, ids=lambda slip: slip.name)
def test_a_wrong_file_gives_one_clear_line(slip: Slip, regions_copy: Path) -> None:
    _, line = _apply(slip, regions_copy)
    region = regions_copy / slip.file.split("/")[0]

    problems = check_region(region)

    assert [str(problem) for problem in problems if problem.file != slip.file] == []
    assert len(problems) == 1, [str(problem) for problem in problems]
    told = str(problems[0])
    assert told.startswith(f"{slip.file}:{line}: "), told
    assert slip.says in told
    assert "\n" not in told
    assert told.endswith((".", "?"))


@pytest.mark.parametrize("slip", SLIPS[:3], ids=lambda slip: slip.name)
def test_a_region_with_a_wrong_file_cannot_be_read_and_stays_as_it_was(
    slip: Slip, regions_copy: Path
) -> None:
    _apply(slip, regions_copy)
    region = regions_copy / slip.file.split("/")[0]
    before = {path: path.read_bytes() for path in region.rglob("*") if path.is_file()}

    with pytest.raises(RegionFilesWrong) as caught:
        read_region(region)

    assert len(caught.value.lines()) == 1
    assert caught.value.fields
    assert {path: path.read_bytes() for path in region.rglob("*") if path.is_file()} == before


def test_all_mistakes_of_a_file_are_told_at_once(regions_copy: Path) -> None:
    path = regions_copy / TWENTE / "settings.yaml"
    text = path.read_text(encoding="utf-8")
    text = text.replace("min_professionals: 2", "min_professionals: twee").replace("hard: false", "hard: nee")
    path.write_text(text.replace("norm_days: 14", "norm_days: -1"), encoding="utf-8")

    problems = check_region(regions_copy / TWENTE)

    assert [problem.code for problem in problems] == ["type", "range", "type"]


def test_mistakes_in_two_files_are_both_told(regions_copy: Path) -> None:
    for name, old, new in (
        ("settings.yaml", "hard: false", "hard: nee"),
        ("municipalities.yaml", "stated_count: 14", "stated_count: 15"),
    ):
        path = regions_copy / TWENTE / name
        path.write_text(path.read_text(encoding="utf-8").replace(old, new), encoding="utf-8")

    files = {problem.file for problem in check_region(regions_copy / TWENTE)}

    assert files == {"twente/settings.yaml", "twente/municipalities.yaml"}


def test_two_plans_that_follow_each_other_are_a_ring(regions_copy: Path) -> None:
    path = regions_copy / MJP / "plan.yaml"
    text = path.read_text(encoding="utf-8")
    path.write_text(text.replace("follows: null", "follows: uitvoeringsplan"), encoding="utf-8")

    problems = check_region(regions_copy / "groningen")

    assert [problem.code for problem in problems] == ["ring"]
    assert "mjp-2020-2023 → uitvoeringsplan → mjp-2020-2023" in problems[0].message


def test_sub_regions_that_contain_each_other_are_a_ring(regions_copy: Path) -> None:
    path = regions_copy / TWENTE / "region.yaml"
    text = path.read_text(encoding="utf-8")
    text = text.replace("{id: almelo, name", "{id: almelo, part_of: enschede_hengelo, name")
    text = text.replace("{id: enschede_hengelo, name", "{id: enschede_hengelo, part_of: almelo, name")
    path.write_text(text, encoding="utf-8")

    problems = check_region(regions_copy / TWENTE)

    assert [problem.code for problem in problems] == ["ring"]


@pytest.mark.parametrize(
    ("name", "content", "code"),
    [
        ("settings.yaml", b"", "empty"),
        ("settings.yaml", b"# only a remark\n", "empty"),
        ("settings.yaml", b"region: twente\nname: caf\xe9\n", "not_utf8"),
        ("settings.yaml", b"- a\n- b\n", "type"),
        ("settings.yaml", b"just text\n", "type"),
        ("settings.yaml", b"x" * 1_000_001, "too_large"),
        ("settings.yaml", b"a: " + b"[" * 200_000 + b"]" * 200_000, "too_deep"),
        ("settings.yaml", b"a: !!python/object/apply:os.system [ls]\n", "tag"),
        ("settings.yaml", b"a: \x07\n", "syntax"),
        ("setting.yaml", b"a: 1\n", "unknown_file"),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_a_file_that_is_no_data_gives_one_line(
    name: str, content: bytes, code: str, regions_copy: Path
) -> None:
    (regions_copy / TWENTE / name).write_bytes(content)

    problems = check_region(regions_copy / TWENTE)

    assert [problem.code for problem in problems] == [code]
    assert problems[0].file == f"twente/{name}"


@pytest.mark.parametrize(
    "name", ["region.yaml", "municipalities.yaml", "settings.yaml", "plans/mentaal-gezond-twente/plan.yaml"]
)
def test_a_missing_file_is_named(name: str, regions_copy: Path) -> None:
    (regions_copy / TWENTE / name).unlink()

    problems = check_region(regions_copy / TWENTE)

    assert [(problem.file, problem.code) for problem in problems] == [(f"twente/{name}", "missing_file")]


def test_a_bomb_of_aliases_is_refused_before_it_grows(regions_copy: Path) -> None:
    rows = ["a: &a [x, x, x, x, x, x, x, x, x]"]
    for before, name in zip("abcdefgh", "bcdefghi", strict=True):
        rows.append(f"{name}: &{name} [{', '.join(['*' + before] * 9)}]")
    (regions_copy / TWENTE / "settings.yaml").write_text("\n".join(rows), encoding="utf-8")

    problems = check_region(regions_copy / TWENTE)

    assert [(problem.code, problem.line) for problem in problems] == [("alias", 1)]
