"""Self-help: anyone reads and does it; what a resident writes is kept for her alone."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.html import format_html
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from noaber.ground.errors import Conflict, Invalid
from noaber.hallway import clock
from noaber.hallway.access import gate
from noaber.hallway.access.guards import AskedBy, public, resident
from noaber.hallway.access.types import Kind
from noaber.hallway.accounts.frame import region_for
from noaber.network.partners import queries as partners
from noaber.offer.self_help import drawing, queries, rules, services
from noaber.offer.self_help.forms import DayForm, ReminderForm
from noaber.offer.self_help.types import Block, ModuleText, Step, StepDone

NAV = {"nav_current": "aanbod"}
RECENT_DAYS = 7
LONGEST_KEY = 60


@dataclass(frozen=True, slots=True)
class Asked:
    """One piece with what stands in it now."""

    block: Block
    value: object = None
    stored: object = None
    """What was kept meanwhile, when that differs."""

    @property
    def chosen(self) -> tuple[tuple[str, bool], ...]:
        """The choices, and whether each is chosen."""
        held = self.value if isinstance(self.value, list) else ()
        return tuple((line, line in held) for line in self.block.lines)

    @property
    def points(self) -> tuple[tuple[int, bool], ...]:
        """The points of a scale, and which is chosen."""
        return tuple((point, self.value == point) for point in range(11))


def _region(request: AskedBy) -> UUID:
    region = partners.region_of_visitor(region_for(request.actor).slug)
    if region is None:
        raise gate.not_here()
    return region.pk


@public
@require_safe
def modules(request: AskedBy) -> HttpResponse:
    """All modules, for anyone."""
    found = queries.modules(_region(request))
    context = {"modules": found, "own_url": reverse("self_help:own_modules"), **_whose(request)}
    return render(request, "self_help/modules.html", context)


@resident
@require_safe
def own_modules(request: AskedBy) -> HttpResponse:
    """All modules, with how far she is."""
    found = queries.own_modules(request.actor, _region(request), now=clock.now())
    return render(request, "self_help/modules.html", {"modules": found, "own": True, **NAV})


def _whose(request: AskedBy, *, here: bool = True) -> dict[str, object]:
    """A public page shows nothing of hers; a resident of this region gets a way to her own."""
    return {"own": False, "known": here and request.actor.kind is Kind.RESIDENT, **NAV}


@public
@require_safe
def module(request: AskedBy, slug: str) -> HttpResponse:
    """What it is, for whom, and its steps."""
    shown = queries.one(_region(request), slug)
    steps = [(step, None) for step in shown.text.steps]
    context = {"shown": shown, "steps": steps, "following": shown.text.steps[0]}
    context |= {"crumb": _in_dutch(shown.text.title), "own_url": reverse("self_help:own_module", args=[slug])}
    return render(request, "self_help/module.html", context | _whose(request, here=shown.here))


@resident
@require_safe
def own_module(request: AskedBy, slug: str) -> HttpResponse:
    """The same for her, with what she did."""
    shown = _own(request, slug)
    done = queries.steps_of(request.actor, shown.module_id, now=clock.now())
    there = {step.key for step in shown.text.steps}
    steps = [(step, done.get(step.key)) for step in shown.text.steps]
    context = {
        "shown": shown,
        "steps": steps,
        "following": next((step for step, work in steps if work is None or work.done_at is None), None),
        "how_far": sum(work is not None and work.done_at is not None for _step, work in steps),
        "own": True,
        "crumb": _in_dutch(shown.text.title),
        "before": [said for key, work in done.items() if key not in there for said in _wrote(work)],
        "reminder": queries.reminder_of(request.actor, shown.module_id),
        **NAV,
    }
    return render(request, "self_help/module.html", context)


def _own(request: AskedBy, slug: str) -> queries.Shown:
    """The module on her own page; what she is sending now is kept, also when it was just withdrawn."""
    return queries.own_one(request.actor, _region(request), slug, writing_now=request.method == "POST")


def _in_dutch(words: str) -> str:
    """Words of a module where the page itself may be in another language."""
    return format_html('<span lang="nl">{}</span>', words)


def _wrote(work: StepDone, asked: Sequence[Block] = ()) -> list[tuple[str, str]]:
    """What she answered to questions that are not among these."""
    here = {block.key for block in asked}
    return [(work.asked.get(key, ""), _said(one)) for key, one in work.answers.items() if key not in here]


def _step_of(text: ModuleText, key: str) -> tuple[Step, int]:
    for place, step in enumerate(text.steps):
        if step.key == key:
            return step, place
    raise gate.not_here()


def _fill(blocks: Sequence[Block], held: Mapping[str, object]) -> list[Asked]:
    return [Asked(block, held.get(block.key)) for block in blocks]


def _sent(request: AskedBy, blocks: Sequence[Block]) -> dict[str, Sequence[str]]:
    return {block.key: request.POST.getlist(block.key) for block in blocks if block.key}


def _step_page(shown: queries.Shown, step_key: str) -> dict[str, Any]:
    found, place = _step_of(shown.text, step_key)
    steps = shown.text.steps
    return {
        "shown": shown,
        "step": found,
        "crumb": _in_dutch(shown.text.title),
        "step_crumb": _in_dutch(found.title),
        "number": place + 1,
        "before": steps[place - 1] if place else None,
        "following": steps[place + 1] if place + 1 < len(steps) else None,
        **NAV,
    }


@public
@require_safe
def step(request: AskedBy, slug: str, step_key: str) -> HttpResponse:
    """One step, for anyone: nothing that is written here reaches us."""
    shown = queries.one(_region(request), slug)
    context = _step_page(shown, step_key)
    own_url = reverse("self_help:own_step", args=[slug, step_key])
    context |= {"blocks": _fill(context["step"].blocks, {}), "own_url": own_url}
    return render(request, "self_help/step.html", context | _whose(request, here=shown.here))


@resident
@require_http_methods(["GET", "HEAD", "POST"])
def own_step(request: AskedBy, slug: str, step_key: str) -> HttpResponse:
    """One step, with what she keeps of it."""
    shown = _own(request, slug)
    if request.method == "POST" and step_key not in {step.key for step in shown.text.steps}:
        return _keep_of_a_step_that_went(request, shown, step_key)
    context = _step_page(shown, step_key) | {"own": True}
    found: Step = context["step"]
    if request.method == "POST":
        return _keep_step(request, shown, found, context["following"], context)
    work = queries.steps_of(request.actor, shown.module_id, now=clock.now()).get(step_key)
    context |= {
        "blocks": _fill(found.blocks, work.answers if work else {}),
        "seen": work.saved_at.isoformat() if work else "",
        "earlier": _wrote(work, found.asked) if work else [],
    }
    return render(request, "self_help/step.html", context)


def _keep_of_a_step_that_went(request: AskedBy, shown: queries.Shown, step_key: str) -> HttpResponse:
    asked = queries.asked_before(shown.module_id, request.POST.keys(), ())
    if not asked or len(step_key) > LONGEST_KEY:
        raise gate.not_here()
    services.keep_step(
        actor=request.actor,
        module_id=shown.module_id,
        step_key=step_key,
        blocks=asked,
        sent=_sent(request, asked),
        done=False,
        seen=request.POST.get("gezien", ""),
        now=clock.now(),
    )
    messages.success(request, _("Bewaard. Alleen u kunt dit lezen."))
    return redirect("self_help:own_module", slug=shown.slug)


def _keep_step(
    request: AskedBy, shown: queries.Shown, found: Step, following: Step | None, context: dict[str, Any]
) -> HttpResponse:
    now = clock.now()
    asked = (*found.asked, *queries.asked_before(shown.module_id, request.POST.keys(), found.asked))
    sent = _sent(request, asked)
    done = request.POST.get("klaar") == "1"
    held = {key: one["answer"] for key, one in rules.kept(asked, sent).items()}
    long = rules.too_long(asked, sent)
    if long:
        for key in long:
            held[key] = "".join(sent[key])
        context |= {"wrong": _too_long(), "seen": request.POST.get("gezien", "")}
        context["blocks"] = _fill(found.blocks, held)
        return render(request, "self_help/step.html", context, status=422)
    try:
        services.keep_step(
            actor=request.actor,
            module_id=shown.module_id,
            step_key=found.key,
            blocks=asked,
            sent=sent,
            done=done,
            seen=request.POST.get("gezien", ""),
            now=now,
        )
    except Conflict as elsewhere:
        work = queries.steps_of(request.actor, shown.module_id, now=now).get(found.key)
        context |= _both(found, held, work) | {"wrong": elsewhere.sentence()}
        return render(request, "self_help/step.html", context, status=409)
    if not done:
        messages.success(request, _("Bewaard. Alleen u kunt dit lezen."))
        return redirect("self_help:own_step", slug=shown.slug, step_key=found.key)
    messages.success(request, _("Bewaard. Deze stap is klaar."))
    if following is not None:
        return redirect("self_help:own_step", slug=shown.slug, step_key=following.key)
    return redirect("self_help:own_module", slug=shown.slug)


def _both(found: Step, held: Mapping[str, object], work: StepDone | None) -> dict[str, Any]:
    """What she typed now, with beside it what was kept meanwhile."""
    kept = work.answers if work else {}
    return {
        "blocks": _beside(found.blocks, held, kept),
        "seen": work.saved_at.isoformat() if work else "",
        "earlier": _wrote(work, found.asked) if work else [],
    }


def _beside(blocks: Sequence[Block], held: Mapping[str, object], kept: Mapping[str, object]) -> list[Asked]:
    """What is held now, with beside it what was kept when that differs."""
    return [
        replace(one, stored=kept.get(one.block.key)) if kept.get(one.block.key) != one.value else one
        for one in _fill(blocks, held)
    ]


@resident
@require_http_methods(["GET", "HEAD", "POST"])
def diary(request: AskedBy, slug: str) -> HttpResponse:
    """Her diary: today's page, a look back in a picture and a table."""
    shown = _own(request, slug)
    if not shown.text.diary:
        raise gate.not_here()
    today = clock.today()
    form = DayForm(request.POST if request.method == "POST" else request.GET or None, today=today)
    on = form.cleaned_data["dag"] if form.is_bound and form.is_valid() else today
    if request.method == "POST":
        sent = _sent(request, shown.text.diary)
        held = {key: one["answer"] for key, one in rules.kept(shown.text.diary, sent).items()}
        long = rules.too_long(shown.text.diary, sent)
        if not form.is_valid() or long:
            held |= {key: "".join(sent[key]) for key in long}
            return _diary_page(
                request, shown, form, on, held=held, wrong=_too_long() if long else "", status=422
            )
        try:
            return _keep_day(request, shown, on)
        except Conflict as elsewhere:
            words = elsewhere.sentence()
            return _diary_page(request, shown, form, on, held=held, wrong=words, status=409)
    return _diary_page(request, shown, form, on)


