"""Prepare a request together; the practice confirms it in one tap or says why not."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from django.contrib import messages
from django.forms import Form
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from noaber.ground.errors import Invalid
from noaber.hallway import clock
from noaber.hallway.access import gate
from noaber.hallway.access.guards import AskedBy, staff
from noaber.pathways.preparations import queries, services
from noaber.pathways.preparations.forms import CardForm, DeclineForm, PrepareForm


def _write_on(form: Form, wrong: Invalid) -> None:
    """What the rules refused, beside the field it is about."""
    named = {name: words for name, words in wrong.fields.items() if name in form.fields}
    for name, words in named.items():
        form.add_error(name, words)
    if not named:
        form.add_error(None, wrong.sentence())


@staff
@require_http_methods(["GET", "HEAD", "POST"])
def prepare(request: AskedBy) -> HttpResponse:
    """She and the host fill it in together."""
    choices = queries.choices_for(request.actor)
    form = PrepareForm(request.POST or None, choices=choices)
    if request.method == "POST" and form.is_valid():
        try:
            made = services.prepare(actor=request.actor, new=form.preparation(), now=clock.now())
        except Invalid as wrong:
            _write_on(form, wrong)
        else:
            messages.success(request, _("Bewaard. Geef haar het blad met uw naam en nummer mee."))
            return redirect("preparations:one", preparation_id=made)
    context = {"form": form, "choices": choices, "nav_current": "samen"}
    return render(request, "preparations/prepare.html", context, status=422 if form.errors else 200)


@staff
@require_safe
def mine(request: AskedBy) -> HttpResponse:
    """Whom this support point holds until a practice decides, and whose card waits."""
    rows = queries.of_my_organisation(request.actor, now=clock.now())
    return render(request, "preparations/mine.html", {"rows": rows, "nav_current": "samen"})


def _one(request: AskedBy, preparation_id: UUID, form: Form, now: datetime, **more: object) -> HttpResponse:
    row = queries.one_of_mine(request.actor, preparation_id, now=now)
    context = {"row": row, "form": form, "nav_current": "samen", **more}
    return render(request, "preparations/one.html", context, status=422 if form.errors else 200)


@staff
@require_safe
def one(request: AskedBy, preparation_id: UUID) -> HttpResponse:
    """How it stands, the sheet for her, and what to do now."""
    return _one(request, preparation_id, CardForm(), clock.now())


@staff
@require_POST
def withdraw(request: AskedBy, preparation_id: UUID) -> HttpResponse:
    """She does not want it any more."""
    services.withdraw(actor=request.actor, preparation_id=preparation_id, now=clock.now())
    messages.success(request, _("Ingetrokken. Niemand ziet deze aanvraag meer."))
    return redirect("preparations:mine")


@staff
@require_POST
def card(request: AskedBy, preparation_id: UUID) -> HttpResponse:
    """Her card, once; she types the pin."""
    now = clock.now()
    form = CardForm(request.POST)
    if form.is_valid():
        try:
            code = services.hand_over_card(
                actor=request.actor, preparation_id=preparation_id, pin=form.cleaned_data["pin"], now=now
            )
        except Invalid as wrong:
            _write_on(form, wrong)
        else:
            return render(request, "preparations/card.html", {"code": code, "nav_current": "samen"})
    return _one(request, preparation_id, form, now)


@staff
@require_safe
def to_confirm(request: AskedBy) -> HttpResponse:
    """What waits for this practice."""
    rows = queries.to_confirm(request.actor, now=clock.now())
    context = {"rows": rows, "form": DeclineForm(), "nav_current": "te_bevestigen"}
    return render(request, "preparations/to_confirm.html", context)


@staff
@require_POST
def decide(request: AskedBy, preparation_id: UUID) -> HttpResponse:
    """Yes in one tap, or no with a reason."""
    now = clock.now()
    if request.POST.get("answer") == "yes":
        sent = services.confirm(actor=request.actor, preparation_id=preparation_id, now=now)
        words = _("Bevestigd. De vraag heeft nummer %(code)s. De gastvrouw geeft haar de kaart.")
        messages.success(request, words % {"code": sent.help_request_code})
        return redirect("preparations:to_confirm")
    rows = queries.to_confirm(request.actor, now=now)
    if preparation_id not in {row.id for row in rows}:
        raise gate.not_here()
    form = DeclineForm(request.POST)
    if form.is_valid():
        services.decline(
            actor=request.actor, preparation_id=preparation_id, reason=form.cleaned_data["reason"], now=now
        )
        messages.success(request, _("Genoteerd. De gastvrouw vertelt het haar."))
        return redirect("preparations:to_confirm")
    context = {"rows": rows, "form": form, "wrong_id": preparation_id, "nav_current": "te_bevestigen"}
    return render(request, "preparations/to_confirm.html", context, status=422)
