"""Reads a file of a provider: figures or a start list. Every problem is named with its line."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime

from noaber.ground.errors import Invalid
from noaber.ground.safe_csv import plain_cell
from noaber.knowledge.waits import methods
from noaber.offer.care_programmes import rules
from noaber.offer.care_programmes.models import CareProgramme
from noaber.offer.care_programmes.types import NewReport, NewStart

MOST_ROWS = 20_000
MOST_PROBLEMS = 200
WAIT_COLUMNS = (
    "programma agb kvk vestiging postcode zorgtype setting hoofddiagnosegroep aanmeldwachttijd_weken "
    "behandelwachttijd_weken methode instroom_2mnd wachtenden peildatum aannamestop leeftijdsgroep online"
).split()
WAITS_NEEDED = ("methode", "peildatum")
START_COLUMNS = ("programma", "nummer", "aangemeld", "intake", "behandeling", "vertrokken")
METHODS = {"actueel": "third_opportunity", "retrospectief": "realised"}
CARE_TYPES = {
    "basis": "basis_ggz",
    "basis-ggz": "basis_ggz",
    "generalistische basis-ggz": "basis_ggz",
    "gespecialiseerd": "specialist_ggz",
    "gespecialiseerde ggz": "specialist_ggz",
    "specialistische ggz": "specialist_ggz",
    "sociaal domein": "social_domain",
}
YES, NO = frozenset({"ja", "1", "true", "waar", "x"}), frozenset({"nee", "0", "false", "onwaar", "-"})
TOO_MANY = "Deze regel heeft te veel kolommen. Zet een getal met een komma tussen aanhalingstekens."
_FORMULA = re.compile(r"\s*[=@+]|\s*-(?!\s*[\d.,])")
_NUMBER = re.compile(r"-?\d+(?:[.,]\d+)?")
_AGES = re.compile(r"(\d{1,3})\s*(?:[-–]|t/m|tot en met)\s*(\d{1,3})|(\d{1,3})\s*\+")


@dataclass(frozen=True, slots=True)
class Problem:
    """What is wrong in one line; line 1 holds the names of the columns, 0 is the whole file."""

    line: int
    column: str
    words: str


@dataclass(frozen=True, slots=True)
class Stop:
    """What a line says about an intake stop."""

    programme: CareProgramme
    stopped: bool
    since: date


@dataclass(slots=True)
class Read:
    """What stands in a file. With a problem, nothing of it may be kept."""

    reports: list[NewReport] = field(default_factory=list)
    stops: list[Stop] = field(default_factory=list)
    starts: list[NewStart] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)
    rows: int = 0


class Wrong(Exception):
    """A cell that cannot be used."""

    def __init__(self, column: str, words: str) -> None:
        super().__init__(words)
        self.column, self.words = column, words


# --- the table -----------------------------------------------------------------------------


def decoded(content: bytes) -> str:
    """The text of a file as spreadsheets write it: UTF-8, UTF-16 or Windows-1252."""
    if content[:2] in (b"\xff\xfe", b"\xfe\xff"):
        return content.decode("utf-16", errors="replace")
    if content[:400].count(0) > len(content[:400]) // 4:
        little = content[1:400:2].count(0) >= content[0:400:2].count(0)
        return content.decode("utf-16-le" if little else "utf-16-be", errors="replace")
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError:
        return content.decode("cp1252", errors="replace")


def _table(content: bytes, known: Sequence[str], found: Read) -> Iterator[tuple[int, dict[str, str], bool]]:
    """Each line with its cells by column, and whether there are more cells than columns."""
    text = decoded(content).replace("\x00", "")
    first = text.split("\n", 1)[0]
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=max(";,\t", key=first.count))
    names: list[str] = []
    try:
        for cells in reader:
            if not any(cell.strip() for cell in cells):
                continue
            if not names:
                names = [plain_cell(cell.strip()).casefold() for cell in cells]
                _check_names(names, known, found)
                if found.problems:
                    return
                continue
            found.rows += 1
            if found.rows > MOST_ROWS:
                found.problems.append(Problem(0, "", f"Er passen {MOST_ROWS} regels in één bestand."))
                return
            row = dict(zip(names, (cell.strip() for cell in cells), strict=False))
            yield reader.line_num, row, any(cell.strip() for cell in cells[len(names) :])
    except csv.Error:
        words = "Deze regel is niet te lezen. Sluit elk aanhalingsteken."
        found.problems.append(Problem(reader.line_num, "", words))
    if not found.rows and not found.problems:
        found.problems.append(Problem(0, "", "Er staan geen regels in het bestand."))


def _check_names(names: list[str], known: Sequence[str], found: Read) -> None:
    unknown = [name for name in names if name and name not in known]
    twice = {name for name in names if name and names.count(name) > 1}
    for name in [*unknown[:5], *sorted(twice)]:
        words = "Deze kolom kennen wij niet." if name in unknown else "Deze kolom staat er twee keer."
        found.problems.append(Problem(1, name[:40], words))
    needed = WAITS_NEEDED if known is WAIT_COLUMNS else START_COLUMNS[:3]
    for name in needed:
        if name not in names:
            found.problems.append(Problem(1, name, "Deze kolom ontbreekt."))


def _no_formula(row: Mapping[str, str]) -> None:
    for name, cell in row.items():
        if cell != "-" and _FORMULA.match(cell):
            raise Wrong(name, "Hier staat een formule. Vul het antwoord zelf in.")


def _no_more(too_many: bool) -> None:
    if too_many:
        raise Wrong("", TOO_MANY)


def _each(
    content: bytes, known: Sequence[str], found: Read, take: Callable[[int, Mapping[str, str]], None]
) -> Read:
    for line, row, too_many in _table(content, known, found):
        try:
            _no_formula(row)
            _no_more(too_many)
            take(line, {name: plain_cell(cell) for name, cell in row.items()})
        except Wrong as wrong:
            found.problems.append(Problem(line, wrong.column, wrong.words))
        except Invalid as wrong:
            column, words = next(iter(wrong.fields.items()), ("", wrong.why))
            found.problems.append(Problem(line, COLUMN_OF.get(column, column), words))
        if len(found.problems) >= MOST_PROBLEMS:
            break
    return found


COLUMN_OF = {
    "intake_weeks": "aanmeldwachttijd_weken",
    "treatment_weeks": "behandelwachttijd_weken",
    "reference_date": "peildatum",
    "method": "methode",
    "registered_on": "aangemeld",
    "intake_on": "intake",
    "treatment_on": "behandeling",
    "left_on": "vertrokken",
}


# --- cells -----------------------------------------------------------------------------


def _number(row: Mapping[str, str], column: str) -> float | None:
    cell = row.get(column, "").replace(" ", "")
    if not cell:
        return None
    if not _NUMBER.fullmatch(cell):
        raise Wrong(column, "Vul een getal in, zoals 4 of 4,5.")
    return float(cell.replace(",", "."))


def _count(row: Mapping[str, str], column: str) -> int | None:
    value = _number(row, column)
    if value is None:
        return None
    if value < 0 or value != int(value) or value > 1_000_000:
        raise Wrong(column, "Vul een heel getal in, nul of meer.")
    return int(value)


def _day(row: Mapping[str, str], column: str) -> date | None:
    cell = row.get(column, "")
    if not cell:
        return None
    for form in ("%Y-%m-%d", "%d-%m-%Y", "%d/%m/%Y"):
        try:
            return datetime.strptime(cell, form).date()  # noqa: DTZ007  # a day has no time zone
        except ValueError:
            continue
    raise Wrong(column, "Vul een dag in, zoals 31-12-2026 of 2026-12-31.")


def _ages(cell: str, column: str) -> tuple[int | None, int | None]:
    if cell.casefold() in ("alle", "alle leeftijden"):
        return None, None
    found = _AGES.fullmatch(cell)
    if found is None:
        raise Wrong(column, "Vul leeftijden in, zoals 18-64 of 18+.")
    if found[3]:
        return int(found[3]), None
    return int(found[1]), int(found[2])


# --- which programme -----------------------------------------------------------------------------


def _programme(row: Mapping[str, str], own: Sequence[CareProgramme]) -> CareProgramme:
    """The one programme that a line is about: by the provider's own name for it, else by what it is."""
    if row.get("programma"):
        named = [one for one in own if one.reference == row["programma"]] or [
            one for one in own if one.reference.casefold() == row["programma"].casefold()
        ]
        if len(named) == 1:
            return named[0]
        if named:
            raise Wrong("programma", f"Zo heten {len(named)} van uw programma's. Geef ze elk een eigen naam.")
        raise Wrong("programma", "Dit programma kennen wij niet bij u. Kijk op uw pagina hoe het heet.")
    left = [programme for programme in own if _is_it(programme, row)]
    if len(left) == 1:
        return left[0]
    if not left:
        raise Wrong("programma", "Bij geen van uw programma's past deze regel.")
    raise Wrong("programma", f"Deze regel past bij {len(left)} programma's. Vul de kolom programma in.")


