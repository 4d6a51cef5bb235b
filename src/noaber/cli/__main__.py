"""The command line of Noaber: reads the words a person typed and calls the command."""

import argparse
import os
import signal
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path
from types import FrameType

from noaber.cli import (
    backup,
    checks,
    covering,
    directory_files,
    doctor,
    geography,
    region_commands,
    running,
    searching,
)
from noaber.cli.failures import CommandFailure
from noaber.cli.installation import DEFAULT_PORT, child_environment, migrate, running_database
from noaber.cli.printing import print_json, say
from noaber.cli.serving import WEB_WORKERS
from noaber.cli.state import State, current_state
from noaber.ground.errors import NoaberError


def build_parser() -> argparse.ArgumentParser:
    """The commands and their options."""
    parser = argparse.ArgumentParser(
        prog="./noaber", description="Noaber: one network for mental health in a region."
    )
    commands = parser.add_subparsers(dest="command", required=True, metavar="COMMAND")

    demo = commands.add_parser("demo", help="show Noaber with invented people, on this machine")
    demo.add_argument("--region", default="twente", help="the region that gets the invented people (twente)")
    _add_web_options(demo)
    _add_json(demo)

    test = commands.add_parser("test", help="run every check and test; words after -- go to pytest")
    test.add_argument("--fast", action="store_true", help="leave out the browser and the slow tests")
    _add_json(test)

    serve = commands.add_parser("serve", help="serve the pages (DATABASE_URL, or our own PostgreSQL)")
    _add_web_options(serve)
    worker = commands.add_parser("worker", help="send mail and deliver events")
    worker.add_argument("--concurrency", type=int, default=2, help="jobs at the same time (2)")
    _add_json(commands.add_parser("migrate", help="bring the tables up to date"))

    region = commands.add_parser("region", help="the files of regions").add_subparsers(
        dest="action", required=True, metavar="ACTION"
    )
    for action, words in (
        ("load", "check and load regions; safe to run twice"),
        ("check", "check the files of regions without a database"),
    ):
        part = region.add_parser(action, help=words)
        part.add_argument("region", nargs="*", help="names of regions or paths of folders; all when left out")
        _add_json(part)
    _add_json(region.add_parser("list", help="the regions in this checkout"))

    areas = commands.add_parser("geography", help="take in official centres (CBS, PDOK)")
    areas.add_argument("file", help="GeoJSON, or CSV with a centre on each row")
    areas.add_argument("--region", default="twente", help="the region it is for (twente)")
    _add_json(areas)

    back = commands.add_parser("backup", help="everything in one encrypted file")
    back.add_argument("file", help="a new file")
    _add_json(back)
    restore = commands.add_parser("restore", help="put a backup back, then do again what was decided since")
    restore.add_argument("file", help="a file that ./noaber backup made")
    restore.add_argument("--replace", action="store_true", help="also when there are people here now")
    restore.add_argument(
        "--ledger-from-backup", action="store_true", help="on a new machine, when no newer ledger is left"
    )
    _add_json(restore)

    find = commands.add_parser("search", help="what one can go to, as the page finds it")
    find.add_argument("text", help="words, mistyped or not")
    find.add_argument("--near", default="", help="a town, a village or four digits of a postcode")
    find.add_argument("--region", default="", help="the region; the first one when left out")
    find.add_argument("--limit", type=int, default=10, help="how many to show (10)")
    _add_json(find)

    _add_directory(commands.add_parser("directory", help="the sociale kaart in and out of a file"))

    cover = commands.add_parser("cover", help="who has a point within reach, and where the next one helps")
    cover.add_argument("instance", help="a JSON file, see src/noaber/engines/coverage/examples")
    cover.add_argument("--each", action="store_true", help="also of every point of the population (--json)")
    _add_json(cover)

    metrics = commands.add_parser("metrics", help="the KPIs of a region as they stand now")
    metrics.add_argument("--region", required=True)
    _add_json(metrics)
    _add_json(commands.add_parser("doctor", help="is this installation healthy?"))

    manage = commands.add_parser("manage", help="Django's own commands, for developers", add_help=False)
    manage.add_argument("words", nargs=argparse.REMAINDER)
    return parser


def run(words: Sequence[str]) -> int:
    """Do what the words ask; the result is the exit code."""
    words, pytest_words = _split_at_dashes(words)
    options = build_parser().parse_args(words)
    as_json = bool(getattr(options, "json", False))
    if options.command == "region" and options.action == "list":
        return region_commands.list_regions(as_json=as_json)
    if options.command == "region" and options.action == "check":
        return region_commands.check_regions(options.region, as_json=as_json)
    state = current_state()
    match options.command:
        case "demo":
            return running.demo(state, _web(options), region=options.region, as_json=as_json)
        case "serve":
            return running.serve(state, _web(options))
        case "worker":
            return running.worker(state, concurrency=options.concurrency)
        case "test":
            return checks.run_checks(state, pytest_words, fast=options.fast, as_json=as_json)
        case "region" | "geography":
            return _region(state, options, as_json=as_json)
        case "metrics" | "search" | "directory":
            return _ask(state, options, as_json=as_json)
        case "backup" | "restore":
            return _backup(state, options, as_json=as_json)
        case "doctor" | "cover":
            return _look(state, options, as_json=as_json)
        case "migrate":
            return _migrate(state, as_json=as_json)
        case _:
            return _manage(state, options.words)


