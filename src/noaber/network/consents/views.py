"""Her own pages about who sees what: one tap ends a consent, and one tap more brings it back."""

from __future__ import annotations

from datetime import timedelta
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.forms import Form
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from noaber.ground.errors import Conflict, Invalid
from noaber.hallway import clock
from noaber.hallway.access import gate
from noaber.hallway.access.guards import AskedBy, resident
from noaber.network.consents import queries, rules, services
from noaber.network.consents import queries_sights as sights
from noaber.network.consents.forms import GiveForm, LimitForm, RefuseForm
from noaber.network.residents.queries_ring import who_to_ring

KEY = "wie_ziet_wat"
UNPROCESSABLE = 422


@resident
@require_safe
def hub(request: AskedBy) -> HttpResponse:
    """What everyone can see now and why, what she allowed, what she refused, and what is over."""
    now, actor = clock.now(), request.actor
    queries.log_look(actor, part="wie wat ziet", now=now)
    things = sights.things_of(actor)
    consents = queries.own_consents(actor, things, now=now)
    objections = queries.own_objections(actor, things)
    context = {
        "nav_current": KEY,
        "around": sights.sights_of(actor, now=now),
        "living": [c for c in consents if c.state != rules.OVER and c.what != "letter"],
        "over": [c for c in consents if c.state == rules.OVER and c.what != "letter"],
        "refused": [o for o in objections if o.withdrawn_at is None],
        "things": things,
        "phone": who_to_ring(actor),
        "today": clock.day_of(now),
    }
    return render(request, "consents/hub.html", context)


@resident
@require_http_methods(["GET", "HEAD", "POST"])
def give(request: AskedBy) -> HttpResponse:
    """She lets someone read something."""
    now, actor = clock.now(), request.actor
    things = sights.things_of(actor)
    form = GiveForm(
        request.POST or None,
        initial={"thing": request.GET.get("wat") or (_only(things))},
        today=clock.day_of(now),
        things=things,
        organisations=sights.organisations_near(actor),
    )
    if request.method == "POST" and form.is_valid():
        try:
            consent_id = services.give(actor=actor, consent=form.consent(), now=now)
        except Invalid as wrong:
            _show(form, wrong)
        else:
            undo = reverse("consents:end", args=[consent_id])
            messages.success(request, _("Goed. Zij kunnen het nu lezen."), extra_tags=f"undo:{undo}")
            return redirect("consents:hub")
    queries.log_look(actor, part="wat u kunt delen", now=now)
    context = {"nav_current": KEY, "form": form, "things": things, "phone": who_to_ring(actor)}
    return _answer(request, "consents/give.html", context, form)


def _only(things: list[Any]) -> str:
    return f"{things[0].what}:{things[0].object_id}" if len(things) == 1 else ""


def _show(form: Form, wrong: Invalid) -> None:
    """What is wrong stands beside its field, or above the form."""
    for name, words in wrong.fields.items():
        form.add_error(name if name in form.fields else None, words)
    if not wrong.fields:
        form.add_error(None, wrong.sentence())


def _answer(request: AskedBy, template: str, context: dict[str, Any], form: Form) -> HttpResponse:
    status = UNPROCESSABLE if form.is_bound and form.errors else 200
    return render(request, template, context, status=status)


@resident
@require_http_methods(["GET", "HEAD", "POST"])
def limit(request: AskedBy, consent_id: UUID) -> HttpResponse:
    """Shorter, or for something else."""
    now, actor = clock.now(), request.actor
    consent = queries.one_consent(actor, consent_id, sights.things_of(actor), now=now)
    if consent.state == rules.OVER:
        messages.info(request, _("Deze toestemming is al voorbij."))
        return redirect("consents:hub")
    last = clock.day_of(consent.valid_until - timedelta(seconds=1)) if consent.valid_until else None
    form = LimitForm(
        request.POST or None, initial={"purpose": consent.purpose, "until": last}, today=clock.day_of(now)
    )
    if request.method == "POST" and form.is_valid():
        try:
            services.limit(
                actor=actor,
                consent_id=consent_id,
                until=form.last_instant(),
                purpose=form.cleaned_data["purpose"],
                now=now,
            )
        except Invalid as wrong:
            _show(form, wrong)
        else:
            messages.success(request, _("Goed. Dat is veranderd."))
            return redirect("consents:hub")
    queries.log_look(actor, part="uw toestemming", now=now)
    context = {"nav_current": KEY, "form": form, "consent": consent, "phone": who_to_ring(actor)}
    return _answer(request, "consents/limit.html", context, form)


@resident
@require_POST
def end(request: AskedBy, consent_id: UUID) -> HttpResponse:
    """One tap: from now on nobody reads it through this."""
    services.end(actor=request.actor, consent_id=consent_id, now=clock.now())
    undo = reverse("consents:give_back", args=[consent_id])
    messages.success(request, _("Gestopt. Zij kunnen het niet meer lezen."), extra_tags=f"undo:{undo}")
    return redirect("consents:hub")


@resident
@require_POST
def give_back(request: AskedBy, consent_id: UUID) -> HttpResponse:
    """She did not mean to stop."""
    try:
        services.give_back(actor=request.actor, consent_id=consent_id, now=clock.now())
    except Conflict as over:
        messages.info(request, over.sentence())
    else:
        messages.success(request, _("Goed. Zij kunnen het weer lezen."))
    return redirect("consents:hub")


@resident
@require_http_methods(["GET", "HEAD", "POST"])
def refuse(request: AskedBy) -> HttpResponse:
    """She does not want it, from one organisation or from anyone."""
    now, actor = clock.now(), request.actor
    form = RefuseForm(request.POST or None, organisations=sights.organisations_near(actor))
    if request.method == "POST" and form.is_valid():
        _refuse(request, form.cleaned_data["what"], None, form.organisation_id())
        return redirect("consents:hub")
    queries.log_look(actor, part="wie wat ziet", now=now)
    context = {"nav_current": KEY, "form": form, "phone": who_to_ring(actor)}
    return _answer(request, "consents/refuse.html", context, form)


@resident
@require_POST
def refuse_one(request: AskedBy) -> HttpResponse:
    """One tap on the hub: this one thing, this one organisation."""
    try:
        object_id = UUID(request.POST.get("ding", ""))
        organisation_id = UUID(request.POST.get("wie", ""))
    except ValueError:
        raise gate.not_here() from None
    what = request.POST.get("wat", "")
    around = sights.sights_of(request.actor, now=clock.now())
    known = {(s.what, s.object_id, s.organisation_id) for s in around}
    if (what, object_id, organisation_id) not in known:
        raise gate.not_here()
    _refuse(request, what, object_id, organisation_id)
    return redirect("consents:hub")


def _refuse(request: AskedBy, what: str, object_id: UUID | None, organisation_id: UUID | None) -> None:
    objection_id = services.object_to(
        actor=request.actor,
        what=what,
        object_id=object_id,
        organisation_id=organisation_id,
        now=clock.now(),
    )
    undo = reverse("consents:withdraw", args=[objection_id])
    messages.success(request, _("Goed. Zij krijgen het niet te lezen."), extra_tags=f"undo:{undo}")


@resident
@require_POST
def withdraw(request: AskedBy, objection_id: UUID) -> HttpResponse:
    """She does not mind any more."""
    services.withdraw_objection(actor=request.actor, objection_id=objection_id, now=clock.now())
    messages.success(request, _("Goed. Uw bezwaar is ingetrokken."))
    return redirect("consents:hub")
