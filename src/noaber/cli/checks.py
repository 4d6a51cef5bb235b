"""The command `test`: every check of the project, one after the other, on a PostgreSQL of its own."""

import os
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass

from psycopg import sql

from noaber.cli.chromium import require_chromium
from noaber.cli.failures import CommandFailure
from noaber.cli.installation import child_environment
from noaber.cli.postgres import Cluster, DatabaseUrls
from noaber.cli.printing import print_json, say, table
from noaber.cli.roles import set_up_database
from noaber.cli.serving import core_count
from noaber.cli.state import CHECKOUT, State, load_secrets
from noaber.cli.supervisor import only_one
from noaber.cli.throwaway import template_name

NOTHING_COLLECTED = 5
"""pytest's exit code for a run without any test; that is a failure here."""

MOST_TEST_PROCESSES = 4
LEFT_TO_TESTS = (
    "DATABASE_URL",
    "DATABASE_OWNER_URL",
    "NOABER_DEMO",
    "DEMO_TODAY",
    "NOABER_NOW",
    "NOABER_BASE_URL",
)


@dataclass(frozen=True, slots=True)
class Step:
    """One check: its name and the command that does it."""

    name: str
    words: Sequence[str]


@dataclass(frozen=True, slots=True)
class Outcome:
    """How a step ended and how long it took."""

    name: str
    passed: bool
    seconds: float


def steps(pytest_words: Sequence[str], *, fast: bool) -> list[Step]:
    """The checks in order: the quick ones first. `fast` leaves out the browser and the slow tests."""
    python = sys.executable
    chosen = [*(["-m", "not slow and not journey"] if fast else []), *pytest_words]
    processes = str(min(MOST_TEST_PROCESSES, max(1, core_count())))
    return [
        Step("style", [python, "-m", "ruff", "check", "."]),
        Step("layout", [python, "-m", "ruff", "format", "--check", "."]),
        Step(
            "layers",
            [python, "-c", "import sys; from importlinter.cli import lint_imports; sys.exit(lint_imports())"],
        ),
        Step("types", [python, "-m", "mypy"]),
        Step("migrations", [python, "-m", "django", "makemigrations", "--check", "--dry-run"]),
        Step("tests", [python, "-m", "pytest", "-n", processes, *chosen]),
    ]


def run_checks(state: State, pytest_words: Sequence[str], *, fast: bool, as_json: bool) -> int:
    """Run every check; the result is 0 only when all of them passed."""
    chromium = "" if fast else require_chromium(say)
    busy = "The tests already run for this folder. Wait for them to end."
    with only_one(state, "test", busy), test_database(state) as urls:
        outside = {name: value for name, value in os.environ.items() if name not in LEFT_TO_TESTS}
        environment = child_environment(state, urls, environ=outside)
        environment |= {"NOABER_CHROMIUM": chromium, "PYTHONPATH": str(CHECKOUT / "src")}
        outcomes = [_run(step, environment, quiet=as_json) for step in steps(pytest_words, fast=fast)]
    _report(outcomes, as_json=as_json)
    return 0 if all(outcome.passed for outcome in outcomes) else 1


@contextmanager
def test_database(state: State) -> Iterator[DatabaseUrls]:
    """A PostgreSQL for tests alone, with data that may be lost, empty of earlier test databases.

    The tests always run on our own PostgreSQL, whatever DATABASE_URL says: a test never touches real data.
    """
    cluster = Cluster(state, load_secrets(state), "test", durable=False)
    cluster.start()
    try:
        set_up_database(cluster)
        _drop_left_databases(cluster)
        yield cluster.urls
    finally:
        cluster.stop()


def _drop_left_databases(cluster: Cluster) -> None:
    """Drop what killed test runs left, and the templates of earlier migrations."""
    with cluster.connect() as connection:
        rows = connection.execute(
            "SELECT datname FROM pg_database WHERE datname ~ '^noaber_(test|template)_' AND datname <> %s",
            (template_name(),),
        ).fetchall()
        for (name,) in rows:
            connection.execute(
                sql.SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)").format(sql.Identifier(name))
            )


def _run(step: Step, environment: Mapping[str, str], *, quiet: bool) -> Outcome:
    say(f"\n== {step.name}")
    started = time.monotonic()
    try:
        done = subprocess.run(
            step.words,
            env=dict(environment),
            cwd=CHECKOUT,
            stdin=subprocess.DEVNULL,
            stdout=sys.stderr if quiet else None,
        )
    except FileNotFoundError as error:
        raise CommandFailure(f"The check {step.name!r} cannot start: {error}.") from error
    return Outcome(step.name, done.returncode == 0, round(time.monotonic() - started, 1))


def _report(outcomes: Sequence[Outcome], *, as_json: bool) -> None:
    if as_json:
        print_json({"passed": all(outcome.passed for outcome in outcomes), "steps": outcomes})
        return
    rows = [
        (outcome.name, "passed" if outcome.passed else "FAILED", f"{outcome.seconds:.1f} s")
        for outcome in outcomes
    ]
    total = sum(outcome.seconds for outcome in outcomes)
    print("\n" + table(("Check", "Result", "Time"), [*rows, ("all", "", f"{total:.1f} s")]), flush=True)
