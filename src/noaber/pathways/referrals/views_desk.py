"""Writing a referral by the practice's link or on its computer, and keeping those links and computers."""

from __future__ import annotations

import json
from datetime import datetime, timedelta
from functools import wraps
from uuid import UUID

from django.conf import settings
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from noaber.ground.errors import Conflict, Invalid
from noaber.hallway import clock
from noaber.hallway.access import gate
from noaber.hallway.access.guards import AskedBy, View, public, staff
from noaber.hallway.access.middleware import answer
from noaber.hallway.access.types import Kind, Role
from noaber.hallway.accounts import throttle
from noaber.hallway.sealed import seal, unseal
from noaber.pathways.referrals import queries, queries_desk, services_desk, showing
from noaber.pathways.referrals.forms import (
    DeviceReferralForm,
    KeyForm,
    LinkReferralForm,
    ReferralForm,
    ShortPinForm,
)
from noaber.pathways.referrals.types import Choice, Desk, PracticeDoor, SentReferral

COOKIE = "noaber_praktijk"
SENT = "sent_from_desk"
FRESH = "fresh_practice_link"
WRONG_PER_ADDRESS = 30
WINDOW = timedelta(minutes=15)


def or_the_practice_computer(view: View) -> View:
    """On a computer of the practice, whoever is not signed in goes to the page that only writes."""

    @wraps(view)
    def guarded(request: AskedBy, *args: object, **kwargs: object) -> HttpResponse:
        if request.actor.kind is Kind.ANONYMOUS and COOKIE in request.COOKIES:
            return redirect("referrals:device")
        return view(request, *args, **kwargs)

    return guarded


def _door(request: AskedBy, token: str, kind: str, now: datetime) -> PracticeDoor | None:
    """The practice behind this token, unless too many wrong ones came from this address."""
    address = request.META.get("REMOTE_ADDR", "")
    door = services_desk.door_behind(token, kind=kind, now=now)
    if door is not None:
        return door if throttle.is_calm("practice-token", address, limit=WRONG_PER_ADDRESS, now=now) else None
    throttle.allows("practice-token", address, limit=WRONG_PER_ADDRESS, window=WINDOW, now=now)
    return None


@public
@require_http_methods(["GET", "HEAD", "POST"])
def by_link(request: AskedBy, token: str) -> HttpResponse:
    """The form behind the link of a practice. It shows nothing; a wrong link is a page that is not there."""
    now = clock.now()
    door = _door(request, token, "link", now)
    if door is None:
        return answer(request, gate.not_here())
    desk = queries.desk_of(door.organisation_id, door.organisation, door.region_id, now=now)
    form = LinkReferralForm(request.POST or None, desk=desk)
    if _may_send(request, form):
        given = form.cleaned_data
        try:
            sent = services_desk.send_by_link(door, name=given["sender"], referral=form.referral(), now=now)
        except (Invalid, Conflict) as wrong:
            _write_on(form, wrong)
        else:
            return _on_to_sent(request, sent, request.path)
    return _page(request, form, desk, writers=None)


@public
@require_http_methods(["GET", "HEAD", "POST"])
def by_device(request: AskedBy) -> HttpResponse:
    """The form on a computer of the practice: who writes chooses a name and types a short pin."""
    now = clock.now()
    token = request.COOKIES.get(COOKIE, "")
    door = _door(request, token, "device", now) if token else None
    if door is None:
        gone: HttpResponse = redirect("referrals:keys")
        gone.delete_cookie(COOKIE)
        return gone
    desk = queries.desk_of(door.organisation_id, door.organisation, door.region_id, now=now)
    writers = queries_desk.writers(door, now=now)
    form = DeviceReferralForm(request.POST or None, desk=desk, writers=writers)
    if _may_send(request, form):
        given = form.cleaned_data
        try:
            sent = services_desk.send_by_device(
                door,
                short_pin_id=UUID(given["who"]),
                pin=given["pin"],
                referral=form.referral(),
                now=now,
            )
        except (Invalid, Conflict) as wrong:
            _write_on(form, wrong)
        else:
            return _on_to_sent(request, sent, request.path)
    return _page(request, form, desk, writers=writers)


def _may_send(request: AskedBy, form: ReferralForm) -> bool:
    return request.method == "POST" and form.is_valid() and not request.POST.get("danger")


def _write_on(form: ReferralForm, wrong: Invalid | Conflict) -> None:
    known = {name: words for name, words in wrong.fields.items() if name in form.fields}
    for name, words in known.items():
        form.add_error(name, words)
    if not known:
        form.add_error(None, wrong.sentence())


