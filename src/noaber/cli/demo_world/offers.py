"""Reads the invented offers of the demo: what one can go to in each town and village of Twente."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from noaber.knowledge.codes import load_codes
from noaber.knowledge.offer_terms import load_terms
from noaber.knowledge.reading import FileProblem, MapNode, Report, Taking, read_source
from noaber.knowledge.reading.nodes import maps_in, text_at
from noaber.knowledge.reading.problems import quoted
from noaber.knowledge.reading.shapes import Flag, Items, Number, Record, Whole, Words, each

FOLDER = Path(__file__).parent / "offer"
WEEKDAYS = ("mo", "tu", "we", "th", "fr", "sa", "su")


class BrokenOffers(RuntimeError):
    """The entries that ship with the demo are wrong: a mistake of the builders, not of a user."""


@dataclass(frozen=True, slots=True)
class OfferPlace:
    """Where it is. The town exists; street and number do not."""

    name: str
    street: str
    postal_code: str
    city: str
    neighbourhood: str
    municipality: str
    latitude: float
    longitude: float


@dataclass(frozen=True, slots=True)
class OfferHours:
    """Open on these days (mo … su) from and until a local time 'HH:MM'; the note says in which weeks."""

    days: tuple[str, ...]
    opens: str
    closes: str
    note: str


@dataclass(frozen=True, slots=True)
class DemoOffer:
    """One entry. Without `place` it is for the whole region, or online. `when` replaces opening hours."""

    key: str
    name: str
    text: str
    text_young: str
    text_professional: str
    kind: str
    terms: tuple[str, ...]
    organisation: str
    place: OfferPlace | None
    online: bool
    hours: tuple[OfferHours, ...]
    when: str
    phone: str
    website: str
    cost_text: str
    cost_eur_cents: int | None
    needs_referral: bool
    starts_this_week: bool
    free_places: int | None
    languages: tuple[str, ...]
    min_age: int | None
    max_age: int | None
    checked_days_ago: int

    @property
    def municipality(self) -> str:
        """The slug of the municipality; empty for the whole region and online."""
        return self.place.municipality if self.place else ""


def _somewhere_once(entry: MapNode, path: str, report: Report) -> None:
    named = [key for key in ("place", "region_wide", "online") if entry.get(key) is not None]
    if len(named) != 1:
        message = f"Verwacht één van place, region_wide en online, gevonden {len(named)}. Kies er één."
        report.add(entry.line, path, "place", message)
    if (entry.get("hours") is None) == (entry.get("when") is None):
        report.add(entry.line, path, "hours", "Verwacht hours of when, niet allebei. Kies er één.")


def _one_line(entry: MapNode, path: str, report: Report) -> None:
    known = load_terms()
    lists = [known[code].taxonomy for code in Taking(entry).texts("terms") if code in known]
    wrong = lists.count("line") != 1 or "life_area" not in lists or "form" not in lists
    if wrong:
        message = "Verwacht een levensgebied, een vorm en precies één lijn. Verbeter de lijst terms."
        report.add(entry.line_of("terms"), path, "terms", message)


_TIME = Words(form=r"([01]\d|2[0-3]):[0-5]\d", form_advice="Schrijf de tijd als '09:30'.")
_PLACE = Record(
    required={
        **each(Words(), "name street city municipality"),
        "postal_code": Words(form=r"[1-9]\d{3} [A-Z]{2}", form_advice="Schrijf het als 7511 ZZ."),
        "latitude": Number(least=50, most=54),
        "longitude": Number(least=3, most=8),
    },
    optional={"neighbourhood": Words()},
)
_HOURS = Record(
    required={
        "days": Items(Words(choices=frozenset(WEEKDAYS), what="een dag van de week"), least=1),
        "from": _TIME,
        "until": _TIME,
    },
    optional={"note": Words()},
)
_ENTRY = Record(
    required={
        "key": Words(form=r"[a-z0-9][a-z0-9-]*", form_advice="Gebruik kleine letters, cijfers en streepjes."),
        **each(Words(), "name text organisation cost_text"),
        "kind": Words(choices=frozenset(load_codes().offer_kinds), what="een soort aanbod"),
        "terms": Items(Words(choices=frozenset(load_terms()), what="een bekende term"), least=3),
        "phone": Words(form=r"(088|053)-000 \d{4}", form_advice="Verzin een nummer: 088-000 of 053-000."),
        "website": Words(form=r"https://[a-z0-9.-]+\.example", form_advice="Verzin een adres op .example."),
        **each(Flag(), "needs_referral starts_this_week"),
        "languages": Items(Words(form=r"[a-z]{2}", form_advice="Schrijf twee letters."), least=1),
        "checked_days_ago": Whole(least=0, most=800),
    },
    optional={
        **each(Words(), "text_young text_professional when"),
        "place": _PLACE,
        **each(Flag(), "region_wide online"),
        "hours": Items(_HOURS, least=1),
        **each(Whole(least=0), "cost_eur_cents free_places min_age max_age"),
    },
    rules=(_somewhere_once, _one_line),
)
SHAPE = Items(_ENTRY, least=1)


def check_offers(folder: Path = FOLDER) -> tuple[FileProblem, ...]:
    """Every mistake in the entries, file by file; a key is used once over all files."""
    return _read_all(folder)[1]


@cache
def load_offers(folder: Path = FOLDER) -> tuple[DemoOffer, ...]:
    """All entries, in the order of the files. Raises `BrokenOffers` when one is wrong."""
    offers, problems = _read_all(folder)
    if problems:
        raise BrokenOffers("; ".join(str(problem) for problem in problems[:5]))
    return offers


def _read_all(folder: Path) -> tuple[tuple[DemoOffer, ...], tuple[FileProblem, ...]]:
    offers: list[DemoOffer] = []
    problems: list[FileProblem] = []
    seen: set[str] = set()
    for file in sorted(folder.glob("*.yaml")):
        report = Report(file.name)
        entries = _entries(file, report)
        _unique(entries, seen, report)
        if not report.count:
            offers.extend(_offer(Taking(entry)) for entry in entries)
        problems.extend(report.problems)
    return tuple(offers), tuple(problems)


def _entries(file: Path, report: Report) -> list[MapNode]:
    node = read_source(file, report)
    if node is None:
        return []
    SHAPE.check(node, "", report)
    return [entry for _, entry in maps_in(node)]


def _unique(entries: Iterable[MapNode], seen: set[str], report: Report) -> None:
    for entry in entries:
        key = text_at(entry, "key") or ""
        if key in seen:
            message = f"Verwacht elke sleutel één keer, gevonden {quoted(key)} nog een keer. Kies een andere."
            report.add(entry.line, key, "duplicate_id", message)
        seen.add(key)


def _offer(entry: Taking) -> DemoOffer:
    place = entry.maybe_map("place")
    return DemoOffer(
        key=entry.text("key"),
        name=entry.text("name"),
        text=entry.text("text"),
        text_young=entry.text("text_young"),
        text_professional=entry.text("text_professional"),
        kind=entry.text("kind"),
        terms=entry.texts("terms"),
        organisation=entry.text("organisation"),
        place=_place(place) if place else None,
        online=entry.flag("online"),
        hours=tuple(_hours(row) for row in entry.maps("hours")),
        when=entry.text("when"),
        phone=entry.text("phone"),
        website=entry.text("website"),
        cost_text=entry.text("cost_text"),
        cost_eur_cents=entry.maybe_whole("cost_eur_cents"),
        needs_referral=entry.flag("needs_referral"),
        starts_this_week=entry.flag("starts_this_week"),
        free_places=entry.maybe_whole("free_places"),
        languages=entry.texts("languages"),
        min_age=entry.maybe_whole("min_age"),
        max_age=entry.maybe_whole("max_age"),
        checked_days_ago=entry.whole("checked_days_ago"),
    )


def _place(row: Taking) -> OfferPlace:
    return OfferPlace(
        name=row.text("name"),
        street=row.text("street"),
        postal_code=row.text("postal_code"),
        city=row.text("city"),
        neighbourhood=row.text("neighbourhood"),
        municipality=row.text("municipality"),
        latitude=row.maybe_float("latitude") or 0.0,
        longitude=row.maybe_float("longitude") or 0.0,
    )


def _hours(row: Taking) -> OfferHours:
    return OfferHours(row.texts("days"), row.text("from"), row.text("until"), row.text("note"))
