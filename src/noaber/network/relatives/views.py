"""Her own pages: whom she invited, what each may see, and sending someone away."""

from __future__ import annotations

from uuid import UUID

from django.conf import settings
from django.contrib import messages
from django.forms import Form
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from noaber.ground.errors import Conflict, Invalid, NoaberError
from noaber.hallway import clock
from noaber.hallway.access.guards import AskedBy, resident
from noaber.network.relatives import queries, services
from noaber.network.relatives.forms import ITEMS, InviteForm, ItemsForm, WordForm
from noaber.network.relatives.types import Invited, RelativeCard
from noaber.network.residents.queries_ring import who_to_ring

KEY = "over_mij"
UNPROCESSABLE = 422
TAKEN = 409


def _page(request: AskedBy, template: str, status: int = 200, **context: object) -> HttpResponse:
    shared = {"nav_current": KEY, "phone": who_to_ring(request.actor)}
    return render(request, f"relatives/{template}.html", {**shared, **context}, status=status)


def _show(form: Form, refusal: NoaberError) -> int:
    for name, words in refusal.fields.items():
        form.add_error(name if name in form.fields else None, words)
    if not refusal.fields:
        form.add_error(None, refusal.sentence())
    return TAKEN if isinstance(refusal, Conflict) else UNPROCESSABLE


def _item_words(card: RelativeCard) -> list[str]:
    return [str(words) for what, words in ITEMS if what in card.items]


@resident
@require_safe
def own(request: AskedBy) -> HttpResponse:
    """Whom she invited, and what each sees."""
    cards = queries.own_relatives(request.actor, now=clock.now())
    return _page(request, "own", people=[(card, _item_words(card)) for card in cards])


@resident
@require_http_methods(["GET", "HEAD", "POST"])
def invite(request: AskedBy) -> HttpResponse:
    """Invite someone."""
    form = InviteForm(request.POST if request.method == "POST" else None)
    status = UNPROCESSABLE if form.is_bound else 200
    if request.method == "POST" and form.is_valid():
        try:
            done = services.invite(actor=request.actor, new=form.new(), now=clock.now())
        except (Invalid, Conflict) as refusal:
            status = _show(form, refusal)
        else:
            return _invited(request, done, form.cleaned_data["name"])
    return _page(request, "invite", status, form=form)


def _invited(request: AskedBy, done: Invited, name: str) -> HttpResponse:
    """The link went out, or the code is shown now and never again."""
    if not done.code or done.channel != "paper":
        messages.success(request, _("De link is onderweg. Zeg zelf het woord of de cijfers."))
        return redirect("relatives:own")
    address = f"{settings.BASE_URL}/naaste/"
    return _page(request, "code", code=done.code, address=address, name=name)


@resident
@require_http_methods(["GET", "HEAD", "POST"])
def one(request: AskedBy, relative_id: UUID) -> HttpResponse:
    """What one of them may see."""
    now = clock.now()
    card = queries.own_relative(request.actor, relative_id, now=now)
    first = {
        "items": list(card.items),
        "comes_along": card.comes_along,
        "name_may_be_told": card.name_may_be_told,
    }
    form = ItemsForm(request.POST if request.method == "POST" else None, initial=first)
    if request.method == "POST" and form.is_valid():
        services.choose_items(
            actor=request.actor,
            relative_id=relative_id,
            items=frozenset(form.cleaned_data["items"]),
            comes_along=form.cleaned_data["comes_along"],
            name_may_be_told=form.cleaned_data["name_may_be_told"],
            now=now,
        )
        messages.success(request, _("Bewaard. Wat u uitzette, is meteen weg."))
        return redirect("relatives:own")
    return _page(request, "one", UNPROCESSABLE if form.is_bound else 200, card=card, form=form)


@resident
@require_http_methods(["GET", "HEAD", "POST"])
def again(request: AskedBy, relative_id: UUID) -> HttpResponse:
    """A new link with a new word."""
    now = clock.now()
    card = queries.own_relative(request.actor, relative_id, now=now)
    form = WordForm(request.POST if request.method == "POST" else None)
    status = UNPROCESSABLE if form.is_bound else 200
    if request.method == "POST" and form.is_valid():
        try:
            done = services.invite_again(
                actor=request.actor, relative_id=relative_id, word=form.cleaned_data["word"], now=now
            )
        except Invalid as refusal:
            status = _show(form, refusal)
        else:
            return _invited(request, done, card.name)
    return _page(request, "again", status, card=card, form=form)


@resident
@require_http_methods(["GET", "HEAD", "POST"])
def stop(request: AskedBy, relative_id: UUID) -> HttpResponse:
    """Send someone away."""
    now = clock.now()
    card = queries.own_relative(request.actor, relative_id, now=now)
    if request.method == "POST":
        services.revoke(actor=request.actor, relative_id=relative_id, now=now)
        messages.success(request, _("Gestopt. Deze persoon ziet nu niets meer."))
        return redirect("relatives:own")
    return _page(request, "stop", card=card)
