"""Files in and out: sending one, and taking the directory along."""

from __future__ import annotations

from collections.abc import Iterable

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt, csrf_protect
from django.views.decorators.http import require_http_methods, require_safe

from noaber.hallway import clock
from noaber.hallway.access import gate
from noaber.hallway.access.guards import AskedBy, public, staff
from noaber.network.partners import queries as partners
from noaber.offer.sources import queries, queries_export
from noaber.offer.sources.forms import FileForm
from noaber.offer.sources.services_import import MOST_BYTES, send_file
from noaber.offer.sources.uploading import NotTooMuch
from noaber.offer.sources.views import NAV, see_other


@csrf_exempt  # checked below: the file must be counted before Django reads the form
@staff
@require_http_methods(["GET", "HEAD", "POST"])
def send(request: AskedBy) -> HttpResponse:
    """Send a file; the counting stands before anything of it is kept."""
    counting = NotTooMuch(request, MOST_BYTES)
    request.upload_handlers.insert(0, counting)
    return _checked(request, counting)


@csrf_protect
def _checked(request: AskedBy, counting: NotTooMuch) -> HttpResponse:
    region = queries.region_of(request.actor)
    data = request.POST if request.method == "POST" else None
    form = FileForm(
        data,
        request.FILES if data is not None else None,
        sources=queries.choices(request.actor),
        initial={"source": request.GET.get("bron", "")},
    )
    if counting.too_big:
        form.errors["file"] = form.error_class(
            [_("Dit bestand is te groot. Er past 25 MB. Maak er kleinere bestanden van.")]
        )
    elif data is not None and form.is_valid():
        file = form.cleaned_data["file"]
        run_id = send_file(
            actor=request.actor,
            region_id=region.pk,
            source_id=form.source_id(),
            name=file.name or "",
            content=file.read(),
            whole_list=form.cleaned_data["whole_list"],
            now=clock.now(),
        )
        return see_other(reverse("sources:run", args=[run_id]))
    status = 413 if counting.too_big else 422 if form.is_bound and form.errors else 200
    return render(request, "sources/file.html", {**NAV, "form": form, "region": region}, status=status)


@staff
@require_safe
def carry_out(request: AskedBy, form: str) -> HttpResponse:
    """The directory as a file: all of it for the editor, an organisation's own for its people."""
    region_id, organisations = queries_export.may_carry_out(request.actor)
    records = queries_export.whole(region_id, organisations)
    if form == "csv":
        return _file(queries_export.csv_lines(records), "text/csv", "aanbod.csv")
    return _file(queries_export.hsds_lines(region_id, records), "application/json", "aanbod.json")


@public
@require_safe
def open_data(request: AskedBy, slug: str) -> HttpResponse:
    """What anyone may see of a region's offer, as a table for anyone."""
    region = partners.region_of_visitor(slug)
    if region is None:
        raise gate.not_here()
    lines = queries_export.csv_lines(queries_export.living(region.pk))
    response = _file(lines, "text/csv", f"aanbod-{region.slug}.csv")
    response["Access-Control-Allow-Origin"] = "*"
    return response


def _file(lines: Iterable[str], kind: str, name: str) -> HttpResponse:
    response = HttpResponse("".join(lines), content_type=f"{kind}; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    return response
