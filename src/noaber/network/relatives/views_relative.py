"""The relative's own door and page. Whatever is wrong at the door, the answer reads the same."""

from __future__ import annotations

from datetime import timedelta
from uuid import UUID

from django.contrib import messages
from django.contrib.auth import logout
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from noaber.ground.errors import Invalid
from noaber.hallway import clock
from noaber.hallway.access.guards import AskedBy, public, relative
from noaber.hallway.access.types import Kind
from noaber.hallway.accounts import throttle
from noaber.hallway.accounts.services import sign_in
from noaber.network.relatives import queries, services
from noaber.network.relatives.forms import EnterForm, ReminderForm

KEY = "naaste"
PER_ADDRESS = 30
WINDOW = timedelta(minutes=15)


@public
@require_http_methods(["GET", "HEAD", "POST"])
def enter(request: AskedBy, code: str = "") -> HttpResponse:
    """Come in with the code and the word.

    A refusal is answered, not raised: the count of wrong tries must be kept.
    """
    if request.actor.kind is Kind.RELATIVE and request.method != "POST" and not code:
        return redirect("relatives:look")
    form = EnterForm(request.POST if request.method == "POST" else None, initial={"code": code[:24]})
    if request.method == "POST" and form.is_valid():
        account_id = _account_behind(request, form.cleaned_data["code"], form.cleaned_data["pin"])
        if account_id is not None:
            logout(request)
            sign_in(request, account_id, both_steps=True)
            return redirect("relatives:look")
        form.add_error(
            None, _("Deze code en dit woord horen niet bij elkaar. Vraag het na bij degene die u uitnodigde.")
        )
    return render(request, "relatives/enter.html", {"form": form, "nav_current": KEY, "given": bool(code)})


def _account_behind(request: AskedBy, code: str, word: str) -> UUID | None:
    now = clock.now()
    address = request.META.get("REMOTE_ADDR", "")
    if not throttle.allows("relative-address", address, limit=PER_ADDRESS, window=WINDOW, now=now):
        return None
    return services.open_with_link(code=code, word=word, now=now)


@relative
@require_safe
def look(request: AskedBy) -> HttpResponse:
    """When, where, what to expect; and help for the relative."""
    return _look(request, None)


def _look(request: AskedBy, form: ReminderForm | None, status: int = 200) -> HttpResponse:
    seen = queries.glimpse(request.actor, now=clock.now())
    first = {"channel": seen.reminder_channel, "address": seen.reminder_address}
    context = {
        "nav_current": KEY,
        "seen": seen,
        "form": form or (ReminderForm(initial=first) if seen.may_be_reminded else None),
    }
    return render(request, "relatives/look.html", context, status=status)


@relative
@require_POST
def remind(request: AskedBy) -> HttpResponse:
    """Ask for a reminder, or stop it."""
    form = ReminderForm(request.POST)
    if form.is_valid():
        try:
            services.remind_me(
                actor=request.actor,
                channel=form.cleaned_data["channel"],
                address=form.cleaned_data["address"],
                now=clock.now(),
            )
        except Invalid as refusal:
            for name, words in refusal.fields.items():
                form.add_error(name, words)
        else:
            messages.success(request, _("Bewaard."))
            return redirect("relatives:look")
    return _look(request, form, 422)