def _is_it(programme: CareProgramme, row: Mapping[str, str]) -> bool:
    def told(column: str) -> str:
        return row.get(column, "").casefold()

    if told("zorgtype") and CARE_TYPES.get(told("zorgtype"), told("zorgtype")) != programme.care_type:
        return False
    if told("setting") and told("setting") != programme.setting:
        return False
    if told("hoofddiagnosegroep") not in ("", programme.diagnosis_group):
        return False
    if told("vestiging") and told("vestiging") not in (
        programme.place_name.casefold(),
        programme.city.casefold(),
    ):
        return False
    postcode = programme.postal_code.replace(" ", "").casefold()
    if told("postcode") and told("postcode").replace(" ", "") != postcode:
        return False
    if told("leeftijdsgroep"):
        ages = _ages(row["leeftijdsgroep"], "leeftijdsgroep")
        if ages != (programme.min_age, programme.max_age):
            return False
    return not told("online") or (told("online") in YES) == (programme.mode == CareProgramme.Mode.ONLINE)


# --- the two kinds of file -----------------------------------------------------------------------------


def read_waits(content: bytes, own: Sequence[CareProgramme], *, today: date) -> Read:
    """Figures, in the columns `WAIT_COLUMNS`; `own` are the programmes the sender may speak for."""
    found = Read()
    seen: dict[tuple[object, ...], int] = {}

    def take(line: int, row: Mapping[str, str]) -> None:
        on = _day(row, "peildatum")
        if on is None:
            raise Wrong("peildatum", "Vul de peildatum in.")
        programme = _programme(row, own)
        _check_numbers(programme, row)
        before = seen.setdefault((programme.pk, on), line)
        if before != line:
            raise Wrong("programma", f"Regel {before} gaat over hetzelfde programma en dezelfde dag.")
        stop = row.get("aannamestop", "").casefold()
        if stop and stop not in YES | NO:
            raise Wrong("aannamestop", "Vul ja of nee in.")
        if stop:
            rules.check_reference_date(on, today=today, began_on=programme.began_on)
            found.stops.append(Stop(programme, stop in YES, on))
        new = _report(programme, row, on)
        if new is None and stop in YES:
            return
        if new is None:
            raise Wrong("aanmeldwachttijd_weken", "Vul een wachttijd in, of ja bij aannamestop.")
        rules.check_report(new, today=today, began_on=programme.began_on, known_methods=methods())
        found.reports.append(new)

    return _each(content, WAIT_COLUMNS, found, take)


