"""The resident's own pages about what is held of her."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from noaber.hallway import clock
from noaber.hallway.access.guards import AskedBy, resident
from noaber.hallway.access.together import by_herself
from noaber.hallway.holdings import copying, erasing, statements
from noaber.hallway.holdings.forms import EraseForm, StatementForm
from noaber.hallway.holdings.registry import who_to_ring
from noaber.hallway.holdings.words import lines

FILE_NAME = "mijn-gegevens.json"


def page(request: AskedBy, template: str, context: dict[str, Any], status: int = 200) -> HttpResponse:
    """A page of the resident, with the human whom she can ring."""
    ring = who_to_ring(request.actor, clock.now())
    return render(request, template, {"phone": ring, "nav_current": "wie_ziet_wat", **context}, status=status)


def read(copy: copying.Copy) -> list[dict[str, Any]]:
    """The copy as the page shows it."""
    return [
        {"key": part.key.replace(".", "-"), "part": part, "items": [lines(item) for item in part.items]}
        for part in copy.parts
        if part.items
    ]


@resident
@require_safe
def my_data(request: AskedBy) -> HttpResponse:
    """What is held about me, in short, and what I can do with it."""
    fates = erasing.fates(request.actor.resident_id, now=clock.now()) if request.actor.resident_id else []
    context = {"fates": fates, "request_to_erase": erasing.latest(request.actor)}
    return page(request, "holdings/mine.html", context)


@resident
@require_safe
def all_of_it(request: AskedBy) -> HttpResponse:
    """Everything that is held about me, to read or to print."""
    copy = copying.own_copy(request.actor, now=clock.now())
    return page(request, "holdings/all.html", {"copy": copy, "parts": read(copy)})


@resident
@require_safe
def as_file(request: AskedBy) -> HttpResponse:
    """The same as a file for another program."""
    copy = copying.own_copy(request.actor, now=clock.now(), as_file=True)
    answer = HttpResponse(copying.as_json(copy), content_type="application/json; charset=utf-8")
    answer["Content-Disposition"] = f'attachment; filename="{FILE_NAME}"'
    return answer


@resident
@require_http_methods(["GET", "HEAD", "POST"])
def my_statements(request: AskedBy) -> HttpResponse:
    """What I added to my file myself, and room to add more."""
    now = clock.now()
    form = StatementForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        key = form.cleaned_data["once_key"] or form["once_key"].initial
        statements.write(request.actor, body=form.cleaned_data["body"], once_key=key, now=now)
        messages.success(request, _("Uw verklaring staat in uw dossier."))
        return redirect("holdings:statements")
    context = {"form": form, "statements": statements.own_statements(request.actor, now=now)}
    return page(request, "holdings/statements.html", context, 422 if form.errors else 200)


@resident
@require_http_methods(["GET", "HEAD", "POST"])
def my_statement(request: AskedBy, statement_id: UUID) -> HttpResponse:
    """Say it in other words."""
    row = statements.own_statement(request.actor, statement_id)
    form = StatementForm(request.POST if request.method == "POST" else None, initial={"body": row.body})
    if request.method == "POST" and form.is_valid():
        statements.change(request.actor, statement_id, body=form.cleaned_data["body"], now=clock.now())
        messages.success(request, _("Uw verklaring is veranderd."))
        return redirect("holdings:statements")
    context = {"form": form, "statement": row}
    return page(request, "holdings/statement.html", context, 422 if form.errors else 200)


@resident
@require_POST
def remove_statement(request: AskedBy, statement_id: UUID) -> HttpResponse:
    """Take it out of my file again."""
    statements.remove(request.actor, statement_id, now=clock.now())
    messages.success(request, _("Uw verklaring is weg."))
    return redirect("holdings:statements")


@resident
@by_herself
@require_http_methods(["GET", "HEAD", "POST"])
def erase(request: AskedBy) -> HttpResponse:
    """Ask to erase all of it or parts; or see how my request stands."""
    actor, now = request.actor, clock.now()
    latest = erasing.latest(actor)
    fates = erasing.fates(actor.resident_id, now=now) if actor.resident_id else []
    form = EraseForm(request.POST if request.method == "POST" else None, fates=fates)
    if request.method == "POST" and form.is_valid():
        erasing.ask(actor, parts=form.chosen, now=now)
        messages.success(request, _("Wij hebben uw vraag om te wissen. U krijgt binnen een maand antwoord."))
        return redirect("holdings:erase")
    names = {fate.key: fate.words for fate in fates}
    context = {
        "form": form,
        "latest": latest,
        "asked": [names[key] for key in (latest.parts if latest else []) if key in names],
        "granted": [names[key] for key in (latest.granted if latest else []) if key in names],
        "is_open": latest is not None and latest.state in latest.OPEN,
        "first": list(dict.fromkeys(sentence for fate in fates for sentence in fate.first)),
        "stays": [fate for fate in fates if not fate.may_go],
    }
    return page(request, "holdings/erase.html", context, 422 if form.errors else 200)


@resident
@by_herself
@require_POST
def take_back(request: AskedBy) -> HttpResponse:
    """I changed my mind: do not erase."""
    if erasing.take_back(request.actor, now=clock.now()):
        messages.success(request, _("Wij wissen niets. Alles blijft zoals het was."))
    return redirect("holdings:erase")
