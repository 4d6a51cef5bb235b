"""The pages of who holds conversations: what needs me, prepare, record, write."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.forms import BaseFormSet, formset_factory
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from noaber.ground.errors import Conflict, Invalid, NoaberError
from noaber.hallway import clock
from noaber.hallway.access.guards import AskedBy, staff
from noaber.knowledge.codes import load_codes
from noaber.network.residents import queries as residents
from noaber.pathways.conversations import queries, services
from noaber.pathways.conversations.forms import (
    MOST_STEPS,
    NothingAgreedForm,
    OutcomeForm,
    ReportForm,
    StepForm,
)
from noaber.pathways.conversations.queries.prepare import look_backs, preparing
from noaber.pathways.conversations.types import GuidedConversation, NewStep
from noaber.pathways.conversations.views_planner import calendar_answer
from noaber.pathways.conversations.views_web import lines, picture
from noaber.pathways.conversations.wishes_at_table import wished_at

UNPROCESSABLE = 422
CONFLICT = 409
PREPARE = "om uw gesprek voor te bereiden"
WITHOUT_STEPS = {"none", "unknown"}


@staff
@require_safe
def worklist(request: AskedBy) -> HttpResponse:
    """What needs me today, oldest promise first."""
    now = clock.now()
    context = {
        "nav_current": "gesprekken",
        "work": queries.worklist(request.actor, now=now),
        "look_backs": look_backs(request.actor, now=now),
        "questions": residents.how_many_wait(request.actor),
        "now": now,
        "today": clock.day_of(now),
    }
    return render(request, "conversations/guide/worklist.html", context)


@staff
@require_http_methods(["GET", "HEAD", "POST"])
def conversation(request: AskedBy, conversation_id: UUID) -> HttpResponse:
    """Prepare; and when it was held, record what was agreed."""
    now = clock.now()
    found = queries.guided(request.actor, conversation_id, purpose=PREPARE, now=now)
    if request.method == "POST":
        return _record(request, found)
    return _page(request, found, _RecordForms(found, None))


class _RecordForms:
    """The forms with which a conversation is recorded, as one."""

    def __init__(self, found: GuidedConversation, given: Any) -> None:
        steps_class: type[BaseFormSet[StepForm]] = formset_factory(
            StepForm, extra=MOST_STEPS, max_num=MOST_STEPS, absolute_max=MOST_STEPS
        )
        held_on = clock.day_of(found.card.starts_at)
        self.steps = steps_class(
            given, prefix="stap", form_kwargs={"services": found.services, "held_on": held_on}
        )
        self.outcome = None if found.triage_forbidden else OutcomeForm(given, allowed=found.outcomes_allowed)
        self.nothing = NothingAgreedForm(given) if found.triage_forbidden else None

    @property
    def all(self) -> list[Any]:
        """Every form, in the order of the page."""
        last = [form for form in (self.outcome, self.nothing) if form is not None]
        return [*self.steps.forms, *last]

    def are_valid(self) -> bool:
        """Each by itself, and together: something was agreed, or the answer says that nothing was."""
        each = [form.is_valid() for form in self.all]
        good = all(each) and self.steps.management_form.is_valid()
        if good and not self.agreed() and not self._may_be_empty():
            self.steps.forms[0].add_error("words", _("Schrijf ten minste één afspraak op."))
            return False
        return good

    def _may_be_empty(self) -> bool:
        if self.nothing is not None:
            return bool(self.nothing.cleaned_data["nothing"])
        return self.main() in WITHOUT_STEPS

    def agreed(self) -> list[NewStep]:
        """The steps that were filled in."""
        return [form.step() for form in self.steps.forms if not form.is_empty]

    def main(self) -> str:
        """The outcome that was chosen; empty where none is asked."""
        return self.outcome.cleaned_data["outcome"] if self.outcome is not None else ""


def _page(
    request: AskedBy,
    found: GuidedConversation,
    forms: _RecordForms,
    *,
    failure: NoaberError | None = None,
    status: int = 200,
) -> HttpResponse:
    now = clock.now()
    prep = preparing(request.actor, found.card.id, now=now)
    held = found.card.state == "held"
    wished, company = wished_at(found.card.id)
    context = {
        "nav_current": "gesprekken",
        "guided": found,
        "prep": prep,
        "web_picture": picture(prep.web) if prep.web else None,
        "web_lines": lines(prep.web) if prep.web else [],
        "asks_another": held and found.may_have_another,
        "wished": wished,
        "company": company,
        "forms": forms,
        "all_forms": forms.all,
        "failure": failure,
        "kinds": {code: kind.label for code, kind in load_codes().offer_kinds.items()},
        "steps": _readable_steps(found),
        "outcome_form": OutcomeForm(allowed=[c for c in found.outcomes_allowed if c != "unknown"]),
        "now": now,
        "today": clock.day_of(now),
    }
    return render(request, "conversations/guide/conversation.html", context, status=status)


def _readable_steps(found: GuidedConversation) -> list[dict[str, Any]]:
    kinds = load_codes().offer_kinds
    return [
        {"step": step, "kind": kinds[step.kind].label if step.kind in kinds else step.kind}
        for step in found.steps
    ]


def _record(request: AskedBy, found: GuidedConversation) -> HttpResponse:
    forms = _RecordForms(found, request.POST)
    if not forms.are_valid():
        return _page(request, found, forms, status=UNPROCESSABLE)
    try:
        services.hold_conversation(
            actor=request.actor,
            conversation_id=found.card.id,
            steps=forms.agreed(),
            outcome=forms.main(),
            now=clock.now(),
        )
    except (Conflict, Invalid) as failure:
        status = CONFLICT if isinstance(failure, Conflict) else UNPROCESSABLE
        return _page(request, found, forms, failure=failure, status=status)
    messages.success(request, _("Vastgelegd. Schrijf nu het korte verslag."))
    return redirect("conversations:report", found.card.id)


@staff
@require_POST
def no_show(request: AskedBy, conversation_id: UUID) -> HttpResponse:
    """Nobody came."""
    services.record_no_show(actor=request.actor, conversation_id=conversation_id, now=clock.now())
    messages.success(
        request, _("Vastgelegd: de inwoner kwam niet. Dit gesprek telt niet mee. De vraag blijft open.")
    )
    return redirect("conversations:worklist")


@staff
@require_POST
def outcome(request: AskedBy, conversation_id: UUID) -> HttpResponse:
    """The outcome has become known."""
    found = queries.guided(
        request.actor, conversation_id, purpose="om de uitkomst bij te werken", now=clock.now()
    )
    form = OutcomeForm(request.POST, allowed=found.outcomes_allowed)
    if not form.is_valid():
        messages.error(request, _("Kies één hoofduitkomst."))
        return redirect("conversations:conversation", conversation_id)
    services.change_outcome(
        actor=request.actor,
        conversation_id=conversation_id,
        outcome=form.cleaned_data["outcome"],
        now=clock.now(),
    )
    messages.success(request, _("De uitkomst is bijgewerkt."))
    return redirect("conversations:conversation", conversation_id)


@staff
@require_http_methods(["GET", "HEAD", "POST"])
def report(request: AskedBy, conversation_id: UUID) -> HttpResponse:
    """The short report. What was typed stays, whatever goes wrong."""
    now = clock.now()
    found = queries.guided(request.actor, conversation_id, purpose="om het verslag te schrijven", now=now)
    failure: NoaberError | None = None
    status = 200
    if request.method == "POST":
        form = ReportForm(request.POST)
        status = UNPROCESSABLE
        if form.is_valid():
            try:
                services.write_report(
                    actor=request.actor,
                    conversation_id=conversation_id,
                    body=form.cleaned_data["body"],
                    now=now,
                )
            except (Conflict, Invalid) as refusal:
                failure, status = refusal, CONFLICT if isinstance(refusal, Conflict) else UNPROCESSABLE
            else:
                messages.success(request, _("Het verslag is klaar. De inwoner leest het als eerste."))
                return redirect("conversations:report", conversation_id)
    else:
        form = ReportForm(initial={"body": found.report.body if found.report else ""})
    context = {
        "nav_current": "gesprekken",
        "guided": found,
        "steps": _readable_steps(found),
        "form": form,
        "failure": failure,
        "writing": found.report is None or form.is_bound or "wijzig" in request.GET,
        "today": clock.day_of(now),
    }
    return render(request, "conversations/guide/report.html", context, status=status)


@staff
@require_safe
def calendar(request: AskedBy, conversation_id: UUID) -> HttpResponse:
    """The appointment as a calendar file."""
    content = queries.calendar_file(request.actor, conversation_id, action="see_appointment", now=clock.now())
    return calendar_answer(content)
