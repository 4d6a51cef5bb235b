"""What an entry must be before it is kept, with words for whoever typed it."""

from __future__ import annotations

import math
import re
from collections.abc import Iterable
from dataclasses import fields

from django.core.exceptions import ValidationError
from django.core.validators import EmailValidator, URLValidator
from django.utils.translation import gettext as _

from noaber.offer.directory.models import Place, Service
from noaber.offer.directory.types_record import PlaceRecord, ScheduleRecord, ServiceRecord

LONGEST: dict[str, int] = {
    "name": 200,
    "alternate_name": 200,
    "when": 200,
    "cost": 120,
    "phone": 30,
    "alert": 300,
    "assured_by": 200,
    "source_key": 200,
    **dict.fromkeys(("text", "text_young", "text_professional", "how_to_start"), 8000),
    **dict.fromkeys(("website", "source_url"), 500),
}
CHOICES = (("kind", Service.Kind.values), ("status", Service.Status.values), ("mode", Service.Mode.values))
_PHONE = re.compile(r"^[+0-9][0-9 ()./-]{2,29}$")
_DUTCH_POSTCODE = re.compile(r"^[1-9][0-9]{3} ?[A-Z]{2}$|^[1-9][0-9]{3}$")
_WEB = URLValidator(schemes=["http", "https"])


def check(record: ServiceRecord) -> dict[str, str]:
    """What cannot be kept, per field, in words for whoever typed it. Empty when all is well."""
    faults = _wrong_words(record) | _unreachable(record) | _wrong_figures(record)
    for place in record.places:
        faults |= _not_a_place(place)
    for schedule in (*record.schedules, *(s for place in record.places for s in place.schedules)):
        faults |= _not_a_schedule(schedule)
    return faults


def _wrong_words(record: ServiceRecord) -> dict[str, str]:
    faults: dict[str, str] = {}
    if not record.name.strip():
        faults["name"] = _("Vul een naam in.")
    for key, longest in LONGEST.items():
        if len(getattr(record, key)) > longest:
            faults[key] = _("Dit is te lang. Er passen %(longest)s tekens.") % {"longest": longest}
    for key, choices in CHOICES:
        if getattr(record, key) not in choices:
            faults[key] = _("Kies een van de mogelijkheden.")
    if any(not re.fullmatch(r"[a-z]{2,3}", code) for code in record.languages):
        faults["languages"] = _("Kies een van de mogelijkheden.")
    if any("\x00" in part for part in _all_words(record)):
        faults["text"] = _("Er staat een teken in dat niet bewaard kan worden.")
    return faults


def _wrong_figures(record: ServiceRecord) -> dict[str, str]:
    faults: dict[str, str] = {}
    for key in ("min_age", "max_age"):
        age = getattr(record, key)
        if age is not None and not 0 <= age <= 120:
            faults[key] = _("Vul een leeftijd in van 0 tot 120.")
    if record.min_age is not None and record.max_age is not None and record.min_age > record.max_age:
        faults.setdefault("max_age", _("De hoogste leeftijd is lager dan de laagste."))
    if record.free_places is not None and not 0 <= record.free_places <= 100_000:
        faults["free_places"] = _("Vul een aantal in van 0 of meer.")
    if record.free_places is not None and record.free_places_on is None:
        faults.setdefault("free_places", _("Zeg ook op welke dag dit aantal gold."))
    if record.cost_eur_cents is not None and not 0 <= record.cost_eur_cents <= 100_000_000:
        faults["cost_eur_cents"] = _("Vul een bedrag in van 0 of meer.")
    return faults


def _unreachable(record: ServiceRecord) -> dict[str, str]:
    faults: dict[str, str] = {}
    if record.phone.strip() and not _PHONE.match(record.phone.strip()):
        faults["phone"] = _("Dit is geen telefoonnummer. Gebruik cijfers, zoals 053-1234567.")
    if record.email.strip():
        try:
            EmailValidator()(record.email.strip())
        except ValidationError:
            faults["email"] = _("Dit is geen mailadres. Gebruik een adres zoals naam@voorbeeld.nl.")
    for key in ("website", "source_url"):
        address = getattr(record, key).strip()
        if address:
            try:
                _WEB(address)
            except ValidationError:
                faults[key] = _("Dit is geen webadres. Begin met https://")
    return faults


def _not_a_place(place: PlaceRecord) -> dict[str, str]:
    faults: dict[str, str] = {}
    if place.type not in Place.Type.values:
        faults["places"] = _("Kies een van de mogelijkheden.")
    if (place.latitude is None) != (place.longitude is None):
        faults["places"] = _("Van een plek horen beide coördinaten erbij, of geen van beide.")
    elif place.latitude is not None and place.longitude is not None:
        whole = math.isfinite(place.latitude) and math.isfinite(place.longitude)
        if not (whole and -90 <= place.latitude <= 90 and -180 <= place.longitude <= 180):
            faults["places"] = _("Deze plek ligt niet op de kaart.")
    if place.postal_code and not _DUTCH_POSTCODE.match(place.postal_code.strip().upper()):
        faults["places"] = _("Dit is geen postcode. Gebruik vier cijfers en twee letters.")
    for key, longest in (("name", 200), ("street", 200), ("city", 100), ("province", 60)):
        if len(getattr(place, key)) > longest:
            faults["places"] = _("Dit is te lang. Er passen %(longest)s tekens.") % {"longest": longest}
    return faults


def _not_a_schedule(schedule: ScheduleRecord) -> dict[str, str]:
    opens, closes = schedule.opens_at, schedule.closes_at
    if opens is not None and closes is not None and closes <= opens:
        return {"schedules": _("Het einde is niet later dan het begin.")}
    first, last = schedule.valid_from, schedule.valid_until
    if first is not None and last is not None and last < first:
        return {"schedules": _("Het einde is niet later dan het begin.")}
    if any(not 1 <= day <= 7 for day in schedule.weekdays) or not 1 <= schedule.every_weeks <= 52:
        return {"schedules": _("Kies een van de mogelijkheden.")}
    if len(schedule.notes) > 300:
        return {"schedules": _("Dit is te lang. Er passen %(longest)s tekens.") % {"longest": 300}}
    return {}


def _all_words(record: ServiceRecord) -> Iterable[str]:
    parts: list[ServiceRecord | PlaceRecord | ScheduleRecord] = [record, *record.places, *record.schedules]
    parts += [schedule for place in record.places for schedule in place.schedules]
    for one in parts:
        for field in fields(one):
            value = getattr(one, field.name)
            if isinstance(value, str):
                yield value
