"""Pages for anyone. None of them asks the database."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from noaber.hallway.access.guards import public
from noaber.hallway.ui import guide


@public
@require_safe
def start(request: HttpRequest) -> HttpResponse:
    """Three doors: near me, talk with someone, not well now."""
    return render(request, "ui/start.html", {"nav_current": "start"})


@public
@require_safe
def help_now(request: HttpRequest) -> HttpResponse:
    """Every help number of the region, with hours and the day it was checked."""
    return render(request, "ui/help_now.html", {"nav_current": "help_now"})


@public
@require_safe
def about(request: HttpRequest) -> HttpResponse:
    """What Noaber is and who makes it."""
    how_it_goes = (
        (_("Dag 1"), _("Uw huisarts stuurt uw vraag, als u dat goed vindt.")),
        (_("Daarna"), _("Eén vaste persoon houdt uw vraag vast. U krijgt de naam en een nummer.")),
        (_("Die week"), _("U kunt al beginnen met iets in de buurt, als u dat wilt.")),
        (_("Dag 14"), _("Uiterlijk dan hebt u het gesprek. Kunt u dan niet? Dan kiest u een andere dag.")),
        (_("Daarna"), _("U leest het verslag als eerste. U beslist wie het mag zien.")),
    )
    return render(request, "ui/about.html", {"how_it_goes": how_it_goes})


@public
@require_safe
def privacy(request: HttpRequest) -> HttpResponse:
    """What is kept of someone, why, for how long, and what they may ask."""
    return render(request, "ui/privacy.html", {})


@public
@require_safe
def accessibility(request: HttpRequest) -> HttpResponse:
    """The accessibility statement: what was tested, what was not, where to complain."""
    return render(request, "ui/accessibility.html", {})


@public
@require_safe
def style_guide(request: HttpRequest) -> HttpResponse:
    """Every component in every state; `thema`: licht, donker; `voor`: inwoner, iedereen, professional."""
    theme = {"licht": "light", "donker": "dark"}.get(request.GET.get("thema", ""), "")
    body = {"inwoner": "resident", "professional": "pro"}.get(request.GET.get("voor", ""), "public")
    context = {"theme": theme, "body": body, "nav_current": "style_guide", **guide.specimens()}
    return render(request, "ui/guide.html", context)
