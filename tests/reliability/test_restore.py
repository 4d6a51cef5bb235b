"""Backup and restore of a whole installation: what was erased or taken back since does not come back."""

from __future__ import annotations

import fcntl
import json
import os
import shutil
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import psycopg
import pytest
from cryptography.fernet import Fernet
from tests.reliability.house import House

from noaber.cli.state import CHECKOUT

pytestmark = pytest.mark.slow
SCRIPT = Path(__file__).with_name("in_the_house_erasing.py")
GUARDS = (
    "SELECT c.relname, c.relrowsecurity, c.relforcerowsecurity, p.polname, "
    "pg_get_expr(p.polqual, p.polrelid) FROM pg_class c LEFT JOIN pg_policy p ON p.polrelid = c.oid "
    "WHERE c.relkind = 'r' AND c.relnamespace = 'public'::regnamespace ORDER BY 1, 4"
)


class Installation(House):
    """A house in which the commands of a person are typed; its database stays up in between."""

    def __enter__(self) -> Installation:
        self._users = open(self.folder / "database-users.lock", "a", encoding="ascii")
        fcntl.flock(self._users, fcntl.LOCK_SH)
        super().__enter__()
        return self

    def __exit__(self, *reason: object) -> None:
        self._users.close()
        super().__exit__(*reason)

    def type(self, *words: str, **more: str) -> subprocess.CompletedProcess[str]:
        """./noaber with these words."""
        return subprocess.run(
            [sys.executable, "-m", "noaber.cli", *words],
            env={**self.environment, **more},
            capture_output=True,
            text=True,
            cwd=CHECKOUT,
            check=False,
        )

    def ask(self, word: str) -> dict[str, Any]:
        """What the script in the house prints."""
        found: dict[str, Any] = json.loads(self.run(SCRIPT, word).strip().rpartition("\n")[2])
        return found

    @property
    def ledger(self) -> Path:
        """Where the ledger lies."""
        return self.folder / "ledger"

    def guards(self) -> list[Any]:
        """What guards each table."""
        with self.cluster.connect("noaber") as connection:
            return connection.execute(GUARDS).fetchall()


@pytest.fixture(scope="module")
def house() -> Iterator[Installation]:
    plain = {"NOABER_NOW": "2027-07-01T09:00:00+02:00", "NOABER_MAIL_URL": "database:"}
    before = os.environ.pop("NOABER_LEDGER_DIR", None)
    with Installation(plain) as installation:
        yield installation
    if before is not None:
        os.environ["NOABER_LEDGER_DIR"] = before


@pytest.fixture(scope="module")
def story(house: Installation) -> dict[str, Any]:
    """Seed, backup, decide: the backup knows nothing of the decisions."""
    house.environment.pop("NOABER_LEDGER_DIR", None)
    house.ask("seed")
    before = house.ask("look")
    file = house.folder / "monday.backup"
    made = house.type("backup", str(file))
    assert made.returncode == 0, made.stderr
    assert house.ask("decide") == {"erased": True}
    return {"file": file, "before": before, "after": house.ask("look"), "guards": house.guards()}


def test_the_story_is_as_it_should_be(story: dict[str, Any]) -> None:
    before, after = story["before"], story["after"]
    assert min(before["words"]) > 0
    assert before["living_consents"] == 1
    assert after["words"][0] == 0
    assert after["words"][1] == before["words"][1]
    assert after["living_consents"] == 0
    assert after["figures"] == before["figures"]
    assert after["ledger"] >= 2


def test_the_file_itself_shows_nobody(story: dict[str, Any]) -> None:
    content = story["file"].read_bytes()
    assert b"Zjierre" not in content
    assert b"accounts_account" not in content
    assert story["file"].stat().st_mode & 0o077 == 0


def test_a_backup_is_never_overwritten(house: Installation, story: dict[str, Any]) -> None:
    again = house.type("backup", str(story["file"]))
    assert again.returncode == 1
    assert "is there already" in again.stderr + again.stdout


