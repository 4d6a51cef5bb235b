"""Whatever happens to a line of a region file, the answer is problems or a region, never a crash."""

from __future__ import annotations

import random
import re
from pathlib import Path

import pytest

from noaber.knowledge.regions import check_region, read_region

SPOILERS = {"nothing": "null", "a list": "[]", "a block": "{}", "a number": "-7", "a text": '"zzz"'}


def _spoil(lines: list[str], place: int, how: str) -> list[str]:
    if how == "gone":
        return lines[:place] + lines[place + 1 :]
    if how == "twice":
        return lines[: place + 1] + lines[place:]
    other = re.sub(r"(: )([^,{}\[\]]+)(?=[,}\]]|$)", rf"\g<1>{SPOILERS[how]}", lines[place], count=1)
    return [*lines[:place], other, *lines[place + 1 :]]


@pytest.mark.parametrize("how", ["gone", "twice", *SPOILERS])
def test_a_spoilt_line_never_crashes_the_reader(how: str, regions_copy: Path) -> None:
    dice = random.Random(f"spoil {how}")
    files = sorted(regions_copy.rglob("*.yaml"))
    for _ in range(25):
        path = dice.choice(files)
        text = path.read_text(encoding="utf-8")
        lines = text.split("\n")
        path.write_text("\n".join(_spoil(lines, dice.randrange(len(lines) - 1), how)), encoding="utf-8")
        region = regions_copy / path.relative_to(regions_copy).parts[0]

        problems = check_region(region)

        assert all("\n" not in str(problem) and problem.line >= 1 for problem in problems)
        if not problems:
            assert read_region(region).slug == region.name
        path.write_text(text, encoding="utf-8")
