"""Keeping one entry: its form, its history, what came in about it."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from noaber.ground.errors import Conflict, Invalid, NoaberError
from noaber.hallway import clock
from noaber.hallway.access.guards import AskedBy, staff
from noaber.offer.directory import reading
from noaber.offer.directory.types_record import ServiceRecord
from noaber.offer.directory.upkeep import editing, history, queries_kept
from noaber.offer.directory.upkeep.history import Difference
from noaber.offer.directory.upkeep.record_form import Forms, forms_of, record_of

NAV = "kaart"
FORM_FIELDS = {"text": "text", "cost_eur_cents": "cost_euro", "organisation": "organisation"}


def see_other(to: str) -> HttpResponseRedirect:
    """After an act: the page to look at."""
    return HttpResponseRedirect(to, status=303)


@staff
@require_http_methods(["GET", "HEAD", "POST"])
def new(request: AskedBy) -> HttpResponse:
    """Add an entry."""
    region_id, record = queries_kept.blank(request.actor)
    choices = queries_kept.choices(request.actor, region_id, own=record.organisation_id)
    data = request.POST if request.method == "POST" else None
    forms = forms_of(record, owner_email="", data=data, **choices)
    if data is not None and forms.is_valid():
        try:
            made, _changed = _save(request, forms, record_of(forms, record))
        except NoaberError as wrong:
            write_on(forms, wrong)
        else:
            messages.success(request, _("Het staat op de sociale kaart."))
            return see_other(reverse("directory:keep", args=[made]))
    context = {"nav_current": NAV, "forms": forms, "levels": reading.levels_of(forms.entry), "record": record}
    return render(request, "directory/kept/entry.html", context, status=422 if forms.has_errors else 200)


@staff
@require_http_methods(["GET", "HEAD", "POST"])
def keep(request: AskedBy, service_id: UUID) -> HttpResponse:
    """Edit an entry. Someone who was second sees both texts; nothing is lost and nothing overwritten."""
    page = queries_kept.page(request.actor, service_id, today=clock.today())
    current = page.record
    choices = queries_kept.choices(request.actor, page.region_id, own=current.organisation_id)
    data = request.POST if request.method == "POST" else None
    forms = forms_of(current, owner_email=page.kept.owner_email, data=data, **choices)
    differences: list[Difference] = []
    if data is not None and forms.is_valid():
        typed = history.take(record_of(forms, current), current, data.getlist("neem"))
        try:
            _made, changed = _save(request, forms, typed)
        except Conflict as wrong:
            if wrong.code != "entry_changed_meanwhile":
                write_on(forms, wrong)
            else:
                both, differences = history.together(typed, current)
                forms = forms_of(both, owner_email=forms.entry.cleaned_data["owner_email"], **choices)
                context = _context(page, forms) | {"differences": differences, "second": True}
                return render(request, "directory/kept/entry.html", context, status=409)
        except Invalid as wrong:
            write_on(forms, wrong)
        else:
            _tell(request, changed)
            return see_other(reverse("directory:keep", args=[service_id]))
    status = 422 if forms.has_errors else 200
    return render(request, "directory/kept/entry.html", _context(page, forms), status=status)


def _context(page: queries_kept.Page, forms: Forms) -> dict[str, object]:
    return {
        "nav_current": NAV,
        "forms": forms,
        "record": page.record,
        "kept": page.kept,
        "origins": [(history.field_label(key), source) for key, source in page.kept.origins.items()],
        "levels": reading.levels_of(forms.entry),
        "region_slug": page.region_slug,
    }


def _save(request: AskedBy, forms: Forms, record: ServiceRecord) -> tuple[UUID, list[str]]:
    given = forms.entry.cleaned_data
    return editing.save(
        actor=request.actor,
        record=record,
        owner_email=given["owner_email"],
        looked=given["looked"],
        now=clock.now(),
    )


def _tell(request: AskedBy, changed: list[str]) -> None:
    if changed:
        labels = ", ".join(history.field_label(key).casefold() for key in changed)
        messages.success(request, _("Bewaard. Nieuw: %(fields)s.") % {"fields": labels})
    else:
        messages.success(request, _("Bewaard. Er is niets veranderd."))


def write_on(forms: Forms, wrong: NoaberError) -> None:
    """What cannot be kept, beside the field it is about."""
    entry = forms.entry
    placed = False
    for key, words in wrong.fields.items():
        name = FORM_FIELDS.get(key, key)
        entry.add_error(name if name in entry.fields else None, words)
        placed = True
    if not placed:
        entry.add_error(None, wrong.sentence())


@staff
@require_POST
def right(request: AskedBy, service_id: UUID) -> HttpResponse:
    """Someone looked at it: it is right."""
    editing.confirm_now(actor=request.actor, service_id=service_id, now=clock.now())
    messages.success(request, _("Genoteerd: dit klopt vandaag."))
    return see_other(_next(request, service_id))


@staff
@require_POST
def status(request: AskedBy, service_id: UUID) -> HttpResponse:
    """End it, close it for a while, or open it again."""
    editing.set_status(
        actor=request.actor, service_id=service_id, status=request.POST.get("stand", ""), now=clock.now()
    )
    words = {
        "active": _("Het staat weer op de sociale kaart."),
        "temporarily closed": _("Bezoekers zien nu: tijdelijk dicht."),
    }
    messages.success(request, words.get(request.POST["stand"], _("Bezoekers vinden dit niet meer.")))
    return see_other(_next(request, service_id))


@staff
@require_POST
def report(request: AskedBy, report_id: UUID) -> HttpResponse:
    """What came of a report."""
    service_id = editing.handle_report(
        actor=request.actor, report_id=report_id, state=request.POST.get("stand", ""), now=clock.now()
    )
    messages.success(request, _("De melding is klaar."))
    return see_other(_next(request, service_id))


@staff
@require_POST
def answered(request: AskedBy, check_id: UUID) -> HttpResponse:
    """Something was done with what the owner answered."""
    service_id = editing.handle_answer(actor=request.actor, request_id=check_id, now=clock.now())
    messages.success(request, _("Het antwoord is verwerkt."))
    return see_other(_next(request, service_id))


def _next(request: AskedBy, service_id: UUID) -> str:
    if request.POST.get("terug") == "kaart":
        return reverse("directory:desk")
    return reverse("directory:keep", args=[service_id])
