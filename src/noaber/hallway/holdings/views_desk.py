"""The desk of the privacy officer."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from noaber.ground.errors import NoaberError
from noaber.hallway import clock
from noaber.hallway.access.guards import AskedBy, staff
from noaber.hallway.holdings import erasing, handling, registry, sweeping
from noaber.hallway.holdings.forms import AnswerForm, PaperForm
from noaber.hallway.holdings.views import read

HERE = "verzoeken"


@staff
@require_http_methods(["GET", "HEAD", "POST"])
def desk(request: AskedBy) -> HttpResponse:
    """Requests that wait, what passed its term, and room to note a request on paper."""
    actor, now = request.actor, clock.now()
    waiting = handling.requests(actor, now=now)
    form = PaperForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        answer = _on_paper(request, form)
        if answer is not None:
            return answer
    lists = [
        (row, kind.words if (kind := registry.holding(row.holding)) else row.holding)
        for row in sweeping.open_lists(actor)
    ]
    context = {
        "form": form,
        "asked": [w for w in waiting if w.row.state == w.row.State.ASKED],
        "granted": [w for w in waiting if w.row.state == w.row.State.GRANTED],
        "answered": [w for w in waiting if w.row.state not in w.row.OPEN],
        "lists": lists,
        "destroyed": sweeping.log_of(actor),
        "nav_current": HERE,
    }
    return render(request, "holdings/desk.html", context, status=422 if form.errors else 200)


def _on_paper(request: AskedBy, form: PaperForm) -> HttpResponse | None:
    """Do what she asked on paper; None when the number is nobody's, said beside it."""
    filled, now = form.cleaned_data, clock.now()
    try:
        if filled["what"] == "kopie":
            found = handling.find_by_code(request.actor, filled["code"], checked=filled["checked"], now=now)
            return redirect("holdings:paper_copy", handling.paper_token(found, request.actor))
        row = handling.erase_on_paper(
            request.actor,
            filled["code"],
            checked=filled["checked"],
            parts=list(erasing.erasable()),
            now=now,
        )
    except NoaberError as failure:
        if failure.code != "nobody_with_this_number":
            raise
        form.add_error("code", f"{failure.happened} {failure.now_what}")
        return None
    messages.success(request, "Het verzoek ligt klaar.")
    return redirect("holdings:request", row)


@staff
@require_safe
def paper_copy(request: AskedBy, token: str) -> HttpResponse:
    """The copy of everything, to print for a resident who asked on paper."""
    copy = handling.paper_copy(request.actor, token, now=clock.now())
    context = {"copy": copy, "parts": read(copy), "nav_current": HERE}
    return render(request, "holdings/paper_copy.html", context)


@staff
@require_http_methods(["GET", "HEAD", "POST"])
def one_request(request: AskedBy, request_id: UUID) -> HttpResponse:
    """What goes, what stays and why; and the answer."""
    case = handling.request(request.actor, request_id, now=clock.now())
    form = AnswerForm(request.POST if request.method == "POST" else None, fates=case.asked)
    if request.method == "POST" and form.is_valid():
        try:
            handling.answer(
                request.actor,
                request_id,
                granted=form.cleaned_data["granted"],
                reason=form.cleaned_data["reason"],
                now=clock.now(),
            )
        except NoaberError as failure:
            if failure.code != "reason_needed":
                raise
            form.add_error("reason", f"{failure.happened} {failure.now_what}")
        else:
            messages.success(request, "Uw antwoord staat vast. De inwoner kan het lezen.")
            return redirect("holdings:desk")
    names = {fate.key: fate.words for fate in (*case.asked, *case.stays)}
    context = {
        "case": case,
        "form": form,
        "granted": [names.get(key, key) for key in case.row.granted],
        "nav_current": HERE,
    }
    return render(request, "holdings/request.html", context, status=422 if form.errors else 200)


@staff
@require_POST
def answer_list(request: AskedBy, list_id: UUID) -> HttpResponse:
    """Confirm that what passed its term may be destroyed, or leave it."""
    confirmed = request.POST.get("besluit") == "vernietigen"
    sweeping.answer(request.actor, list_id, confirmed=confirmed, now=clock.now())
    words = "De lijst is bevestigd. Wij vernietigen het." if confirmed else "Er wordt niets vernietigd."
    messages.success(request, words)
    return redirect("holdings:desk")
