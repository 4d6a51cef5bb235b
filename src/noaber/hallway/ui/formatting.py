"""How dates, amounts, numbers and phones read, in the language of the page. Dates come in Amsterdam time."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, datetime
from decimal import ROUND_HALF_UP, Decimal, InvalidOperation

from django.utils.formats import date_format
from django.utils.translation import get_language, get_language_bidi, ngettext
from django.utils.translation import gettext as _

from noaber.hallway.clock import AMSTERDAM

DASH = "–"
NBSP = "\u00a0"
LEFT_TO_RIGHT, END_OF_IT = "\u2066", "\u2069"
"""Around a number in a text from right to left (Unicode isolates: as <bdi>, and also in attributes)."""


@dataclass(frozen=True, slots=True)
class Reading:
    """How one language writes a day, a time and a number. The clock has 24 hours everywhere."""

    day: str = "l j F"
    day_year: str = "l j F Y"
    time: str = "G:i"
    group: str = ","
    decimal: str = "."
    lower: bool = False
    month: str = "M"
    """A short month: 'b' writes it small."""


READINGS = {
    "nl": Reading(time="G.i", group=".", decimal=",", month="b"),
    "tr": Reading(day="j F l", day_year="j F Y l", group=".", decimal=","),
    "pl": Reading(day="j E (l)", day_year="j E Y (l)", group=NBSP, decimal=",", lower=True),
    "uk": Reading(day="j E (l)", day_year="j E Y (l)", group=NBSP, decimal=",", lower=True),
}
"""In Polish and Ukrainian the name of a day bends with its sentence: 'we środę', 'do środy', 'у середу'. The
day of the month in the genitive fits all of these; the name of the day stands behind it, unbent."""
OTHERS = Reading()
# Area codes of three digits; every other fixed number in the Netherlands has an area code of four.
SHORT_AREA = frozenset(
    "010 013 014 015 020 023 024 026 030 033 035 036 038 040 043 045 046 050 053 055 058 "
    "070 071 072 073 074 075 076 077 078 079 082 084 085 087 088 091 097".split()
)
SERVICE = ("0800", "0900", "0906", "0909")


def reading() -> Reading:
    """How the language of this page writes."""
    return READINGS.get((get_language() or "nl").partition("-")[0], OTHERS)


def _day(value: date | datetime, shape: str) -> str:
    words = date_format(local(value), shape)
    return words.lower() if reading().lower else words


def local(value: date | datetime) -> date | datetime:
    """An instant in Amsterdam time; a date as it is."""
    if isinstance(value, datetime) and value.tzinfo is not None:
        return value.astimezone(AMSTERDAM)
    return value


def long_date(value: date | datetime | None, *, year: bool = False) -> str:
    """'donderdag 26 november', with the year when asked; a dash for nothing."""
    return _day(value, reading().day_year if year else reading().day) if value else DASH


def short_date(value: date | datetime | None, *, year: bool = False) -> str:
    """'26 nov' or '26 nov 2026'."""
    return _day(value, f"j {reading().month}{' Y' if year else ''}") if value else DASH


def short_day(value: date | datetime | None) -> str:
    """'do 26 nov'."""
    return _day(value, f"D j {reading().month}") if value else DASH


def clock_time(value: datetime | None) -> str:
    """'10.30 uur'."""
    if not value:
        return DASH
    return _("%(time)s uur") % {"time": date_format(local(value), reading().time)}


def moment(value: datetime | None, *, short: bool = False) -> str:
    """'donderdag 26 november om 10.30 uur'; short: 'do 26 nov, 10.30 uur'."""
    if not value:
        return DASH
    if short:
        return f"{short_day(value)}, {clock_time(value)}"
    return _("%(day)s om %(time)s") % {"day": long_date(value), "time": clock_time(value)}


def relative_day(value: date | datetime | None, today: date | None) -> str:
    """'vandaag', 'morgen', 'over 3 dagen', '2 dagen geleden'; the date itself beyond two weeks."""
    if not value or not today:
        return long_date(value) if value else DASH
    here = local(value)
    days = ((here.date() if isinstance(here, datetime) else here) - today).days
    near = {0: _("vandaag"), 1: _("morgen"), 2: _("overmorgen"), -1: _("gisteren"), -2: _("eergisteren")}
    if days in near:
        return near[days]
    if abs(days) > 14:
        return long_date(value, year=abs(days) > 300)
    if days > 0:
        return ngettext("over %(n)s dag", "over %(n)s dagen", days) % {"n": days}
    return ngettext("%(n)s dag geleden", "%(n)s dagen geleden", -days) % {"n": -days}


def number(value: object, decimals: int = 0) -> str:
    """'1.446' or '12,5'; a dash for nothing, the text itself when it is no number."""
    if value is None or value == "":
        return DASH
    try:
        amount = Decimal(str(value)).quantize(Decimal(1).scaleb(-decimals), rounding=ROUND_HALF_UP)
    except InvalidOperation:
        return str(value)
    return f"{amount:,f}".translate(str.maketrans(",.", reading().group + reading().decimal))


def percentage(value: object, decimals: int = 0) -> str:
    """'73%' from a share between 0 and 1."""
    if value is None or value == "":
        return DASH
    return f"{number(Decimal(str(value)) * 100, decimals)}%"


def euro(value: object) -> str:
    """'€ 277.000' from whole euros."""
    return DASH if value is None or value == "" else f"€{NBSP}{number(value)}"


def euro_thousands(value: object) -> str:
    """'€ 277.000' from thousands of euros, the unit of the plans' money tables."""
    return DASH if value is None or value == "" else euro(Decimal(str(value)) * 1000)


def phone_digits(value: object) -> str:
    """The digits of a Dutch number, +31 written as 0; a leading + of another country stays."""
    digits = re.sub(r"[^\d+]", "", str(value or ""))
    return re.sub(r"^(\+31|0031)0?", "0", digits)


def phone(value: object) -> str:
    """'0546 00 01 23', '088 000 01 01', '06 00 00 12 34', '0800 2000'; anything else as it came."""
    written = _grouped(value)
    return f"{LEFT_TO_RIGHT}{written}{END_OF_IT}" if written and get_language_bidi() else written


def _grouped(value: object) -> str:
    digits = phone_digits(value)
    if not digits.isdigit() or (len(digits) != 10 and digits[:4] not in SERVICE):
        return str(value or "")
    groups: tuple[str, ...]
    if digits.startswith("06"):
        groups = (digits[:2], digits[2:4], digits[4:6], digits[6:8], digits[8:])
    elif digits[:4] in SERVICE:
        groups = (digits[:4], digits[4:])
    elif digits[:3] in SHORT_AREA:
        groups = (digits[:3], digits[3:6], digits[6:8], digits[8:])
    else:
        groups = (digits[:4], digits[4:6], digits[6:8], digits[8:])
    return NBSP.join(groups)


def initials(name: str) -> str:
    """'FY' for Fatma Yilmaz, 'HV' for Henk Oude Vrielink, 'NW' for Noor de Wit."""
    words = [word for word in re.split(r"[\s\-]+", name or "") if word[:1].isalpha()]
    if not words:
        return ""
    return (words[0][0] + (words[-1][0] if len(words) > 1 else "")).upper()


def counted(count: int, one: str, many: str) -> str:
    """'1 dag', '3 dagen', '1.446 gesprekken'."""
    words = ngettext(f"%(n)s {one}", f"%(n)s {many or one}", count)
    return words.replace("%(n)s ", f"%(n)s{NBSP}") % {"n": number(count)}
