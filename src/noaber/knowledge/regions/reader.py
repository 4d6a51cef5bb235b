"""Reads, checks and lists region folders. Reading never changes anything."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from noaber.knowledge.reading import FileProblem
from noaber.knowledge.reading.nodes import text_at
from noaber.knowledge.regions.building import build_region
from noaber.knowledge.regions.checks import ALL_CHECKS
from noaber.knowledge.regions.errors import RegionFilesWrong, RegionFolderMissing
from noaber.knowledge.regions.folder import LoadedFolder, load_folder
from noaber.knowledge.regions.types import RegionFiles


@dataclass(frozen=True, slots=True)
class RegionEntry:
    """A region folder as it appears in a list. `problem_count` is 0 when it can be loaded."""

    slug: str
    name: str
    folder: Path
    plans: tuple[str, ...]
    problem_count: int


def read_region(folder: Path) -> RegionFiles:
    """Everything in one region folder.

    Raises `RegionFolderMissing` when there is no such folder and `RegionFilesWrong` with one line for each
    mistake when anything is wrong.
    """
    loaded = _loaded(folder)
    problems = loaded.problems()
    if problems:
        raise RegionFilesWrong(loaded.slug, problems)
    return build_region(loaded)


def check_region(folder: Path) -> list[FileProblem]:
    """Every mistake in a region folder, file by file and line by line; empty when it can be loaded."""
    return list(_loaded(folder).problems())


def list_regions(root: Path) -> tuple[RegionEntry, ...]:
    """The region folders under `root`, by slug. Folders without region.yaml are no regions."""
    if not root.is_dir():
        return ()
    folders = sorted(entry for entry in root.iterdir() if (entry / "region.yaml").is_file())
    return tuple(_entry(_loaded(folder)) for folder in folders)


def _entry(loaded: LoadedFolder) -> RegionEntry:
    return RegionEntry(
        slug=loaded.slug,
        name=text_at(loaded.file("region.yaml"), "name") or loaded.slug,
        folder=loaded.root,
        plans=loaded.plan_slugs,
        problem_count=len(loaded.problems()),
    )


def _loaded(folder: Path) -> LoadedFolder:
    root = folder.resolve()
    if not root.is_dir():
        raise RegionFolderMissing(root.name)
    loaded = load_folder(root)
    for check in ALL_CHECKS:
        check(loaded)
    return loaded
