"""The chain over the log: every change, gap, swap and cut is found."""

from __future__ import annotations

import random
import subprocess
import sys
from datetime import UTC, datetime
from pathlib import Path
from uuid import uuid4

import pytest
from django.db import Error, connection, transaction

from noaber.hallway.audit import sealing, services, verify
from noaber.hallway.audit.models import AuditEntry, Seal
from noaber.hallway.audit.tests.test_the_log import read, reader

NOW = datetime(2027, 7, 1, 9, 0, tzinfo=UTC)
Row = tuple[int, str, str | None]
LONG = 3000


def a_chain(count: int = LONG) -> list[Row]:
    head, rows = verify.BEGIN, list[Row]()
    for number in range(1, count + 1):
        line = f'["regel {number}"]'
        head = verify.link(head, line)
        rows.append((number, head, line))
    return rows


def heads(rows: list[Row]) -> list[tuple[int, str]]:
    return [(number, chain) for number, chain, _ in rows[99::100]]


def test_an_untouched_chain_has_nothing_wrong() -> None:
    rows = a_chain()
    found = verify.check(rows, heads(rows))
    assert (found.lines, found.head, found.wrong) == (LONG, rows[-1][1], [])
    assert verify.check([]).wrong == []


def test_a_thousand_changes_deletions_and_swaps_are_each_found() -> None:
    rows, dice = a_chain(), random.Random(7)
    for number in range(1000):
        at = dice.randrange(LONG - 1)
        hurt = list(rows)
        if number % 3 == 0:
            hurt[at] = (hurt[at][0], hurt[at][1], "iets anders")
        elif number % 3 == 1:
            hurt[at] = (hurt[at][0], hurt[at][1], None)
        else:
            one, other = hurt[at], hurt[at + 1]
            hurt[at], hurt[at + 1] = (one[0], one[1], other[2]), (other[0], other[1], one[2])
        found = verify.check(hurt[: at + 2])
        assert found.wrong, f"{number % 3} at {at}"
        assert str(at + 1) in found.wrong[0]


def test_a_link_that_was_taken_out_is_found() -> None:
    rows = a_chain(10)
    assert verify.check(rows[:4] + rows[5:]).wrong[0].startswith("number 5 is missing")


def test_a_cut_tail_and_a_chain_made_anew_fit_no_published_head() -> None:
    rows = a_chain()
    published = heads(rows)
    assert verify.check(rows[:2950], published).wrong == [
        "the published head 3000 is not there: the tail was cut off"
    ]
    assert verify.check(rows[:2950]).wrong == [], "the chain alone does not show it"
    head, anew = verify.BEGIN, list[Row]()
    for number, _, line in rows:
        line = "weg" if number == 5 else line
        head = verify.link(head, str(line))
        anew.append((number, head, line))
    assert verify.check(anew).wrong == []
    assert len(verify.check(anew, published).wrong) == len(published)


@pytest.fixture
def outside(tmp_path: Path, settings: pytest.FixtureRequest) -> Path:
    settings.STATE_DIR = tmp_path  # type: ignore[attr-defined]
    return sealing.heads_file()


def stored() -> list[Row]:
    with connection.cursor() as cursor:
        cursor.execute(verify.SEALED)
        return list(cursor.fetchall())


@pytest.mark.django_db
def test_lines_get_a_dense_number_whatever_their_own_number_is(outside: Path) -> None:
    read(reader(), uuid4())
    with connection.cursor() as cursor:
        cursor.execute("SELECT nextval(pg_get_serial_sequence('audit_auditentry', 'id'))")
    services.record_denial(actor=reader(), what="planbord", now=NOW, guessed="/x/")
    assert sealing.seal_all(now=NOW) == 2
    assert sealing.seal_all(now=NOW) == 0
    assert list(Seal.objects.order_by("number").values_list("number", flat=True)) == [1, 2]
    assert verify.check(stored(), verify.read_heads(outside)).wrong == []
    assert len(outside.read_text().splitlines()) == 1, "the head is published when it moved"


@pytest.mark.django_db
def test_a_line_that_became_visible_late_is_sealed_too(outside: Path) -> None:
    for _ in range(3):
        read(reader(), uuid4())
    first, second, third = AuditEntry.objects.order_by("pk").values_list("pk", flat=True)
    line = verify.link(verify.BEGIN, _text(third))
    Seal.objects.create(number=1, entry_id=third, chain=line)
    assert sealing.seal_all(now=NOW) == 2
    assert list(Seal.objects.order_by("number").values_list("entry_id", flat=True)) == [third, first, second]
    assert verify.check(stored(), verify.read_heads(outside)).wrong == []


def _text(pk: int) -> str:
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT {verify.LINE} FROM audit_auditentry a WHERE a.id = %s", [pk])  # noqa: S608
        return str(cursor.fetchone()[0])


@pytest.mark.django_db
def test_the_text_of_a_line_is_the_same_in_every_time_zone() -> None:
    read(reader(), uuid4())
    pk = AuditEntry.objects.get().pk
    texts = set()
    for zone in ("UTC", "Europe/Amsterdam", "America/New_York"):
        with connection.cursor() as cursor:
            cursor.execute("SELECT set_config('timezone', %s, true)", [zone])
        texts.add(_text(pk))
    assert len(texts) == 1


@pytest.mark.django_db
def test_every_column_of_the_log_is_under_the_seal() -> None:
    columns = {field.column for field in AuditEntry._meta.concrete_fields}
    assert {column for column in columns if f"a.{column}" not in verify.LINE} == set()


@pytest.mark.django_db
@pytest.mark.parametrize(
    "statement", ["UPDATE audit_seal SET chain = ''", "DELETE FROM audit_seal", "TRUNCATE audit_seal"]
)
def test_the_application_cannot_change_the_chain(outside: Path, statement: str) -> None:
    read(reader(), uuid4())
    sealing.seal_all(now=NOW)
    with pytest.raises(Error), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement)


def test_the_verifier_stands_alone() -> None:
    """It runs without Django, and says when it could not look."""
    code = "import sys; from noaber.hallway.audit import verify; sys.exit('django' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0
    done = subprocess.run(
        [sys.executable, "-m", "noaber.hallway.audit.verify"],
        env={"PYTHONPATH": ":".join(sys.path), "DATABASE_URL": "postgresql://nergens:1/niets"},
        capture_output=True,
        check=False,
    )
    assert done.returncode == 2