def main() -> None:
    """Run, and turn what we foresaw into one clear message."""
    signal.signal(signal.SIGTERM, _as_keyboard_interrupt)
    if signal.getsignal(signal.SIGHUP) is not signal.SIG_IGN:  # nohup wants us to stay
        signal.signal(signal.SIGHUP, _as_keyboard_interrupt)
    try:
        code = run(sys.argv[1:])
    except CommandFailure as failure:
        say(f"noaber: {failure}")
        code = failure.exit_code
    except NoaberError as failure:
        say("\n".join([f"noaber: {failure.sentence()}", *failure.fields.values()]))
        code = 1
    except KeyboardInterrupt:
        say("Stopped.")
        code = 130
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        code = 1
    sys.exit(code)


def _migrate(state: State, *, as_json: bool) -> int:
    with running_database(state) as database:
        migrate(child_environment(state, database.urls))
    if as_json:
        print_json({"migrated": True})
    else:
        print("The tables are up to date.")
    return 0


def _region(state: State, options: argparse.Namespace, *, as_json: bool) -> int:
    if options.command == "geography":
        return geography.take(state, Path(options.file), options.region, as_json=as_json)
    return region_commands.load_regions(state, options.region, as_json=as_json)


def _look(state: State, options: argparse.Namespace, *, as_json: bool) -> int:
    if options.command == "cover":
        return covering.cover(state, Path(options.instance), as_json=as_json, each=options.each)
    return doctor.examine(state, as_json=as_json)


def _directory(state: State, options: argparse.Namespace, *, as_json: bool) -> int:
    if options.action == "export":
        return directory_files.give_out(state, region=options.region, form=options.format)
    return directory_files.take_in(
        state,
        Path(options.file),
        region=options.region,
        source=options.source,
        dry_run=options.dry_run,
        as_json=as_json,
    )


def _ask(state: State, options: argparse.Namespace, *, as_json: bool) -> int:
    if options.command == "directory":
        return _directory(state, options, as_json=as_json)
    if options.command == "metrics":
        return region_commands.metrics(state, options.region, as_json=as_json)
    return searching.search(
        state, options.text, near=options.near, region=options.region, limit=options.limit, as_json=as_json
    )


def _backup(state: State, options: argparse.Namespace, *, as_json: bool) -> int:
    file = Path(options.file)
    if options.command == "backup":
        return backup.backup(state, file, as_json=as_json)
    return backup.restore(
        state,
        file,
        replace=options.replace,
        ledger_from_backup=options.ledger_from_backup,
        as_json=as_json,
    )


def _manage(state: State, words: Sequence[str]) -> int:
    """Django's commands as the application's role; with NOABER_AS_OWNER=1 as the owner of the tables."""
    with running_database(state) as database:
        environment = child_environment(state, database.urls)
        return subprocess.run([sys.executable, "-m", "django", *words], env=environment).returncode


def _split_at_dashes(words: Sequence[str]) -> tuple[list[str], list[str]]:
    """The words of `test` before and after `--`; other commands keep all their words."""
    found = list(words)
    if found[:1] != ["test"] or "--" not in found:
        return found, []
    place = found.index("--")
    return found[:place], found[place + 1 :]


def _web(options: argparse.Namespace) -> running.Web:
    return running.Web(host=options.host, port=options.port, workers=options.workers)


def _add_web_options(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "--port", type=int, default=DEFAULT_PORT, help=f"the port to serve at ({DEFAULT_PORT})"
    )
    parser.add_argument("--host", default="127.0.0.1", help="the address to listen on (127.0.0.1)")
    parser.add_argument("--workers", type=int, default=WEB_WORKERS, help=f"web processes ({WEB_WORKERS})")


def _add_directory(parser: argparse.ArgumentParser) -> None:
    actions = parser.add_subparsers(dest="action", required=True, metavar="ACTION")
    take = actions.add_parser("import", help="a file (CSV, .xlsx, HSDS): all of it, or nothing")
    take.add_argument("file")
    take.add_argument("--region", required=True)
    take.add_argument("--source", default="", help="the source it belongs to; left out: entries of our own")
    take.add_argument("--dry-run", action="store_true", help="only say what would happen")
    _add_json(take)
    give = actions.add_parser("export", help="every entry, to standard output")
    give.add_argument("--region", required=True)
    give.add_argument("--format", choices=("csv", "hsds"), default="csv")


def _add_json(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--json", action="store_true", help="print the result as JSON")


def _as_keyboard_interrupt(_number: int, _frame: FrameType | None) -> None:
    raise KeyboardInterrupt


if __name__ == "__main__":
    main()
