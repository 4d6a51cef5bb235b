"""The arithmetic of waiting. Pure: days and weeks in, figures out; 7 days are a week.

Percentiles are those of Kaplan and Meier (1958): who still waits, or left before it began, counts as waiting
until that day and then no more. A percentile is the first day on which at least that share has begun. It
assumes that who leaves would have waited as long as who stays.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

import numpy as np

from noaber.offer.care_programmes.types import Percentiles, State

TOO_FEW = "te weinig starts"
NO_LIST = "geen startlijst"
NOT_YET = "nog niet te zeggen"
THIRD = 3
_ROUNDING = 1e-9


@dataclass(frozen=True, slots=True)
class Wait:
    """How many days someone waited, and whether it then began. Not begun: left, or waits still."""

    days: int
    begun: bool
    left: bool = False


@dataclass(frozen=True, slots=True)
class Steps:
    """The days of one person, as far as they have come."""

    registered_on: date
    intake_on: date | None
    treatment_on: date | None
    left_on: date | None


# --- agendas and means -------------------------------------------------------------------------------------


def third_opportunity(openings: Iterable[tuple[date, int]], on: date) -> float | None:
    """Weeks from this day to the third free place in an agenda; None when there are fewer than three.

    Each opening is a day with its number of free places; days before `on` are past.
    """
    free = 0
    for day, places in sorted(openings):
        if day >= on:
            free += places
            if free >= THIRD:
                return (day - on).days / 7
    return None


def months_before(day: date, months: int) -> date:
    """The same day so many months earlier; the last of the month when it has no such day."""
    year, month = divmod(day.year * 12 + day.month - 1 - months, 12)
    for last in (day.day, 30, 29, 28):
        try:
            return date(year, month + 1, min(day.day, last))
        except ValueError:
            continue
    raise AssertionError("every month has 28 days")


def realised_mean(waits: Iterable[tuple[date, date]], until: date, months: int) -> tuple[float | None, int]:
    """Mean weeks of the waits that ended in the months up to and including a day, and over how many.

    Each wait is its first and its last day. It counts when it ended after the same day `months` earlier.
    """
    after = months_before(until, months)
    days = [(end - begin).days for begin, end in waits if after < end <= until]
    return (sum(days) / len(days) / 7 if days else None), len(days)


def weighted_mean(figures: Iterable[tuple[float | None, int | None]]) -> float | None:
    """Sum of wait times inflow over the sum of inflow; who has no wait or no inflow does not weigh."""
    heavy = [(weeks, inflow) for weeks, inflow in figures if weeks is not None and inflow]
    weight = sum(inflow for _, inflow in heavy)
    return sum(weeks * inflow for weeks, inflow in heavy) / weight if weight else None


def total(intake_weeks: float | None, treatment_weeks: float | None) -> float | None:
    """Both waits after each other; unknown when one of them is."""
    if intake_weeks is None or treatment_weeks is None:
        return None
    return round(intake_weeks + treatment_weeks, 6)


def within(weeks: float | None, norm: float) -> bool | None:
    """Whether a wait is within the norm; equal is within. None when the wait is unknown."""
    return None if weeks is None else weeks <= norm + _ROUNDING


def state_of(age_days: int | None, *, overdue_after: int, out_after: int) -> State:
    """How old a figure is; exactly on the last day it is still what it was."""
    if age_days is None:
        return State.NONE
    if age_days > out_after:
        return State.OUT
    return State.OVERDUE if age_days > overdue_after else State.FRESH


# --- percentiles ------------------------------------------------------------------------------------------


def curve(waits: Sequence[Wait]) -> np.ndarray:
    """The share that has not begun after each day, from day 0 to the longest wait (Kaplan-Meier)."""
    length = max((wait.days for wait in waits), default=0) + 1
    began = np.bincount(_days(wait for wait in waits if wait.begun), minlength=length)
    ended = np.bincount(_days(waits), minlength=length)
    at_risk = len(waits) - np.concatenate(([0], np.cumsum(ended)[:-1]))
    return np.asarray(np.cumprod(1 - began / np.maximum(at_risk, 1)))


def _days(waits: Iterable[Wait]) -> np.ndarray:
    return np.array([wait.days for wait in waits], dtype=np.int64)


def percentile(waits: Sequence[Wait], share: float) -> int | None:
    """The first day on which at least this share (0-1) has begun; None when that cannot be said yet."""
    if not waits:
        return None
    reached = np.flatnonzero(curve(waits) <= 1 - share + _ROUNDING)
    return int(reached[0]) if reached.size else None


def percentiles(waits: Sequence[Wait], *, smallest_n: int, from_on: date, until_on: date) -> Percentiles:
    """p50 and p90 in weeks, or in words why they are not there."""
    begun = sum(wait.begun for wait in waits)
    median = tail = None
    why = ""
    if not waits:
        why = NO_LIST
    elif len(waits) < smallest_n or begun == 0:
        why = TOO_FEW if len(waits) < smallest_n else NOT_YET
    else:
        median, tail = percentile(waits, 0.5), percentile(waits, 0.9)
        why = NOT_YET if median is None else ""
    return Percentiles(
        p50=None if median is None else median / 7,
        p90=None if tail is None else tail / 7,
        n=len(waits),
        begun=begun,
        left=sum(wait.left for wait in waits),
        from_on=from_on,
        until_on=until_on,
        why_not=why,
    )


def window(until: date, months: int) -> tuple[date, date]:
    """The first and last day on which someone must have come in to be followed."""
    return months_before(until, months) + timedelta(days=1), until


def waits_in_all(people: Iterable[Steps], from_on: date, until: date) -> list[Wait]:
    """From registration to treatment, of who registered in these days, as it was on the last of them."""
    return [
        _wait(one.registered_on, one.treatment_on, one.left_on, until)
        for one in people
        if from_on <= one.registered_on <= until
    ]


def waits_to_intake(people: Iterable[Steps], from_on: date, until: date) -> list[Wait]:
    """From registration to intake. A treatment without a known intake says nothing of the intake."""
    return [
        _wait(one.registered_on, one.intake_on, one.left_on, until)
        for one in people
        if from_on <= one.registered_on <= until and (one.intake_on or not one.treatment_on)
    ]


def waits_to_treatment(people: Iterable[Steps], from_on: date, until: date) -> list[Wait]:
    """From intake to treatment, of who had the intake in these days."""
    return [
        _wait(one.intake_on, one.treatment_on, one.left_on, until)
        for one in people
        if one.intake_on is not None and from_on <= one.intake_on <= until
    ]


def _wait(begin: date, end: date | None, left: date | None, until: date) -> Wait:
    if end is not None and end <= until:
        return Wait((end - begin).days, begun=True)
    if left is not None and left <= until:
        return Wait(max((left - begin).days, 0), begun=False, left=True)
    return Wait((until - begin).days, begun=False)
