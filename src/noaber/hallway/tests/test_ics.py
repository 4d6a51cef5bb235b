"""Invitations that a calendar understands and a passer-by does not."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from icalendar import Calendar
from icalendar.cal import Component

from noaber.ground.errors import Invalid
from noaber.hallway import ics

START = datetime(2027, 7, 7, 8, 30, tzinfo=UTC)
NOW = datetime(2027, 7, 1, 9, 0, 0, 123, tzinfo=UTC)


def invitation(**changes: Any) -> bytes:
    return ics.invite(
        **{
            "uid": "7f0c@noaber",
            "sequence": 0,
            "start": START,
            "end": START + timedelta(hours=1),
            "organizer": "bureau@noaber.example",
            "attendee": "gast@noaber.example",
            "now": NOW,
            "location_public": "Noaberhoes, Markt 1, Almelo",
            "url": "https://noaber.example/mijn-vraag/",
            **changes,
        }
    )


def event_of(message: bytes) -> Component:
    return Calendar.from_ical(message).walk("VEVENT")[0]


def test_an_invitation_is_read_back_as_it_was_meant() -> None:
    message = invitation()
    calendar, event = Calendar.from_ical(message), event_of(message)
    assert calendar["METHOD"] == "REQUEST"
    assert event["UID"] == "7f0c@noaber"
    assert event["SUMMARY"] == "Afspraak"
    assert event.decoded("DTSTART") == START
    assert event.decoded("DTEND") == START + timedelta(hours=1)
    assert event.decoded("DTSTAMP") == NOW.replace(microsecond=0)
    assert (event["STATUS"], event["CLASS"], event["SEQUENCE"]) == ("CONFIRMED", "PRIVATE", 0)
    assert event["LOCATION"] == "Noaberhoes, Markt 1, Almelo"
    assert event["ATTENDEE"] == "mailto:gast@noaber.example"
    assert b"DTSTART;TZID=Europe/Amsterdam:20270707T103000" in message


def test_a_change_has_the_same_uid_and_a_higher_sequence() -> None:
    later = invitation(sequence=3, start=START + timedelta(days=1), end=START + timedelta(days=1, hours=1))
    assert (event_of(later)["UID"], event_of(later)["SEQUENCE"]) == ("7f0c@noaber", 3)


def test_a_cancellation_says_so_twice_and_tells_no_place() -> None:
    message = ics.cancel(
        uid="7f0c@noaber",
        sequence=4,
        start=START,
        end=START + timedelta(hours=1),
        organizer="bureau@noaber.example",
        attendee="gast@noaber.example",
        now=NOW,
    )
    event = event_of(message)
    assert Calendar.from_ical(message)["METHOD"] == "CANCEL"
    assert (event["STATUS"], event["SEQUENCE"]) == ("CANCELLED", 4)
    assert "LOCATION" not in event
    assert "URL" not in event


def test_the_time_zone_travels_along_with_both_rules() -> None:
    zone: Any = Calendar.from_ical(invitation()).walk("VTIMEZONE")[0]
    assert zone["TZID"] == "Europe/Amsterdam"
    rules = {part.name: (part["RRULE"]["BYMONTH"], part["RRULE"]["BYDAY"]) for part in zone.subcomponents}
    assert rules == {"DAYLIGHT": ([3], ["-1SU"]), "STANDARD": ([10], ["-1SU"])}


@pytest.mark.parametrize(
    ("start", "written"),
    [
        (datetime(2026, 10, 24, 17, tzinfo=UTC), b"DTSTART;TZID=Europe/Amsterdam:20261024T190000"),
        (datetime(2026, 10, 31, 18, tzinfo=UTC), b"DTSTART;TZID=Europe/Amsterdam:20261031T190000"),
        (datetime(2026, 10, 25, 0, 30, tzinfo=UTC), b"DTSTART:20261025T003000Z"),
        (datetime(2026, 10, 25, 1, 30, tzinfo=UTC), b"DTSTART:20261025T013000Z"),
        (datetime(2027, 3, 28, 1, tzinfo=UTC), b"DTSTART;TZID=Europe/Amsterdam:20270328T030000"),
    ],
)
def test_an_hour_stays_an_hour_when_the_clock_changes(start: datetime, written: bytes) -> None:
    message = invitation(start=start, end=start + timedelta(hours=1))
    event = event_of(message)
    assert written in message
    assert event.decoded("DTSTART") == start
    assert event.decoded("DTEND").astimezone(UTC) - event.decoded("DTSTART").astimezone(UTC) == timedelta(
        hours=1
    )


def test_lines_are_folded_and_end_as_the_standard_asks() -> None:
    message = invitation(location_public="Gebouw " + "é" * 200, url="https://noaber.example/" + "a" * 200)
    lines = message.split(b"\r\n")
    assert message.endswith(b"END:VCALENDAR\r\n")
    assert b"\n" not in message.replace(b"\r\n", b"")
    assert all(len(line) <= 75 for line in lines)
    assert event_of(message)["LOCATION"] == "Gebouw " + "é" * 200


@pytest.mark.parametrize("place", ["GGZ Mediant, Enschede", "Psychologenpraktijk", "Verslavingszorg Almelo"])
def test_a_place_that_tells_what_is_done_there_is_left_out(place: str) -> None:
    assert "LOCATION" not in event_of(invitation(location_public=place))


def test_nobody_is_named_and_nothing_about_care_is_said() -> None:
    words = invitation().decode().lower()
    for canary in ("cn=", "fatma", "yilmaz", "sanne", "ggz", "gesprek", "verkennend", "psych", "description"):
        assert canary not in words


def test_a_line_break_in_a_place_cannot_add_a_property() -> None:
    event = event_of(invitation(location_public="Markt 1\r\nATTENDEE:mailto:spion@noaber.example"))
    assert event["ATTENDEE"] == "mailto:gast@noaber.example"


@pytest.mark.parametrize(
    ("change", "code"),
    [
        ({"end": START}, "ics.bad_times"),
        ({"start": START.replace(tzinfo=None)}, "ics.bad_times"),
        ({"sequence": -1}, "ics.bad_sequence"),
        ({"attendee": "gast"}, "ics.bad_address"),
        ({"attendee": "gast@noaber.example\r\nURL:http://kwaad.example"}, "ics.bad_address"),
        ({"organizer": "Sanne <sanne@noaber.example>"}, "ics.bad_address"),
        ({"url": "javascript:alert(1)"}, "ics.bad_url"),
        ({"url": "https://noaber.example/\r\nSUMMARY:ggz"}, "ics.bad_url"),
        ({"summary": "Verkennend gesprek"}, "ics.not_neutral"),
    ],
)
def test_an_invitation_that_cannot_be_right_is_refused(change: dict[str, Any], code: str) -> None:
    with pytest.raises(Invalid) as refused:
        invitation(**change)
    assert refused.value.code == code
