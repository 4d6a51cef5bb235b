"""Begin together, by card or by phone; go on where it stopped; close it off."""

from __future__ import annotations

from datetime import timedelta
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from noaber.ground.errors import Invalid
from noaber.ground.identifiers import read_reference
from noaber.hallway import clock
from noaber.hallway.access import gate
from noaber.hallway.access.guards import AskedBy, resident, signed_in, staff
from noaber.hallway.access.types import Actor, Kind
from noaber.hallway.accounts import throttle
from noaber.network.companions import queries_links, rules, services, standing_in
from noaber.network.companions.forms import DigitsForm, RingBackForm, TogetherForm
from noaber.network.companions.types import Beside
from noaber.network.residents.services import NO_ENTRY

HER_FIRST_PAGE = "/mijn/vraag/"
WINDOW = timedelta(minutes=15)
PER_HELPER = 20
PER_CARD = 10


@staff
@require_http_methods(["GET", "HEAD", "POST"])
def start(request: AskedBy) -> HttpResponse:
    """Begin with her card and the pin that she types. Whatever is wrong, the answer reads the same."""
    gate.require_act(request.actor, "together.begin")
    form = TogetherForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        beside, wrong = _with_card(request.actor, form.cleaned_data["code"], form.cleaned_data["pin"])
        if beside is not None:
            return _begin(request, beside)
        form.add_error(None, wrong)
    now = clock.now()
    context = {
        "form": form,
        "nav_current": "samen",
        "times": services.times_today(request.actor, since=clock.at(clock.day_of(now), 0)),
        "more_links": more_links(request.actor),
        "minutes": int(rules.LASTS.total_seconds() // 60),
    }
    return render(request, "companions/start.html", context, status=422 if form.errors else 200)


def more_links(actor: Actor) -> list[dict[str, str]]:
    """Other ways to help, on the first page; rooms above add theirs."""
    own = [{"url": reverse("companions:enter_paper"), "label": str(_("Een papieren formulier invoeren"))}]
    return [*own, *queries_links.more(actor)]


def _with_card(actor: Actor, code: str, pin: str) -> tuple[Beside | None, str]:
    """The time together, or what to say: something was wrong, or there were too many tries."""
    now = clock.now()
    card = read_reference(code) or code.strip().upper()
    calm = throttle.allows("together-helper", str(actor.account_id), limit=PER_HELPER, window=WINDOW, now=now)
    calm = throttle.allows("card-code", card, limit=PER_CARD, window=WINDOW, now=now) and calm
    if not calm:
        return None, NO_ENTRY.sentence()
    try:
        beside = services.begin_with_card(actor=actor, code=code, pin=pin, now=now)
    except Invalid as wrong:
        return None, wrong.sentence()
    throttle.forget("card-code", card)
    return beside, ""


def _begin(request: AskedBy, beside: Beside) -> HttpResponse:
    standing_in.enter(request, beside.id)
    return redirect("companions:go_on" if beside.has_kept_words else HER_FIRST_PAGE)


@staff
@require_http_methods(["GET", "HEAD", "POST"])
def ring_back(request: AskedBy) -> HttpResponse:
    """She is on the phone: four digits go to the number that is known. The page never says whether it is."""
    gate.require_act(request.actor, "together.begin")
    form = RingBackForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        now = clock.now()
        helper = str(request.actor.account_id)
        if throttle.allows("ring-back", helper, limit=PER_HELPER, window=WINDOW, now=now):
            digits_id = services.send_digits(actor=request.actor, now=now, **form.cleaned_data)
            return redirect("companions:digits", digits_id=digits_id)
        form.add_error(None, _("U probeerde het te vaak. Wacht een kwartier en probeer het dan nog eens."))
    context = {"form": form, "nav_current": "samen"}
    return render(request, "companions/ring_back.html", context, status=422 if form.errors else 200)


@staff
@require_http_methods(["GET", "HEAD", "POST"])
def digits(request: AskedBy, digits_id: UUID) -> HttpResponse:
    """She reads the digits aloud."""
    gate.require_act(request.actor, "together.begin")
    form = DigitsForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            beside = services.begin_with_digits(
                actor=request.actor, digits_id=digits_id, digits=form.cleaned_data["digits"], now=clock.now()
            )
        except Invalid as wrong:
            form.add_error("digits", wrong.sentence())
        else:
            return _begin(request, beside)
    context = {"form": form, "nav_current": "samen"}
    return render(request, "companions/digits.html", context, status=422 if form.errors else 200)


@signed_in
@require_POST
def done(request: AskedBy) -> HttpResponse:
    """Close it off. The helper is back on the own page; nothing of her is left in this browser."""
    time_id = standing_in.time_in(request)
    if request.actor.kind is Kind.RESIDENT and time_id is None:
        raise gate.not_here()
    if time_id is not None:
        services.end(actor=request.actor, time_id=time_id, now=clock.now())
        standing_in.leave(request)
        messages.success(request, _("Afgesloten. Er staat niets meer van haar op dit scherm."))
    else:
        gate.require_act(request.actor, "together.begin")
    return standing_in.clean(redirect("companions:start"))


@resident
@require_http_methods(["GET", "HEAD", "POST"])
def go_on(request: AskedBy) -> HttpResponse:
    """What she had typed when the last time was over; send it after all, or throw it away."""
    now = clock.now()
    if request.method == "POST":
        services.throw_away_kept(request.actor, now=now)
        return redirect(HER_FIRST_PAGE)
    kept = services.kept_words(request.actor, now=now)
    if kept is None:
        return redirect(HER_FIRST_PAGE)
    words = [value for name, value in kept.fields if name != "once_key" and value.strip()]
    context = {"kept": kept, "words": words, "nav_current": "mijn_vraag"}
    return render(request, "companions/go_on.html", context)
