"""Own page of a provider: all waits on one page, a file, keys, a programme that stops."""

from __future__ import annotations

from datetime import date, datetime
from uuid import UUID

from django.contrib import messages
from django.db import transaction
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.csrf import csrf_exempt, csrf_protect
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from noaber.hallway import clock
from noaber.hallway.access import gate
from noaber.hallway.access.guards import AskedBy, staff
from noaber.hallway.access.types import Actor, Role
from noaber.offer.care_programmes import queries, services
from noaber.offer.care_programmes.keeping import asking, delivering, keys, updating
from noaber.offer.care_programmes.keeping.forms import CloseForm, FileForm, KeyForm, RowForm, forms_for
from noaber.offer.care_programmes.keeping.reading import START_COLUMNS, WAIT_COLUMNS, Problem
from noaber.offer.care_programmes.models import CareProgramme, ProviderKey
from noaber.offer.care_programmes.services import Teller
from noaber.offer.care_programmes.types import ProgrammeRow, State

NAV = {"nav_current": "onze_wachttijden"}
MOST_BYTES = 5_000_000
MARKS = {State.FRESH: "done", State.OVERDUE: "open", State.OUT: "stop", State.NONE: "next"}


def state_words(row: ProgrammeRow) -> str:
    """How the figure of a programme stands, for who keeps it."""
    if row.stop is not None and row.state is State.FRESH:
        return _("aannamestop")
    return {
        State.FRESH: _("bij de tijd"),
        State.OVERDUE: _("te oud: het staat grijs"),
        State.OUT: _("te oud: het telt niet meer mee"),
        State.NONE: _("nog geen cijfer"),
    }[row.state]


def see_other(to: str) -> HttpResponseRedirect:
    """After an act: the page to look at."""
    return HttpResponseRedirect(to, status=303)


def own_ids(actor: Actor) -> list[UUID]:
    """The organisations whose waits this actor keeps. Nobody else finds this page."""
    gate.require_act(actor, "waits.keep")
    return sorted(actor.organisations(Role.ORGANISATION_ADMIN), key=str)


def shown(forms: list[RowForm]) -> list[tuple[RowForm, str, str]]:
    """Each form with the mark and the words of how its figure stands; what is due comes first."""
    order = (State.OUT, State.OVERDUE, State.NONE, State.FRESH)
    due = sorted(forms, key=lambda form: order.index(form.row.state))
    return [(form, "stop" if form.row.stop else MARKS[form.row.state], state_words(form.row)) for form in due]


@staff
@require_http_methods(["GET", "HEAD", "POST"])
def own(request: AskedBy) -> HttpResponse:
    """All programmes of one's own organisation with their figures, to bring up to date in one go."""
    ids, now, today = own_ids(request.actor), clock.now(), clock.today()
    rows = queries.of_organisations(ids, now=now)
    last = updating.last_own([row.programme_id for row in rows])
    forms = forms_for(request.POST if request.method == "POST" else None, rows, last, today)
    if request.method == "POST":
        if request.POST.get("alles") == "klopt":
            kept = _keep_each(updating.unchanged(rows, today=today), rows, "form", now, today)
            _thank(request, kept)
            return see_other(reverse("care_programmes:own"))
        if _kept(forms, rows, "form", now, today):
            asking.close_open(ids, now=now)
            _thank(request, len(forms))
            return see_other(reverse("care_programmes:own"))
    wrong = any(form.errors for form in forms)
    context = {
        **NAV,
        "forms": shown(forms),
        "row_forms": forms,
        "wrong": wrong,
        "ended": [row for row in rows if row.ended_on is not None],
        "keys": keys.of(ids),
        "key_form": KeyForm(),
        "today": today,
        "due": sum(form.row.state is not State.FRESH for form in forms),
    }
    return render(request, "care_programmes/keeping/own.html", context, status=422 if wrong else 200)


def _kept(forms: list[RowForm], rows: tuple[ProgrammeRow, ...], how: str, now: datetime, today: date) -> bool:
    """Whether all forms were right and are kept."""
    if not all(form.is_valid() for form in forms):
        return False
    try:
        with transaction.atomic():
            _keep_each([form.answer() for form in forms], rows, how, now, today)
    except updating.RowWrong as wrong:
        next(form for form in forms if form.row.programme_id == wrong.programme_id).refuse(wrong.wrong)
        return False
    return True


