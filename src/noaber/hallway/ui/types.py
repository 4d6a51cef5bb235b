"""What a page frame holds and what components take. Frozen; free of Django; other rooms may build them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime


@dataclass(frozen=True, slots=True)
class NavItem:
    """One entry of the main menu; the one whose `key` equals the view's `nav_current` is marked."""

    label: str
    url: str
    key: str


@dataclass(frozen=True, slots=True)
class HelpLine:
    """Where someone finds help now, as the page frame and /hulp-nu/ show it."""

    kind: str
    name: str
    phone: str
    hours: str = ""
    also_phone: str | None = None
    website: str | None = None
    free_of_charge: bool | None = None
    checked_on: date | None = None
    invented_for_demo: bool = False


@dataclass(frozen=True, slots=True)
class Helper:
    """Who sits beside the resident on this page, and until when."""

    name: str
    until: datetime
    end_url: str = "/samen/klaar/"
    card_url: str = "/samen/kaart/"
    paper_url: str = "/samen/keuzes/"


@dataclass(frozen=True, slots=True)
class LanguageLink:
    """This page in another language: its code, its own name, and where the link goes."""

    code: str
    name: str
    url: str
    is_current: bool = False


@dataclass(frozen=True, slots=True)
class Frame:
    """What stands around a page. The middleware sets it as `request.frame`; every part has a safe default."""

    nav: tuple[NavItem, ...] = ()
    region_name: str = "Nederland"
    help_numbers: tuple[HelpLine, ...] = ()
    demo: bool = False
    today: date | None = None
    leave_url: str = "https://www.knmi.nl"
    actor_name: str = ""
    actor_role: str = ""
    sign_out_url: str = "/uitloggen/"
    switch_url: str = "/demo/"
    home_url: str = "/"
    seconds_left: int = 0
    helper: Helper | None = None


# --- pictures: numbers in, an SVG out ------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class ForecastPoint:
    """What is expected at the end of a period, with the band that holds it 8 times out of 10."""

    value: float
    low: float
    high: float


@dataclass(frozen=True, slots=True)
class LinePlot:
    """Counted against plan and norms. `counted`, then `forecast`, follow `periods` from the first one.

    `title` states the finding. `cumulative` starts the line at zero before the first period and adds a column
    per period to the table; `percent` reads values as shares between 0 and 1. `counted_until`
    ("t/m 31 oktober") stands beside the last counted point.
    """

    title: str
    unit: str
    periods: tuple[str, ...]
    counted: tuple[float, ...] = ()
    forecast: tuple[ForecastPoint, ...] = ()
    plan: tuple[float, ...] = ()
    plan_label: str = ""
    target: float | None = None
    target_label: str = ""
    lower: float | None = None
    lower_label: str = ""
    upper: float | None = None
    upper_label: str = ""
    counted_until: str = ""
    caption: str = ""
    cumulative: bool = True
    percent: bool = False
    level: int = 2


@dataclass(frozen=True, slots=True)
class Bar:
    """One bar; `value` None means unknown or hidden, and `note` says which."""

    label: str
    value: float | None
    url: str = ""
    note: str = ""


@dataclass(frozen=True, slots=True)
class BarList:
    """A table with a bar in each row, such as one row per municipality. `total` goes in the foot."""

    title: str
    label_head: str
    unit: str
    bars: tuple[Bar, ...]
    norm: float | None = None
    norm_label: str = ""
    total: float | None = None
    total_label: str = ""
    percent: bool = False


@dataclass(frozen=True, slots=True)
class DayStrip:
    """The days since a request was received: day 1 is the day after `start`, the last day is the deadline.

    `closed` are days on which nobody works beside the weekend; `postponed` are days the resident asked for,
    which move the deadline unless `deadline` says otherwise.
    """

    start: date
    today: date
    days: int = 14
    booked: date | None = None
    proposal: date | None = None
    held: date | None = None
    deadline: date | None = None
    closed: frozenset[date] = frozenset()
    postponed: frozenset[date] = frozenset()


@dataclass(frozen=True, slots=True)
class Sparkline:
    """A small line beside a figure; None is a gap."""

    label: str
    values: tuple[float | None, ...]
    unit: str = ""
    percent: bool = False


@dataclass(frozen=True, slots=True)
class MoneyPart:
    """One source of money, in thousands of euros."""

    label: str
    thousands: float


@dataclass(frozen=True, slots=True)
class MoneyBar:
    """Where the money of one KPI comes from: at most three parts, each with its own pattern."""

    parts: tuple[MoneyPart, ...]


@dataclass(frozen=True, slots=True)
class WebPlot:
    """A web of at least three sides: what someone said now, and once before. None is a side left empty.

    It has no total, no mean and no colour that judges; `title` names the days and judges nothing.
    """

    title: str
    sides: tuple[str, ...]
    now: tuple[float | None, ...]
    now_label: str
    was: tuple[float | None, ...] = ()
    was_label: str = ""
    least: int = 0
    most: int = 10


Chart = LinePlot | BarList | DayStrip | Sparkline | MoneyBar | WebPlot
