"""The editor's pages about sources: the list, one source, one run."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from noaber.ground.errors import Conflict
from noaber.hallway import clock
from noaber.hallway.access.guards import AskedBy, staff
from noaber.hallway.ui.types import Bar, BarList
from noaber.offer.sources import queries, services
from noaber.offer.sources.forms import ColumnsForm, SourceForm
from noaber.offer.sources.services_pull import ask_for_run
from noaber.offer.sources.types_page import RunRow

NAV = {"nav_current": "bronnen"}
MARKS = {"well": "done", "new": "open", "unreachable": "stop", "shrunk": "care", "unreadable": "stop"}
RUN_MARKS = {"queued": "open", "running": "now", "done": "done", "nothing": "done", "refused": "stop"}
LOOK_AGAIN_SECONDS = "3"


def see_other(to: str) -> HttpResponseRedirect:
    """After an act: the page to look at."""
    return HttpResponseRedirect(to, status=303)


@staff
@require_safe
def home(request: AskedBy) -> HttpResponse:
    """Every source with its state in words, and what waits for a choice."""
    page = queries.sources_page(request.actor)
    context = {
        **NAV,
        "page": page,
        "sources": [(card, MARKS[card.state]) for card in page.sources],
        "files": [(run, RUN_MARKS[run.state]) for run in page.files],
    }
    return render(request, "sources/home.html", context)


@staff
@require_http_methods(["GET", "HEAD", "POST"])
def new(request: AskedBy) -> HttpResponse:
    """Add a source."""
    form = SourceForm(
        request.POST or None,
        editors=queries.editors(request.actor),
        owners=queries.owners(request.actor),
        initial={"editor": str(request.actor.account_id)},
    )
    if request.method == "POST" and form.is_valid():
        made = services.add_source(actor=request.actor, settings=form.settings(), now=clock.now())
        messages.success(request, _("De bron staat erbij. Doe eerst een proef."))
        return see_other(reverse("sources:source", args=[made]))
    status = 422 if form.errors else 200
    return render(request, "sources/new.html", {**NAV, "form": form}, status=status)


@staff
@require_http_methods(["GET", "HEAD", "POST"])
def source(request: AskedBy, source_id: UUID) -> HttpResponse:
    """One source: how it goes, its settings, its history."""
    row = queries.settings_of(request.actor, source_id)
    ticked = {
        "name": row.name,
        "kind": row.kind,
        "address": row.address,
        "every_hours": row.every_hours,
        "link": row.link,
        "editor": str(row.editor_id or ""),
        "owner": str(row.owner_id or ""),
        "active": row.active,
        "version": row.version,
    }
    data = request.POST if request.method == "POST" else None
    form = SourceForm(
        data, editors=queries.editors(request.actor), owners=queries.owners(request.actor), initial=ticked
    )
    columns = ColumnsForm(data, headers=row.headers, initial=row.columns, prefix="kolom")
    tabled = row.kind != "hsds" and bool(row.headers)
    if data is not None and form.is_valid() and (not tabled or columns.is_valid()):
        settings = form.settings() | ({"columns": columns.columns()} if tabled else {})
        try:
            services.save_source(
                actor=request.actor,
                source_id=source_id,
                settings=settings,
                version=form.cleaned_data["version"] or 0,
                now=clock.now(),
            )
        except Conflict as wrong:
            form.add_error(None, f"{wrong.happened} {wrong.why}")
            form.data = {**{name: form.data.get(name) for name in form.data}, "version": str(row.version)}
        else:
            messages.success(request, _("De instellingen zijn bewaard."))
            return see_other(reverse("sources:source", args=[source_id]))
    page = queries.source_page(request.actor, source_id)
    context = {
        **NAV,
        "page": page,
        "card": page.card,
        "mark": MARKS[page.card.state],
        "runs": [(run, RUN_MARKS[run.state]) for run in page.runs],
        "picture": picture(page.last) if page.last else None,
        "form": form,
        "columns": columns if tabled else None,
    }
    return render(request, "sources/source.html", context, status=422 if data is not None else 200)


def picture(run: RunRow) -> BarList:
    """What one run brought, as bars."""
    parts = (
        (_("Nieuw"), run.new),
        (_("Gewijzigd"), run.changed),
        (_("Hetzelfde"), run.same),
        (_("Verdwenen"), run.withdrawn),
        (_("Geweigerd"), run.refused),
    )
    return BarList(
        title=_("Wat de laatste lijst bracht"),
        label_head=_("Wat"),
        unit=_("vermeldingen"),
        bars=tuple(Bar(label, float(count)) for label, count in parts),
    )


@staff
@require_POST
def pull(request: AskedBy, source_id: UUID) -> HttpResponse:
    """Ask for a pull, or a trial; the work is done by the queue."""
    run_id = ask_for_run(
        actor=request.actor,
        source_id=source_id,
        trial=request.POST.get("wat") == "proef",
        accept_smaller=request.POST.get("wat") == "kleiner",
        now=clock.now(),
    )
    return see_other(reverse("sources:run", args=[run_id]))


@staff
@require_safe
def run(request: AskedBy, run_id: UUID) -> HttpResponse:
    """How far the work is, and what came of it. The page looks again by itself while it lasts."""
    page = queries.run_page(request.actor, run_id)
    context = {**NAV, "page": page, "run": page.run, "mark": RUN_MARKS[page.run.state]}
    if not page.trial and page.run.rows and page.run.state not in {"queued", "running", "refused"}:
        context["picture"] = picture(page.run)
    response = render(request, "sources/run.html", context)
    if page.run.busy:
        response["Refresh"] = LOOK_AGAIN_SECONDS
    return response
