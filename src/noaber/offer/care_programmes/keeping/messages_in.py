"""What a system may send: JSON in the words of the file, read strictly, each fault with its place."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from datetime import date
from typing import Any, TypeVar
from uuid import UUID

from noaber.ground.errors import Invalid
from noaber.knowledge.waits import methods
from noaber.offer.care_programmes import rules
from noaber.offer.care_programmes.keeping.reading import COLUMN_OF, METHODS
from noaber.offer.care_programmes.models import CareProgramme
from noaber.offer.care_programmes.types import NewOpening, NewReport, NewStart

MOST = 5_000
MOST_PLACES = 1_000
KINDS = {"intake": "intake", "behandeling": "treatment"}
Own = Mapping[str, CareProgramme]
Made = TypeVar("Made")


class Unreadable(Exception):
    """A message that cannot be used; nothing of it was kept."""

    def __init__(self, detail: str, *, status: int = 422, errors: Any = ()) -> None:
        super().__init__(detail)
        self.status, self.errors = status, tuple(errors)
        self.code = "onleesbaar" if status == 400 else "onjuist"
        self.title = "Het bericht is niet te lezen" if status == 400 else "Er is niets overgenomen"


class _Wrong(Exception):
    def __init__(self, field: str, words: str) -> None:
        super().__init__(words)
        self.field, self.words = field, words


def body_of(raw: bytes) -> dict[str, Any]:
    """The object in a message.

    Raises:
        Unreadable: it is no JSON object.
    """
    try:
        body = json.loads(raw.decode("utf-8"), parse_constant=_no_number)
        json.dumps(body, ensure_ascii=False).encode("utf-8")  # half a character cannot be kept or answered
    except (ValueError, RecursionError) as fault:
        raise Unreadable("Stuur JSON in UTF-8.", status=400) from fault
    if not isinstance(body, dict):
        raise Unreadable("Stuur een object met een lijst erin.", status=400)
    return body


def _no_number(_text: str) -> float:
    raise ValueError


def reports(
    body: dict[str, Any], own: Own, *, today: date
) -> tuple[list[NewReport], list[tuple[UUID, bool, date]]]:
    """Figures under 'wachttijden', and which programmes say whether they take people in, from which day.

    Raises:
        Unreadable: with every fault and the number of its line, from 0.
    """
    seen: set[tuple[object, ...]] = set()

    stops: list[tuple[UUID, bool, date]] = []

    def one(row: dict[str, Any]) -> NewReport | None:
        known = "programma aanmeldwachttijd_weken behandelwachttijd_weken methode peildatum "
        _only(row, (known + "instroom_2mnd wachtenden aannamestop").split())
        stop = row.get("aannamestop")
        if stop is not None:
            if not isinstance(stop, bool):
                raise _Wrong("aannamestop", "Vul true of false in.")
            programme, on = _programme(row, own), _needed_day(row, "peildatum")
            rules.check_reference_date(on, today=today, began_on=programme.began_on)
            stops.append((programme.pk, stop, on))
        no_wait = row.get("aanmeldwachttijd_weken") is None and row.get("behandelwachttijd_weken") is None
        if stop and no_wait:
            return None
        method = _text(row, "methode")
        new = NewReport(
            programme_id=_programme(row, own).pk,
            intake_weeks=_number(row, "aanmeldwachttijd_weken"),
            treatment_weeks=_number(row, "behandelwachttijd_weken"),
            method=METHODS.get(method, method),
            reference_date=_needed_day(row, "peildatum"),
            inflow=_count(row, "instroom_2mnd"),
            waiting=_count(row, "wachtenden"),
            raw={name: str(value)[:80] for name, value in row.items()},
        )
        if (new.programme_id, new.reference_date) in seen:
            raise _Wrong("programma", "Dit programma staat er op deze peildatum twee keer.")
        seen.add((new.programme_id, new.reference_date))
        began = own[_text(row, "programma")].began_on
        rules.check_report(new, today=today, began_on=began, known_methods=methods())
        return new

    return [new for new in _each(body, "wachttijden", one) if new is not None], stops


def starts(body: dict[str, Any], own: Own, *, today: date) -> list[NewStart]:
    """Lines of a start list under 'starts'. The number is not kept.

    Raises:
        Unreadable: with every fault.
    """
    seen: set[tuple[object, ...]] = set()

    def one(row: dict[str, Any]) -> NewStart:
        _only(row, "programma nummer aangemeld intake behandeling vertrokken".split())
        number = _text(row, "nummer")
        if not number:
            raise _Wrong("nummer", "Vul uw eigen nummer in.")
        days = (_day(row, "intake"), _day(row, "behandeling"), _day(row, "vertrokken"))
        new = NewStart(_programme(row, own).pk, number, _needed_day(row, "aangemeld"), *days)
        if (new.programme_id, number) in seen:
            raise _Wrong("nummer", "Dit nummer staat er twee keer.")
        seen.add((new.programme_id, number))
        rules.check_start(new, today=today)
        return new

    return _each(body, "starts", one)


def agenda(body: dict[str, Any], own: Own, *, today: date) -> tuple[date, list[UUID], list[NewOpening]]:
    """The day of the agenda, which programmes it is of, and the free days under 'vrij'.

    Raises:
        Unreadable: with every fault.
    """
    try:
        _only(body, ["peildatum", "programmas", "vrij"])
        on, of_these = _agenda_of(body, own, today)
    except _Wrong as wrong:
        raise Unreadable("Verbeter dit veld.", errors=[_fault(0, wrong)]) from wrong

    def one(row: dict[str, Any]) -> NewOpening:
        _only(row, "programma soort dag plekken".split())
        programme = _programme(row, own)
        kind = KINDS.get(_text(row, "soort"), "")
        if not kind:
            raise _Wrong("soort", "Vul intake of behandeling in.")
        if programme.pk not in of_these:
            raise _Wrong("programma", "Dit programma staat niet bij 'programmas'.")
        places = _count(row, "plekken")
        if places is not None and not 1 <= places <= MOST_PLACES:
            raise _Wrong("plekken", "Vul een getal van 1 tot 1000 in.")
        return NewOpening(programme.pk, kind, _needed_day(row, "dag"), places or 1)

    return on, of_these, _each(body, "vrij", one, empty=True)


def _agenda_of(body: dict[str, Any], own: Own, today: date) -> tuple[date, list[UUID]]:
    on = _needed_day(body, "peildatum")
    if on > today:
        raise _Wrong("peildatum", "Kies vandaag of een dag die geweest is.")
    named = body.get("programmas")
    if not isinstance(named, list) or not named:
        raise _Wrong("programmas", "Noem de programma's van deze agenda.")
    return on, [_programme({"programma": name}, own).pk for name in named]


# --- cells --------------------------------------------------------------------------------


def _each(
    body: dict[str, Any], name: str, one: Callable[[dict[str, Any]], Made], *, empty: bool = False
) -> list[Made]:
    rows = body.get(name)
    if not isinstance(rows, list) or not (rows or empty) or len(rows) > MOST:
        raise Unreadable(f"Stuur onder '{name}' een lijst van 1 tot {MOST} regels.")
    made, faults = [], []
    for number, row in enumerate(rows):
        try:
            made.append(one(_object(row)))
        except _Wrong as wrong:
            faults.append(_fault(number, wrong))
        except Invalid as wrong:
            field, words = next(iter(wrong.fields.items()), ("", wrong.why))
            faults.append(_fault(number, _Wrong(COLUMN_OF.get(field, field), words)))
    if faults:
        raise Unreadable("Verbeter deze regels. Er is niets bewaard.", errors=faults[:200])
    return made


def _object(row: object) -> dict[str, Any]:
    if not isinstance(row, dict):
        raise _Wrong("", "Dit is geen object.")
    return row


def _fault(number: int, wrong: _Wrong) -> dict[str, Any]:
    return {"regel": number, "veld": wrong.field, "wat": wrong.words}


def _only(row: dict[str, Any], known: list[str]) -> None:
    for name in row:
        if name not in known:
            raise _Wrong(str(name)[:40], "Dit veld kennen wij niet.")


def _text(row: Mapping[str, Any], name: str) -> str:
    value = row.get(name, "")
    if not isinstance(value, str) or len(value) > 200 or "\x00" in value:
        raise _Wrong(name, "Vul hier een korte tekst in.")
    return value.strip()


def _programme(row: Mapping[str, Any], own: Own) -> CareProgramme:
    found = own.get(_text(row, "programma"))
    if found is None:
        raise _Wrong("programma", "Dit programma kennen wij niet bij u.")
    return found


def _number(row: Mapping[str, Any], name: str) -> float | None:
    value = row.get(name)
    if value is None:
        return None
    if isinstance(value, bool) or not isinstance(value, (int, float)) or abs(value) > 1e9:
        raise _Wrong(name, "Vul hier een getal in.")
    return float(value)


def _count(row: Mapping[str, Any], name: str) -> int | None:
    value = _number(row, name)
    if value is None:
        return None
    if value != int(value) or not 0 <= value <= 1_000_000:
        raise _Wrong(name, "Vul hier een heel getal in, nul of meer.")
    return int(value)


def _day(row: Mapping[str, Any], name: str) -> date | None:
    value = row.get(name)
    if value is None or value == "":
        return None
    try:
        return date.fromisoformat(value)
    except (TypeError, ValueError):
        raise _Wrong(name, "Vul een dag in, zoals 2026-12-31.") from None


def _needed_day(row: Mapping[str, Any], name: str) -> date:
    value = _day(row, name)
    if value is None:
        raise _Wrong(name, "Vul een dag in, zoals 2026-12-31.")
    return value
