"""Finds the files of a region folder, reads them, and checks each against its shape."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from noaber.knowledge.reading import FileProblem, MapNode, Report, read_source
from noaber.knowledge.reading.problems import did_you_mean, quoted
from noaber.knowledge.reading.shapes import Shape
from noaber.knowledge.regions.shapes import (
    PLAN_FILES,
    REGION_FILES,
    REQUIRED_PLAN_FILES,
    REQUIRED_REGION_FILES,
)

PLANS = "plans"


@dataclass(slots=True)
class LoadedFolder:
    """A region folder in memory. `files` holds only what fits its shape; the rest stands in the reports.

    `present` names every file that is there, right or wrong. Names are relative to the region folder:
    'settings.yaml', 'plans/uitvoeringsplan/kpis.yaml'.
    """

    root: Path
    plan_slugs: tuple[str, ...]
    files: dict[str, MapNode] = field(default_factory=dict)
    reports: dict[str, Report] = field(default_factory=dict)
    present: set[str] = field(default_factory=set)
    fingerprint: str = ""

    @property
    def slug(self) -> str:
        """The name of the folder, which is the id of the region."""
        return self.root.name

    def file(self, name: str) -> MapNode | None:
        """A file of the region, or None when it is absent or wrong."""
        return self.files.get(name)

    def plan_file(self, plan: str, name: str) -> MapNode | None:
        """A file of a plan, or None when it is absent or wrong."""
        return self.files.get(plan_path(plan, name))

    def report(self, name: str) -> Report:
        """The report of one file, made when needed."""
        if name not in self.reports:
            self.reports[name] = Report(f"{self.slug}/{name}")
        return self.reports[name]

    def problems(self) -> tuple[FileProblem, ...]:
        """All problems, file by file, in the order of the lines."""
        return tuple(problem for name in sorted(self.reports) for problem in self.reports[name].problems)


def plan_path(plan: str, name: str) -> str:
    """The name of a plan's file, relative to the region folder."""
    return f"{PLANS}/{plan}/{name}"


def load_folder(root: Path) -> LoadedFolder:
    """Read every file of a region folder. Problems are collected, nothing is raised."""
    plans = root / PLANS
    found = sorted(entry.name for entry in plans.iterdir() if entry.is_dir()) if plans.is_dir() else []
    folder = LoadedFolder(root, tuple(name for name in found if not name.startswith(".")))
    digest = hashlib.sha256()
    _load_files(folder, root, "", REGION_FILES, REQUIRED_REGION_FILES, digest)
    for plan in folder.plan_slugs:
        _load_files(folder, plans / plan, plan_path(plan, ""), PLAN_FILES, REQUIRED_PLAN_FILES, digest)
    if not folder.plan_slugs:
        folder.report(PLANS).add(
            1,
            "",
            "missing_file",
            "Verwacht ten minste één plan, gevonden geen. Maak een map met een plan.yaml.",
        )
    folder.fingerprint = digest.hexdigest()
    return folder


def _load_files(
    folder: LoadedFolder,
    place: Path,
    prefix: str,
    shapes: Mapping[str, Shape],
    required: tuple[str, ...],
    digest: hashlib._Hash,
) -> None:
    present = sorted(
        entry.name for entry in place.iterdir() if entry.is_file() and not entry.name.startswith(".")
    )
    for name in required:
        if name not in present:
            message = f"Verwacht het bestand {quoted(name)}, gevonden: het ontbreekt. Maak dit bestand."
            folder.report(prefix + name).add(1, "", "missing_file", message)
    for name in present:
        if Path(name).suffix not in {".yaml", ".yml"}:
            continue
        report = folder.report(prefix + name)
        folder.present.add(prefix + name)
        if name not in shapes:
            hint = did_you_mean(name, shapes) or " Haal het weg of kijk hoe het heet."
            message = f"Verwacht alleen bekende bestanden, gevonden {quoted(name)}.{hint}"
            report.add(1, "", "unknown_file", message)
            continue
        node = read_source(place / name, report)
        if node is not None and not report.count:
            shapes[name].check(node, "", report)
        if isinstance(node, MapNode) and not report.count:
            folder.files[prefix + name] = node
            digest.update(prefix.encode() + name.encode() + b"\0" + (place / name).read_bytes() + b"\0")
