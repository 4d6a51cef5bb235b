"""What the region misses, and the words that people say."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from django import forms
from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_safe

from noaber.ground.errors import Invalid
from noaber.ground.safe_csv import safe_csv
from noaber.hallway import clock
from noaber.hallway.access import gate
from noaber.hallway.access.guards import AskedBy, staff
from noaber.hallway.access.types import Role
from noaber.hallway.ui.formatting import short_date
from noaber.hallway.ui.types import Sparkline
from noaber.offer.directory import hooks
from noaber.offer.directory.upkeep import gaps as rooms_gaps
from noaber.offer.directory.upkeep import rules_gaps
from noaber.offer.directory.upkeep.gaps import GapLine
from noaber.offer.directory.upkeep.views_keeping import see_other

PER_PAGE = 20
STATES = (
    ("", gettext_lazy("Alles")),
    (rules_gaps.OPEN, gettext_lazy("Open")),
    (rules_gaps.TAKEN, gettext_lazy("Opgepakt")),
    (rules_gaps.SOLVED, gettext_lazy("Opgelost")),
    (rules_gaps.WORDS, gettext_lazy("Ander woord")),
)
MARKS = {"open": "open", "taken": "now", "solved": "done", "words": "next"}


class GapForm(forms.Form):
    """What the region does with a question."""

    gap = forms.UUIDField(widget=forms.HiddenInput)
    state = forms.ChoiceField(label=gettext_lazy("Wat doen wij ermee?"), choices=[s for s in STATES if s[0]])
    means = forms.CharField(
        label=gettext_lazy("Hoe heet het hier?"),
        required=False,
        max_length=400,
        help_text=gettext_lazy("Alleen bij 'ander woord'. Dan vindt wie dit zoekt het voortaan wel."),
    )
    note = forms.CharField(
        label=gettext_lazy("Notitie"),
        required=False,
        max_length=300,
        help_text=gettext_lazy("Schrijf geen namen op."),
    )


class WordForm(forms.Form):
    """A word that people say, and what it is called here."""

    word = forms.CharField(label=gettext_lazy("Wat mensen zeggen"), max_length=60)
    means = forms.CharField(
        label=gettext_lazy("Hoe het hier heet"),
        max_length=800,
        help_text=gettext_lazy("Meer dan één mag, met een komma ertussen."),
    )


@staff
@require_http_methods(["GET", "HEAD", "POST"])
def gaps(request: AskedBy) -> HttpResponse:
    """What was asked and was not there: question, place, times per month; and what the region does."""
    now = clock.now()
    may_work = request.actor.has(Role.EDITOR)
    form = GapForm(request.POST if request.method == "POST" else None)
    failed: UUID | None = None
    if request.method == "POST":
        gate.require_act(request.actor, "directory.gaps")
        if form.is_valid():
            given = form.cleaned_data
            try:
                rooms_gaps.set_state(
                    actor=request.actor,
                    gap_id=given["gap"],
                    state=given["state"],
                    means=given["means"],
                    note=given["note"],
                    now=now,
                )
            except Invalid as wrong:
                failed = given["gap"]
                for name, words in wrong.fields.items():
                    form.add_error(name if name in form.fields else "means", words)
            else:
                messages.success(request, _("Genoteerd."))
                return see_other(request.get_full_path())
    state = request.GET.get("stand", "")
    found = rooms_gaps.lines(request.actor, today=clock.today(), state=state)
    page = Paginator(found, PER_PAGE).get_page(request.GET.get("pagina"))
    context = {
        "nav_current": "kaart" if may_work else "gaten",
        "page": page,
        "rows": [_row(line, form if line.gap_id == failed else None) for line in page.object_list],
        "states": [(key, word, key == state) for key, word in STATES],
        "may_work": may_work,
        "form": form,
        "months": [short_date(month)[2:] for month in rules_gaps.months_back(clock.today())],
        "total": len(found),
        "lacking": _lacking(request, now),
    }
    return render(request, "directory/kept/gaps.html", context, status=422 if form.errors else 200)


def _lacking(request: AskedBy, now: datetime) -> list[tuple[str, list[hooks.Lack]]]:
    """What other rooms see that the regions of this actor lack, by sort; the heaviest sorts first."""
    groups: dict[str, list[hooks.Lack]] = {}
    for region_id in request.actor.regions(Role.EDITOR, Role.PROGRAMME_MANAGER):
        for one in hooks.lacking(region_id, now=now):
            groups.setdefault(one.kind, []).append(one)
    return sorted(groups.items(), key=lambda pair: (-len(pair[1]), pair[0]))


def _row(line: GapLine, form: GapForm | None) -> dict[str, object]:
    months = rules_gaps.months_back(clock.today())
    return {
        "line": line,
        "mark": MARKS[line.state],
        "picture": Sparkline(
            label=_("%(question)s, per maand") % {"question": line.question},
            values=tuple(float(times) for times in line.times),
        ),
        "table": [
            (short_date(month)[2:], times) for month, times in zip(months, line.times, strict=True) if times
        ],
        "form": form
        or GapForm(
            initial={"gap": line.gap_id, "state": line.state, "note": line.note}, auto_id=f"{line.gap_id}-%s"
        ),
        "open": form is not None,
    }


@staff
@require_safe
def gaps_csv(request: AskedBy) -> HttpResponse:
    """The same list as a file, one line for each question and place."""
    today = clock.today()
    found = rooms_gaps.lines(request.actor, today=today)
    months = [month.isoformat()[:7] for month in rules_gaps.months_back(today)]
    head = [_("vraag"), _("wat er mist"), _("gemeente"), _("stand"), _("notitie"), *months, _("samen")]
    rows = [
        [one.question, one.kind_word, one.place, one.state_word, one.note, *one.times, one.total]
        for one in found
    ]
    rows += [
        [
            one.what,
            one.kind,
            one.place,
            "",
            one.since.isoformat() if one.since else "",
            *[""] * len(months),
            "",
        ]
        for _kind, lines in _lacking(request, clock.now())
        for one in lines
    ]
    response = HttpResponse(safe_csv(head, rows), content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="wat-er-mist-{today.isoformat()}.csv"'
    return response


@staff
@require_http_methods(["GET", "HEAD", "POST"])
def words(request: AskedBy) -> HttpResponse:
    """The words that people say. Search knows a new one at the next search."""
    gate.require_act(request.actor, "directory.words")
    region_id = request.actor.regions(Role.EDITOR)[0]
    form = WordForm(request.POST if request.method == "POST" and "weg" not in request.POST else None)
    now = clock.now()
    if "weg" in request.POST:
        rooms_gaps.remove_word(actor=request.actor, region_id=region_id, word=request.POST["weg"], now=now)
        messages.success(request, _("De zoeker kent dit woord niet meer."))
        return see_other(reverse("directory:words"))
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data
        try:
            rooms_gaps.add_word(
                actor=request.actor, region_id=region_id, word=given["word"], means=given["means"], now=now
            )
        except Invalid as wrong:
            for name, said in wrong.fields.items():
                form.add_error(name, said)
        else:
            messages.success(request, _("Bewaard. De zoeker kent het vanaf nu."))
            return see_other(reverse("directory:words"))
    text = request.GET.get("zoek", "")[:60]
    page = Paginator(rooms_gaps.meanings(request.actor, text), 50).get_page(request.GET.get("pagina"))
    context = {"nav_current": "kaart", "form": form, "page": page, "text": text}
    return render(request, "directory/kept/words.html", context, status=422 if form.errors else 200)
