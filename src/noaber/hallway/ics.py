"""Neutral calendar invitations (iCalendar, RFC 5545 and 5546).

A calendar is read by more people than its owner: colleagues, family, a phone on a table. So an invitation
holds a time, a public place and a link, and nothing about who meets whom or why. Each attendee gets one
of their own that names nobody else.
"""

from __future__ import annotations

import re
from datetime import UTC, datetime
from zoneinfo import ZoneInfo

from icalendar import Calendar, Event, Timezone, vCalAddress, vDatetime, vUri

from noaber.ground.errors import Invalid

NEUTRAL_SUMMARY = "Afspraak"
AMSTERDAM = ZoneInfo("Europe/Amsterdam")

# The rule in force since 1996 (directive 2000/84/EC), as calendar programs expect it.
_VTIMEZONE = """BEGIN:VTIMEZONE
TZID:Europe/Amsterdam
BEGIN:DAYLIGHT
TZOFFSETFROM:+0100
TZOFFSETTO:+0200
TZNAME:CEST
DTSTART:19700329T020000
RRULE:FREQ=YEARLY;BYMONTH=3;BYDAY=-1SU
END:DAYLIGHT
BEGIN:STANDARD
TZOFFSETFROM:+0200
TZOFFSETTO:+0100
TZNAME:CET
DTSTART:19701025T030000
RRULE:FREQ=YEARLY;BYMONTH=10;BYDAY=-1SU
END:STANDARD
END:VTIMEZONE
"""
_ADDRESS = re.compile(r"[^\s@<>\",;:\\\x00-\x1f\x7f]+@[^\s@<>\",;:\\\x00-\x1f\x7f]+")
_URL = re.compile(r"https?://[\x21-\x7e]+")
_NOT_NEUTRAL = re.compile(
    r"ggz|psych|verslav|therap|kliniek|herstel|ervaringsdeskundig|crisis|depress|trauma|zorg|arts|hulp"
    r"|verkennend",
    re.IGNORECASE,
)


def invite(
    *,
    uid: str,
    sequence: int,
    start: datetime,
    end: datetime,
    organizer: str,
    attendee: str,
    now: datetime,
    summary: str = NEUTRAL_SUMMARY,
    location_public: str | None = None,
    url: str | None = None,
) -> bytes:
    """An invitation to send with ``method=REQUEST``; the same uid with a higher sequence is a change.

    Instants carry a time zone. Addresses are mail addresses without names. A place whose name says what
    is done there is left out; the link tells it to who may know. Raises Invalid.
    """
    return _message(
        "REQUEST",
        "CONFIRMED",
        uid=uid,
        sequence=sequence,
        start=start,
        end=end,
        organizer=organizer,
        attendee=attendee,
        now=now,
        summary=summary,
        location_public=location_public,
        url=url,
    )


def cancel(
    *,
    uid: str,
    sequence: int,
    start: datetime,
    end: datetime,
    organizer: str,
    attendee: str,
    now: datetime,
    summary: str = NEUTRAL_SUMMARY,
) -> bytes:
    """The cancellation to send with ``method=CANCEL``: same uid, a sequence above the last one sent."""
    return _message(
        "CANCEL",
        "CANCELLED",
        uid=uid,
        sequence=sequence,
        start=start,
        end=end,
        organizer=organizer,
        attendee=attendee,
        now=now,
        summary=summary,
        location_public=None,
        url=None,
    )


def is_neutral(text: str) -> bool:
    """Whether a text says nothing about care to who reads over a shoulder."""
    return _NOT_NEUTRAL.search(text) is None


def _message(
    method: str,
    status: str,
    *,
    uid: str,
    sequence: int,
    start: datetime,
    end: datetime,
    organizer: str,
    attendee: str,
    now: datetime,
    summary: str,
    location_public: str | None,
    url: str | None,
) -> bytes:
    _check_times(start, end, now, sequence)
    event = Event()
    event.add("uid", uid)
    event.add("sequence", sequence)
    event["dtstamp"] = vDatetime(now.astimezone(UTC).replace(microsecond=0))
    _add_times(event, start, end)
    event.add("summary", _neutral_summary(summary))
    event.add("status", status)
    event.add("class", "PRIVATE")
    event["organizer"] = _address(organizer)
    event.add("attendee", _invited(attendee, asked=method == "REQUEST"))
    if location_public and is_neutral(location_public):
        event.add("location", location_public)
    if url:
        event["url"] = vUri(_checked_url(url))
    calendar = Calendar()
    calendar.add("prodid", "-//Noaber//Agenda//NL")
    calendar.add("version", "2.0")
    calendar.add("calscale", "GREGORIAN")
    calendar.add("method", method)
    calendar.add_component(Timezone.from_ical(_VTIMEZONE))
    calendar.add_component(event)
    return bytes(calendar.to_ical())


def _add_times(event: Event, start: datetime, end: datetime) -> None:
    """Times on the Amsterdam clock; the second of a doubled hour can only be said in UTC."""
    local = [moment.astimezone(AMSTERDAM) for moment in (start, end)]
    if any(moment.fold for moment in local):
        local = [moment.astimezone(UTC) for moment in local]
    event.add("dtstart", local[0])
    event.add("dtend", local[1])


def _invited(attendee: str, *, asked: bool) -> vCalAddress:
    address = _address(attendee)
    address.params["ROLE"] = "REQ-PARTICIPANT"
    if asked:
        address.params["PARTSTAT"] = "NEEDS-ACTION"
        address.params["RSVP"] = "FALSE"
    return address


def _address(mail: str) -> vCalAddress:
    if not _ADDRESS.fullmatch(mail):
        raise Invalid(
            "ics.bad_address",
            happened="Dit is geen mailadres.",
            now_what="Vul een adres in zoals naam@voorbeeld.nl.",
        )
    return vCalAddress(f"mailto:{mail}")


def _checked_url(url: str) -> str:
    if not _URL.fullmatch(url):
        raise Invalid(
            "ics.bad_url",
            happened="Deze link kan niet in een uitnodiging.",
            why="Een link begint met https:// en heeft geen spaties.",
            now_what="Controleer het adres van de website in de instellingen.",
        )
    return url


def _neutral_summary(summary: str) -> str:
    if not is_neutral(summary):
        raise Invalid(
            "ics.not_neutral",
            happened="Deze titel zegt te veel.",
            why="Anderen kunnen meekijken in een agenda.",
            now_what=f"Gebruik een neutrale titel, zoals {NEUTRAL_SUMMARY}.",
        )
    return summary


def _check_times(start: datetime, end: datetime, now: datetime, sequence: int) -> None:
    if any(moment.tzinfo is None for moment in (start, end, now)) or end <= start:
        raise Invalid(
            "ics.bad_times",
            happened="Dit tijdvak kan niet in een uitnodiging.",
            why="Begin en einde hebben een tijdzone en het einde ligt na het begin.",
            now_what="Kies andere tijden.",
        )
    if sequence < 0:
        raise Invalid(
            "ics.bad_sequence",
            happened="Dit volgnummer kan niet.",
            why="Volgnummers lopen op vanaf nul.",
            now_what="Tel bij elke wijziging één op.",
        )
