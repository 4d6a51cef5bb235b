"""Lines older than five years go, and the chain over what is left can still be checked."""

from __future__ import annotations

import os
import subprocess
import sys
from datetime import UTC, datetime, timedelta
from pathlib import Path
from uuid import UUID, uuid4

import psycopg
import pytest
from django.db import Error, connection, transaction
from pytest_django import Settings

from noaber.hallway.audit import sealing, services, verify
from noaber.hallway.audit.models import AuditEntry, Checkpoint, Seal
from noaber.hallway.audit.tests.test_the_log import reader

pytestmark = pytest.mark.django_db
LONG_AGO = datetime(2014, 3, 1, 9, 0, tzinfo=UTC)
NOW = datetime(2026, 11, 22, 9, 0, tzinfo=UTC)


@pytest.fixture(autouse=True)
def own_folder(settings: Settings, tmp_path: Path) -> None:
    settings.STATE_DIR = tmp_path


def look(at: datetime, resident_id: UUID | None = None) -> None:
    services.record(
        actor=reader(), action="R", event_type="x", resident_id=resident_id or uuid4(), object_kind="x",
        part="x", purpose="om te kijken", now=at,
    )  # fmt: skip


def ten_years(each: int = 10) -> None:
    """Ten lines of long ago, sealed then; ten of the last years, sealed later."""
    for number in range(each):
        look(LONG_AGO + timedelta(days=number))
    sealing.seal_all(now=LONG_AGO + timedelta(days=each))
    for number in range(each):
        look(NOW - timedelta(days=500 - number))
    sealing.seal_all(now=NOW - timedelta(days=400))


def checked() -> verify.Found:
    """As the checker does it, with all that was ever published."""
    point = Checkpoint.objects.order_by("-number").first()
    start = (point.number, point.chain) if point else (0, verify.BEGIN)
    with connection.cursor() as cursor:
        cursor.execute(verify.SEALED)
        found = verify.check(cursor.fetchall(), verify.read_heads(sealing.heads_file()), start)
    if point:
        before = point.before.date().isoformat()
        found.wrong += verify.forgotten_too_early(sealing.heads_file(), point.number, before)
    return found


def refused(statement: str) -> bool:
    try:
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(statement)
            return bool(cursor.rowcount == 0)
    except Error:
        return True


def test_nobody_deletes_a_line_or_a_link_or_makes_a_checkpoint_by_hand() -> None:
    ten_years()
    for statement in (
        "DELETE FROM audit_auditentry",
        "DELETE FROM audit_seal",
        "SET LOCAL app.audit_forgets = 'on'; DELETE FROM audit_auditentry",
        "SET LOCAL app.audit_forgets = 'on'; DELETE FROM audit_seal",
        "UPDATE audit_auditentry SET purpose = 'x'",
        "TRUNCATE audit_auditentry",
        "INSERT INTO audit_checkpoint VALUES (20, 'x', now(), now(), 20)",
    ):
        assert refused(statement), statement
    assert AuditEntry.objects.count() == 20


def test_whatever_is_asked_a_line_stays_for_five_years() -> None:
    ten_years()
    with connection.cursor() as cursor:
        cursor.execute("SELECT audit_forget(%s, %s)", [datetime(2099, 1, 1, tzinfo=UTC), NOW])
        assert cursor.fetchone()[0] == 10
    assert AuditEntry.objects.count() == 10
    assert AuditEntry.objects.order_by("occurred_at")[0].occurred_at > NOW - timedelta(days=600)


def test_old_lines_go_and_the_chain_is_whole_before_and_after() -> None:
    ten_years()
    assert checked().wrong == []
    assert sealing.forget_old(now=NOW) == 10
    assert (AuditEntry.objects.count(), Seal.objects.count()) == (10, 10)
    found = checked()
    assert (found.lines, found.wrong) == (20, []), "numbers go on where they were"
    look(NOW)
    sealing.seal_all(now=NOW)
    assert (checked().lines, checked().wrong) == (21, [])
    assert sealing.forget_old(now=NOW + timedelta(days=1)) == 0


def test_again_years_later_it_goes_on() -> None:
    ten_years()
    sealing.forget_old(now=NOW)
    first = Checkpoint.objects.get()
    assert (first.number, first.lines) == (10, 10)
    assert sealing.forget_old(now=NOW) == 0
    assert checked().wrong == []


def test_a_young_line_between_old_ones_and_one_that_is_not_sealed_stay() -> None:
    look(LONG_AGO)
    look(NOW)
    look(LONG_AGO)
    sealing.seal_all(now=NOW)
    look(LONG_AGO)
    assert sealing.forget_old(now=NOW) == 1
    assert AuditEntry.objects.count() == 3


def test_what_somebody_did_to_an_old_line_is_not_forgotten_with_it(
    owner_connection: psycopg.Connection, caplog: pytest.LogCaptureFixture
) -> None:
    ten_years()
    Seal.objects.bulk_create([Seal(number=21, entry_id=10**9, chain="0" * 64)])
    assert checked().wrong
    assert sealing.forget_old(now=NOW) == 10, "the part that is whole goes; the damage stays in sight"
    assert any("21" in words for words in checked().wrong)


def test_a_broken_beginning_is_kept_whole(monkeypatch: pytest.MonkeyPatch) -> None:
    look(LONG_AGO)
    Seal.objects.create(number=1, entry_id=AuditEntry.objects.get().pk, chain="f" * 64)
    look(NOW)
    sealing.seal_all(now=NOW)
    assert sealing.forget_old(now=NOW) == 0
    assert AuditEntry.objects.count() == 2
    assert checked().wrong == ["line 1 was changed or put elsewhere"]


def test_a_checkpoint_that_hides_younger_lines_is_found() -> None:
    """An owner of the database who deletes last year's lines and says that they were old."""
    ten_years()
    with sealing.heads_file().open(encoding="utf-8") as file:
        heads = [line.split() for line in file]
    assert verify.forgotten_too_early(sealing.heads_file(), 10, "2014-04-01") == []
    wrong = verify.forgotten_too_early(sealing.heads_file(), 20, "2021-11-01")
    assert len(wrong) == 1
    assert heads[-1][2][:10] in wrong[0]


@pytest.mark.django_db(transaction=True)
def test_the_checker_without_django_starts_at_the_checkpoint(tmp_path: Path) -> None:
    ten_years()
    sealing.forget_old(now=NOW)
    url = connection.settings_dict
    address = (
        f"host={url['HOST']} port={url['PORT'] or 5432} dbname={url['NAME']} user={url['USER']} "
        f"password={url['PASSWORD']}"
    )
    done = subprocess.run(
        [sys.executable, "-m", "noaber.hallway.audit.verify", str(sealing.heads_file())],
        env={**os.environ, "DATABASE_URL": address},
        capture_output=True,
        text=True,
        check=False,
    )
    assert (done.returncode, done.stderr) == (0, "")
    assert "20 lines, 10 forgotten from before" in done.stdout
