"""The commands `region list`, `region check` and `region load`, and `metrics`."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from noaber.cli import django_door
from noaber.cli.failures import CommandFailure
from noaber.cli.installation import child_environment, migrate, running_database
from noaber.cli.printing import plain, print_json, table
from noaber.cli.running import REGIONS, check_region_name, region_names
from noaber.cli.state import State
from noaber.knowledge import regions


@dataclass(frozen=True, slots=True)
class CheckedRegion:
    """What was found in the files of one region; `errors` is empty when they can be loaded."""

    region: str
    plans: int
    kpis: int
    errors: tuple[str, ...]


def list_regions(*, as_json: bool) -> int:
    """The regions that this checkout holds."""
    found = regions.list_regions(REGIONS)
    if as_json:
        print_json(found)
        return 0
    rows = [(entry.slug, entry.name, ", ".join(entry.plans), entry.problem_count) for entry in found]
    print(table(("Region", "Name", "Plans", "Problems"), rows))
    return 0


def check_regions(names: Sequence[str], *, as_json: bool) -> int:
    """Read the files of regions without touching a database; 1 when something is wrong in any of them."""
    checked = [check_folder(folder) for folder in _folders(names)]
    if as_json:
        print_json(checked)
    else:
        for outcome in checked:
            summary = (
                f"{outcome.plans} plans, {outcome.kpis} KPIs, in order"
                if not outcome.errors
                else "not in order"
            )
            print("\n".join([f"{outcome.region}: {summary}", *outcome.errors]))
    return 1 if any(outcome.errors for outcome in checked) else 0


def check_folder(folder: Path) -> CheckedRegion:
    """Read one region folder and tell what it holds, or line by line what is wrong with it."""
    problems = regions.check_region(folder)
    if problems:
        return CheckedRegion(folder.name, 0, 0, tuple(f"{folder.name}/{problem}" for problem in problems))
    files = regions.read_region(folder)
    return CheckedRegion(files.slug, len(files.plans), sum(len(plan.kpis) for plan in files.plans), ())


def load_regions(state: State, names: Sequence[str], *, as_json: bool) -> int:
    """Check the files, then load them; nothing is loaded when any file is wrong."""
    folders = _folders(names)
    wrong = [error for folder in folders for error in check_folder(folder).errors]
    if wrong:
        raise CommandFailure("\n".join(["Nothing was loaded, because the files are not in order.", *wrong]))
    with running_database(state) as database:
        environment = child_environment(state, database.urls)
        migrate(environment)
        rooms = django_door.open_rooms(environment)
        try:
            results = [
                {
                    "region": folder.name,
                    "result": plain(rooms.load_region_folder(folder, now=rooms.clock.now())),
                }
                for folder in folders
            ]
        finally:
            rooms.leave()
    if as_json:
        print_json(results)
    else:
        print("\n".join(f"{row['region']}: loaded" for row in results))
    return 0


def metrics(state: State, region: str, *, as_json: bool) -> int:
    """The KPIs of a region as they stand now, with what was counted."""
    check_region_name(region)
    with running_database(state) as database:
        rooms = django_door.open_rooms(child_environment(state, database.urls))
        try:
            now = rooms.clock.now()
            values = [plain(value) for value in rooms.kpi_values(region, now)]
        finally:
            rooms.leave()
    if as_json:
        print_json({"region": region, "as_of": now, "kpis": values})
        return 0
    columns = ("number", "value", "n", "target", "unit", "due_on")
    rows = [[*(row.get(name) for name in columns), shortened(str(row.get("text", "")))] for row in values]
    print(table(("Number", "Value", "N", "Target", "Unit", "Due", "KPI"), rows))
    return 0


def shortened(text: str, length: int = 60) -> str:
    """The text on one line of a terminal, with a mark where it was cut."""
    return text if len(text) <= length else text[: length - 1].rstrip() + "…"


def _folders(names: Sequence[str]) -> list[Path]:
    """The folders for names of regions or paths of folders; all regions when no name is given."""
    folders = []
    for name in names or region_names():
        if Path(name, "region.yaml").is_file():
            folders.append(Path(name))
        else:
            check_region_name(name)
            folders.append(REGIONS / name)
    return folders
