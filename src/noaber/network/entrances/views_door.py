"""The resident's own door: two items, and whatever is wrong, the answer reads the same.

A refusal is answered, not raised: the count of wrong tries must be kept.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods

from noaber.ground.errors import Invalid
from noaber.ground.identifiers import read_reference
from noaber.hallway import clock
from noaber.hallway.access.guards import AskedBy, public
from noaber.hallway.access.types import Kind
from noaber.hallway.accounts import throttle
from noaber.network.entrances import services, services_session
from noaber.network.entrances.forms import (
    AddressForm,
    CardCodeForm,
    CardForm,
    ChoosePinForm,
    CodeForm,
    OwnPinForm,
)
from noaber.network.entrances.services_session import at_door, device_words, wait_at_door
from noaber.network.entrances.types import Pending
from noaber.network.residents import services_card

HOME = "/mijn/vraag/"
PER_ADDRESS = 30
PER_CARD = 10
WINDOW = timedelta(minutes=15)


def _refusal() -> str:
    return _("Dit klopt niet, of het is te lang geleden. Probeer het nog eens, of bel uw vaste persoon.")


@public
@require_http_methods(["GET", "HEAD", "POST"])
def card_sign_in(request: AskedBy) -> HttpResponse:
    """Sign in with card and pin; the other ways stand below."""
    wanted = request.POST.get("next") or request.GET.get("next") or ""
    onward = wanted if url_has_allowed_host_and_scheme(wanted, allowed_hosts=None) else HOME
    if request.actor.kind is Kind.RESIDENT and request.method != "POST":
        return redirect(onward)
    form = CardForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        answer = _with_card(request, form.cleaned_data["code"], form.cleaned_data["pin"], onward)
        if answer is not None:
            return answer
        form.add_error(None, services_card.NO_ENTRY.sentence())
    context = {
        "form": form,
        "next": onward if wanted else "",
        "nav_current": "mijn",
        "broker": services.broker(),
    }
    return render(request, "entrances/sign_in.html", context)


def _with_card(request: AskedBy, code: str, pin: str, onward: str) -> HttpResponse | None:
    """In, or on to the second item, or None when card and pin do not fit or came too often.

    A pin that the practice knows is not enough where a code can reach her.
    """
    now = clock.now()
    card = _calm_card(request, code, now)
    if card is None:
        return None
    try:
        opened = services_card.open_card(code=code, pin=pin, now=now)
    except Invalid:
        resident_id = services_card.resident_of_card(code)
        if resident_id is not None:
            _note_refusal(request, resident_id, "card", now)
        return None
    throttle.forget("card-code", card)
    pending = Pending(way="card", at=now.isoformat(), resident=str(opened.resident_id), onward=onward)
    if opened.own:
        return _let_in(request, replace(pending, second="own_pin"), now)
    if services.channels(opened.resident_id):
        return _ask_code(request, pending, now)
    wait_at_door(request, replace(pending, step="pin", second="given_pin", known_to_others=True))
    return redirect("entrances:choose_pin")


def _calm_card(request: AskedBy, code: str, now: datetime) -> str | None:
    """The code as it counts, unless there were too many tries with it or from this address."""
    card = read_reference(code) or code.strip().upper()
    calm = throttle.allows("card-address", _address(request), limit=PER_ADDRESS, window=WINDOW, now=now)
    calm = throttle.allows("card-code", card, limit=PER_CARD, window=WINDOW, now=now) and calm
    return card if calm else None


def _address(request: AskedBy) -> str:
    return str(request.META.get("REMOTE_ADDR", ""))


def _note_refusal(request: AskedBy, resident_id: UUID, way: str, now: datetime) -> None:
    device = device_words(request.META.get("HTTP_USER_AGENT", ""))
    services.note_refusal(resident_id, way=way, device=device, now=now)


def _ask_code(request: AskedBy, pending: Pending, now: datetime) -> HttpResponse:
    """Send a code by another channel than the link came by, and ask for it."""
    assert pending.resident_id is not None  # noqa: S101  # only for whom something was proved
    code, channel = services.send_code(pending.resident_id, not_by=pending.not_by, now=now)
    wait_at_door(request, replace(pending, step="code", code=code, channel=channel))
    return redirect("entrances:second_item")


@public
@require_http_methods(["GET", "HEAD", "POST"])
def forgotten_pin(request: AskedBy) -> HttpResponse:
    """The code of the card alone: a code goes to whoever has that card. Known or not reads the same."""
    form = CardCodeForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        now, code = clock.now(), form.cleaned_data["code"]
        card = _calm_card(request, code, now)
        resident_id = services_card.resident_of_card(code) if card else None
        pending = Pending(way="card", at=now.isoformat(), anew=True, onward=HOME)
        if resident_id is not None:
            return _ask_code(request, replace(pending, resident=str(resident_id)), now)
        wait_at_door(request, pending)
        return redirect("entrances:second_item")
    return render(request, "entrances/forgotten.html", {"form": form, "nav_current": "mijn"})


@public
@require_http_methods(["GET", "HEAD", "POST"])
def ask_link(request: AskedBy) -> HttpResponse:
    """Ask for a link. Whether an address is known here shows nowhere."""
    form = AddressForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        now, address = clock.now(), form.cleaned_data["address"].strip()
        calm = throttle.allows(
            "entrance-ask", _address(request), limit=10, window=timedelta(hours=1), now=now
        )
        known = throttle.allows(
            "entrance-ask-for", address.casefold(), limit=3, window=timedelta(hours=1), now=now
        )
        if calm and known:
            services.ask_for_link(address)
        return redirect("entrances:link_sent")
    return render(request, "entrances/ask_link.html", {"form": form, "nav_current": "mijn"})


@public
@require_http_methods(["GET"])
def link_sent(request: AskedBy) -> HttpResponse:
    """What happens now, whether or not the address is known."""
    return render(request, "entrances/link_sent.html", {"nav_current": "mijn"})


@public
@require_http_methods(["GET", "HEAD", "POST"])
def by_link(request: AskedBy, token: str) -> HttpResponse:
    """A link: looking at it does nothing (mail programs look too); the button goes on to the second item."""
    refused = False
    if request.method == "POST":
        now = clock.now()
        calm = throttle.allows("entrance-token", _address(request), limit=PER_ADDRESS, window=WINDOW, now=now)
        link = services.behind_link(token, now=now) if calm else None
        if link is not None:
            pending = Pending(
                way="link",
                at=now.isoformat(),
                resident=str(link.resident_id),
                link=str(link.pk),
                not_by=link.channel,
                onward=HOME,
            )
            if services_card.has_own_pin_at_door(link.resident_id):
                wait_at_door(request, pending)
                return redirect("entrances:second_item")
            return _ask_code(request, pending, now)
        refused = True
    return render(request, "entrances/link.html", {"refused": refused, "nav_current": "mijn"})


@public
@require_http_methods(["GET", "HEAD", "POST"])
def second_item(request: AskedBy) -> HttpResponse:
    """The second item: the code that was sent, or her own pin when she came by a link."""
    now = clock.now()
    pending = at_door(request, now=now)
    if pending is None:
        return redirect("entrances:card")
    if request.method == "POST" and request.POST.get("act") == "send":
        return _send_again(request, pending, now)
    asks_pin = pending.way == "link" and not pending.code
    kind = OwnPinForm if asks_pin else CodeForm
    form = kind(request.POST or None)
    if request.method == "POST" and form.is_valid():
        right = _second_is_right(request, pending, form.cleaned_data["answer"], asks_pin=asks_pin, now=now)
        if right:
            return _after_second(request, replace(pending, second="own_pin" if asks_pin else "code"), now)
        form.add_error(None, _refusal())
    context = {"form": form, "asks_pin": asks_pin, "channel": pending.channel, "nav_current": "mijn"}
    return render(request, "entrances/second_item.html", context)


def _send_again(request: AskedBy, pending: Pending, now: datetime) -> HttpResponse:
    if pending.resident_id is None:
        return redirect("entrances:second_item")
    return _ask_code(request, pending, now)


def _second_is_right(
    request: AskedBy, pending: Pending, answer: str, *, asks_pin: bool, now: datetime
) -> bool:
    calm = throttle.allows("entrance-second", _address(request), limit=PER_ADDRESS, window=WINDOW, now=now)
    resident_id = pending.resident_id
    if not calm or resident_id is None:
        return False
    if asks_pin:
        right = services_card.try_own_pin(resident_id, answer, now=now)
    else:
        right = services.try_code(pending.code, resident_id, answer, now=now)
    if right and pending.link and services.behind_link_id(pending.link, now=now) is None:
        right = False
    if not right:
        _note_refusal(request, resident_id, pending.way, now)
        if pending.link:
            services.count_link_try(pending.link)
    return right


def _after_second(request: AskedBy, pending: Pending, now: datetime) -> HttpResponse:
    """In; or first her own pin, when she has none or forgot it."""
    assert pending.resident_id is not None  # noqa: S101  # the second item was right
    if pending.anew or not services_card.has_own_pin_at_door(pending.resident_id):
        wait_at_door(request, replace(pending, step="pin"))
        return redirect("entrances:choose_pin")
    return _let_in(request, pending, now)


@public
@require_http_methods(["GET", "HEAD", "POST"])
def choose_pin(request: AskedBy) -> HttpResponse:
    """Her own pin or word, before the card opens anything. Nobody else is told it."""
    now = clock.now()
    pending = at_door(request, now=now)
    if pending is None or pending.step != "pin" or pending.resident_id is None:
        return redirect("entrances:card")
    form = ChoosePinForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        if not pending.anew and services_card.has_own_pin_at_door(pending.resident_id):
            return redirect("entrances:card")
        try:
            services_card.choose_own_pin(pending.resident_id, form.cleaned_data["pin"], now=now)
        except Invalid as wrong:
            form.add_error("pin", wrong.fields["pin"])
        else:
            messages.success(request, _("Uw eigen pincode is bewaard. Alleen u kent hem."))
            return _let_in(request, pending, now)
    return render(request, "entrances/choose_pin.html", {"form": form, "nav_current": "mijn"})


def _let_in(request: AskedBy, pending: Pending, now: datetime) -> HttpResponse:
    assert pending.resident_id is not None  # noqa: S101  # both items were right
    if pending.link and not services.use_link(pending.link, now=now):
        return redirect("entrances:card")
    said = list(messages.get_messages(request))
    came_in = services_session.enter(
        request,
        pending.resident_id,
        way=pending.way,
        second=pending.second,
        known=pending.known_to_others,
        now=now,
    )
    if not came_in:
        return redirect("entrances:card")
    for message in said:
        messages.add_message(request, message.level, message.message)
    tell_of_refusals(request, pending.resident_id)
    return redirect(pending.onward or HOME)


def tell_of_refusals(request: AskedBy, resident_id: UUID) -> None:
    """Say on her next page that someone tried in vain, when that happened."""
    times = services_session.refused_since_last(resident_id)
    if times:
        messages.warning(
            request,
            ngettext(
                "Iemand probeerde één keer bij u binnen te komen. Dat lukte niet. "
                "Was u dat niet? Bel uw vaste persoon.",
                "Iemand probeerde %(n)s keer bij u binnen te komen. Dat lukte niet. "
                "Was u dat niet? Bel uw vaste persoon.",
                times,
            )
            % {"n": times},
        )
