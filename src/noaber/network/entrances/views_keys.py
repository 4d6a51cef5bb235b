"""Her own keys: her pin, passkeys, where she is signed in, and forgetting this device."""

from __future__ import annotations

import ipaddress
import json
from typing import Any
from urllib.parse import urlsplit
from uuid import UUID

from allauth.mfa.models import Authenticator
from allauth.mfa.webauthn.forms import AddWebAuthnForm, LoginWebAuthnForm
from allauth.mfa.webauthn.internal import auth
from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, JsonResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from noaber.ground.errors import Invalid
from noaber.hallway import clock
from noaber.hallway.access import gate
from noaber.hallway.access.guards import AskedBy, public, resident
from noaber.hallway.access.types import Actor
from noaber.hallway.accounts import throttle
from noaber.network.entrances import queries, services, services_session
from noaber.network.entrances.forms import ChoosePinForm, PasskeyForm
from noaber.network.entrances.views_door import HOME, PER_ADDRESS, WINDOW, tell_of_refusals
from noaber.network.residents import services_card
from noaber.network.residents.queries_ring import who_to_ring


def localhost_instead(request: HttpRequest) -> str:
    """The address of this page on localhost, where a passkey works as it does not at an IP address."""
    parts = urlsplit(request.build_absolute_uri())
    try:
        ipaddress.ip_address(parts.hostname or "")
    except ValueError:
        return ""
    port = f":{parts.port}" if parts.port else ""
    return f"{parts.scheme}://localhost{port}{request.path}"


def _resident_id(actor: Actor) -> UUID:
    if actor.resident_id is None:
        raise gate.not_here()
    return actor.resident_id


@resident
@require_safe
def own_keys(request: AskedBy) -> HttpResponse:
    """How she signs in, and who did."""
    now, resident_id = clock.now(), _resident_id(request.actor)
    broker = services.broker()
    context = {
        "nav_current": "over_mij",
        "phone": who_to_ring(request.actor),
        "has_pin": services_card.has_own_pin(resident_id),
        "passkeys": queries.passkeys(request.actor.signed_in_id),
        "entries": queries.entries(
            request.actor, here=str(request.session.get(services_session.ENTRY, "")), now=now
        ),
        "broker": broker,
        "broker_linked": bool(broker and broker.is_linked(resident_id)),
    }
    return render(request, "entrances/own_keys.html", context)


@resident
@gate.by_herself
@require_http_methods(["GET", "HEAD", "POST"])
def change_pin(request: AskedBy) -> HttpResponse:
    """Another pin; who has one types it first."""
    now, resident_id = clock.now(), _resident_id(request.actor)
    asks_old = services_card.has_own_pin(resident_id)
    form = ChoosePinForm(request.POST or None, asks_old=asks_old)
    if request.method == "POST" and form.is_valid() and _is_her(request, form, asks_old):
        try:
            services_card.choose_own_pin(resident_id, form.cleaned_data["pin"], now=now)
        except Invalid as wrong:
            form.add_error("pin", wrong.fields["pin"])
        else:
            services.log_own(request.actor, "entrance.pin", "om uw pincode te veranderen", now=now)
            messages.success(request, _("Uw eigen pincode is bewaard. Alleen u kent hem."))
            return redirect("entrances:own_keys")
    context = {"form": form, "nav_current": "over_mij", "phone": who_to_ring(request.actor)}
    return render(request, "entrances/change_pin.html", context)


def _is_her(request: AskedBy, form: Any, asks_old: bool) -> bool:
    """Whether the pin she has now was right; written on the form when it was not."""
    if not asks_old:
        return True
    right = services_card.try_own_pin(_resident_id(request.actor), form.cleaned_data["old"], now=clock.now())
    if not right:
        form.add_error(
            "old",
            _(
                "Deze pincode klopt niet. "
                "Na vijf keer fout moet u een kwartier wachten, en daarna steeds langer."
            ),
        )
    return right


