"""The session of a helper, with her inside: whose pages these are, and what happens when the time is over."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from django.conf import settings
from django.contrib import messages
from django.db import transaction
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.utils.translation import gettext as _

from noaber.hallway import clock
from noaber.hallway.access import gate
from noaber.hallway.access.types import Actor
from noaber.hallway.accounts import frame
from noaber.hallway.ui.types import Helper
from noaber.network.companions import rules, services
from noaber.network.residents.services_card import has_own_pin, has_own_pin_at_door, is_own_pin

KEY = "time_together"
START = "/samen/"
PIN_FIELD = "her_pin"


class TimeIsOver(Exception):
    """The time together ran out, or the helper's role did."""

    def __init__(self, helper: Actor, time_id: UUID) -> None:
        super().__init__("time together is over")
        self.helper, self.time_id = helper, time_id


def enter(request: HttpRequest, time_id: UUID) -> None:
    """From now on this session is hers; the helper's own part is laid aside."""
    own = {name: value for name, value in request.session.items() if name != KEY}
    request.session[KEY] = {"id": str(time_id), "own": own}
    request.session.cycle_key()


def leave(request: HttpRequest) -> None:
    """Give the helper's own session back; whatever came into it in her time goes."""
    note = request.session.get(KEY)
    if note is None:
        return
    own = note["own"]
    for name in list(request.session.keys()):
        if name not in own:
            del request.session[name]
    for name, value in own.items():
        request.session[name] = value
    request.session.cycle_key()


def time_in(request: HttpRequest) -> UUID | None:
    """The time together that this session names."""
    note = request.session.get(KEY)
    return UUID(note["id"]) if note else None


def whose(request: HttpRequest, actor: Actor) -> Actor:
    """The resident beside whom the helper sits, or the helper. Raises TimeIsOver."""
    time_id = time_in(request)
    if time_id is None or not actor.second_factor:
        return actor
    row = services.running(actor, time_id, now=clock.now())
    if row is None:
        raise TimeIsOver(actor, time_id)
    region_id = next((g.region_id for g in actor.grants if g.organisation_id == row.organisation_id), None)
    pin = request.POST.get(PIN_FIELD, "") if request.method == "POST" else ""
    twice = bool(pin) and row.failures < rules.WRONG_PINS and _is_hers(actor, row.resident_id, pin)
    request.helper = Helper(name=row.helper_name, until=row.ends_at)  # type: ignore[attr-defined]
    return services.beside_her(
        row, region_id=region_id, address=actor.address, twice=twice, also=actor.organisations()
    )


def _is_hers(helper: Actor, resident_id: UUID, pin: str) -> bool:
    """Whether this is her pin, and no pin of a card that the helper was told: that one proves nothing."""
    with gate.as_system("haar eigen pincode nakijken"):
        own = has_own_pin(resident_id)
        right = is_own_pin(resident_id, pin)
    return right and not services.knows_pin_of_card(helper, resident_id, own=own)


def over(request: HttpRequest, failure: Exception) -> HttpResponse:
    """The time is over: back to the helper's own page. What she typed is kept, sealed; nothing was done."""
    assert isinstance(failure, TimeIsOver)  # noqa: S101  # registered for this one
    kept = False
    with transaction.atomic():
        gate.tell_database(Actor(account_id=failure.helper.account_id))
        if request.method == "POST" and request.path != f"{START}klaar/":
            fields = {name: request.POST.getlist(name) for name in request.POST}
            kept = services.keep_typed(time_id=failure.time_id, path=request.path, fields=fields)
    leave(request)
    request.actor = failure.helper  # type: ignore[attr-defined]
    words = _("De tijd samen is voorbij.")
    if kept:
        words = _(
            "De tijd samen is voorbij. Wat u typte, is bewaard. Begin samen opnieuw, dan staat het er weer."
        )
    messages.info(request, words)
    where = START if gate.may_act(failure.helper, "together.begin") else "/verder/"
    return clean(HttpResponseRedirect(where))


def ask_her_pin(request: HttpRequest, _failure: Exception) -> HttpResponse:
    """Her own pin once more, with everything that was typed still there."""
    time_id = time_in(request)
    wrong = bool(request.POST.get(PIN_FIELD))
    if wrong and time_id is not None and _count_wrong(request, time_id, clock.now()):
        leave(request)
        messages.warning(request, _("Te vaak een verkeerde pincode. De tijd samen is gestopt."))
        return clean(HttpResponseRedirect(START))
    skip = {"csrfmiddlewaretoken", PIN_FIELD}
    typed = [(n, v) for n in request.POST if n not in skip for v in request.POST.getlist(n)]
    context = {
        "typed": typed,
        "wrong": wrong,
        "where": request.path,
        "method": request.method,
        "own_pin_first": wrong and not _has_own_pin(request),
    }
    return render(request, "companions/her_pin.html", context, status=422 if wrong else 200)


def _has_own_pin(request: HttpRequest) -> bool:
    """Whether she chose a pin; without one the pin of her card may be one that the helper was told."""
    resident_id = request.actor.resident_id  # type: ignore[attr-defined]
    return resident_id is not None and has_own_pin_at_door(resident_id)


def _count_wrong(request: HttpRequest, time_id: UUID, now: datetime) -> bool:
    with transaction.atomic():
        gate.tell_database(request.actor)  # type: ignore[attr-defined]
        return services.wrong_pin(time_id=time_id, now=now)


def clean(response: HttpResponse) -> HttpResponse:
    """Nothing of her stays behind in this browser: no page to go back to, nothing kept on the device."""
    response.headers["Clear-Site-Data"] = '"cache", "storage"'
    response.headers["Cache-Control"] = "no-store, private"
    response.delete_cookie(settings.LANGUAGE_COOKIE_NAME)
    return response


def helper_of(request: HttpRequest) -> Helper | None:
    """Who helps on this page, for the banner."""
    found = getattr(request, "helper", None)
    return found if isinstance(found, Helper) else None


def register() -> None:
    """Called once at start."""
    gate.register_stand_in(whose)
    gate.register_way_out(TimeIsOver, over)
    gate.register_way_out(gate.SecondLook, ask_her_pin)
    frame.register_helper_of(helper_of)
