"""A file with people who wait: everything in it is kept, or nothing, with what is wrong in which line."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Mapping, Sequence
from datetime import date, datetime
from uuid import UUID, uuid4

from django.db import transaction
from django.utils.translation import gettext as _

from noaber.ground.errors import Invalid
from noaber.ground.safe_csv import plain_cell, safe_csv
from noaber.hallway.access import gate
from noaber.hallway.access.types import Actor
from noaber.hallway.audit import services as audit
from noaber.knowledge.group_forming import forming, kinds
from noaber.knowledge.languages import LANGUAGES
from noaber.network.partners import queries as partners
from noaber.network.partners.models import Organisation
from noaber.offer.groups.forming import rules, services, words
from noaber.offer.groups.forming.policies import HOLDERS
from noaber.offer.groups.forming.types import FileResult, NewWait, RowFault
from noaber.offer.groups.models_forming import WaitingFor

MOST_ROWS = 2000
MOST_BYTES = 2_000_000
MOST_FAULTS = 50
MOST_DIGITS = 3
COLUMNS = {
    "kenmerk": "reference",
    "soort": "kind",
    "onderwerp": "theme",
    "gemeente": "municipality",
    "postcode": "postcode",
    "dagdelen": "day_parts",
    "taal": "language",
    "leeftijd": "age_band",
    "wacht sinds": "since",
    "kilometers": "travel_km",
    "toestemming op": "consented_on",
}
MAY_BE_EMPTY = ("postcode", "taal", "kilometers")


def example(today: date) -> str:
    """A file as it must look, with one line."""
    line = ("D-00001", "training", "Somber zijn", "Almelo", "7607", "dinsdagavond, donderdagavond")
    return safe_csv(
        list(COLUMNS),
        [[*line, "nl", "26 tot en met 40 jaar", today.isoformat(), 15, today.isoformat()]],
    )


@transaction.atomic
def take_file(*, actor: Actor, organisation_id: UUID, content: bytes, now: datetime) -> FileResult:
    """Put everybody in a file on the pool. Who stands there already for the same thing is left as she is.

    With one fault nothing is kept; the faults come back, with their line (1 is the head).
    """
    gate.require_act(actor, "groups.hold")
    if organisation_id not in actor.organisations(*HOLDERS):
        raise gate.not_here()
    home = Organisation.objects.get(pk=organisation_id)
    rows, faults = read(content)
    towns = {place.name.casefold(): place.pk for place in partners.municipalities_of(home.region_id)}
    found: list[tuple[int, NewWait]] = []
    for line, cells in rows:
        new, wrong = as_wait(line, cells, towns)
        faults += wrong
        if new is not None:
            found.append((line, new))
    if faults:
        return FileResult(0, 0, tuple(faults[:MOST_FAULTS]))
    added, known, faults = _keep(home, found, actor, now)
    if faults:
        return FileResult(0, 0, tuple(faults[:MOST_FAULTS]))
    audit.record(
        actor=actor,
        action=audit.Action.CREATE,
        event_type="groups.wait.file",
        resident_id=None,
        object_kind="organisation",
        object_id=home.pk,
        part=services.PART,
        purpose=services.PURPOSE,
        now=now,
    )
    return FileResult(added, known, ())


def _keep(
    home: Organisation, found: Sequence[tuple[int, NewWait]], actor: Actor, now: datetime
) -> tuple[int, int, list[RowFault]]:
    added, known = 0, 0
    faults: list[RowFault] = []
    there = set(
        WaitingFor.objects.filter(organisation=home, state=WaitingFor.State.WAITING).values_list(
            "reference_key", "kind", "theme"
        )
    )
    spots: dict[tuple[UUID, str], tuple[float, float]] = {}
    inside = transaction.savepoint()
    for line, new in found:
        key = (services.reference_key(home.pk, new.reference), new.kind, new.theme)
        if key in there:
            known += 1
            continue
        there.add(key)
        try:
            place = (new.municipality_id, new.postcode)
            row = services.take_in(home, new, by_name=actor.name, now=now, spot=spots.get(place))
            spots[place] = (row.latitude, row.longitude)
            added += 1
        except Invalid as wrong:
            faults += [RowFault(line, column_of(field), why) for field, why in wrong.fields.items()]
    if faults:
        transaction.savepoint_rollback(inside)
    else:
        transaction.savepoint_commit(inside)
    return added, known, faults


def column_of(field: str) -> str:
    """The column in the file for a field of ours."""
    return next((column for column, name in COLUMNS.items() if name == field), field)


def read(content: bytes) -> tuple[list[tuple[int, dict[str, str]]], list[RowFault]]:
    """The lines of a table with semicolons or commas; the head may stand in any order."""
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError:
        text = content.decode("cp1252", errors="replace")
    if "\x00" in text or not text.strip():
        return [], [RowFault(1, "", _("Dit is geen tabel. Sla hem op als CSV en stuur die."))]
    head = text.lstrip().splitlines()[0]
    mark = ";" if head.count(";") >= head.count(",") else ","
    try:
        lines = list(csv.reader(io.StringIO(text), delimiter=mark, strict=True))
    except csv.Error:
        return [], [RowFault(1, "", _("Ergens begint een aanhalingsteken dat niet eindigt."))]
    names = [" ".join(cell.split()).casefold() for cell in lines[0]]
    missing = [column for column in COLUMNS if column not in names and column not in MAY_BE_EMPTY]
    if missing:
        return [], [RowFault(1, column, _("Deze kolom mist.")) for column in missing]
    if len(lines) - 1 > MOST_ROWS:
        return [], [RowFault(1, "", _("Er staan te veel regels in. Maak er kleinere bestanden van."))]
    return [
        (number, {name: plain_cell(cell).strip() for name, cell in zip(names, line, strict=False)})
        for number, line in enumerate(lines[1:], start=2)
        if any(cell.strip() for cell in line)
    ], []


def as_wait(
    line: int, cells: Mapping[str, str], towns: Mapping[str, UUID]
) -> tuple[NewWait | None, list[RowFault]]:
    """One line as a person who waits, or everything that is wrong in it."""
    faults: list[RowFault] = []

    def wrong(column: str, why: str) -> None:
        faults.append(RowFault(line, column, why))

    kind = _code(cells.get("soort", ""), {code: one.label for code, one in kinds().items()})
    theme = _code(cells.get("onderwerp", ""), services.themes())
    town = towns.get(cells.get("gemeente", "").casefold())
    age = _code(cells.get("leeftijd", ""), dict(forming().ages))
    language = _code(cells.get("taal", "") or "nl", {"nl": "Nederlands", **dict(LANGUAGES)})
    parts = _parts(cells.get("dagdelen", ""))
    days = {column: _day(cells.get(column, "")) for column in ("wacht sinds", "toestemming op")}
    kilometers = cells.get("kilometers", "") or str(forming().travel_km)
    if not kind:
        wrong("soort", _("Kies uit: %(list)s.") % {"list": ", ".join(k.label for k in kinds().values())})
    if not theme:
        wrong("onderwerp", _("Kies uit: %(list)s.") % {"list": ", ".join(services.themes().values())})
    if town is None:
        wrong("gemeente", _("Deze gemeente ligt niet in uw regio."))
    if not age:
        wrong("leeftijd", _("Kies uit: %(list)s.") % {"list": ", ".join(forming().ages.values())})
    if not language:
        wrong("taal", _("Deze taal kennen wij niet."))
    if not parts:
        wrong("dagdelen", _("Schrijf dagdelen als: dinsdagavond, woensdagochtend."))
    whole = int(kilometers) if kilometers.isdecimal() and len(kilometers) <= MOST_DIGITS else 0
    if not 1 <= whole <= 100:
        wrong("kilometers", _("Schrijf een getal van 1 tot en met 100."))
    for column, day in days.items():
        if day is None:
            wrong(column, _("Dit is geen datum, zoals 14-06-2027."))
    since, consented = days["wacht sinds"], days["toestemming op"]
    if faults or town is None or since is None or consented is None:
        return None, faults
    return NewWait(
        reference=cells.get("kenmerk", ""),
        kind=kind,
        theme=theme,
        municipality_id=town,
        postcode=cells.get("postcode", "")[:4],
        day_parts=parts,
        language=language,
        age_band=age,
        since=since,
        travel_km=whole,
        consented_on=consented,
        once_key=f"file:{uuid4().hex}",
    ), faults


def _code(text: str, known: Mapping[str, str]) -> str:
    """The code for a code or a word."""
    plain = " ".join(text.split()).casefold()
    return next(
        (code for code, word in known.items() if plain in (code.casefold(), str(word).casefold())), ""
    )


def _parts(text: str) -> tuple[str, ...]:
    known = {words.part(code): code for code in rules.DAY_PARTS} | {code: code for code in rules.DAY_PARTS}
    asked = [part.strip().casefold() for part in re.split(r"[,|/]", text) if part.strip()]
    found = [known.get(part, "") for part in asked]
    return tuple(found) if found and all(found) else ()


def _day(text: str) -> date | None:
    try:
        if re.fullmatch(r"\d{4}-\d{2}-\d{2}", text):
            return date.fromisoformat(text)
        if found := re.fullmatch(r"(\d{1,2})[-/.](\d{1,2})[-/.](\d{4})", text):
            return date(int(found[3]), int(found[2]), int(found[1]))
    except ValueError:
        return None
    return None
