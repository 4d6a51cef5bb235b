"""'Bekostiging': counts and minutes per payer, on screen and as a file, and the acts behind them."""

from __future__ import annotations

from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from noaber.ground.safe_csv import safe_csv
from noaber.hallway import clock
from noaber.hallway.access import gate
from noaber.hallway.access.guards import AskedBy, staff
from noaber.knowledge.funding import PAYER_WORDS, Payer
from noaber.pathways.conversations.queries.funding import evidence_of, funding_page, period_of, periods

KEY = "bekostiging"
ROWS = 50


@staff
@require_safe
def overview(request: AskedBy) -> HttpResponse:
    """The claim of one period, payer by payer."""
    now = clock.now()
    today = clock.day_of(now)
    period = period_of(request.GET.get("periode", ""), today)
    context = {
        "nav_current": KEY,
        "page": funding_page(request.actor, period, now=now),
        "periods": periods(today),
        "today": today,
    }
    return render(request, "conversations/funding/overview.html", context)


@staff
@require_safe
def evidence(request: AskedBy) -> HttpResponse:
    """The acts behind one payer's claim, without names."""
    now = clock.now()
    period = period_of(request.GET.get("periode", ""), clock.day_of(now))
    payer = request.GET.get("betaler", str(Payer.ZVW))
    if payer not in {str(p) for p in Payer}:
        raise gate.not_here()
    rows = evidence_of(request.actor, period, payer, now=now)
    context = {
        "nav_current": KEY,
        "period": period,
        "payer_words": PAYER_WORDS[Payer(payer)],
        "rows": Paginator(rows, ROWS).get_page(request.GET.get("pagina")),
    }
    return render(request, "conversations/funding/evidence.html", context)


@staff
@require_safe
def export(request: AskedBy) -> HttpResponse:
    """The same lines as a file for a spreadsheet."""
    now = clock.now()
    period = period_of(request.GET.get("periode", ""), clock.day_of(now))
    page = funding_page(request.actor, period, now=now)
    head = [_("Periode"), _("Betaler"), _("Titel"), _("Groep"), _("Gesprekken"), _("Deelnames"), _("Minuten")]
    rows = [
        (period.label, row.payer_words, row.title, row.group, row.conversations, row.parts, row.minutes)
        for total in page.payers
        for row in total.rows
    ]
    response = HttpResponse(safe_csv(head, rows), content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="bekostiging-{period.key}.csv"'
    return response