@resident
@gate.by_herself
@require_http_methods(["GET", "HEAD", "POST"])
def add_passkey(request: AskedBy) -> HttpResponse:
    """Add a passkey: finger, face or the pin of her device, and nothing to remember."""
    user: Any = request.user
    asks_old = services_card.has_own_pin(_resident_id(request.actor))
    form = PasskeyForm(request.POST or None, asks_old=asks_old)
    if request.method == "POST" and form.is_valid() and _is_her(request, form, asks_old):
        made = AddWebAuthnForm(
            {
                "name": form.cleaned_data["name"],
                "credential": request.POST.get("credential", ""),
                "passwordless": "on",
            },
            user=user,
        )
        if made.is_valid():
            auth.WebAuthn.add(user, made.cleaned_data["name"], made.cleaned_data["credential"])
            services.log_own(
                request.actor, "entrance.passkey", "om een passkey toe te voegen", now=clock.now()
            )
            messages.success(request, _("De passkey is klaar. U kunt zich er voortaan mee aanmelden."))
            return redirect("entrances:own_keys")
        form.add_error(None, _("Dat lukte niet. Probeer het nog eens, of kies een andere manier."))
    context = {
        "form": form,
        "nav_current": "over_mij",
        "phone": who_to_ring(request.actor),
        "js_data": {"creation_options": auth.begin_registration(user, True)},
        "localhost": localhost_instead(request),
    }
    return render(request, "entrances/add_passkey.html", context)


@resident
@gate.by_herself
@require_POST
def remove_passkey(request: AskedBy, pk: int) -> HttpResponse:
    """Take one of her passkeys away; another's is not there."""
    found = Authenticator.objects.filter(
        pk=pk, user_id=request.actor.account_id, type=Authenticator.Type.WEBAUTHN
    ).first()
    if found is None:
        raise gate.not_here()
    found.delete()
    services.log_own(request.actor, "entrance.passkey", "om een passkey weg te halen", now=clock.now())
    messages.success(request, _("De passkey is weg. Hij werkt niet meer."))
    return redirect("entrances:own_keys")


@resident
@gate.by_herself
@require_POST
def end_session(request: AskedBy, entry_id: UUID) -> HttpResponse:
    """Sign out on another device."""
    services_session.end_elsewhere(request.actor, entry_id, now=clock.now())
    messages.success(request, _("U bent daar afgemeld."))
    return redirect("entrances:own_keys")


@resident
@require_POST
def forget_device(request: AskedBy) -> HttpResponse:
    """Sign out here, and ask the browser to keep nothing at all of this house."""
    services_session.forget_here(request, now=clock.now())
    answer = HttpResponseRedirect("/")
    answer.headers["Clear-Site-Data"] = '"cache", "cookies", "storage"'
    return answer


@public
@require_http_methods(["GET", "HEAD", "POST"])
def with_passkey(request: AskedBy) -> HttpResponse:
    """Sign in with a passkey alone: having the device and unlocking it are two items.

    GET gives what the browser needs to ask for it; whatever is wrong with an answer reads the same.
    """
    if request.method == "GET":
        return JsonResponse({"request_options": auth.begin_authentication(None)})
    now = clock.now()
    calm = throttle.allows(
        "entrance-passkey",
        str(request.META.get("REMOTE_ADDR", "")),
        limit=PER_ADDRESS,
        window=WINDOW,
        now=now,
    )
    resident_id = _behind_passkey(request) if calm else None
    if resident_id is None or not services_session.enter(
        request, resident_id, way="passkey", second="device", known=False, now=now
    ):
        messages.error(request, _("Dat lukte niet. Probeer het nog eens, of kies een andere manier."))
        return redirect("entrances:card")
    tell_of_refusals(request, resident_id)
    return redirect(HOME)


def _behind_passkey(request: AskedBy) -> UUID | None:
    """The resident behind this answer of a passkey; staff have their own door."""
    try:
        answer = json.loads(request.POST.get("credential", ""))
    except ValueError:
        return None
    if not isinstance(answer, dict) or not isinstance(answer.get("response"), dict):
        return None
    if not isinstance(answer["response"].get("userHandle"), str):
        return None
    form = LoginWebAuthnForm(request.POST)
    if not form.is_valid():
        return None
    found: Authenticator = form.cleaned_data["credential"]
    resident_id = queries.resident_of(found.user_id)
    if resident_id is not None:
        found.record_usage()
    return resident_id
