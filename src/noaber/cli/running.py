"""The commands that keep running until Ctrl-C: demo, serve, worker."""

import sys
import time
from collections.abc import Callable, Sequence
from contextlib import ExitStack
from dataclasses import dataclass
from typing import Any

from noaber.cli import django_door, serving
from noaber.cli.backup import replay_ledger
from noaber.cli.failures import CommandFailure
from noaber.cli.installation import (
    Database,
    child_environment,
    is_demo,
    mark_as_demo,
    migrate,
    own_accounts,
    ready_search,
    running_database,
)
from noaber.cli.printing import print_json, say, table
from noaber.cli.state import CHECKOUT, State
from noaber.cli.supervisor import Program, Supervisor, only_one

REGIONS = CHECKOUT / "regions"


@dataclass(frozen=True, slots=True)
class Web:
    """Where the pages are served and by how many processes."""

    host: str
    port: int
    workers: int

    @property
    def address(self) -> str:
        return f"http://{serving.reachable_host(self.host)}:{self.port}"


def demo(state: State, web: Web, *, region: str, as_json: bool) -> int:
    """Show Noaber with invented people: database, tables, regions, people, pages and worker."""
    check_region_name(region)
    with ExitStack() as stack:
        stack.enter_context(
            only_one(state, "serve", f"Noaber already runs from this folder ({state.folder}).")
        )
        serving.check_port(web.host, web.port, "demo")
        database = stack.enter_context(running_database(state))
        if not is_demo(state):
            if own_accounts(database.urls):
                raise CommandFailure(
                    "This installation holds accounts of its own, and the demo would put invented people "
                    "among them. Set NOABER_STATE_DIR to another folder for the demo."
                )
            mark_as_demo(state)
        environment = {
            "NOABER_REGION": region,
            **child_environment(state, database.urls, port=web.port),
        }
        say("The database is up. The tables are brought up to date.")
        database.steadily(lambda: migrate(environment))
        database.steadily(lambda: replay_ledger(environment))
        ready_search(environment)
        people = database.steadily(lambda: _prepare_demo(environment, region, web.address))
        programs = [
            serving.web_program(state, environment, host=web.host, port=web.port, workers=web.workers),
            serving.worker_program(state, environment),
        ]

        def welcome() -> None:
            _show_welcome(web, people, as_json=as_json)

        _supervise(state, "serve", programs, database, welcome, Answering(web, programs[0]))
    return 0


def serve(state: State, web: Web) -> int:
    """Serve the pages; the worker runs apart (`./noaber worker`)."""
    with ExitStack() as stack:
        stack.enter_context(
            only_one(state, "serve", f"Noaber already runs from this folder ({state.folder}).")
        )
        serving.check_port(web.host, web.port, "serve")
        database = stack.enter_context(running_database(state))
        environment = child_environment(state, database.urls, port=web.port)
        database.steadily(lambda: migrate(environment, "--check"))
        database.steadily(lambda: replay_ledger(environment))
        ready_search(environment)
        programs = [
            serving.web_program(state, environment, host=web.host, port=web.port, workers=web.workers)
        ]

        def welcome() -> None:
            print(f"Noaber is at {web.address}. Stop it with Ctrl-C.", flush=True)

        _supervise(state, "serve", programs, database, welcome, Answering(web, programs[0]))
    return 0


def worker(state: State, *, concurrency: int) -> int:
    """Run a worker that sends mail and delivers events."""
    with ExitStack() as stack:
        stack.enter_context(
            only_one(state, "worker", "A worker already runs from this folder. Use --concurrency.")
        )
        database = stack.enter_context(running_database(state))
        environment = child_environment(state, database.urls)
        database.steadily(lambda: replay_ledger(environment))
        programs = [serving.worker_program(state, environment, concurrency=concurrency)]
        _supervise(state, "worker", programs, database, lambda: print("The worker runs.", flush=True))
    return 0


def check_region_name(region: str) -> None:
    """Refuse a region that has no folder, and name those that have."""
    known = region_names()
    if region not in known:
        raise CommandFailure(
            f"There is no region {region!r}. The regions are: {', '.join(known)}.", exit_code=2
        )


def region_names() -> list[str]:
    """The names of the folders in regions/ that hold a region."""
    return sorted(path.parent.name for path in REGIONS.glob("*/region.yaml"))


def _prepare_demo(environment: dict[str, str], region: str, address: str) -> Sequence[Any]:
    """Load every region and, the first time, the invented people; the result is how to sign in."""
    rooms = django_door.open_rooms(environment)
    try:
        for name in region_names():
            rooms.load_region_folder(REGIONS / name, now=rooms.clock.now())
        if not rooms.demo_world.is_seeded(region):
            say("The invented people arrive. This happens once.")
            rooms.demo_world.seed(region, say)
        return list(rooms.demo_world.sign_ins(region, address))
    finally:
        rooms.leave()


class Answering:
    """Whether the web server answers yet; call it again and again.

    Raises CommandFailure when it has not answered in `READY_SECONDS`.
    """

    def __init__(self, web: Web, program: Program) -> None:
        self._web = web
        self._program = program
        self._deadline = time.monotonic() + serving.READY_SECONDS

    def __call__(self) -> bool:
        if serving.is_answering(self._web.host, self._web.port):
            return True
        if time.monotonic() > self._deadline:
            raise CommandFailure(
                f"The web server does not answer at {self._web.address}. See {self._program.log_file}."
            )
        return False


def _show_welcome(web: Web, people: Sequence[Any], *, as_json: bool) -> None:
    if as_json:
        print_json({"address": web.address, "sign_ins": people})
        sys.stdout.flush()
        return
    print(f"\nNoaber is at {web.address}\n")
    rows = [(who.role, who.name, who.address, who.how) for who in people]
    print(table(("Role", "Name", "Address", "How"), rows))
    print("\nStop with Ctrl-C.", flush=True)


def _supervise(
    state: State,
    name: str,
    programs: Sequence[Program],
    database: Database,
    welcome: Callable[[], None],
    is_ready: Callable[[], bool] = lambda: True,
) -> None:
    Supervisor(state, name, programs, revive_database=database.revive, say=say).run(welcome, is_ready)
    say("Everything has stopped.")
