"""What the region lacks in care programmes, as lines for its list of gaps."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date, datetime
from urllib.parse import urlencode
from uuid import UUID

from django.utils.translation import gettext as _

from noaber.ground.globe import km_between
from noaber.hallway.clock import day_of
from noaber.knowledge import care
from noaber.knowledge.waits import limits_on
from noaber.network.partners import queries as partners
from noaber.offer.care_programmes import queries
from noaber.offer.care_programmes.types import ProgrammeRow
from noaber.offer.directory.hooks import Lack

NO_GROUP = frozenset({"14"})
"""'Nog geen diagnose' is no group to have a programme for."""
CLINICAL = frozenset({"5", "6"})
"""A bed is no answer to a question that a team at the clinic answers."""
SPECIALIST = "specialist_ggz"


def lacking(region_id: UUID, now: datetime) -> tuple[Lack, ...]:
    """Intake stops, waits beyond the norm, and diagnosis groups without a programme within reach."""
    today = day_of(now)
    rows = queries.rows(queries.living(region_id, today), today=today)
    return (*_stops(rows, today), *_beyond(rows), *_out_of_reach(region_id, rows, today))


def _what(row: ProgrammeRow) -> str:
    return f"{row.name}, {row.provider}"


def _where(row: ProgrammeRow) -> str:
    return row.city or row.municipality or _("online")


def _stops(rows: Sequence[ProgrammeRow], today: date) -> Iterator[Lack]:
    for row in rows:
        if row.stop is not None:
            weight = (today - row.stop.since).days / 7
            yield Lack(
                _("Aannamestop"), _what(row), _where(row), row.stop.since, weight, _address(row.programme_id)
            )


def _beyond(rows: Sequence[ProgrammeRow]) -> Iterator[Lack]:
    for row in rows:
        if row.claim is None or row.norms is None or row.within_total is not False or not row.ranks:
            continue
        weeks = (row.claim.total_weeks or 0) - row.norms.total
        said = _("%(what)s: %(weeks)s weken boven de norm") % {
            "what": _what(row),
            "weeks": f"{weeks:.1f}".replace(".", ","),
        }
        since = row.claim.reference_date
        address = _address(row.programme_id)
        yield Lack(_("Langer dan de norm"), said, _where(row), since, weeks, address)


def _out_of_reach(region_id: UUID, rows: Sequence[ProgrammeRow], today: date) -> Iterator[Lack]:
    """Per municipality the diagnosis groups for which no specialist programme takes people in near enough."""
    if not rows:
        return
    reach = limits_on(today).reach_km
    takes = [row for row in rows if row.care_type == SPECIALIST and row.stop is None]
    takes = [row for row in takes if row.setting not in CLINICAL]
    for place in partners.municipalities_of(region_id):
        if place.latitude is None or place.longitude is None:
            continue
        near = [row for row in takes if row.online or _within(row, place.latitude, place.longitude, reach)]
        served = {row.diagnosis for row in near}
        if "" in served:
            continue
        for code, group in care.diagnosis_groups().items():
            if code in NO_GROUP or code in served:
                continue
            said = _("%(group)s: geen programma binnen %(km)s kilometer") % {
                "group": group.label.capitalize(),
                "km": f"{reach:.0f}",
            }
            people = float(place.inhabitants or 0) / 1000
            asked = urlencode({"klacht": code, "waar": place.name, "afstand": f"{reach:.0f}"})
            address = f"/wachttijden/?{asked}"
            yield Lack(_("Geen behandeling in de buurt"), said, place.name, None, people, address)


def _within(row: ProgrammeRow, latitude: float, longitude: float, reach: float) -> bool:
    if row.latitude is None or row.longitude is None:
        return False
    return km_between(row.latitude, row.longitude, latitude, longitude) <= reach


def _address(programme_id: UUID) -> str:
    return f"/wachttijden/{programme_id}/"
