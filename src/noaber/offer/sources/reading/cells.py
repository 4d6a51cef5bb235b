"""From the words in a cell to a value; each returns the value, or raises `ValueError` with a sentence."""

from __future__ import annotations

import re
from datetime import date, time, timedelta

from django.utils.translation import gettext as _

from noaber.knowledge.languages import LANGUAGES
from noaber.offer.directory.types_record import ScheduleRecord

YES = frozenset({"ja", "j", "yes", "y", "true", "waar", "1", "x"})
NO = frozenset({"", "nee", "n", "no", "false", "onwaar", "0"})
EXCEL_BEGAN = date(1899, 12, 30)
DAYS = ("ma", "di", "wo", "do", "vr", "za", "zo")
_HOURS = re.compile(
    r"^(?P<days>[a-z ,/&-]+?)\s+(?P<from>\d{1,2}[:.]\d{2})\s*(?:-|–|tot)\s*(?P<to>\d{1,2}[:.]\d{2})(?: uur)?$"
)


def yes_or_no(words: str) -> bool:
    """'ja' or 'nee', as people and programs write it."""
    plain = words.strip().casefold()
    if plain in YES:
        return True
    if plain in NO:
        return False
    raise ValueError(_("Vul ja of nee in."))


def whole(words: str) -> int | None:
    """A number of 0 or more; nothing for an empty cell."""
    plain = words.strip()
    if not plain:
        return None
    if not re.fullmatch(r"[0-9]{1,9}", plain):
        raise ValueError(_("Vul een heel getal in."))
    return int(plain)


def degrees(words: str) -> float | None:
    """A coordinate in degrees, with a point or a comma."""
    plain = words.strip().replace(",", ".")
    if not plain:
        return None
    if not re.fullmatch(r"-?[0-9]{1,3}(\.[0-9]{1,20})?", plain):
        raise ValueError(_("Dit is geen coördinaat in graden, zoals 52,2661."))
    return float(plain)


def day(words: str) -> date | None:
    """A date: 2027-06-14, 14-6-2027, 14/6/2027, or the number that a spreadsheet keeps for it."""
    plain = words.strip()
    if not plain:
        return None
    try:
        if re.fullmatch(r"[0-9]{5}", plain):
            return EXCEL_BEGAN + timedelta(days=int(plain))
        if re.fullmatch(r"[0-9]{4}-[0-9]{2}-[0-9]{2}([T ].*)?", plain):
            return date.fromisoformat(plain[:10])
        found = re.fullmatch(r"([0-9]{1,2})[-/. ]([0-9]{1,2})[-/. ]([0-9]{4})", plain)
        if found:
            return date(int(found[3]), int(found[2]), int(found[1]))
    except ValueError:
        pass
    raise ValueError(_("Dit is geen datum, zoals 14-06-2027."))


def several(words: str) -> list[str]:
    """A list in one cell, with commas, semicolons or bars."""
    return [part.strip() for part in re.split(r"[,;|]", words) if part.strip()]


def languages(words: str) -> tuple[str, ...]:
    """Codes or Dutch names of languages."""
    known = {str(name).casefold(): code for code, name in LANGUAGES} | {"nederlands": "nl"}
    found = set()
    for part in several(words):
        code = part.casefold() if re.fullmatch(r"[a-zA-Z]{2,3}", part) else known.get(part.casefold(), "")
        if not code:
            raise ValueError(_("Deze taal kennen wij niet: %(word)s") % {"word": part[:40]})
        found.add(code)
    return tuple(sorted(found))


def hours(words: str) -> tuple[ScheduleRecord, ...]:
    """Opening hours such as 'ma, wo 10:00-12:00; vr 13.00 – 15.00'."""
    found = []
    for part in re.split(r"[;\n|]", words):
        plain = part.strip().casefold()
        if not plain:
            continue
        match = _HOURS.match(plain)
        days = _days(match["days"]) if match else ()
        if not match or not days:
            raise ValueError(_("Deze tijden zijn niet te lezen. Schrijf ze als: ma, wo 10:00-12:00"))
        try:
            opens, closes = _clock(match["from"]), _clock(match["to"])
        except ValueError:
            raise ValueError(_("Deze tijd bestaat niet.")) from None
        found.append(ScheduleRecord(weekdays=days, opens_at=opens, closes_at=closes))
    return tuple(found)


def _clock(words: str) -> time:
    hour, minute = re.split("[:.]", words)
    return time(int(hour), int(minute))


def _days(words: str) -> tuple[int, ...]:
    found: set[int] = set()
    for part in re.split(r"[,/&]| en ", words):
        ends = [_day(end) for end in re.split(r"-|–| t/m | tot en met ", part.strip())]
        if not all(ends) or len(ends) > 2:
            return ()
        first, last = ends[0], ends[-1]
        found |= set(range(first, last + 1)) if first <= last else {first, last}
    return tuple(sorted(found))


def _day(word: str) -> int:
    begin = word.strip()[:2]
    return DAYS.index(begin) + 1 if begin in DAYS else 0
