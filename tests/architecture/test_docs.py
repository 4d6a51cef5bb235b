"""The papers: rooms explain themselves, links lead somewhere, decisions are numbered."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
SOURCE = ROOT / "src" / "noaber"
DECISIONS = ROOT / "docs" / "decisions"
FLOORS_WITH_ROOMS = (
    "doors",
    "assistance",
    "steering",
    "pathways",
    "community",
    "offer",
    "network",
    "hallway",
    "engines",
    "knowledge",
)
LINK = re.compile(r"\[[^\]]*\]\(([^)\s]+)[^)]*\)")
CODE = re.compile(r"```.*?```|`[^`\n]*`", re.DOTALL)
OUTSIDE = ("http://", "https://", "mailto:")
STATUS = re.compile(r"^Status: (proposed|accepted on \d{4}-\d{2}-\d{2}|replaced by \d{4})", re.MULTILINE)


def rooms() -> list[Path]:
    """Folders one below a floor that hold code of their own, more than an empty `__init__.py`."""
    return [
        folder
        for floor in FLOORS_WITH_ROOMS
        for folder in sorted((SOURCE / floor).glob("*/"))
        if folder.name != "tests" and any(path.name != "__init__.py" for path in folder.glob("*.py"))
    ]


def papers() -> list[Path]:
    """Every Markdown page of the project."""
    folders = [ROOT / "docs", ROOT / "src", ROOT / "tests", ROOT / "regions", ROOT / "benchmarks"]
    return [*ROOT.glob("*.md"), *(page for folder in folders for page in folder.rglob("*.md"))]


def dead_links(page: Path) -> list[str]:
    """Links of a page to files that are not there."""
    text = CODE.sub("", page.read_text("utf-8"))
    targets = [match.group(1).split("#", 1)[0] for match in LINK.finditer(text)]
    return [
        target
        for target in targets
        if target and not target.startswith(OUTSIDE) and not (page.parent / target).exists()
    ]


@pytest.mark.parametrize("room", rooms(), ids=lambda room: str(room.relative_to(SOURCE)))
def test_each_room_explains_itself(room: Path) -> None:
    readme = room / "README.md"
    assert readme.is_file(), f"{readme.relative_to(ROOT)} is missing: purpose, words, who may what, events"
    assert len(readme.read_text("utf-8").split()) >= 20, "say a little more"


def test_every_link_between_papers_leads_somewhere() -> None:
    dead = [f"{page.relative_to(ROOT)}: {target}" for page in papers() for target in dead_links(page)]
    assert dead == []


def test_a_dead_link_would_be_seen(tmp_path: Path) -> None:
    page = tmp_path / "page.md"
    page.write_text("[here](page.md) [gone](gone.md) `[code](x.md)` [out](https://example.org)", "utf-8")
    assert dead_links(page) == ["gone.md"]


def test_decisions_are_numbered_without_a_gap_and_stand_in_the_list() -> None:
    names = sorted(path.name for path in DECISIONS.glob("[0-9]*.md"))
    assert [name[:4] for name in names] == [f"{i:04d}" for i in range(len(names))]
    listed = (DECISIONS / "README.md").read_text("utf-8")
    assert [name for name in names if f"({name})" not in listed] == []


@pytest.mark.parametrize(
    "path",
    sorted(set(DECISIONS.glob("[0-9]*.md")) - {DECISIONS / "0000-template.md"}),
    ids=lambda path: path.name,
)
def test_a_decision_says_its_number_its_status_and_how_it_is_kept(path: Path) -> None:
    text = path.read_text("utf-8")
    assert text.startswith(f"# {path.name[:4]}. ")
    assert STATUS.search(text), "write: Status: accepted on YYYY-MM-DD"
    for heading in ("What makes us choose", "What we do", "What it costs us", "How it is kept"):
        assert f"## {heading}" in text, f"the part '{heading}' is missing"


def test_the_changelog_keeps_a_place_for_what_is_not_released() -> None:
    assert "## [Unreleased]" in (ROOT / "CHANGELOG.md").read_text("utf-8")


@pytest.mark.parametrize("name", ["CONTRIBUTING.md", "SECURITY.md", "CHANGELOG.md", "docs/hazards.md"])
def test_the_papers_a_newcomer_looks_for_are_there(name: str) -> None:
    assert (ROOT / name).is_file()