def _keep_each(
    answers: list[updating.Answer], rows: tuple[ProgrammeRow, ...], how: str, now: datetime, today: date
) -> int:
    """Each provider says its own. The view runs in one transaction, so it is all or none."""
    provider = {row.programme_id: row.provider for row in rows}
    for name in sorted(set(provider.values())):
        mine = [one for one in answers if provider[one.programme_id] == name]
        updating.keep(mine, by=Teller(name, how), now=now, today=today)
    return len(answers)


def _thank(request: AskedBy, count: int) -> None:
    words = ngettext(
        "De wachttijd van %(n)s programma is bewaard.",
        "De wachttijden van %(n)s programma's zijn bewaard.",
        count,
    )
    messages.success(request, words % {"n": count})


# --- a file ------------------------------------------------------------------------------------------------


@csrf_exempt  # checked below: the size must be known before Django reads the form
@staff
@require_http_methods(["GET", "HEAD", "POST"])
def send_file(request: AskedBy) -> HttpResponse:
    """A file with figures or a start list: all of it comes in, or nothing."""
    own_ids(request.actor)
    if int(request.META.get("CONTENT_LENGTH") or 0) > MOST_BYTES:
        form = FileForm()
        context = {**NAV, "form": form, "too_big": True, **COLUMNS}
        return render(request, "care_programmes/keeping/file.html", context, status=413)
    return _checked(request)


COLUMNS = {"wait_columns": WAIT_COLUMNS, "start_columns": START_COLUMNS}


@csrf_protect
def _checked(request: AskedBy) -> HttpResponse:
    form = FileForm(request.POST, request.FILES) if request.method == "POST" else FileForm()
    problems: tuple[Problem, ...] = ()
    if request.method == "POST" and form.is_valid():
        outcome = delivering.take_file(
            own_ids(request.actor),
            kind=form.cleaned_data["kind"],
            content=form.cleaned_data["file"].read(),
            now=clock.now(),
            today=clock.today(),
        )
        if not outcome.problems:
            messages.success(request, outcome.words)
            return see_other(reverse("care_programmes:own"))
        problems = outcome.problems
    context = {**NAV, "form": form, "problems": problems, **COLUMNS}
    status = 422 if problems or form.errors else 200
    return render(request, "care_programmes/keeping/file.html", context, status=status)


@staff
@require_safe
def example(request: AskedBy) -> HttpResponse:
    """The own programmes as a file to fill in: the last figures stand in it."""
    lines = delivering.example(own_ids(request.actor), today=clock.today())
    response = HttpResponse(lines, content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = 'attachment; filename="wachttijden.csv"'
    return response


# --- keys and programmes that stop -----------------------------------------------------------------------


@staff
@require_POST
def make_key(request: AskedBy) -> HttpResponse:
    """A new key, shown on this page and never again."""
    ids = own_ids(request.actor)
    form = KeyForm(request.POST)
    if not form.is_valid():
        messages.error(request, _("Vul in voor welk systeem de sleutel is."))
        return see_other(reverse("care_programmes:own"))
    key = keys.make(request.actor, ids[0], form.cleaned_data["name"], now=clock.now())
    response = render(request, "care_programmes/keeping/key.html", {**NAV, "key": key})
    response["Cache-Control"] = "no-store"
    return response


@staff
@require_POST
def revoke_key(request: AskedBy, key_id: UUID) -> HttpResponse:
    """The key opens nothing any more."""
    row = gate.get(request.actor, "revoke", ProviderKey.objects.all(), resource="wait_key", pk=key_id)
    keys.revoke(request.actor, row, now=clock.now())
    messages.success(request, _("De sleutel werkt niet meer."))
    return see_other(reverse("care_programmes:own"))


@staff
@require_http_methods(["GET", "HEAD", "POST"])
def close(request: AskedBy, programme_id: UUID) -> HttpResponse:
    """A programme stops, or is there again."""
    rows = CareProgramme.objects.select_related("organisation")
    row = gate.get(request.actor, "keep", rows, resource="care_programme", pk=programme_id)
    form = CloseForm(request.POST or None, initial={"on": clock.today()})
    if request.method == "POST" and row.ended_on is not None:
        services.reopen(programme_id=row.pk, now=clock.now())
        messages.success(request, _("Dit programma staat er weer."))
        return see_other(reverse("care_programmes:own"))
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data
        services.close(
            programme_id=row.pk, on=max(given["on"], row.began_on), why=given["why"], now=clock.now()
        )
        messages.success(request, _("Genoteerd. Wie doorverwijst, ziet dat dit programma stopt."))
        return see_other(reverse("care_programmes:own"))
    context = {**NAV, "form": form, "programme": row}
    status = 422 if form.errors else 200
    return render(request, "care_programmes/keeping/close.html", context, status=status)
