"""What an address asks, when something is open, where its pin goes, what holds a person: pure decisions."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta

import pytest
from django.http import QueryDict
from hypothesis import given
from hypothesis import strategies as st

from noaber.ground.traces import TraceKind
from noaber.offer.directory import asking, drawing, facets, opening, personal
from noaber.offer.directory.types_record import ScheduleRecord, ServiceRecord

THURSDAY = date(2027, 7, 1)


def at(hour: int, minute: int = 0, day: date = THURSDAY) -> datetime:
    """A local moment."""
    return datetime.combine(day, time(hour, minute))


def hours(*days: int, opens: str = "10:00", closes: str = "12:00", **more: object) -> ScheduleRecord:
    """A weekly schedule."""
    return ScheduleRecord(
        weekdays=days,
        opens_at=time.fromisoformat(opens),
        closes_at=time.fromisoformat(closes),
        **more,  # type: ignore[arg-type]  # fields by name
    )


# --- opening ------------------------------------------------------------------------------------


def test_it_is_open_from_the_first_minute_until_the_last() -> None:
    rows = (hours(4),)
    assert opening.opening_at(rows, at(9, 59)).now is None
    assert opening.opening_at(rows, at(10)).now is not None
    assert opening.opening_at(rows, at(11, 59)).now is not None
    assert opening.opening_at(rows, at(12)).now is None


def test_the_next_opening_is_later_today_else_another_day() -> None:
    rows = (hours(2), hours(4, opens="14:00", closes="16:00"))
    assert opening.opening_at(rows, at(9)).next_on == THURSDAY
    assert opening.opening_at(rows, at(15)).next_on == date(2027, 7, 6)


def test_on_a_holiday_nobody_says_it_is_open() -> None:
    christmas = date(2026, 12, 25)
    found = opening.opening_at((hours(5),), at(11, day=christmas))
    assert found.now is None
    assert found.next_on == date(2027, 1, 8), "New Year's Day is a Friday too"
    assert found.holidays == (christmas,)


def test_every_other_week_counts_from_its_beginning() -> None:
    begin = date(2027, 6, 24)
    rows = (hours(4, every_weeks=2, valid_from=begin),)
    assert opening.opening_at(rows, at(11)).now is None
    assert opening.opening_at(rows, at(11, day=begin + timedelta(days=14))).now is not None
    unsure = (hours(4, every_weeks=2),)
    assert opening.opening_at(unsure, at(11)).now is None


def test_what_is_over_or_not_begun_is_not_open() -> None:
    for one in (hours(4, valid_until=date(2027, 6, 1)), hours(4, valid_from=date(2027, 8, 1))):
        assert opening.opening_at((one,), at(11)).now is None


def test_one_occasion_is_open_on_its_day() -> None:
    once = ScheduleRecord(
        valid_from=THURSDAY, valid_until=THURSDAY, opens_at=time(19), closes_at=time(21), notes="Open avond"
    )
    found = opening.opening_at((once,), at(11))
    assert found.next_on == THURSDAY
    assert opening.opening_at((once,), at(11, day=THURSDAY + timedelta(days=1))).next_on is None


def test_words_alone_are_no_hours() -> None:
    assert not opening.opening_at((ScheduleRecord(notes="Op afspraak"),), at(11)).known


# --- asking -------------------------------------------------------------------------------------


def test_a_search_and_its_address_say_the_same() -> None:
    query = (
        "zoek=slapen&waar=Almelo&afstand=30&gebied=sleep&vorm=walk_in&vorm=course&spreekt=tr"
        "&wanneer=week&kosten=gratis&voor=jong&pagina=2"
    )
    asked = asking.read(QueryDict(query))
    assert asked.facets >= {"life_area:sleep", "form:walk_in", "form:course", "language:tr", facets.WEEK}
    again = asking.read(QueryDict(asked.address(page=2)[1:]))
    assert again == asked


def test_what_cannot_be_understood_is_not_asked() -> None:
    asked = asking.read(
        QueryDict("gebied=onzin&vorm=<script>&afstand=9999&voor=admin&pagina=-3&spreekt=../x")
    )
    assert asked == asking.Asked()


@given(st.dictionaries(st.sampled_from(["zoek", "waar", "afstand", "gebied", "pagina", "voor"]), st.text()))
def test_any_address_can_be_read_and_written_again(given_: dict[str, str]) -> None:
    query = QueryDict(mutable=True)
    query.update(given_)
    asked = asking.read(query)
    again = asking.read(QueryDict(asked.address(page=asked.page)[1:]))
    assert again == asked


# --- facets -------------------------------------------------------------------------------------


def test_facets_are_read_from_the_entry() -> None:
    record = ServiceRecord(
        "Wandelen",
        "group",
        terms=("walking_group", "mood"),
        cost="Gratis",
        languages=("nl", "tr"),
        min_age=18,
    )
    found = facets.facets_of(record)
    assert found >= {"form:walking_group", "life_area:mood", "language:tr", "cost:free", facets.YOUNG}
    assert facets.WEEK not in found
    assert facets.YOUNG not in facets.facets_of(ServiceRecord("Ouderen", "group", min_age=65))


# --- the sketch ---------------------------------------------------------------------------------


def test_pins_stay_on_the_sketch_and_do_not_cover_each_other() -> None:
    same = [drawing.Spot(f"Plek {n}", 52.35, 6.66, number=n) for n in range(1, 21)]
    found = drawing.draw(same, [], centre=(52.35, 6.66), radius_km=15)
    assert found is not None
    spots = [(float(pin.x), float(pin.y)) for pin in found.pins]
    _, _, wide, high = (float(part) for part in found.box.split())
    assert all(0 <= x <= wide and 0 <= y <= high for x, y in spots)
    near = [
        (a, b)
        for i, a in enumerate(spots)
        for b in spots[i + 1 :]
        if abs(a[0] - b[0]) + abs(a[1] - b[1]) < 20
    ]
    assert near == []


def test_north_is_up_and_east_is_right() -> None:
    found = drawing.draw(
        [drawing.Spot("Noord", 52.4, 6.6, number=1), drawing.Spot("Oost", 52.2, 6.9, number=2)], []
    )
    assert found is not None
    north, east = found.pins
    assert float(north.y) < float(east.y)
    assert float(north.x) < float(east.x)


def test_nothing_to_show_is_no_sketch() -> None:
    assert drawing.draw([], []) is None


# --- words about a person -----------------------------------------------------------------------


@pytest.mark.parametrize(
    ("words", "what"),
    [
        ("bel 06-12345678", TraceKind.PHONE),
        ("bel +31 6 12345678", TraceKind.PHONE),
        ("053 123 45 67", TraceKind.PHONE),
        ("a.b@c.nl", TraceKind.MAIL),
        ("111222333", TraceKind.BSN),
        ("dhr. Jansen is weg", TraceKind.NAME),
        ("mevrouw van der Berg", TraceKind.NAME),
    ],
)
def test_what_holds_a_person_is_seen(words: str, what: str) -> None:
    assert what in personal.found_in(words)


@pytest.mark.parametrize(
    "words",
    [
        "open op 1-1-2027 en 12-12-2027",
        "van 10:00 tot 12:00",
        "kost € 12,50",
        "7601 AA 12",
        "",
        "de dokter is er niet",
    ],
)
def test_what_holds_nobody_is_left_alone(words: str) -> None:
    assert personal.found_in(words) == frozenset()


def test_the_number_of_the_entry_itself_is_no_person() -> None:
    assert personal.found_in("088-0001234 werkt niet", known="088 000 12 34") == frozenset()