def _check_numbers(programme: CareProgramme, row: Mapping[str, str]) -> None:
    provider = getattr(programme.organisation, "as_provider", None)
    for column in ("agb", "kvk"):
        held = getattr(provider, column, "")
        if held and row.get(column, "") not in ("", held):
            raise Wrong(column, "Dit nummer is niet van uw organisatie.")


def _report(programme: CareProgramme, row: Mapping[str, str], on: date) -> NewReport | None:
    intake, treatment = _number(row, "aanmeldwachttijd_weken"), _number(row, "behandelwachttijd_weken")
    if intake is None and treatment is None:
        return None
    method = row.get("methode", "").casefold()
    return NewReport(
        programme_id=programme.pk,
        intake_weeks=intake,
        treatment_weeks=treatment,
        method=METHODS.get(method, method),
        reference_date=on,
        inflow=_count(row, "instroom_2mnd"),
        waiting=_count(row, "wachtenden"),
        raw={name: row[name][:80] for name in WAIT_COLUMNS if row.get(name)},
    )


def read_starts(content: bytes, own: Sequence[CareProgramme], *, today: date) -> Read:
    """A start list, in the columns `START_COLUMNS`. The number is the provider's own and is not kept."""
    found = Read()
    seen: dict[tuple[object, ...], int] = {}

    def take(line: int, row: Mapping[str, str]) -> None:
        programme = _programme(row, own)
        number, registered = row.get("nummer", ""), _day(row, "aangemeld")
        if not number:
            raise Wrong("nummer", "Vul uw eigen nummer in.")
        if registered is None:
            raise Wrong("aangemeld", "Vul de dag van aanmelding in.")
        before = seen.setdefault((programme.pk, number), line)
        if before != line:
            raise Wrong("nummer", f"Dit nummer staat ook op regel {before}.")
        days = (_day(row, "intake"), _day(row, "behandeling"), _day(row, "vertrokken"))
        new = NewStart(programme.pk, number, registered, *days)
        rules.check_start(new, today=today)
        found.starts.append(new)

    return _each(content, START_COLUMNS, found, take)
