"""The resident's own door: a code on paper and a pin that was said aloud."""

from __future__ import annotations

from datetime import timedelta
from uuid import UUID

from django.contrib.auth import logout
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_http_methods

from noaber.ground.errors import Invalid
from noaber.ground.identifiers import read_reference
from noaber.hallway import clock
from noaber.hallway.access.guards import AskedBy, public
from noaber.hallway.access.types import Kind
from noaber.hallway.accounts import throttle
from noaber.hallway.accounts.services import sign_in
from noaber.network.residents import services
from noaber.network.residents.forms_signin import CardForm

HOME = "/mijn/vraag/"
PER_ADDRESS = 30
PER_CARD = 10
WINDOW = timedelta(minutes=15)


@public
@require_http_methods(["GET", "POST"])
def card_sign_in(request: AskedBy) -> HttpResponse:
    """Sign in with card and pin. Whatever is wrong, the answer reads the same.

    A refusal is answered, not raised: the count of wrong tries must be kept.
    """
    wanted = request.POST.get("next") or request.GET.get("next") or ""
    onward = wanted if url_has_allowed_host_and_scheme(wanted, allowed_hosts=None) else HOME
    if request.actor.kind is Kind.RESIDENT and request.method != "POST":
        return redirect(onward)
    form = CardForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        account_id = _account_behind(request, form.cleaned_data["code"], form.cleaned_data["pin"])
        if account_id is not None:
            logout(request)
            sign_in(request, account_id, both_steps=True)
            return redirect(onward)
        form.add_error(None, services.NO_ENTRY.sentence())
    context = {"form": form, "next": onward if wanted else "", "nav_current": "mijn"}
    return render(request, "residents/sign_in.html", context)


def _account_behind(request: AskedBy, code: str, pin: str) -> UUID | None:
    """The account behind this card and pin, unless there were too many tries."""
    now = clock.now()
    address = request.META.get("REMOTE_ADDR", "")
    card = read_reference(code) or code.strip().upper()
    calm = throttle.allows("card-address", address, limit=PER_ADDRESS, window=WINDOW, now=now)
    calm = throttle.allows("card-code", card, limit=PER_CARD, window=WINDOW, now=now) and calm
    if not calm:
        return None
    try:
        account_id = services.open_with_card(code=code, pin=pin, now=now)
    except Invalid:
        return None
    throttle.forget("card-code", card)
    return account_id
