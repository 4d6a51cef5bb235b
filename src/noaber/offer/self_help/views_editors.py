"""The editors' side: writing a module as plain text, seeing it beside, showing it."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from noaber.engines import language
from noaber.ground.errors import Conflict, Invalid
from noaber.hallway import clock
from noaber.hallway.access import gate
from noaber.hallway.access.guards import AskedBy, staff
from noaber.hallway.access.types import Role
from noaber.offer.self_help import queries, services, writing
from noaber.offer.self_help.forms import ModuleForm
from noaber.offer.self_help.models import Module
from noaber.offer.self_help.types import ModuleText

NAV = {"nav_current": "kaart"}
EXAMPLE = """titel: \nin het kort: \nvoor wie: \nonderwerpen: \n\n== De eerste stap (10 minuten)\n"""


def _levels(text: ModuleText) -> list[tuple[str, str, bool, list[tuple[str, str]]]]:
    """Each step with its reading level, whether that is fine, and its hardest words."""
    found = []
    for step in text.steps:
        words = "\n".join(part for block in step.blocks for part in (block.words, *block.lines) if part)
        measured = language.level(words)
        if measured.level is not None:
            hard = [(one.word, one.easier) for one in measured.hard[:5]]
            found.append((step.title, measured.level.name, measured.level <= language.Level.B1, hard))
    return found


def _beside(text: str) -> dict[str, object]:
    read, problems = writing.read(text)
    return {"read": read, "problems": problems, "levels": _levels(read)}


@staff
@require_safe
def kept(request: AskedBy) -> HttpResponse:
    """All modules of the region."""
    context = {"modules": queries.kept(request.actor), "states": Module.State, **NAV}
    return render(request, "self_help/kept.html", context)


@staff
@require_http_methods(["GET", "HEAD", "POST"])
def new(request: AskedBy) -> HttpResponse:
    """A new module: a draft that nobody sees yet."""
    gate.require_act(request.actor, "self_help.keep")
    form = ModuleForm(request.POST or None, initial={"text": EXAMPLE})
    if request.method == "POST" and form.is_valid():
        made = services.begin(
            actor=request.actor,
            region_id=request.actor.regions(Role.EDITOR)[0],
            text=form.cleaned_data["text"],
            now=clock.now(),
        )
        messages.success(request, _("Bewaard. Nog niemand ziet deze module."))
        return redirect("self_help:keep", module_id=made)
    context = {"form": form, **_beside(str(form["text"].value() or "")), **NAV}
    return render(request, "self_help/write.html", context, status=422 if form.errors else 200)


@staff
@require_POST
def look(request: AskedBy) -> HttpResponse:
    """How the text that is being typed will look, and what is wrong with it."""
    gate.require_act(request.actor, "self_help.keep")
    return render(request, "self_help/_beside.html", _beside(request.POST.get("text", "")))


@staff
@require_http_methods(["GET", "HEAD", "POST"])
def one(request: AskedBy, module_id: UUID) -> HttpResponse:
    """Writing on a module."""
    card, _text, _problems = queries.kept_one(request.actor, module_id)
    form = ModuleForm(request.POST or None, initial={"text": card.text, "version": card.version})
    context = {"card": card, "form": form, "states": Module.State, **NAV}
    status = 200
    if request.method == "POST" and form.is_valid():
        try:
            services.write(
                actor=request.actor,
                module_id=module_id,
                text=form.cleaned_data["text"],
                version=form.cleaned_data["version"] or 0,
                now=clock.now(),
            )
        except Conflict as meanwhile:
            newest, *_read = queries.kept_one(request.actor, module_id)
            sent = request.POST.copy()
            sent["version"] = str(newest.version)
            form = ModuleForm(sent)
            context |= {"wrong": meanwhile.sentence(), "newest": newest.text, "card": newest, "form": form}
            status = 409
        else:
            messages.success(request, _("Bewaard. Bezoekers zien dit zodra u het toont."))
            return redirect("self_help:keep", module_id=module_id)
    context |= _beside(str(form["text"].value() or ""))
    return render(request, "self_help/write.html", context, status=422 if form.errors else status)


@staff
@require_POST
def publish(request: AskedBy, module_id: UUID) -> HttpResponse:
    """Everyone sees the newest version."""
    try:
        services.publish(actor=request.actor, module_id=module_id, now=clock.now())
    except Invalid as wrong:
        messages.error(request, wrong.sentence())
    else:
        messages.success(request, _("Iedereen ziet nu deze versie. Hij staat ook op de sociale kaart."))
    return redirect("self_help:keep", module_id=module_id)


@staff
@require_POST
def withdraw(request: AskedBy, module_id: UUID) -> HttpResponse:
    """Nobody sees it any more."""
    services.withdraw(actor=request.actor, module_id=module_id, now=clock.now())
    messages.success(request, _("Bezoekers zien deze module niet meer. Wat mensen schreven, blijft van hen."))
    return redirect("self_help:keep", module_id=module_id)


@staff
@require_POST
def starter(request: AskedBy) -> HttpResponse:
    """Our own starter set for a region that has nothing yet."""
    made = services.begin_with_starter(actor=request.actor, now=clock.now())
    messages.success(request, _("%(n)s modules staan klaar en zijn te zien.") % {"n": made})
    return redirect("self_help:kept")
