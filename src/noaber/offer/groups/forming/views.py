"""The list of an organisation: who waits for a group, what is asked about them, adding and taking off."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from noaber.ground.errors import NoaberError
from noaber.hallway import clock
from noaber.hallway.access import gate
from noaber.hallway.access.guards import AskedBy, staff
from noaber.offer.groups.forming import queries, services, services_file, services_proposals
from noaber.offer.groups.forming.forms import AnswerForm, FileForm, OnceForm, WaitForm, WithdrawForm
from noaber.offer.groups.forming.types import RowFault

NAV = "groep_wachtend"


def write_on(form: OnceForm | FileForm, wrong: NoaberError) -> None:
    """What was refused, beside the field it is about."""
    named = {name: said for name, said in wrong.fields.items() if name in form.fields}
    for name, said in named.items():
        form.add_error(name, said)
    if not named:
        form.add_error(None, wrong.sentence())


@staff
@require_safe
def waiting(request: AskedBy) -> HttpResponse:
    """Own rows and the questions about them, open ones first."""
    now = clock.now()
    asked = queries.own_questions(request.actor, now=now)
    context = {
        "nav_current": NAV,
        "lines": queries.own_list(request.actor, now=now),
        "open": [one for one in asked if one.open and not one.answer],
        "answered": [one for one in asked if one.answer or not one.open],
        "several": len(queries.own_organisations(request.actor)) > 1,
    }
    return render(request, "groups/forming/waiting.html", context)


@staff
@require_http_methods(["GET", "HEAD", "POST"])
def add(request: AskedBy) -> HttpResponse:
    """Put somebody on the list."""
    gate.require_act(request.actor, "groups.hold")
    homes = queries.own_organisations(request.actor)
    form = WaitForm(
        request.POST or None,
        organisations=homes,
        towns=queries.towns_of(request.actor),
        initial={"since": clock.today(), "consented_on": clock.today(), "language": "nl"},
    )
    if request.method == "POST" and form.is_valid():
        try:
            services.add_wait(
                actor=request.actor,
                organisation_id=UUID(form.cleaned_data["organisation"]),
                new=form.new(),
                now=clock.now(),
            )
        except NoaberError as wrong:
            if not wrong.fields:
                raise
            write_on(form, wrong)
        else:
            messages.success(request, _("Deze persoon staat op de lijst."))
            return redirect("forming:waiting")
    context = {"nav_current": NAV, "form": form, "several": len(homes) > 1}
    return render(request, "groups/forming/add.html", context, status=422 if form.errors else 200)


@staff
@require_http_methods(["GET", "HEAD", "POST"])
def send_file(request: AskedBy) -> HttpResponse:
    """A file with people: all of it or nothing."""
    gate.require_act(request.actor, "groups.hold")
    homes = queries.own_organisations(request.actor)
    form = FileForm(request.POST or None, request.FILES or None, organisations=homes)
    faults: tuple[RowFault, ...] = ()
    if request.method == "POST" and form.is_valid():
        file = form.cleaned_data["file"]
        if (file.size or 0) > services_file.MOST_BYTES:
            form.add_error("file", _("Dit bestand is te groot. Maak er kleinere bestanden van."))
        else:
            result = services_file.take_file(
                actor=request.actor,
                organisation_id=UUID(form.cleaned_data["organisation"]),
                content=file.read(),
                now=clock.now(),
            )
            faults = result.faults
            if not faults:
                messages.success(request, _file_words(result.added, result.known))
                return redirect("forming:waiting")
            form.add_error("file", _("Er is niets bewaard. Kijk hieronder wat er niet klopt."))
    context = {
        "nav_current": NAV,
        "form": form,
        "faults": faults,
        "columns": ", ".join(services_file.COLUMNS),
        "several": len(homes) > 1,
    }
    return render(request, "groups/forming/file.html", context, status=422 if form.errors else 200)


def _file_words(added: int, known: int) -> str:
    said = ngettext("%(n)s persoon toegevoegd.", "%(n)s mensen toegevoegd.", added) % {"n": added}
    if known:
        said += " " + ngettext("%(n)s stond er al.", "%(n)s stonden er al.", known) % {"n": known}
    return said


@staff
@require_safe
def example(request: AskedBy) -> HttpResponse:
    """A file as it must look."""
    gate.require_act(request.actor, "groups.hold")
    answer = HttpResponse(services_file.example(clock.today()), content_type="text/csv; charset=utf-8")
    answer["Content-Disposition"] = 'attachment; filename="wacht-op-een-groep.csv"'
    return answer


@staff
@require_http_methods(["GET", "HEAD", "POST"])
def withdraw(request: AskedBy, waiting_id: UUID) -> HttpResponse:
    """Take somebody off the list."""
    now = clock.now()
    form = WithdrawForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        services.withdraw(
            actor=request.actor, waiting_id=waiting_id, because=form.cleaned_data["because"], now=now
        )
        messages.success(request, _("Deze persoon staat niet meer op de lijst."))
        return redirect("forming:waiting")
    context = {
        "nav_current": NAV,
        "form": form,
        "line": queries.own_wait(request.actor, waiting_id, now=now),
    }
    return render(request, "groups/forming/withdraw.html", context, status=422 if form.errors else 200)


@staff
@require_POST
def agreed_again(request: AskedBy, waiting_id: UUID) -> HttpResponse:
    """She said again today that she may be proposed."""
    services.ask_again(actor=request.actor, waiting_id=waiting_id, now=clock.now())
    messages.success(request, _("Het nieuwe ja is bewaard."))
    return redirect("forming:waiting")


@staff
@require_POST
def answer(request: AskedBy, asked_id: UUID) -> HttpResponse:
    """What a person said about a group."""
    form = AnswerForm(request.POST)
    said = form.cleaned_data["answer"] if form.is_valid() else ""
    services_proposals.answer(actor=request.actor, question_id=asked_id, said=said, now=clock.now())
    messages.success(request, _("Het antwoord is bewaard. U kunt het veranderen tot er is beslist."))
    return redirect("forming:waiting")