def refused(house: Installation, file: Path, *words: str, **more: str) -> str:
    """What a refused restore said; and that it changed nothing."""
    before = house.ask("look")
    done = house.type("restore", str(file), *words, **more)
    assert done.returncode == 1
    assert "Traceback" not in done.stderr
    assert house.ask("look") == before
    return done.stderr + done.stdout


def test_a_filled_installation_is_not_overwritten_unasked(house: Installation, story: dict[str, Any]) -> None:
    assert "--replace" in refused(house, story["file"])


def test_a_wrong_key_is_refused_in_a_sentence(house: Installation, story: dict[str, Any]) -> None:
    wrong = Fernet.generate_key().decode()
    words = refused(house, story["file"], "--replace", NOABER_FIELD_KEYS=wrong)
    assert "another key" in words


@pytest.mark.parametrize("damage", ["cut", "cut at a piece", "changed", "header", "no backup"])
def test_a_damaged_backup_is_refused_before_anything_happens(
    house: Installation, story: dict[str, Any], tmp_path: Path, damage: str
) -> None:
    content = bytearray(story["file"].read_bytes())
    if damage == "cut":
        content = content[:-500]
    elif damage == "cut at a piece":
        start = content.index(b"\n", content.index(b"\n") + 1) + 1
        content = content[:start]
    elif damage == "changed":
        content[-700] ^= 1
    elif damage == "header":
        content = content.replace(b'"ledger_lines": ', b'"ledger_lines":  ', 1)
    else:
        content = bytearray(b"PK something else")
    file = tmp_path / "damaged.backup"
    file.write_bytes(content)
    assert "ackup" in refused(house, file, "--replace")


def test_a_ledger_that_lost_lines_is_refused(house: Installation, story: dict[str, Any]) -> None:
    kept = house.folder / "kept-ledger"
    shutil.copytree(house.ledger, kept)
    lines = house.ledger / "decisions.jsonl"
    lines.write_bytes(b"".join(lines.read_bytes().splitlines(keepends=True)[:-1]))
    try:
        done = house.type("restore", str(story["file"]), "--replace")
        assert done.returncode == 1
        assert "ledger" in done.stderr
        assert "Traceback" not in done.stderr
    finally:
        shutil.rmtree(house.ledger)
        kept.rename(house.ledger)
    assert house.ask("look") == story["after"]


def test_after_a_restore_the_erased_stay_erased_and_the_withdrawn_withdrawn(
    house: Installation, story: dict[str, Any]
) -> None:
    done = house.type("restore", str(story["file"]), "--replace")
    assert done.returncode == 0, done.stderr

    found = house.ask("look")
    assert found["words"][0] == 0
    assert found["living_consents"] == 0
    assert found["figures"] == story["before"]["figures"]
    assert found["ledger"] == story["after"]["ledger"]
    assert house.guards() == story["guards"]
    with psycopg.connect(house.cluster.urls.app) as connection:
        row = connection.execute("SELECT count(*) FROM residents_resident").fetchone()
        assert row == (0,), "row-level security hides everyone from a connection that does not say who asks"
    assert "up to date" in house.type("migrate").stdout


def test_a_second_restore_gives_the_same(house: Installation, story: dict[str, Any]) -> None:
    first = house.ask("look")
    assert house.type("restore", str(story["file"]), "--replace").returncode == 0
    assert house.ask("look") == first


def test_a_restore_waits_until_nothing_is_served(house: Installation, story: dict[str, Any]) -> None:
    house.start("worker")
    try:
        for _ in range(200):
            if house.programs("worker"):
                break
            time.sleep(0.1)
        assert "Stop ./noaber worker" in refused(house, story["file"], "--replace")
    finally:
        process = house.commands.pop("worker")
        process.terminate()
        process.wait(30)
