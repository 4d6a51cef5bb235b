"""'Mijn web': see it, fill it in, show it at a conversation or not, throw it away, take it on paper."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from noaber.ground.errors import Invalid
from noaber.hallway import clock
from noaber.hallway.access import gate
from noaber.hallway.access.guards import AskedBy, public, resident
from noaber.hallway.ui.formatting import long_date
from noaber.hallway.ui.types import WebPlot
from noaber.hallway.ui.webs import said
from noaber.network.partners import queries as partners
from noaber.pathways.conversations import resident_page
from noaber.pathways.conversations.forms_web import WebForm
from noaber.pathways.conversations.queries import web as queries
from noaber.pathways.conversations.services import web as services
from noaber.pathways.conversations.web_types import WebView
from noaber.pathways.conversations.web_words import shown

KEY = "mijn_web"
UNPROCESSABLE = 422


@dataclass(frozen=True, slots=True)
class Line:
    """One line of the table beside the picture."""

    title: str
    under: str
    now: str
    was: str
    differs: str
    talk: bool


def _id(text: str) -> UUID | None:
    try:
        return UUID(text)
    except ValueError:
        return None


def picture(web: WebView, beside: WebView | None = None) -> WebPlot:
    """The web as a picture; its title names the days and judges nothing."""
    title = _("Uw web van %(day)s") % {"day": long_date(web.filled_on)}
    if beside:
        title = _("Uw web van %(day)s, naast dat van %(then)s") % {
            "day": long_date(web.filled_on),
            "then": _full(beside.filled_on, web.filled_on),
        }
    return WebPlot(
        title=title,
        sides=tuple(shown(q.short) for q in web.questionnaire.questions),
        now=tuple(web.values.get(q.id) for q in web.questionnaire.questions),
        now_label=long_date(web.filled_on),
        was=tuple(beside.values.get(q.id) for q in web.questionnaire.questions) if beside else (),
        was_label=_full(beside.filled_on, web.filled_on) if beside else "",
        least=web.questionnaire.scale.least,
        most=web.questionnaire.scale.most,
    )


def _full(day: date, near: date) -> str:
    """A day, with its year when that is another one."""
    return long_date(day, year=day.year != near.year)


def lines(web: WebView, beside: WebView | None = None) -> list[Line]:
    """The table beside the picture, one line for each question."""
    found = []
    for area in web.questionnaire.areas:
        for question in area.questions:
            now = web.values.get(question.id)
            was = beside.values.get(question.id) if beside else None
            found.append(
                Line(
                    title=shown(question.short),
                    under=shown(area.line),
                    now=said(now),
                    was=said(was),
                    differs=_differs(now, was),
                    talk=area.id in web.talk,
                )
            )
    return found


def _differs(now: int | None, was: int | None) -> str:
    if now is None or was is None:
        return "–"
    if now == was:
        return _("gelijk")
    return _("hoger") if now > was else _("lager")


@resident
@require_safe
def my_web(request: AskedBy) -> HttpResponse:
    """Her web as a picture with a table, an earlier one beside it, and who sees it."""
    now = clock.now()
    mine = queries.my_web(request.actor, beside=_id(request.GET.get("naast", "")), now=now)
    context = {
        "nav_current": KEY,
        "mine": mine,
        "today": clock.day_of(now),
        "phone": resident_page.who_to_ring(request.actor, now=now),
    }
    if mine.newest:
        context |= {
            "picture": picture(mine.newest, mine.beside),
            "lines": lines(mine.newest, mine.beside),
            "topics": [shown(title) for title in mine.newest.topics],
            "scale": mine.newest.questionnaire.scale,
            "low": shown(mine.newest.questionnaire.scale.least_words),
            "high": shown(mine.newest.questionnaire.scale.most_words),
        }
    return render(request, "conversations/resident/web.html", context)


@resident
@require_http_methods(["GET", "HEAD", "POST"])
def fill_in(request: AskedBy) -> HttpResponse:
    """Fill the web in. What was typed stays, whatever goes wrong; twice is once."""
    now = clock.now()
    mine = queries.my_web(request.actor, now=now)
    asked = mine.questionnaire
    today = mine.newest
    if today and (today.filled_on != clock.day_of(now) or today.questionnaire.id != asked.id):
        today = None
    form = WebForm(request.POST if request.method == "POST" else None, asked=asked, before=today)
    status = 200
    if request.method == "POST":
        status = UNPROCESSABLE
        if form.is_valid():
            try:
                services.fill_in_web(actor=request.actor, asked=asked, answers=form.answers(), now=now)
            except Invalid as wrong:
                _put(form, wrong)
            else:
                messages.success(request, _("Uw web is bewaard."))
                return redirect("resident:web")
    context = {
        "nav_current": KEY,
        "form": form,
        "areas": list(form.areas()),
        "again": today is not None,
        "scale": asked.scale,
        "low": shown(asked.scale.least_words),
        "high": shown(asked.scale.most_words),
        "phone": resident_page.who_to_ring(request.actor, now=now),
    }
    return render(request, "conversations/resident/web_fill.html", context, status=status)


def _put(form: WebForm, wrong: Invalid) -> None:
    for name, words in wrong.fields.items():
        form.add_error(name if name in form.fields else f"v_{name}", str(words))
    if not wrong.fields:
        form.add_error(None, wrong.sentence())


@resident
@require_POST
def share(request: AskedBy) -> HttpResponse:
    """She shows her newest web at one conversation, or takes it back."""
    now = clock.now()
    conversation_id = _id(request.POST.get("gesprek", ""))
    if conversation_id is None:
        raise gate.not_here()
    if request.POST.get("laat_zien") == "nee":
        services.hide_web(actor=request.actor, conversation_id=conversation_id, now=now)
        messages.success(request, _("Goed. Alleen u ziet uw web."))
        return redirect("resident:web")
    web_id = _id(request.POST.get("web", ""))
    if web_id is None:
        raise gate.not_here()
    services.show_web(actor=request.actor, web_id=web_id, conversation_id=conversation_id, now=now)
    messages.success(request, _("Goed. De mensen van dit gesprek zien nu uw web."))
    return redirect("resident:web")


@resident
@require_POST
def throw_away(request: AskedBy, web_id: UUID) -> HttpResponse:
    """She throws one web away."""
    services.throw_away_web(actor=request.actor, web_id=web_id, now=clock.now())
    messages.success(request, _("Weggegooid. Niemand ziet dit web nog."))
    return redirect("resident:web")


@public
@require_safe
def paper(request: HttpRequest) -> HttpResponse:
    """The same questions on paper, for who fills them in with a pen, alone or with somebody."""
    region = partners.home_region()
    asked = queries.questionnaire_of(region.pk if region else None)
    context = {
        "nav_current": "",
        "asked": asked,
        "steps": asked.scale.steps,
        "low": shown(asked.scale.least_words),
        "high": shown(asked.scale.most_words),
        "areas": [
            {
                "title": shown(area.title),
                "line": shown(area.line),
                "prompt": shown(area.prompt),
                "questions": [shown(q.words) for q in area.questions],
            }
            for area in asked.areas
        ],
    }
    return render(request, "conversations/resident/web_paper.html", context)
