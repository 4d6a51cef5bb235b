"""The way in, for a practice: refer, hand over the card, and follow what became of it."""

from __future__ import annotations

import json
from datetime import datetime
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.core.paginator import Page, Paginator
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from noaber.ground.errors import Conflict, Invalid
from noaber.hallway import clock
from noaber.hallway.access.guards import AskedBy, staff
from noaber.hallway.access.types import Actor
from noaber.hallway.sealed import seal, unseal
from noaber.offer.care_programmes import queries_thought
from noaber.pathways.referrals import queries, queries_agreements, rules, services, showing
from noaber.pathways.referrals.forms import AgreementForm, ReferralForm
from noaber.pathways.referrals.types import Desk, ReferralRow
from noaber.pathways.referrals.views_desk import or_the_practice_computer

PER_PAGE = 25
CARD = "card_of_referral"


@or_the_practice_computer
@staff
@require_http_methods(["GET", "HEAD", "POST"])
def refer(request: AskedBy) -> HttpResponse:
    """One page, four fields. What was typed stays when something is wrong."""
    now = clock.now()
    desk = queries.desk(request.actor, now=now)
    picked_programme = request.GET.get("programma", "")
    thought = showing.thought_words(queries_thought.thought(picked_programme, desk.region_id, now=now))
    form = ReferralForm(request.POST or None, desk=desk, initial={"wishes": thought} if thought else None)
    picked = request.GET.get("afspraak", "")
    danger = request.method == "POST" and bool(request.POST.get("danger"))
    if request.method == "POST" and form.is_valid() and not danger:
        answer = _send(request, form, now)
        if answer is not None:
            return answer
    return _referral_page(request, form, desk, danger=danger, picked=picked)


def _send(request: AskedBy, form: ReferralForm, now: datetime) -> HttpResponse | None:
    """Send it, or write on the form what the rules refused."""
    try:
        sent = services.send_referral(actor=request.actor, referral=form.referral(), now=now)
    except Invalid as wrong:
        for field, words in wrong.fields.items():
            form.add_error(field if field in form.fields else None, words)
        return None
    except Conflict as wrong:
        form.add_error(None, wrong.sentence())
        return None
    if sent.card_code:
        _remember_card(request, sent.referral_id, sent.card_code, sent.card_pin)
    return redirect("referrals:sent", referral_id=sent.referral_id)


def _referral_page(
    request: AskedBy, form: ReferralForm, desk: Desk, *, danger: bool, picked: str
) -> HttpResponse:
    typed = str(form["question"].value() or "") if form.is_bound else ""
    said = str(form["route"].value() or "") if form.is_bound else f"{picked}:followed" if picked else ""
    return render(
        request,
        "referrals/refer.html",
        {
            "nav_current": "verwijzen",
            "form": form,
            "desk": desk,
            "danger": danger,
            "what_happens": showing.what_happens(desk),
            **queries_agreements.agreements(
                desk.region_id, typed, said, on=clock.today(), place_id=desk.home_id
            ),
        },
    )


@staff
@require_POST
def agreements(request: AskedBy) -> HttpResponse:
    """The agreements that fit what is being typed, as a part of the page. Nothing of it is kept or logged."""
    desk = queries.desk(request.actor, now=clock.now())
    typed = request.POST.get("question", "")[: rules.MAX_QUESTION]
    said = request.POST.get("route", "")[:60]
    shown = queries_agreements.agreements(
        desk.region_id, typed, said, on=clock.today(), place_id=desk.home_id
    )
    return render(
        request, "referrals/_agreements.html", {**shown, "form": AgreementForm(), "belongs": "verwijzing"}
    )


@staff
@require_POST
def tell_route(request: AskedBy, referral_id: UUID) -> HttpResponse:
    """After it was sent: the agreement was followed, or not and why. Once; what was said stays."""
    now = clock.now()
    form = AgreementForm(request.POST)
    choice = form.route_choice() if form.is_valid() else None
    if choice is None:
        if not form.errors:
            form.add_error(None, _("Kies of u de afspraak volgde."))
        return _sent_page(request, referral_id, now, form)
    services.tell_route(actor=request.actor, referral_id=referral_id, choice=choice, now=now)
    messages.success(request, _("Geteld, zonder uw naam en zonder de inwoner. Dank u wel."))
    return redirect("referrals:sent", referral_id=referral_id)


