"""Dates, numbers and phones as a Dutch reader expects them."""

from datetime import UTC, date, datetime

import pytest

from noaber.hallway.ui import formatting

DAY = date(2026, 11, 26)


def test_a_date_is_written_out() -> None:
    assert formatting.long_date(DAY) == "donderdag 26 november"
    assert formatting.long_date(DAY, year=True) == "donderdag 26 november 2026"
    assert formatting.short_date(DAY) == "26 nov"
    assert formatting.short_date(date(2027, 3, 1), year=True) == "1 mrt 2027"
    assert formatting.short_day(DAY) == "do 26 nov"


def test_an_instant_is_shown_in_amsterdam_time() -> None:
    winter = datetime(2026, 11, 26, 9, 30, tzinfo=UTC)
    assert formatting.moment(winter) == "donderdag 26 november om 10.30 uur"
    assert formatting.moment(winter, short=True) == "do 26 nov, 10.30 uur"
    assert formatting.clock_time(datetime(2026, 7, 1, 7, 5, tzinfo=UTC)) == "9.05 uur"


def test_late_in_the_evening_utc_is_the_next_day_here() -> None:
    late = datetime(2026, 11, 25, 23, 30, tzinfo=UTC)
    assert formatting.long_date(late) == "donderdag 26 november"
    assert formatting.relative_day(late, DAY) == "vandaag"


@pytest.mark.parametrize(
    ("day", "words"),
    [
        (date(2026, 11, 26), "vandaag"),
        (date(2026, 11, 27), "morgen"),
        (date(2026, 11, 28), "overmorgen"),
        (date(2026, 11, 25), "gisteren"),
        (date(2026, 11, 29), "over 3 dagen"),
        (date(2026, 11, 22), "4 dagen geleden"),
        (date(2026, 12, 25), "vrijdag 25 december"),
        (date(2028, 1, 3), "maandag 3 januari 2028"),
    ],
)
def test_a_day_nearby_is_told_from_today(day: date, words: str) -> None:
    assert formatting.relative_day(day, DAY) == words


def test_nothing_is_a_dash_and_never_a_zero() -> None:
    empty = [
        formatting.long_date(None),
        formatting.short_date(None),
        formatting.short_day(None),
        formatting.clock_time(None),
        formatting.moment(None),
        formatting.relative_day(None, DAY),
        formatting.number(None),
        formatting.percentage(None),
        formatting.euro(None),
        formatting.euro_thousands(""),
    ]
    assert empty == [formatting.DASH] * len(empty)


@pytest.mark.parametrize(
    ("value", "decimals", "words"),
    [
        (1446, 0, "1.446"),
        (0, 0, "0"),
        (12.5, 1, "12,5"),
        (2.5, 0, "3"),
        (-1234567, 0, "-1.234.567"),
        ("?", 0, "?"),
    ],
)
def test_numbers_have_dutch_separators(value: object, decimals: int, words: str) -> None:
    assert formatting.number(value, decimals) == words


def test_a_share_and_an_amount() -> None:
    assert formatting.percentage(0.73) == "73%"
    assert formatting.percentage("0.6785", 1) == "67,9%"
    assert formatting.euro_thousands(277) == "€\u00a0277.000"
    assert formatting.euro_thousands(127.5) == "€\u00a0127.500"


@pytest.mark.parametrize(
    ("given", "shown", "digits"),
    [
        ("0546000123", "0546 00 01 23", "0546000123"),
        ("088-000 0101", "088 000 01 01", "0880000101"),
        ("+31 (0)6 00001234", "06 00 00 12 34", "0600001234"),
        ("0031600001234", "06 00 00 12 34", "0600001234"),
        ("0800-2000", "0800 2000", "08002000"),
        ("113", "113", "113"),
        ("+49 30 1234", "+49 30 1234", "+49301234"),
        ("", "", ""),
    ],
)
def test_a_phone_number_is_grouped_as_people_say_it(given: str, shown: str, digits: str) -> None:
    assert formatting.phone(given).replace(formatting.NBSP, " ") == shown
    assert formatting.phone_digits(given) == digits


@pytest.mark.parametrize(
    ("name", "letters"),
    [("Fatma Yilmaz", "FY"), ("Henk Oude Vrielink", "HV"), ("Noor de Wit", "NW"), ("Cher", "C"), ("", "")],
)
def test_initials_take_the_first_and_the_last_name(name: str, letters: str) -> None:
    assert formatting.initials(name) == letters


def test_one_day_and_more_days() -> None:
    assert formatting.counted(1, "dag", "dagen") == "1\u00a0dag"
    assert formatting.counted(1446, "dag", "dagen") == "1.446\u00a0dagen"
    assert formatting.counted(0, "dag", "dagen") == "0\u00a0dagen"
