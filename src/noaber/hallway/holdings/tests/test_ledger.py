"""The ledger: what was decided for good is found back, and what was cut or changed is found out."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from cryptography.fernet import Fernet
from django.conf import settings
from django.db import transaction

from noaber.hallway.holdings import ledger
from noaber.hallway.holdings.errors import DamagedLedger
from noaber.hallway.holdings.models import LedgerMark

NOW = datetime(2027, 7, 1, 9, tzinfo=UTC)
KIND = "test.withdraw"
pytestmark = pytest.mark.django_db


@pytest.fixture
def done(monkeypatch: pytest.MonkeyPatch) -> list[tuple[str, datetime]]:
    """What `replay` did again."""
    again: list[tuple[str, datetime]] = []
    monkeypatch.setattr(ledger, "_kinds", {KIND: lambda payload, at: again.append((payload["id"], at))})
    return again


@pytest.fixture
def lines() -> Path:
    return Path(settings.LEDGER_DIR) / ledger.LINES


def three(done: object) -> None:
    for number in (1, 2, 3):
        assert ledger.append(KIND, {"id": f"a{number}"}, now=NOW) == number


def test_an_empty_ledger_is_fine(done: list[Any]) -> None:
    assert ledger.read() == []
    assert ledger.replay() == 0


def test_what_was_appended_is_read_back_in_order(done: list[Any]) -> None:
    three(done)

    assert [(line.number, line.kind, line.payload["id"], line.at) for line in ledger.read()] == [
        (n, KIND, f"a{n}", NOW) for n in (1, 2, 3)
    ]


def test_replay_does_nothing_that_this_database_knows(done: list[Any]) -> None:
    three(done)

    assert ledger.replay() == 0
    assert done == []


def test_replay_does_again_what_an_older_database_misses_and_only_once(done: list[Any]) -> None:
    three(done)
    LedgerMark.objects.filter(number__gt=1).delete()

    assert ledger.replay() == 2
    assert ledger.replay() == 0
    assert done == [("a2", NOW), ("a3", NOW)]


def test_a_decision_whose_transaction_failed_is_done_at_the_next_start(done: list[Any]) -> None:
    with transaction.atomic():
        ledger.append(KIND, {"id": "a1"}, now=NOW)
        transaction.set_rollback(True)

    assert ledger.replay() == 1
    assert done == [("a1", NOW)]


def test_a_kind_that_no_room_knows_is_not_skipped(done: list[Any], monkeypatch: pytest.MonkeyPatch) -> None:
    three(done)
    LedgerMark.objects.all().delete()
    monkeypatch.setattr(ledger, "_kinds", {})

    with pytest.raises(DamagedLedger, match="damaged_ledger") as failure:
        ledger.replay()
    assert KIND in failure.value.what
    with pytest.raises(KeyError):
        ledger.append(KIND, {"id": "a4"}, now=NOW)


@pytest.mark.parametrize("value", ["Fatma Yilmaz", "Ik slaap slecht.", 3.5, {"a": 1}, "x" * 65])
def test_words_stay_out_of_the_ledger(done: list[Any], value: Any) -> None:
    with pytest.raises(ValueError, match="the ledger"):
        ledger.append(KIND, {"id": value}, now=NOW)
    assert ledger.read() == []


def change_a_line(lines: Path) -> None:
    lines.write_bytes(lines.read_bytes().replace(b'"a2"', b'"b2"'))


def leave_a_line_out(lines: Path) -> None:
    first, _, third = lines.read_bytes().splitlines(keepends=True)
    lines.write_bytes(first + third)


def cut_the_last_line(lines: Path) -> None:
    lines.write_bytes(b"".join(lines.read_bytes().splitlines(keepends=True)[:-1]))


def cut_half_a_line(lines: Path) -> None:
    lines.write_bytes(lines.read_bytes()[:-20])


def empty_it(lines: Path) -> None:
    lines.write_bytes(b"")


def remove_it(lines: Path) -> None:
    lines.unlink()


def add_a_line_of_our_own(lines: Path) -> None:
    held = {"n": 4, "at": NOW.isoformat(), "kind": KIND, "payload": {"id": "a4"}, "mac": "0" * 64}
    lines.write_bytes(lines.read_bytes() + json.dumps(held).encode() + b"\n")


def move_the_head(lines: Path) -> None:
    head = lines.with_name(ledger.HEAD)
    head.write_text(head.read_text().replace('"number": 3', '"number": 2'))


def remove_the_head(lines: Path) -> None:
    lines.with_name(ledger.HEAD).unlink()


def break_the_head(lines: Path) -> None:
    lines.with_name(ledger.HEAD).write_text("{")


DAMAGES = [
    *(change_a_line, leave_a_line_out, cut_the_last_line, cut_half_a_line, empty_it, remove_it),
    *(add_a_line_of_our_own, move_the_head, remove_the_head, break_the_head),
]


@pytest.mark.parametrize("damage", DAMAGES)
def test_damage_is_found_and_nothing_is_done(
    done: list[Any], lines: Path, damage: Callable[[Path], None]
) -> None:
    three(done)
    LedgerMark.objects.all().delete()
    damage(lines)

    with pytest.raises(DamagedLedger):
        ledger.replay()
    assert done == []


def append_and_read() -> None:
    ledger.append(KIND, {"id": "a5"}, now=NOW)
    ledger.read()


@pytest.mark.parametrize("damage", [d for d in DAMAGES if d is not change_a_line])
def test_nothing_is_written_behind_damage_that_shows(
    done: list[Any], lines: Path, damage: Callable[[Path], None]
) -> None:
    three(done)
    damage(lines)
    before = lines.read_bytes() if lines.exists() else b""

    with pytest.raises(DamagedLedger):
        append_and_read()
    assert (lines.read_bytes() if lines.exists() else b"")[: len(before)] == before


def test_a_ledger_that_is_gone_altogether_is_missed_by_the_database(done: list[Any], lines: Path) -> None:
    three(done)
    for path in lines.parent.iterdir():
        path.unlink()

    with pytest.raises(DamagedLedger):
        ledger.replay()
    with pytest.raises(DamagedLedger):
        ledger.append(KIND, {"id": "a4"}, now=NOW)


def test_another_ledger_in_its_place_is_found(done: list[Any], lines: Path) -> None:
    three(done)
    for path in lines.parent.iterdir():
        path.unlink()
    LedgerMark.objects.all().delete()
    three(done)
    LedgerMark.objects.filter(number=2).update(mac="f" * 64)

    with pytest.raises(DamagedLedger, match="damaged_ledger"):
        ledger.replay()


def test_half_a_line_of_a_power_cut_is_put_aside_and_said(
    done: list[Any], lines: Path, caplog: pytest.LogCaptureFixture
) -> None:
    three(done)
    with open(lines, "ab") as file:
        file.write(b'{"n": 4, "at": "2027')

    assert len(ledger.read()) == 3
    assert "put aside" in caplog.text
    assert lines.with_name("torn-4").read_bytes() == b'{"n": 4, "at": "2027'
    assert ledger.append(KIND, {"id": "a4"}, now=NOW) == 4
    assert len(ledger.read()) == 4


def test_a_line_that_was_on_disk_before_the_head_was_noted_counts(done: list[Any], lines: Path) -> None:
    three(done)
    head = lines.with_name(ledger.HEAD).read_bytes()
    ledger.append(KIND, {"id": "a4"}, now=NOW)
    lines.with_name(ledger.HEAD).write_bytes(head)

    assert ledger.append(KIND, {"id": "a5"}, now=NOW) == 5
    assert [line.payload["id"] for line in ledger.read()] == ["a1", "a2", "a3", "a4", "a5"]


def test_a_new_key_signs_and_the_old_one_still_opens(
    done: list[Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    three(done)
    monkeypatch.setattr(
        settings, "NOABER_FIELD_KEYS", [Fernet.generate_key().decode(), *settings.NOABER_FIELD_KEYS]
    )
    ledger.append(KIND, {"id": "a4"}, now=NOW)
    assert len(ledger.read()) == 4


def test_a_wrong_key_opens_nothing(done: list[Any], monkeypatch: pytest.MonkeyPatch) -> None:
    three(done)
    monkeypatch.setattr(settings, "NOABER_FIELD_KEYS", [Fernet.generate_key().decode()])
    with pytest.raises(DamagedLedger):
        ledger.read()


WRITER = """
import sys, django
django.setup()
from datetime import UTC, datetime
from noaber.hallway.holdings import ledger
ledger.register("test.withdraw", lambda payload, at: None)
for number in range(25):
    ledger.append("test.withdraw", {"id": f"{sys.argv[1]}-{number}"}, now=datetime.now(UTC))
"""


@pytest.mark.django_db(transaction=True)
def test_several_programs_write_at_the_same_time_and_nothing_is_lost(done: list[Any]) -> None:
    writers = [subprocess.Popen([sys.executable, "-c", WRITER, name]) for name in ("a", "b", "c")]
    assert [writer.wait(120) for writer in writers] == [0, 0, 0]

    lines = ledger.read()
    assert [line.number for line in lines] == list(range(1, 76))
    assert {line.payload["id"] for line in lines} == {f"{w}-{n}" for w in "abc" for n in range(25)}
    assert LedgerMark.objects.count() == 75