def _remember_card(request: AskedBy, referral_id: UUID, code: str, pin: str) -> None:
    """Keep the card, sealed, for one look at the next page."""
    request.session[CARD] = seal(json.dumps({"referral": str(referral_id), "code": code, "pin": pin}))


def _card_once(request: AskedBy, referral_id: UUID) -> dict[str, str] | None:
    """The card, the first time this page is asked after it was made; never again."""
    sealed = request.session.get(CARD)
    card: dict[str, str] = json.loads(unseal(sealed)) if sealed else {}
    if card.get("referral") != str(referral_id):
        return None
    if request.method == "GET":
        del request.session[CARD]
    return card


@staff
@require_safe
def sent(request: AskedBy, referral_id: UUID) -> HttpResponse:
    """It arrived: the number, the card to hand over, and what happens when."""
    return _sent_page(request, referral_id, clock.now(), AgreementForm())


def _sent_page(request: AskedBy, referral_id: UUID, now: datetime, form: AgreementForm) -> HttpResponse:
    """Without a choice in the form itself, the agreements that fit the question are asked here."""
    referral = services.follow_referral(
        actor=request.actor, referral_id=referral_id, now=now, with_letters=False
    )
    desk = queries.desk(request.actor, now=now)
    context = {
        "nav_current": "verwijzen",
        "referral": referral,
        "card": _card_once(request, referral_id),
        "card_address": showing.card_address(),
        "what_happens": showing.what_happens(desk),
        "form": form,
    }
    if referral.route is None:
        said = str(form["route"].value() or "")
        on = clock.day_of(now)
        thread = referral.thread
        context |= queries_agreements.agreements(
            desk.region_id, thread.question, said, on=on, place_id=thread.municipality_id
        )
    return render(request, "referrals/sent.html", context, status=422 if form.errors else 200)


@staff
@require_POST
def new_card(request: AskedBy, referral_id: UUID) -> HttpResponse:
    """The card was lost: a new one, and the old one stops."""
    card = services.renew_card(actor=request.actor, referral_id=referral_id, now=clock.now())
    _remember_card(request, referral_id, card.code, card.pin)
    messages.success(request, _("Er is een nieuwe kaart. De oude werkt niet meer."))
    return redirect("referrals:sent", referral_id=referral_id)


class _Rows:
    """The referrals of a practice, of known length; only the page that is shown is read and logged."""

    ordered = True

    def __init__(self, actor: Actor, now: datetime) -> None:
        self.actor, self.now = actor, now

    def count(self) -> int:
        """How many there are."""
        return queries.count_own_referrals(self.actor)

    def __len__(self) -> int:
        return self.count()

    def __getitem__(self, part: slice) -> list[ReferralRow]:
        start, stop = part.start or 0, part.stop or 0
        return queries.own_referrals(self.actor, now=self.now, limit=stop - start, offset=start)


@staff
@require_safe
def own_referrals(request: AskedBy) -> HttpResponse:
    """What became of the referrals of this practice, and what is new."""
    now = clock.now()
    rows_of: Any = _Rows(request.actor, now)
    found: Paginator[ReferralRow] = Paginator(rows_of, PER_PAGE)
    page: Page[ReferralRow] = found.get_page(request.GET.get("pagina"))
    rows = list(page.object_list)
    return render(
        request,
        "referrals/own.html",
        {
            "nav_current": "mijn_verwijzingen",
            "page": page,
            "rows": [showing.row(r, today=clock.day_of(now)) for r in rows],
            "new": [r for r in rows if r.letter_new],
        },
    )


@staff
@require_safe
def own_referral(request: AskedBy, referral_id: UUID) -> HttpResponse:
    """How it stands with one referral, who holds it, and the letter when it may be read."""
    now = clock.now()
    referral = services.follow_referral(actor=request.actor, referral_id=referral_id, now=now)
    return render(
        request,
        "referrals/one.html",
        {
            "nav_current": "mijn_verwijzingen",
            "referral": referral,
            "thread": referral.thread,
            "state": showing.state_of(referral.thread.phase),
            "facts": showing.facts_of(referral, today=clock.day_of(now)),
            "office": queries.office_for(referral.thread.region_id),
        },
    )
