"""The commands `directory import` and `directory export`: the sociale kaart in and out of a file."""

import sys
from pathlib import Path

from noaber.cli import django_door
from noaber.cli.failures import CommandFailure
from noaber.cli.installation import child_environment, running_database
from noaber.cli.printing import print_json
from noaber.cli.running import check_region_name
from noaber.cli.state import State


def take_in(state: State, file: Path, *, region: str, source: str, dry_run: bool, as_json: bool) -> int:
    """Keep a whole file (CSV, .xlsx or HSDS), or nothing when a line is wrong; 1 then."""
    check_region_name(region)
    try:
        content = file.read_bytes()
    except OSError as fault:
        raise CommandFailure(f"{file} cannot be read: {fault.strerror}.") from fault
    with running_database(state) as database:
        rooms = django_door.open_rooms(child_environment(state, database.urls))
        try:
            report = rooms.take_offer_file(region, content, source, dry_run=dry_run, now=rooms.clock.now())
        finally:
            rooms.leave()
    if as_json:
        print_json(report | {"dry_run": dry_run})
        return 1 if report["faults"] else 0
    if report["faults"]:
        lines = [f"line {one['row']}, {one['field'] or '-'}: {one['reason']}" for one in report["faults"]]
        raise CommandFailure("\n".join(["Nothing was taken in, because of these lines:", *lines]))
    counts = f"{report['new']} new, {report['changed']} changed, {report['same']} the same"
    print(f"{region}: {counts}" + (" (only tried, nothing was kept)" if dry_run else ""))
    return 0


def give_out(state: State, *, region: str, form: str) -> int:
    """Write the whole directory of a region to standard output."""
    check_region_name(region)
    with running_database(state) as database:
        rooms = django_door.open_rooms(child_environment(state, database.urls))
        try:
            for line in rooms.offer_lines(region, form):
                sys.stdout.buffer.write(line.encode())
            sys.stdout.buffer.flush()
        finally:
            rooms.leave()
    return 0
