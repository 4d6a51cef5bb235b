"""The planner's board: who waits how long, and what would fit."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from noaber.hallway import clock
from noaber.hallway.access.guards import AskedBy, staff
from noaber.hallway.ui.types import DayStrip
from noaber.knowledge.calendar import dutch_holidays
from noaber.network.residents import queries as residents
from noaber.pathways.conversations import queries
from noaber.pathways.conversations.forms import BoardForm
from noaber.pathways.conversations.types import BoardFilter, BoardPage, BoardRow

ROWS = 25
STATES = {"", "open", "booked", "late", "after"}


@dataclass(frozen=True, slots=True)
class BoardLine:
    """A row of the board with its picture."""

    row: BoardRow
    strip: DayStrip | None


def strip_of(row: BoardRow, today: date) -> DayStrip | None:
    """The fourteen days of a first conversation; a second one has no such clock."""
    if row.number > 1:
        return None
    return DayStrip(
        start=row.received_on,
        today=today,
        days=row.days.norm,
        booked=clock.day_of(row.booked.starts_at) if row.booked else None,
        proposal=clock.day_of(row.proposal.starts_at) if row.proposal else None,
        deadline=row.days.deadline_on,
        closed=dutch_holidays(row.received_on.year) | dutch_holidays(row.days.deadline_on.year),
        postponed=row.postponed,
    )


@staff
@require_safe
def board(request: AskedBy) -> HttpResponse:
    """Who waits how many of the fourteen days, and what fits."""
    now = clock.now()
    asked = BoardFilter(
        text=request.GET.get("zoek", "")[:60],
        municipality=request.GET.get("gemeente", ""),
        state=request.GET.get("stand", "") if request.GET.get("stand", "") in STATES else "",
    )
    page = _page(request, asked, now)
    lines = [BoardLine(row, strip_of(row, clock.day_of(now))) for row in page.rows]
    data = {"zoek": asked.text, "gemeente": asked.municipality, "stand": asked.state}
    context = {
        "nav_current": "planbord",
        "lines": lines,
        "tally": page.tally,
        "questions": residents.how_many_wait(request.actor),
        "form": BoardForm(initial=data, places=page.municipalities),
        "filtered": any(data.values()),
        "state": asked.state,
        "found": len(page.ids),
        "page": Paginator(page.ids, ROWS).get_page(page_number(request)),
        "norm": page.rows[0].days.norm if page.rows else 14,
        "now": now,
        "today": clock.day_of(now),
    }
    return render(request, "conversations/planner/board.html", context)


def page_number(request: HttpRequest) -> int:
    given = request.GET.get("pagina", "1")
    return max(1, int(given)) if given.isascii() and given.isdigit() and len(given) < 6 else 1


def _page(request: AskedBy, asked: BoardFilter, now: datetime) -> BoardPage:
    """The page asked for, or the last one when there are fewer."""
    offset = (page_number(request) - 1) * ROWS
    page = queries.board_page(request.actor, now=now, asked=asked, offset=offset, limit=ROWS)
    if page.rows or not page.ids:
        return page
    last = (len(page.ids) - 1) // ROWS * ROWS
    return queries.board_page(request.actor, now=now, asked=asked, offset=last, limit=ROWS)
