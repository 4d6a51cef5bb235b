"""The command `geography`: official centres of municipalities, postcode areas or places into a region."""

from pathlib import Path

from noaber.cli import django_door
from noaber.cli.failures import CommandFailure
from noaber.cli.installation import child_environment, running_database
from noaber.cli.printing import plain, print_json
from noaber.cli.running import check_region_name
from noaber.cli.state import State
from noaber.knowledge.geography import GeographyWrong, read_areas


def take(state: State, file: Path, region: str, *, as_json: bool) -> int:
    """Keep what a GeoJSON or CSV file of CBS or PDOK says of the region; nothing when a row is wrong."""
    check_region_name(region)
    try:
        areas = read_areas(file)
    except GeographyWrong as wrong:
        raise CommandFailure("\n".join(["Nothing was taken in.", *wrong.lines()])) from wrong
    with running_database(state) as database:
        rooms = django_door.open_rooms(child_environment(state, database.urls))
        try:
            today = rooms.clock.today()
            report = plain(rooms.take_geography(region, areas, f"{file.name}, ingelezen op {today:%d-%m-%Y}"))
        finally:
            rooms.leave()
    if as_json:
        print_json(report)
    else:
        print(
            f"{report['region']}: {report['municipalities']} municipalities,"
            f" {report['postcodes']} postcode areas, {report['places']} places;"
            f" {report['elsewhere']} of elsewhere were left out"
        )
    return 0
