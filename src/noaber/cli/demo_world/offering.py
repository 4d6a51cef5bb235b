"""Puts the invented offers in the directory, each confirmed by something on some day of the last year."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from uuid import UUID, uuid5

from noaber.cli.demo_world.offers import WEEKDAYS, DemoOffer, OfferHours, OfferPlace, load_offers
from noaber.hallway import clock
from noaber.network.partners.models import Municipality, Organisation, Region
from noaber.offer.directory import services
from noaber.offer.directory.models import (
    Confirmation,
    Place,
    Revision,
    Schedule,
    Service,
    ServiceAtPlace,
)
from noaber.offer.directory.types import NewService
from noaber.offer.directory.types_record import PlaceRecord, ScheduleRecord, ServiceRecord

IDS = UUID("6f0c8a52-5f7e-4d0b-9a38-2b7f1c64d9e0")
OCCASIONS = 3
ALIKE = tuple(
    "name kind text_young text_professional mode when cost cost_eur_cents phone website min_age max_age"
    " needs_referral how_to_start starts_this_week free_places free_places_on".split()
)
"""Fields that the record and the row call the same."""
OTHERWISE = ("text", "organisation", "municipality", "terms", "languages", "places", "schedules")
DAY_NAMES = ("maandag", "dinsdag", "woensdag", "donderdag", "vrijdag", "zaterdag", "zondag")
_MONTHLY = re.compile(rf"(eerste|tweede|derde|laatste) ({'|'.join(DAY_NAMES)}) van de maand")
_FORTNIGHTLY = re.compile(r"elke tweede |elke twee weken")
_SELDOM = re.compile(r"kwartaal|elk jaar|augustus|oktober|elke maand")
_WHICH = {"eerste": 0, "tweede": 1, "derde": 2, "laatste": -1}


def service_id_of(region: str, key: str) -> UUID:
    """The id under which the entry with this key is kept in the demo."""
    return uuid5(IDS, f"{region}/{key}")


def fill(region: Region, *, today: date) -> None:
    """Everything that our entries say, in the directory, in a handful of statements."""
    partners = dict(Organisation.objects.filter(region=region).values_list("name", "pk"))
    towns = dict(Municipality.objects.filter(region=region).values_list("slug", "pk"))
    batch = _Batch(region.pk, towns, _next_revision(region), today)
    for number, offer in enumerate(load_offers()):
        sign = Confirmation.Kind.OWNER if number % 3 else Confirmation.Kind.MAIL
        batch.add(offer, record_of(offer, region.slug, partners, today), sign)
    batch.save()


def _next_revision(region: Region) -> int:
    """One number for all of it; the row stays locked until the world is there."""
    row, _made = Revision.objects.select_for_update().get_or_create(region=region)
    row.number += 1
    row.save(update_fields=["number"])
    return row.number


@dataclass(slots=True)
class _Batch:
    """Rows to write together. They say what `services.keep_record` would have written one by one."""

    region_id: UUID
    towns: Mapping[str, UUID]
    revision: int
    today: date
    services: list[Service] = field(default_factory=list)
    places: dict[UUID, Place] = field(default_factory=dict)
    links: list[ServiceAtPlace] = field(default_factory=list)
    hours: list[Schedule] = field(default_factory=list)
    signs: list[Confirmation] = field(default_factory=list)

    def add(self, offer: DemoOffer, record: ServiceRecord, sign: str) -> None:
        """One entry with its place, hours and what confirmed it."""
        checked = self.today - timedelta(days=offer.checked_days_ago)
        at = clock.at(checked, 10)
        row = Service(
            pk=record.service_id,
            region_id=self.region_id,
            municipality_id=self.towns.get(record.municipality),
            organisation_id=record.organisation_id,
            provider_name="" if record.organisation_id else record.organisation,
            description=record.text,
            terms=sorted(record.terms),
            languages=sorted(record.languages),
            assured_on=checked,
            assured_by=offer.organisation,
            origins=_origins(record, at),
            revision=self.revision,
            last_modified_at=at,
            **{key: getattr(record, key) for key in ALIKE},
        )
        self.services.append(row)
        self.signs.append(
            Confirmation(
                service=row, kind=sign, on=checked, by=offer.organisation, reference=f"demo {checked}"
            )
        )
        for place in record.places:
            self._at(row, place)
        self.hours.extend(_schedule_row(row, None, one) for one in record.schedules)

    def _at(self, row: Service, place: PlaceRecord) -> None:
        place_id = place.place_id or uuid5(IDS, place.name)
        self.places.setdefault(
            place_id,
            Place(
                pk=place_id,
                region_id=self.region_id,
                municipality_id=self.towns.get(place.municipality),
                name=place.name,
                street=place.street,
                postal_code=place.postal_code,
                city=place.city,
                province=place.province,
                latitude=place.latitude,
                longitude=place.longitude,
            ),
        )
        link = ServiceAtPlace(service=row, place_id=place_id)
        self.links.append(link)
        self.hours.extend(_schedule_row(row, link, one) for one in place.schedules)

    def save(self) -> None:
        """Write it all."""
        Service.objects.bulk_create(self.services)
        Place.objects.bulk_create(self.places.values())
        ServiceAtPlace.objects.bulk_create(self.links)
        Schedule.objects.bulk_create(self.hours)
        Confirmation.objects.bulk_create(self.signs)


def _origins(record: ServiceRecord, at: datetime) -> dict[str, dict[str, str]]:
    here = {"from": "local", "at": at.isoformat()}
    return {key: here for key in (*ALIKE, *OTHERWISE) if getattr(record, key) not in ("", None, (), False)}


def _schedule_row(row: Service, link: ServiceAtPlace | None, one: ScheduleRecord) -> Schedule:
    return Schedule(
        service=row,
        at_place=link,
        weekdays=list(one.weekdays),
        every_weeks=one.every_weeks,
        opens_at=one.opens_at,
        closes_at=one.closes_at,
        valid_from=one.valid_from,
        valid_until=one.valid_until,
        notes=one.notes,
    )


def record_of(offer: DemoOffer, region: str, partners: Mapping[str, UUID], today: date) -> ServiceRecord:
    """The entry as the directory takes it in."""
    hours = tuple(_schedules(offer, today))
    place = _place(offer.place, region, hours) if offer.place else None
    return ServiceRecord(
        service_id=service_id_of(region, offer.key),
        name=offer.name,
        kind=offer.kind,
        organisation_id=partners.get(offer.organisation),
        organisation=offer.organisation,
        municipality=offer.municipality,
        text=offer.text,
        text_young=offer.text_young,
        text_professional=offer.text_professional,
        terms=offer.terms,
        mode=_mode(offer),
        when=offer.when or words_of(offer.hours),
        cost=offer.cost_text,
        cost_eur_cents=offer.cost_eur_cents,
        phone=offer.phone,
        website=offer.website,
        languages=offer.languages,
        min_age=offer.min_age,
        max_age=offer.max_age,
        needs_referral=offer.needs_referral,
        how_to_start="Vraag uw huisarts om een verwijzing." if offer.needs_referral else "",
        starts_this_week=offer.starts_this_week,
        free_places=offer.free_places,
        free_places_on=(
            today - timedelta(days=min(offer.checked_days_ago, 14)) if offer.free_places is not None else None
        ),
        places=(place,) if place else (),
        schedules=() if place else hours,
    )


def _mode(offer: DemoOffer) -> str:
    if offer.online or "beeldbellen" in offer.key or "chat" in offer.key:
        return Service.Mode.ONLINE
    if "chat_or_line" in offer.terms:
        return Service.Mode.PHONE
    return Service.Mode.HOME if "home_visit" in offer.terms else Service.Mode.LIVE


def _place(place: OfferPlace, region: str, hours: tuple[ScheduleRecord, ...]) -> PlaceRecord:
    return PlaceRecord(
        place_id=uuid5(IDS, f"{region}/{place.name}/{place.city}"),
        name=place.name,
        street=place.street,
        postal_code=place.postal_code,
        city=place.city,
        province="Overijssel",
        municipality=place.municipality,
        latitude=place.latitude,
        longitude=place.longitude,
        schedules=hours,
    )


def _schedules(offer: DemoOffer, today: date) -> Iterator[ScheduleRecord]:
    """Weekly hours; every other week; the coming occasions of what is monthly; nothing for what is rarer."""
    for row in offer.hours:
        opens, closes = time.fromisoformat(row.opens), time.fromisoformat(row.closes)
        monthly = _MONTHLY.search(row.note)
        if monthly:
            for day in coming(monthly[1], monthly[2], today):
                yield ScheduleRecord(
                    opens_at=opens, closes_at=closes, valid_from=day, valid_until=day, notes=row.note
                )
        elif not _SELDOM.search(row.note):
            fortnightly = bool(_FORTNIGHTLY.search(row.note))
            yield ScheduleRecord(
                weekdays=tuple(WEEKDAYS.index(day) + 1 for day in row.days),
                every_weeks=2 if fortnightly else 1,
                opens_at=opens,
                closes_at=closes,
                valid_from=today - timedelta(days=364 + 7 * (len(offer.key) % 2)) if fortnightly else None,
                notes=row.note,
            )


def coming(which: str, day_name: str, today: date) -> list[date]:
    """The next days such as 'the first Tuesday of the month', from today on."""
    weekday = DAY_NAMES.index(day_name) + 1
    found: list[date] = []
    year, month = today.year, today.month
    while len(found) < OCCASIONS:
        first = date(year, month, 1)
        days = [first + timedelta(days=n) for n in range(31)]
        fitting = [d for d in days if d.month == month and d.isoweekday() == weekday]
        if fitting[_WHICH[which]] >= today:
            found.append(fitting[_WHICH[which]])
        year, month = (year + 1, 1) if month == 12 else (year, month + 1)
    return found


def words_of(hours: Iterable[OfferHours]) -> str:
    """'Dinsdag 10.00 – 12.00 uur; vrijdag 13.30 – 16.00 uur' as a visitor reads it."""
    parts = [_words(row) for row in hours]
    said = "; ".join(parts)
    return said[:1].upper() + said[1:]


def _words(row: OfferHours) -> str:
    note = f" ({row.note})" if row.note and not _MONTHLY.fullmatch(row.note) else ""
    if (row.opens, row.closes) == ("00:00", "23:59") and len(row.days) == len(WEEKDAYS):
        return f"dag en nacht{note}"
    days = row.note if _MONTHLY.fullmatch(row.note) else _days(row.days)
    closes = "24.00" if row.closes == "23:59" else row.closes.replace(":", ".").removeprefix("0")
    return f"{days} {row.opens.replace(':', '.').removeprefix('0')} – {closes} uur{note}"


def _days(days: tuple[str, ...]) -> str:
    numbers = [WEEKDAYS.index(day) for day in days]
    names = [DAY_NAMES[n] for n in numbers]
    if len(names) > 2 and numbers == list(range(numbers[0], numbers[0] + len(numbers))):
        return f"{names[0]} tot en met {names[-1]}"
    return names[0] if len(names) == 1 else f"{', '.join(names[:-1])} en {names[-1]}"


ELSEWHERE: tuple[tuple[str, str, str, bool], ...] = (
    ("Inloop De Brug", "social_basis", "Dinsdag 10.00 – 12.00 uur", True),
    ("Wandelgroep Buiten Adem", "social_basis", "Donderdag 14.00 uur", True),
    ("Beter slapen, in zes keer", "group", "Start elke maand, woensdag 19.00 uur", True),
    ("Praatgroep Rouw", "group", "Maandag 19.30 uur", False),
    ("Maatschappelijk werk", "social_domain", "Op afspraak", False),
    ("Herstelgroep Verder", "lived_experience", "Dinsdag 13.30 uur", True),
)
ELSEWHERE_WIDE: tuple[tuple[str, str, str, bool], ...] = (
    ("Chatten met een ervaringsdeskundige", "lived_experience", "Elke avond 19.00 – 21.00 uur", True),
    ("Online cursus Minder piekeren", "digital", "Start wanneer u wilt", True),
    ("Behandeling bij één psycholoog", "ggz_monodisciplinary", "Op verwijzing", False),
    ("Behandeling door een team in de ggz", "ggz_multidisciplinary", "Op verwijzing", False),
)


def fill_small(region: Region, *, today: date) -> None:
    """A few offers in each municipality, for a region of which the demo has no entries of its own."""
    places = list(Municipality.objects.filter(region=region).order_by("name"))
    wanted = [(place.slug, f"{row[0]} {place.name}", *row[1:]) for place in places for row in ELSEWHERE]
    wanted += [("", *row) for row in ELSEWHERE_WIDE]
    for number, (slug, name, kind, when, soon) in enumerate(wanted):
        services.keep_service(
            region_id=region.pk,
            service=NewService(
                name=name,
                kind=kind,
                text="U bent welkom zoals u bent. Iemand van het team vangt u op.",
                municipality=slug,
                when=when,
                cost="Gratis" if not kind.startswith("ggz") else "",
                needs_referral=kind.startswith("ggz"),
                starts_this_week=soon,
                checked_on=today - timedelta(days=(number * 37) % 200),
            ),
        )
