"""What anyone may see: the first page, and what there is nearby. Nothing here needs a name."""

from __future__ import annotations

from datetime import date
from uuid import UUID

from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from noaber.hallway import clock
from noaber.hallway.access import gate
from noaber.hallway.access.guards import AskedBy, public
from noaber.hallway.accounts.frame import region_for
from noaber.hallway.ui.formatting import long_date
from noaber.network.partners import queries as partners
from noaber.offer.directory import queries, rules
from noaber.offer.directory.forms import SearchForm
from noaber.offer.directory.types import OfferCard, Search

PER_PAGE = 20
ON_START = 3


@public
@require_safe
def start(request: AskedBy) -> HttpResponse:
    """Three doors, and what is open this week."""
    region = partners.region_of_visitor(region_for(request.actor).slug)
    week = queries.search(region.pk, Search(this_week=True))[:ON_START] if region else []
    return render(request, "directory/start.html", {"nav_current": "start", "week": week})


@public
@require_safe
def offers(request: AskedBy, slug: str = "") -> HttpResponse:
    """What there is nearby: by word, by municipality, this week or later."""
    region = partners.region_of_visitor(slug or region_for(request.actor).slug)
    if region is None:
        raise gate.not_here()
    form = SearchForm(request.GET, places=queries.places(region.pk))
    wanted = form.search()
    found = queries.search(region.pk, wanted)
    page = Paginator(found, PER_PAGE).get_page(request.GET.get("pagina"))
    return render(
        request,
        "directory/offers.html",
        {
            "nav_current": "aanbod",
            "region": region,
            "form": form,
            "wanted": wanted,
            "page": page,
            "cards": [_shown(card, today=clock.today()) for card in page.object_list],
            "meant": queries.did_you_mean(region.pk, wanted.text) if wanted.text and not found else "",
            "elsewhere": _elsewhere(region.pk, wanted) if not found else 0,
        },
    )


def _elsewhere(region_id: UUID, wanted: Search) -> int:
    """How many there are when the place and the week do not count; a way out of an empty list."""
    if not (wanted.municipality or wanted.this_week):
        return 0
    return len(queries.search(region_id, Search(text=wanted.text)))


def _shown(card: OfferCard, *, today: date) -> dict[str, str]:
    """The parameters of the component for one offer."""
    if card.this_week:
        state, word = "done", _("Kan deze week")
    elif card.needs_referral:
        state, word = "next", _("Via uw huisarts")
    else:
        state, word = "next", _("Vraag wanneer het kan")
    checked = _("Nagekeken op %(day)s") % {"day": long_date(card.checked_on, year=True)}
    old = _("Lang niet nagekeken. Bel eerst even.")
    return {
        "title": card.name,
        "kind": card.kind_label[:1].upper() + card.kind_label[1:],
        "text": card.text,
        "practical": ". ".join(part for part in (card.when, card.cost) if part),
        "state": state,
        "state_word": word,
        "where": card.municipality or _("Hele regio"),
        "who": card.organisation,
        "fresh": old if rules.is_stale(card.checked_on, today=today) else checked,
    }
