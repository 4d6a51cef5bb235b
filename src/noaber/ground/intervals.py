"""Stretches of time as UTC instants, half-open: the start belongs to it, the end does not.

On 25 October 2026 the clock shows 02:30 twice and on 28 March 2027 it never shows 02:30. Arithmetic on
instants knows no such nights; only `wall_clock_windows` looks at the clock on the wall, and it does so
piece by piece between two changes of the clock.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

from noaber.ground.errors import Invalid

DAY_MINUTES = 24 * 60


@dataclass(frozen=True, slots=True, order=True)
class Interval:
    """From start up to but not including end. Both carry a time zone and are kept in UTC."""

    start: datetime
    end: datetime

    def __post_init__(self) -> None:
        if self.start.tzinfo is None or self.end.tzinfo is None:
            raise Invalid(
                "interval.naive",
                happened="Een tijd zonder tijdzone is niet te plaatsen.",
                why="Op de nacht dat de klok verspringt, komt dezelfde tijd twee keer voor.",
                now_what="Geef de tijd met tijdzone, bijvoorbeeld 2026-10-25T02:30:00+02:00.",
            )
        object.__setattr__(self, "start", self.start.astimezone(UTC))
        object.__setattr__(self, "end", self.end.astimezone(UTC))
        if self.end <= self.start:
            raise Invalid(
                "interval.empty",
                happened="Het einde ligt niet na het begin.",
                why="Een tijdvak duurt altijd langer dan nul minuten.",
                now_what="Kies een later einde.",
            )

    @property
    def length(self) -> timedelta:
        """How long it lasts in real time, not on the wall clock."""
        return self.end - self.start

    def holds(self, other: Interval) -> bool:
        """Whether the other lies wholly inside this one."""
        return self.start <= other.start and other.end <= self.end

    def overlaps(self, other: Interval) -> bool:
        """Whether they share at least a moment; touching ends share none."""
        return self.start < other.end and other.start < self.end


def merge(intervals: Iterable[Interval]) -> tuple[Interval, ...]:
    """Sorted and disjoint, with touching and overlapping stretches made one."""
    merged: list[Interval] = []
    for interval in sorted(intervals):
        if merged and interval.start <= merged[-1].end:
            if interval.end > merged[-1].end:
                merged[-1] = Interval(merged[-1].start, interval.end)
        else:
            merged.append(interval)
    return tuple(merged)


def intersect(one: Iterable[Interval], other: Iterable[Interval]) -> tuple[Interval, ...]:
    """What lies in both."""
    left, right = merge(one), merge(other)
    shared: list[Interval] = []
    i = j = 0
    while i < len(left) and j < len(right):
        start, end = max(left[i].start, right[j].start), min(left[i].end, right[j].end)
        if start < end:
            shared.append(Interval(start, end))
        if left[i].end <= right[j].end:
            i += 1
        else:
            j += 1
    return tuple(shared)


def subtract(whole: Iterable[Interval], taken: Iterable[Interval]) -> tuple[Interval, ...]:
    """What is left of the whole after the taken stretches: opening hours minus appointments."""
    remaining: list[Interval] = []
    blocks = merge(taken)
    for interval in merge(whole):
        start = interval.start
        for block in blocks:
            if block.end <= start or block.start >= interval.end:
                continue
            if start < block.start:
                remaining.append(Interval(start, block.start))
            start = max(start, block.end)
        if start < interval.end:
            remaining.append(Interval(start, interval.end))
    return tuple(remaining)


def covers(free: Iterable[Interval], wanted: Interval) -> bool:
    """Whether the wanted stretch fits in the free ones, joints included."""
    return any(stretch.holds(wanted) for stretch in merge(free))


def constant_offsets(span: Interval, zone: ZoneInfo) -> tuple[tuple[Interval, timedelta], ...]:
    """The span cut where the clock changes, each piece with its offset from UTC."""
    pieces: list[tuple[Interval, timedelta]] = []
    start = span.start
    for moment in _changes(span, zone):
        pieces.append((Interval(start, moment), _offset(start, zone)))
        start = moment
    pieces.append((Interval(start, span.end), _offset(start, zone)))
    return tuple(pieces)


def wall_clock_windows(
    span: Interval,
    *,
    weekdays: Iterable[int],
    hours: Sequence[tuple[int, int]],
    zone: ZoneInfo,
) -> tuple[Interval, ...]:
    """The stretches of the span in which the clock on the wall stands within the wished hours.

    Hours are pairs of minutes after local midnight, 0 to 1440. A pair whose end is not after its start
    runs past midnight and belongs to the weekday (Monday is 0) on which it begins. An hour that comes
    twice counts twice, an hour that is skipped counts not at all.
    """
    wished = set(weekdays)
    windows: list[Interval] = []
    for piece, offset in constant_offsets(span, zone):
        for day in _local_days(piece, offset):
            if day.weekday() not in wished:
                continue
            midnight = datetime(day.year, day.month, day.day, tzinfo=UTC) - offset
            for opens, closes in hours:
                last = closes if closes > opens else closes + DAY_MINUTES
                start = max(midnight + timedelta(minutes=opens), piece.start)
                end = min(midnight + timedelta(minutes=last), piece.end)
                if start < end:
                    windows.append(Interval(start, end))
    return merge(windows)


def _local_days(piece: Interval, offset: timedelta) -> Iterator[date]:
    """Local dates that touch the piece, and the one before for hours past midnight."""
    day = (piece.start + offset).date() - timedelta(days=1)
    last = (piece.end + offset).date()
    while day <= last:
        yield day
        day += timedelta(days=1)


def _offset(moment: datetime, zone: ZoneInfo) -> timedelta:
    offset = moment.astimezone(zone).utcoffset()
    return offset if offset is not None else timedelta(0)


def _changes(span: Interval, zone: ZoneInfo) -> Iterator[datetime]:
    """Instants strictly inside the span at which the clock is put forward or back."""
    left = span.start
    while left < span.end:
        right = min(left + timedelta(days=1), span.end)
        if _offset(left, zone) != _offset(right, zone):
            moment = _change_between(left, right, zone)
            if moment < span.end:
                yield moment
        left = right


def _change_between(left: datetime, right: datetime, zone: ZoneInfo) -> datetime:
    """Halving until one second is left: the first instant with the new offset."""
    before = _offset(left, zone)
    low, high = int(left.timestamp()), -int(-right.timestamp() // 1)
    while high - low > 1:
        middle = (low + high) // 2
        if _offset(datetime.fromtimestamp(middle, UTC), zone) == before:
            low = middle
        else:
            high = middle
    return datetime.fromtimestamp(high, UTC)
