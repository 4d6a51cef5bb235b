"""From the cells of one line to an entry of the directory, with every fault named."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import quote
from uuid import NAMESPACE_URL, UUID, uuid5

from django.utils.translation import gettext as _

from noaber.knowledge.offer_terms import load_terms
from noaber.offer.directory.models import Service
from noaber.offer.directory.types_record import PlaceRecord, ScheduleRecord, ServiceRecord
from noaber.offer.sources.columns import BY_FIELD
from noaber.offer.sources.reading import cells, nested
from noaber.offer.sources.types import Fault, ReadEntry, TableRow

WORDS = (
    "name alternate_name text text_young text_professional when cost phone email website how_to_start alert"
    " assured_by"
).split()


@dataclass(frozen=True, slots=True)
class Reader:
    """What is needed to read the lists of one source.

    `source` is its slug, empty for a list of our own; `scope` makes ids of places its own. `municipalities`
    and `partners` give slug and id by name in small letters; `columns` the heading of each field; `link` the
    address of an entry there.
    """

    source: str = ""
    scope: str = ""
    municipalities: Mapping[str, str] = field(default_factory=dict)
    partners: Mapping[str, UUID] = field(default_factory=dict)
    columns: Mapping[str, str] = field(default_factory=dict)
    link: str = ""

    def read(self, row: TableRow) -> ReadEntry:
        """One line as an entry, or its faults."""
        return _Line(self, row).entry()

    def linked(self, key: str) -> str:
        """The address of an entry at the source."""
        return self.link.replace("{key}", quote(key, safe="")) if key and self.link else ""

    def made(self, *parts: str) -> UUID:
        """An id that is always the same for the same parts of this source."""
        return uuid5(NAMESPACE_URL, "/".join(("noaber", self.scope, *parts)))


class _Line:
    def __init__(self, reader: Reader, row: TableRow) -> None:
        self.reader, self.row = reader, row
        self.faults: list[Fault] = []
        if row.wrong:
            self.fault("", row.wrong)

    def fault(self, name: str, reason: str) -> None:
        heading = self.reader.columns.get(name) or (BY_FIELD[name].heading if name in BY_FIELD else name)
        self.faults.append(Fault(self.row.line, heading, reason))

    def cell(self, name: str) -> str:
        return self.row.cells.get(self.reader.columns.get(name, ""), "").strip()

    def taken(self, name: str, read: Callable[[str], Any], otherwise: Any = None) -> Any:
        try:
            return read(self.cell(name))
        except ValueError as wrong:
            self.fault(name, str(wrong))
            return otherwise

    def entry(self) -> ReadEntry:
        key = self.cell("key")[:200]
        if not self.cell("name"):
            self.fault("name", _("Vul een naam in."))
        if not self.reader.source:
            key = self.cell("id") or self.cell("source_key")
        if not key:
            key = f"{self.cell('name')}/{self.cell('municipality') or self.cell('city')}".casefold()[:200]
        found = self._record(key)
        return ReadEntry(self.row.line, key, None if self.faults else found, tuple(self.faults))

    def _record(self, key: str) -> ServiceRecord:
        who = self.cell("organisation")
        terms, unknown = self._terms()
        places, general, when = self._places(key)
        values: dict[str, Any] = {name: self.cell(name) for name in WORDS}
        values["when"] = values["when"] or when
        extra = self.taken("extra", nested.extra, {})
        source = self.reader.source
        return ServiceRecord(
            **values,
            service_id=None if source else self.taken("id", _own_id),
            kind=self._choice("kind", dict(Service.Kind.choices), Service.Kind.OTHER),
            status=self._choice("status", dict(Service.Status.choices), Service.Status.ACTIVE),
            mode=self._choice("mode", dict(Service.Mode.choices), Service.Mode.LIVE),
            organisation=who,
            organisation_id=self.reader.partners.get(who.casefold()),
            municipality=self._municipality(),
            terms=terms,
            languages=self.taken("languages", cells.languages, ()),
            cost_eur_cents=self.taken("cost_eur_cents", cells.whole),
            min_age=self.taken("min_age", cells.whole),
            max_age=self.taken("max_age", cells.whole),
            needs_referral=self.taken("needs_referral", cells.yes_or_no, False),
            starts_this_week=self.taken("starts_this_week", cells.yes_or_no, False),
            free_places=self.taken("free_places", cells.whole),
            free_places_on=self.taken("free_places_on", cells.day),
            assured_on=self.taken("assured_on", cells.day),
            source=source or self.cell("source"),
            source_key=key if source else self.cell("source_key"),
            source_url=self.cell("source_url") or self.reader.linked(key),
            places=places,
            schedules=general,
            extra=extra | ({"keywords": unknown} if unknown else {}),
        )

    def _choice(self, name: str, choices: Mapping[Any, Any], otherwise: str) -> str:
        words = self.cell(name).casefold()
        if not words:
            return str(otherwise)
        for code, label in choices.items():
            if words in {str(code).casefold(), str(label).casefold()}:
                return str(code)
        if self.reader.source and name != "status":
            return str(otherwise)
        self.fault(name, _("Kies een van: %(words)s") % {"words": ", ".join(map(str, choices.values()))})
        return str(otherwise)

    def _municipality(self) -> str:
        words = self.cell("municipality").removeprefix("Gemeente ").removeprefix("gemeente ").casefold()
        known = self.reader.municipalities
        if words and words not in known:
            self.fault("municipality", _("Deze gemeente hoort niet bij deze regio."))
        return known.get(words, "") if words else known.get(self.cell("city").casefold(), "")

    def _terms(self) -> tuple[tuple[str, ...], list[str]]:
        known = load_terms()
        by_word = {term.name.casefold(): code for code, term in known.items()}
        found, unknown = set(), []
        for word in cells.several(self.cell("terms")):
            code = word if word in known else by_word.get(word.casefold(), "")
            if code:
                found.add(code)
            elif self.reader.source:
                unknown.append(word)
            else:
                self.fault("terms", _("Dit woord kennen wij niet: %(word)s") % {"word": word[:40]})
        return tuple(sorted(found)), unknown

    def _places(self, key: str) -> tuple[tuple[PlaceRecord, ...], tuple[ScheduleRecord, ...], str]:
        """The places, the hours that hold for all of them, and hours that only words can say."""
        if "places" in self.reader.columns:
            own = not self.reader.source
            return (
                self.taken("places", lambda words: nested.places(words, ids=own), ()),
                self.taken("schedules", lambda words: nested.schedules(words, ids=own), ()),
                "",
            )
        when = ""
        try:
            hours = cells.hours(self.cell("hours"))
        except ValueError as wrong:
            hours, when = (), self.cell("hours")
            if self.cell("when") or len(when) > 200:
                self.fault("hours", str(wrong))
        if not any(self.cell(name) for name in ("place_name", "street", "postal_code", "city", "latitude")):
            return (), hours, when
        place = PlaceRecord(
            place_id=self.reader.made(key, "place") if self.reader.source else None,
            name=self.cell("place_name"),
            street=self.cell("street"),
            postal_code=_spaced(self.cell("postal_code")),
            city=self.cell("city"),
            municipality=self._place_municipality(),
            latitude=self.taken("latitude", cells.degrees),
            longitude=self.taken("longitude", cells.degrees),
            schedules=hours,
        )
        return (place,), (), when

    def _place_municipality(self) -> str:
        words = self.cell("municipality").casefold() or self.cell("city").casefold()
        return self.reader.municipalities.get(words, "")


def _spaced(code: str) -> str:
    found = re.fullmatch(r"([1-9][0-9]{3}) *([A-Za-z]{2})", code.strip())
    return f"{found[1]} {found[2].upper()}" if found else code


def _own_id(words: str) -> UUID | None:
    if not words:
        return None
    try:
        return UUID(words)
    except ValueError:
        raise ValueError(_("Dit is geen nummer van ons. Laat de cel leeg voor nieuw aanbod.")) from None


def as_json(value: Any) -> str:
    """JSON in one fixed spelling."""
    return json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
