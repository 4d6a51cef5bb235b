"""The planner's strip: the days since a request came in, today, what is planned, the last day."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from noaber.hallway.ui import formatting, svg
from noaber.hallway.ui.types import DayStrip

PITCH, BOX, TOP, HEIGHT = 16.5, 14.0, 4.0, 20.0
BEYOND = 20.0
FONT = 13
MOST_DAYS = 28


@dataclass(frozen=True, slots=True)
class _Days:
    spec: DayStrip
    deadline: date
    count: int

    def number(self, day: date) -> int:
        """Day 1 is the day after receipt."""
        return (day - self.spec.start).days

    def x(self, day: date) -> float:
        """The left side of a day's box; a day beyond the strip stands after its end."""
        place = self.number(day)
        if place > self.count:
            return self.count * PITCH + 4
        return max(0, place - 1) * PITCH


def draw_day_strip(spec: DayStrip) -> SafeString:
    """The strip as one picture that speaks in one sentence."""
    if spec.days < 1:
        raise ValueError(f"a strip needs at least one day, found {spec.days}")
    deadline = spec.deadline or spec.start + timedelta(days=spec.days + len(spec.postponed))
    count = min(MOST_DAYS, max(1, (deadline - spec.start).days))
    days = _Days(spec, deadline, count)
    planned = spec.held or spec.booked or spec.proposal
    beyond = max(days.number(spec.today), days.number(planned) if planned else 0) > count
    width = count * PITCH + 5 + (BEYOND if beyond else 0)
    parts = [
        *(_box(days, spec.start + timedelta(days=number)) for number in range(1, count + 1)),
        *_today(days),
        *_marker(days),
        svg.line([(count * PITCH + 0.5, 1), (count * PITCH + 0.5, 28)], "k-ink strip-end"),
        *_words(days, width),
    ]
    return svg.picture((width, 44), "strip plot", sentence(days), "", parts, width=width, height=44)


def sentence(days: _Days) -> str:
    """'Dag 11 van 14, voorstel op dag 13, di 25 nov. Uiterste dag is do 26 nov.'"""
    spec, late = days.spec, (days.spec.today - days.deadline).days
    total = days.number(days.deadline)
    words = [_("Dag %(n)s van %(total)s") % {"n": days.number(spec.today), "total": total}]
    for day, text in (
        (spec.held, _("gesprek gevoerd op dag %(n)s, %(day)s")),
        (spec.booked, _("gesprek vast op dag %(n)s, %(day)s")),
        (spec.proposal, _("voorstel op dag %(n)s, %(day)s")),
    ):
        if day:
            words.append(text % {"n": days.number(day), "day": formatting.short_day(day)})
            break
    else:
        words.append(_("nog geen datum"))
    end = _("Uiterste dag is %(day)s.") % {"day": formatting.short_day(days.deadline)}
    if late > 0 and not spec.held:
        end = _("Uiterste dag was %(day)s: %(late)s te laat.") % {
            "day": formatting.short_day(days.deadline),
            "late": formatting.counted(late, "dag", "dagen"),
        }
    return f"{', '.join(words)}. {end}"


def _box(days: _Days, day: date) -> SafeString:
    spec = days.spec
    low = day.weekday() >= 5 or day in spec.closed
    y, height = (TOP + 10, HEIGHT - 10) if low else (TOP, HEIGHT)
    css = "f-past" if day < spec.today else ("f-line" if low else "f-card k-strong")
    if day in spec.postponed:
        css += " strip-postponed"
    return svg.element(
        "rect", {"x": days.x(day), "y": y, "width": BOX, "height": height, "rx": 2, "class": css}
    )


def _today(days: _Days) -> list[SafeString]:
    number = days.number(days.spec.today)
    if not 1 <= number <= days.count:
        return []
    x = days.x(days.spec.today) - 1
    return [
        svg.element(
            "rect",
            {"x": x, "y": TOP - 2, "width": BOX + 2, "height": HEIGHT + 4, "rx": 3, "class": "strip-today"},
        )
    ]


def _marker(days: _Days) -> list[SafeString]:
    spec = days.spec
    fixed = spec.held or spec.booked
    if fixed:
        x = days.x(fixed) + BOX / 2
        css = "f-ok-dot" if spec.held else "f-deep"
        return [svg.element("circle", {"cx": x, "cy": TOP + HEIGHT / 2, "r": 6.5, "class": css})]
    if spec.proposal:
        x, y = days.x(spec.proposal) + BOX / 2, TOP + HEIGHT / 2
        diamond = [(x, y - 9), (x + 6, y), (x, y + 9), (x - 6, y)]
        return [svg.line(diamond, "strip-proposal", close=True)]
    return []


def _words(days: _Days, width: float) -> list[SafeString]:
    """'dag 11' under today and the deadline at the end, never over each other."""
    spec = days.spec
    number = days.number(spec.today)
    end = formatting.short_date(days.deadline)
    if spec.held:
        return [svg.text(width, 42, end, "t-soft", FONT, "end")]
    late = (spec.today - days.deadline).days
    if late > 0:
        words = _("%(late)s te laat") % {"late": formatting.counted(late, "dag", "dagen")}
        return [svg.text(0, 42, words, "t-b t-alarm", FONT), svg.text(width, 42, end, "t-soft", FONT, "end")]
    words = _("dag %(n)s") % {"n": number}
    half = svg.width_of(words, FONT) / 2
    middle = days.x(spec.today) + BOX / 2
    furthest = width - svg.width_of(end, FONT) - 8 - half
    middle = max(half, min(middle, furthest))
    return [
        svg.text(middle, 42, words, "t-b", FONT, "middle"),
        svg.text(width, 42, end, "t-soft", FONT, "end"),
    ]
