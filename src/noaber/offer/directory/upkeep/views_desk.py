"""The desk of who keeps entries: what needs a look, and how fresh the whole is."""

from __future__ import annotations

from collections.abc import Sequence

from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from noaber.hallway import clock
from noaber.hallway.access import gate
from noaber.hallway.access.guards import AskedBy, staff
from noaber.hallway.ui.types import Bar, BarList
from noaber.offer.directory import reading
from noaber.offer.directory.upkeep import queries_desk
from noaber.offer.directory.upkeep.forms_entry import TEXTS
from noaber.offer.directory.upkeep.types_desk import Look, OwnerFreshness

NAV = "kaart"
PER_PAGE = 20
MOST_OWNERS = 12
MARKS = {
    Look.REPORT: "care",
    Look.ANSWER: "now",
    Look.CALL: "stop",
    Look.STALE: "open",
    Look.ASKED: "next",
}


def look_words() -> dict[Look, str]:
    """What each sort of thing to do is called."""
    return {
        Look.REPORT: _("Melding van een bezoeker"),
        Look.ANSWER: _("Antwoord van de aanbieder"),
        Look.CALL: _("Bellen: geen antwoord op mail"),
        Look.STALE: _("Lang niet bevestigd"),
        Look.ASKED: _("Gevraagd: klopt dit nog?"),
    }


@staff
@require_safe
def desk(request: AskedBy) -> HttpResponse:
    """What needs a look, oldest first; a search; how fresh the entries are by owner."""
    now = clock.now()
    found = queries_desk.desk(request.actor, now=now)
    words = look_words()
    chosen = request.GET.get("wat", "")
    todos = [todo for todo in found.todos if not chosen or todo.look == chosen]
    page = Paginator(todos, PER_PAGE).get_page(request.GET.get("pagina"))
    text = request.GET.get("zoek", "")[:80]
    context = {
        "nav_current": NAV,
        "desk": found,
        "page": page,
        "rows": [(todo, MARKS[todo.look], words[todo.look]) for todo in page.object_list],
        "looks": [(look, words[look], found.counts[look], look == chosen) for look in Look],
        "total": sum(found.counts.values()),
        "chosen": chosen,
        "text": text,
        "results": queries_desk.search(request.actor, text, today=clock.today()) if text.strip() else None,
        "picture": picture(found.owners),
        "owners": [_row(owner) for owner in _shown(found.owners)],
        "today": clock.today(),
    }
    return render(request, "directory/kept/desk.html", context)


@staff
@require_POST
def level(request: AskedBy) -> HttpResponse:
    """How hard the text that is being typed is to read; the piece of page that stands under its field."""
    gate.require_act(request.actor, "directory.desk")
    name = next((field for field in TEXTS if field in request.POST), TEXTS[0])
    text = request.POST.get(name, "")[:8000]
    return render(request, "directory/kept/_level.html", {"level": reading.shown(name, text), "field": name})


def picture(owners: Sequence[OwnerFreshness]) -> BarList | None:
    """The share of fresh entries of each owner; nothing without entries."""
    shown = _shown(owners)
    if not shown:
        return None
    everything = sum(owner.total for owner in owners)
    fresh = sum(owner.fresh for owner in owners)
    share = fresh / everything if everything else 0.0
    return BarList(
        title=_("%(share)s%% is in de laatste drie maanden bevestigd") % {"share": round(share * 100)},
        label_head=_("Aanbieder"),
        unit=_("deel dat vers is"),
        bars=tuple(Bar(_name(owner), owner.share) for owner in shown),
        percent=True,
        total=share,
        total_label=_("Alles samen"),
    )


def _shown(owners: Sequence[OwnerFreshness]) -> list[OwnerFreshness]:
    """The largest owners; all others together in one row."""
    shown, rest = list(owners[:MOST_OWNERS]), owners[MOST_OWNERS:]
    if rest:
        shown.append(
            OwnerFreshness(
                _("Alle anderen samen"),
                sum(owner.fresh for owner in rest),
                sum(owner.ageing for owner in rest),
                sum(owner.stale for owner in rest),
            )
        )
    return shown


def _name(owner: OwnerFreshness) -> str:
    return owner.owner or _("Aanbieder niet ingevuld")


def _row(owner: OwnerFreshness) -> tuple[str, int, int, int, int]:
    return _name(owner), owner.total, owner.fresh, owner.ageing, owner.stale
