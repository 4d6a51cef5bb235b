"""A stolen copy of the database, without its keys, tells nobody's story."""

from __future__ import annotations

import pytest
from django.db import connection
from tests.security import canaries
from tests.security.world import World

from noaber.hallway.access import gate
from noaber.hallway.post.models import Message

OPEN_FIELDS = {
    "choice": "something from the public directory, beside a number; she chose it to be arranged",
    "colleague_mail": "the address with which a professional signs in",
}
"""Fields that stand readable in the database, each with its reason."""


def whole_database() -> dict[str, bytes]:
    """Every table as text, as a dump would show it; bytes both as they are and in hexadecimal digits."""
    with gate.as_system("proef: een gestolen kopie"), connection.cursor() as cursor:
        cursor.execute("SELECT tablename FROM pg_tables WHERE schemaname = 'public'")
        tables = [name for (name,) in cursor.fetchall()]
        dump = {}
        for name in tables:
            cursor.execute(f"SELECT coalesce(string_agg(t::text, chr(10)), '') FROM {name} t")  # noqa: S608
            dump[name] = cursor.fetchone()[0].encode()
    return dump


def from_hex(text: bytes) -> bytes:
    """What stands in hexadecimal columns, opened."""
    parts = text.split(b"\\x")[1:]
    digits = [bytes(c for c in part if c in b"0123456789abcdef")[: len(part)] for part in parts]
    return b"\n".join(bytes.fromhex(d[: len(d) // 2 * 2].decode()) for d in digits)


def test_no_field_of_a_resident_stands_readable_in_any_table(world: World) -> None:
    readable = {
        (table, found)
        for table, text in whole_database().items()
        for found in canaries.found_in(text, from_hex(text))
        if found.split(".")[1] not in OPEN_FIELDS
    }
    assert readable == set()


def test_the_search_would_find_a_readable_field(world: World) -> None:
    dump = whole_database()
    assert "sanne.colleague_mail" in canaries.found_in(dump["accounts_account"])
    assert "fatma.name" in canaries.found_in(from_hex(b"(1,\\x" + b"Kzqfatmavoor".hex().encode() + b")"))


def test_with_the_keys_every_message_opens_again(world: World) -> None:
    with_calendar = Message.objects.exclude(calendar=None)
    assert with_calendar.exists()
    assert all(bytes(row.calendar).startswith(b"BEGIN:VCALENDAR") for row in with_calendar)


@pytest.mark.parametrize("person", canaries.PEOPLE)
def test_every_planted_field_is_really_there(world: World, person: str) -> None:
    from noaber.network.residents.models import HelpRequest

    case = world.cases[person]
    with gate.as_system("proef: staat alles er"):
        thread = HelpRequest.objects.select_related("resident").get(pk=case.help_request_id)
        there = canaries.found_in(
            thread.resident.name, thread.resident.phone, thread.resident.email, thread.question, thread.wishes
        )
    assert {f"{person}.{field}" for field in ("name", "phone", "mail", "question", "wishes")} <= there
