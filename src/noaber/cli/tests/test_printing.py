"""Results in JSON keep their meaning: instants in ISO form, durations in seconds, fields by name."""

from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from enum import StrEnum

import pytest

from noaber.cli.printing import plain, table
from noaber.cli.region_commands import shortened


class Colour(StrEnum):
    GREEN = "groen"


@dataclass(frozen=True)
class Value:
    number: str
    amount: Decimal
    colour: Colour


def test_a_dataclass_becomes_its_fields() -> None:
    thing = Value("9", Decimal("1446"), Colour.GREEN)
    assert plain([thing]) == [{"number": "9", "amount": 1446, "colour": "groen"}]


@pytest.mark.parametrize(
    ("thing", "expected"),
    [
        (datetime(2027, 7, 1, 9, tzinfo=UTC), "2027-07-01T09:00:00+00:00"),
        (date(2027, 7, 1), "2027-07-01"),
        (timedelta(minutes=2), 120.0),
        (Decimal("0.5"), 0.5),
        ((1, None, True), [1, None, True]),
    ],
)
def test_each_kind_of_value_has_one_form(thing: object, expected: object) -> None:
    assert plain(thing) == expected


def test_a_table_lines_up_its_columns() -> None:
    assert table(("Role", "Name"), [("GP", "Noor"), ("resident", None)]) == (
        "Role      Name\n--------  ----\nGP        Noor\nresident"
    )


def test_a_long_text_is_cut_visibly() -> None:
    assert shortened("short") == "short"
    assert shortened("x" * 80) == "x" * 59 + "…"


def test_a_table_shows_at_most_three_decimals() -> None:
    shown = table(("Value",), [(0.7168141592920354,), (113.0,), (None,), (0.0,)])
    assert [line.strip() for line in shown.splitlines()[2:]] == ["0.717", "113", "", "0"]