def _page(request: AskedBy, form: ReferralForm, desk: Desk, *, writers: list[Choice] | None) -> HttpResponse:
    """The form; with `writers` it stands on a computer of the practice."""
    context = {
        "nav_current": "",
        "form": form,
        "desk": desk,
        "device": writers is not None,
        "writers": writers,
        "danger": request.method == "POST" and bool(request.POST.get("danger")),
        "what_happens": showing.what_happens(desk),
    }
    return render(request, "referrals/desk.html", context)


def _on_to_sent(request: AskedBy, sent: SentReferral, again: str) -> HttpResponse:
    """Keep number and card, sealed, for one look at the next page."""
    if sent.card_code:
        kept = {"number": sent.help_request_code, "code": sent.card_code, "pin": sent.card_pin}
        request.session[SENT] = seal(json.dumps({**kept, "again": again}))
    return redirect("referrals:desk_sent")


@public
@require_safe
def desk_sent(request: AskedBy) -> HttpResponse:
    """It went: the number, and the card to hand over. Once; there is nothing else here."""
    sealed = request.session.get(SENT)
    sent: dict[str, str] = json.loads(unseal(sealed)) if sealed else {}
    if sent and request.method == "GET":
        del request.session[SENT]
    context = {"nav_current": "", "sent": sent, "again": sent.get("again", "")}
    return render(request, "referrals/desk_sent.html", {**context, "card_address": showing.card_address()})


@staff
@require_http_methods(["GET", "HEAD", "POST"])
def keys(request: AskedBy) -> HttpResponse:
    """The links and computers of the practice: what works now, make one, choose a short pin."""
    now = clock.now()
    gate.require_act(request.actor, "practice_key.keep")
    practices = queries_desk.practices(request.actor)
    act = request.POST.get("act", "") if request.method == "POST" else ""
    refers = request.actor.has(Role.REFERRER)
    pin_form = ShortPinForm(request.POST if act == "pin" else None) if refers else None
    if act in ("link", "device"):
        return _make(request, act, practices, now)
    if act == "pin" and pin_form is not None and pin_form.is_valid():
        try:
            services_desk.choose_short_pin(
                actor=request.actor,
                organisation_id=request.actor.organisations(Role.REFERRER)[0],
                pin=pin_form.cleaned_data["pin"],
                now=now,
            )
        except Invalid as wrong:
            pin_form.add_error("pin", wrong.fields["pin"])
        else:
            messages.success(request, _("Uw korte pincode is bewaard."))
            return redirect("referrals:keys")
    fresh = request.session.pop(FRESH, "") if request.method == "GET" else ""
    context = {
        "nav_current": "praktijk",
        "rows": queries_desk.keys(request.actor, now=now),
        "fresh": unseal(fresh) if fresh else "",
        "many": len(practices) > 1,
        "link_form": KeyForm(practices=practices, auto_id="link_%s"),
        "device_form": KeyForm(practices=practices, auto_id="device_%s"),
        "pin_form": pin_form,
        "has_pin": refers and queries_desk.has_short_pin(request.actor),
    }
    return render(request, "referrals/keys.html", context)


def _make(request: AskedBy, kind: str, practices: dict[UUID, str], now: datetime) -> HttpResponse:
    form = KeyForm(request.POST, practices=practices)
    if not form.is_valid():
        raise gate.not_here()
    token = services_desk.make_key(
        actor=request.actor,
        organisation_id=UUID(form.cleaned_data["organisation"]),
        kind=kind,
        label=form.cleaned_data["label"] if kind == "device" else "",
        now=now,
    )
    done = redirect("referrals:keys")
    if kind == "link":
        request.session[FRESH] = seal(settings.BASE_URL + reverse("referrals:by_link", args=[token]))
    else:
        done.set_cookie(
            COOKIE,
            token,
            max_age=services_desk.DEVICE_LASTS,
            secure=settings.SECURE,
            httponly=True,
            samesite="Lax",
        )
        messages.success(request, _("Deze browser is nu een praktijkcomputer."))
    return done


@staff
@require_POST
def revoke_key(request: AskedBy, key_id: UUID) -> HttpResponse:
    """Stop a link or a computer of the own practice."""
    services_desk.revoke_key(actor=request.actor, key_id=key_id, now=clock.now())
    messages.success(request, _("Ingetrokken. Hij werkt niet meer."))
    return redirect("referrals:keys")
