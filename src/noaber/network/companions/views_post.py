"""Letters and calls: what waits, on paper, and what became of it."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from noaber.ground.errors import Invalid
from noaber.hallway import clock
from noaber.hallway.access import gate
from noaber.hallway.access.guards import AskedBy, staff
from noaber.network.companions import queries_post, services_post
from noaber.network.companions.forms import CallForm


@staff
@require_safe
def by_hand(request: AskedBy) -> HttpResponse:
    """Which letters and calls wait, late ones first."""
    now = clock.now()
    rows = queries_post.waiting(request.actor, now=now)
    today = clock.day_of(now)
    later = [row for row in rows if row.again_on and row.again_on > today]
    due = [row for row in rows if row not in later]
    context: dict[str, Any] = {
        "nav_current": "brieven",
        "letters": [row for row in due if row.channel == queries_post.LETTER],
        "calls": [row for row in due if row.channel == queries_post.CALL],
        "later": later,
        "late": sum(row.late for row in rows),
    }
    return render(request, "companions/by_hand.html", context)


@staff
@require_safe
def print_letters(request: AskedBy, message_id: UUID | None = None) -> HttpResponse:
    """One letter, or all that wait, each on a page of its own."""
    letters = queries_post.letters_to_print(request.actor, now=clock.now(), message_id=message_id)
    context = {"nav_current": "brieven", "letters": letters}
    return render(request, "companions/letters.html", context)


@staff
@require_POST
def posted(request: AskedBy, message_id: UUID) -> HttpResponse:
    """This letter went out."""
    outcome = "handed" if request.POST.get("how") == "handed" else "posted"
    known = services_post.say_what_became(
        actor=request.actor, message_id=message_id, outcome=outcome, now=clock.now()
    )
    if not known:
        raise gate.not_here()
    messages.success(request, _("Genoteerd. Uw naam en de tijd staan erbij."))
    return redirect("companions:by_hand")


@staff
@require_http_methods(["GET", "HEAD", "POST"])
def called(request: AskedBy, message_id: UUID) -> HttpResponse:
    """Whom to ring, what to say, and how it went."""
    now = clock.now()
    row = queries_post.one_call(request.actor, message_id, now=now)
    first = {"again_on": services_post.next_working_day(clock.day_of(now)).isoformat()}
    form = CallForm(request.POST or None, initial=first)
    if request.method == "POST" and form.is_valid():
        try:
            services_post.say_what_became(
                actor=request.actor,
                message_id=message_id,
                outcome=form.cleaned_data["outcome"],
                again_on=form.cleaned_data["again_on"],
                now=now,
            )
        except Invalid as wrong:
            for name, words in wrong.fields.items():
                form.add_error(name, words)
        else:
            messages.success(request, _("Genoteerd. Uw naam en de tijd staan erbij."))
            return redirect("companions:by_hand")
    context = {"nav_current": "brieven", "row": row, "form": form}
    return render(request, "companions/call.html", context, status=422 if form.errors else 200)
