"""The pages of the privacy officer: the week, the questions of residents, and the log itself."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.forms import Form
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_safe

from noaber.ground.errors import Conflict, Invalid
from noaber.hallway import clock
from noaber.hallway.access import gate
from noaber.hallway.access.guards import AskedBy, staff
from noaber.hallway.audit import marks, queries, questions, reviewing
from noaber.hallway.audit.forms import (
    AskColleagueForm,
    DecideForm,
    ExplainForm,
    NoteForm,
    ReplyForm,
    ReviewFilter,
    StreetForm,
)
from noaber.hallway.audit.views import UNPROCESSABLE, page_number, show_refusal

KEY = "inzage"
READ_OR_SEND = ["GET", "HEAD", "POST"]


@staff
@require_GET
def review(request: AskedBy) -> HttpResponse:
    """The log of the region, for the privacy officer."""
    form = ReviewFilter(request.GET)
    form.is_valid()
    chosen = form.cleaned_data
    page, lines = queries.review(
        request.actor,
        now=clock.now(),
        day=chosen.get("dag"),
        account_id=chosen.get("wie"),
        refused_only=bool(chosen.get("geweigerd")),
        page=page_number(request),
    )
    whose = lines[0].who if chosen.get("wie") and lines else ""
    context = {
        "form": form,
        "lines": lines,
        "page": page,
        "chosen": any(chosen.values()),
        "whose": whose,
        "nav_current": KEY,
    }
    return render(request, "audit/review.html", context)


@staff
@require_safe
def week(request: AskedBy) -> HttpResponse:
    """What needs a decision, heaviest first."""
    now = clock.now()
    waiting, done = reviewing.queue(request.actor, now=now)
    context = {
        "waiting": waiting,
        "late": sum(item.late for item in waiting),
        "done": done,
        "questions": questions.waiting(request.actor),
        "nav_current": "inzage_week",
    }
    return render(request, "audit/week.html", context)


@staff
@require_http_methods(READ_OR_SEND)
def one(request: AskedBy, item_id: UUID) -> HttpResponse:
    """One item: why it is here, the lines, and the decision."""
    now, status = clock.now(), 200
    asking = request.POST.get("do") == "ask"
    decide = DecideForm(request.POST if request.method == "POST" and not asking else None)
    ask = AskColleagueForm(request.POST if asking else None)
    if request.method == "POST":
        form: Form = ask if asking else decide
        status = UNPROCESSABLE
        if form.is_valid():
            try:
                _act(request, item_id, form)
            except (Invalid, Conflict) as refusal:
                status = show_refusal(form, refusal)
            else:
                messages.success(
                    request, _("Gevraagd. Het antwoord komt hier te staan.") if asking else _("Beslist.")
                )
                return redirect("audit:item", item_id) if asking else redirect("audit:week")
    item, lines = reviewing.one_item(request.actor, item_id, now=now)
    context = {"item": item, "lines": lines, "decide": decide, "ask": ask, "nav_current": "inzage_week"}
    return render(request, "audit/item.html", context, status=status)


def _act(request: AskedBy, item_id: UUID, form: Form) -> None:
    now, given = clock.now(), form.cleaned_data
    if isinstance(form, AskColleagueForm):
        reviewing.ask_colleague(actor=request.actor, item_id=item_id, words=given["question"], now=now)
    else:
        reviewing.decide(
            actor=request.actor,
            item_id=item_id,
            decision=given["decision"],
            because=given["because"],
            now=now,
        )


@staff
@require_safe
def asked(request: AskedBy) -> HttpResponse:
    """Questions of residents about who looked."""
    found = questions.for_officer(request.actor, now=clock.now())
    context = {
        "waiting": [each for each in found if each.answered_at is None],
        "done": [each for each in found if each.answered_at is not None],
        "nav_current": "inzage_vragen",
    }
    return render(request, "audit/questions.html", context)


@staff
@require_http_methods(READ_OR_SEND)
def note(request: AskedBy) -> HttpResponse:
    """Write down a question that came by phone or on paper."""
    gate.require_act(request.actor, "audit.review")
    form = NoteForm(request.POST or None)
    status = UNPROCESSABLE if form.is_bound else 200
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data
        try:
            found = questions.note(
                actor=request.actor,
                code=given["code"],
                via=given["via"],
                words=given["words"],
                once_key=given["once_key"],
                now=clock.now(),
            )
        except Invalid as refusal:
            status = show_refusal(form, refusal)
        else:
            messages.success(request, _("Opgeschreven."))
            return redirect("audit:question", found)
    return render(request, "audit/note.html", {"form": form, "nav_current": "inzage_vragen"}, status=status)


@staff
@require_http_methods(READ_OR_SEND)
def question(request: AskedBy, look_question_id: UUID) -> HttpResponse:
    """One question of a resident, and the answer."""
    now = clock.now()
    form = ExplainForm(request.POST or None)
    status = UNPROCESSABLE if form.is_bound else 200
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data
        try:
            questions.answer(
                actor=request.actor,
                question_id=look_question_id,
                words=given["words"],
                outcome=given["outcome"],
                now=now,
            )
        except (Invalid, Conflict) as refusal:
            status = show_refusal(form, refusal)
        else:
            messages.success(request, _("Verstuurd. De inwoner hoort dat er een antwoord is."))
            return redirect("audit:questions")
    found = questions.read_for_officer(request.actor, look_question_id, now=now)
    context = {"question": found, "form": form, "nav_current": "inzage_vragen"}
    return render(request, "audit/question.html", context, status=status)


@staff
@require_http_methods(READ_OR_SEND)
def explain(request: AskedBy, item_id: UUID) -> HttpResponse:
    """A colleague answers what the privacy officer asked."""
    asked_words = reviewing.asked_of_me(request.actor, item_id)
    form = ReplyForm(request.POST or None)
    status = UNPROCESSABLE if form.is_bound else 200
    if request.method == "POST" and form.is_valid():
        try:
            reviewing.reply(
                actor=request.actor, item_id=item_id, words=form.cleaned_data["words"], now=clock.now()
            )
        except (Invalid, Conflict) as refusal:
            status = show_refusal(form, refusal)
        else:
            messages.success(request, _("Verstuurd. De privacyfunctionaris leest uw antwoord."))
            return redirect("audit:explain", item_id)
    context = {"asked": asked_words, "form": form, "nav_current": "account"}
    return render(request, "audit/explain.html", context, status=status)


@staff
@require_http_methods(READ_OR_SEND)
def street(request: AskedBy) -> HttpResponse:
    """A colleague says in which street she lives, so that nobody needs to wonder about neighbours."""
    form = StreetForm(request.POST or None)
    status = UNPROCESSABLE if form.is_bound else 200
    if request.method == "POST" and "remove" in request.POST:
        marks.forget_street(actor=request.actor)
        messages.success(request, _("Uw straat is weg."))
        return redirect("audit:street")
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data
        marks.set_street(
            actor=request.actor, street=given["street"], postcode=given["postcode"], now=clock.now()
        )
        messages.success(
            request, _("Bewaard. Wij bewaren alleen een vingerafdruk; uw straat is niet terug te lezen.")
        )
        return redirect("audit:street")
    context = {"form": form, "known": marks.has_street(request.actor), "nav_current": "account"}
    return render(request, "audit/street.html", context, status=status)