def _too_long() -> str:
    words = _("Eén antwoord is langer dan %(n)s tekens. Maak het korter en bewaar opnieuw.")
    return words % {"n": rules.LONGEST_ANSWER}


def _keep_day(request: AskedBy, shown: queries.Shown, on: date) -> HttpResponse:
    there = services.keep_day(
        actor=request.actor,
        module_id=shown.module_id,
        on=on,
        blocks=shown.text.diary,
        sent=_sent(request, shown.text.diary),
        seen=request.POST.get("gezien", ""),
        now=clock.now(),
    )
    if there:
        messages.success(request, _("Bewaard. Alleen u kunt dit lezen."))
    else:
        messages.info(request, _("Er stond niets in, dus deze dag is leeg."))
    return redirect("self_help:diary", slug=shown.slug)


def _diary_page(
    request: AskedBy,
    shown: queries.Shown,
    form: DayForm,
    on: date,
    *,
    held: Mapping[str, object] | None = None,
    wrong: str = "",
    status: int = 200,
) -> HttpResponse:
    asked = shown.text.diary
    entries = queries.diary_of(request.actor, shown.module_id, now=clock.now())
    there = next((entry for entry in entries if entry.on == on), None)
    stood: Mapping[str, object] = there.answers if there else {}
    rows = [
        (entry.on, [(block.words, _said(entry.answers.get(block.key))) for block in asked])
        for entry in entries
    ]
    scale, points = drawing.points_of(asked, entries)
    context = {
        "shown": shown,
        "crumb": _in_dutch(shown.text.title),
        "on": on,
        "form": form,
        "wrong": wrong,
        "seen": there.saved_at.isoformat() if there else "",
        "blocks": _fill(asked, stood) if held is None else _beside(asked, held, stood if wrong else held),
        "heads": [block.words for block in asked],
        "parts": [part for part in (rows[:RECENT_DAYS], rows[RECENT_DAYS:]) if part],
        "scale": scale,
        "picture": drawing.line_of(points),
        **NAV,
    }
    return render(request, "self_help/diary.html", context, status=status)


def _said(answer: object) -> str:
    if isinstance(answer, list):
        return ", ".join(str(part) for part in answer)
    return "" if answer is None else str(answer)


@resident
@require_http_methods(["GET", "HEAD", "POST"])
def reminder(request: AskedBy, slug: str) -> HttpResponse:
    """When she wants a word from us to go on. The message says nothing of what."""
    now = clock.now()
    shown = _own(request, slug)
    kept = queries.reminder_of(request.actor, shown.module_id)
    form = ReminderForm(request.POST or None, kept=kept, today=clock.day_of(now))
    if request.method == "POST":
        if request.POST.get("stop") == "1":
            services.stop_reminder(actor=request.actor, module_id=shown.module_id, now=now)
            messages.success(request, _("Wij herinneren u hier niet meer aan."))
            return redirect("self_help:own_module", slug=slug)
        if form.is_valid():
            try:
                services.set_reminder(
                    actor=request.actor, module_id=shown.module_id, now=now, **form.wanted()
                )
            except Invalid as wrong:
                for name, words in wrong.fields.items():
                    form.add_error(name, words)
            else:
                messages.success(request, _("Goed. Wij sturen u een bericht op de dagen die u koos."))
                return redirect("self_help:own_module", slug=slug)
    context = {"shown": shown, "crumb": _in_dutch(shown.text.title), "form": form, "kept": kept, **NAV}
    return render(request, "self_help/reminder.html", context, status=422 if form.errors else 200)


@resident
@require_POST
def throw_away(request: AskedBy, slug: str) -> HttpResponse:
    """Everything she wrote in this module goes."""
    shown = _own(request, slug)
    if request.POST.get("zeker") != "1":
        messages.info(request, _("Er is niets weggegooid. Zet eerst een vinkje bij 'ik weet het zeker'."))
        return redirect("self_help:own_module", slug=slug)
    services.throw_away(actor=request.actor, module_id=shown.module_id, now=clock.now())
    messages.success(request, _("Alles wat u bij deze module schreef, is weg."))
    if shown.withdrawn:
        return redirect("self_help:own_modules")
    return redirect("self_help:own_module", slug=slug)
