"""Groups that are there beside groups that are wanted: now, as a table, and frozen on a day."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any
from uuid import UUID, uuid4

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_safe

from noaber.ground.errors import Invalid
from noaber.ground.safe_csv import safe_csv
from noaber.hallway import clock
from noaber.hallway.access import gate
from noaber.hallway.access.guards import AskedBy, staff
from noaber.hallway.access.types import Role
from noaber.hallway.ui.days import day_field
from noaber.hallway.ui.types import Bar, BarList
from noaber.knowledge.group_forming import kinds
from noaber.network.partners import queries as partners
from noaber.offer.groups.fit_gap import queries, reading, services
from noaber.offer.groups.forming.forms import TELL, OnceForm, give_choices
from noaber.offer.groups.forming.queries import hidden_words, region_of

NAV = "groepsaanbod"
AXES = {
    "place": gettext_lazy("Per gemeente"),
    "kind": gettext_lazy("Per soort"),
    "domain": gettext_lazy("Per domein"),
}
HEAD = ("Deel", "Wat", "Is er nu", "Begint nog", "Gewenst", "Mist", "Wachten", "Waarom gewenst")


class WantedForm(OnceForm):
    """How many groups are wanted from a day on."""

    municipality = forms.ChoiceField(label=gettext_lazy("Gemeente"), required=False)
    kind = forms.ChoiceField(label=gettext_lazy("Soort groep"), required=False)
    number = forms.IntegerField(
        label=gettext_lazy("Hoeveel groepen"),
        min_value=0,
        max_value=500,
        error_messages={
            "required": gettext_lazy("Vul een getal in."),
            "invalid": gettext_lazy("Schrijf een getal."),
        },
    )
    from_on = day_field(gettext_lazy("Vanaf"))
    reason = forms.CharField(
        label=gettext_lazy("Waarom dit aantal"),
        help_text=gettext_lazy("Bijvoorbeeld: besluit van de stuurgroep."),
        max_length=300,
        error_messages=TELL,
    )


class FreezeForm(OnceForm):
    """Who signs, and what there is to say about it."""

    function = forms.CharField(
        label=gettext_lazy("Functie van wie tekent"),
        help_text=gettext_lazy("Bijvoorbeeld: programmamanager. Geen naam."),
        max_length=80,
        error_messages=TELL,
    )
    remarks = forms.CharField(
        label=gettext_lazy("Wat valt op"), required=False, max_length=2000, widget=forms.Textarea
    )


def _picture(document: Mapping[str, Any]) -> BarList | None:
    lines = [
        line for line in document["lines"] if line["axis"] == "place" and line["key"] != reading.NO_PLACE
    ]
    if not lines:
        return None
    wanted = {line["wanted"] for line in lines if line["wanted"] is not None}
    same = wanted.pop() if len(wanted) == 1 else None
    short = sum(1 for line in lines if line["missing"])
    return BarList(
        title=_("In %(short)s van de %(all)s gemeenten mist een groep") % {"short": short, "all": len(lines)},
        label_head=_("Gemeente"),
        unit=_("groepen"),
        bars=tuple(
            Bar(
                line["label"],
                line["present"],
                "",
                "" if line["wanted"] is None else _("(gewenst %(number)s)") % {"number": line["wanted"]},
            )
            for line in lines
        ),
        norm=same,
        norm_label=_("gewenst") if same is not None else "",
    )


def _context(document: Mapping[str, Any], opened: str = "") -> dict[str, Any]:
    axis, _colon, key = opened.partition(":")
    field = {"place": "place", "kind": "kind", "domain": "domain"}.get(axis, "")
    chosen = [one for one in document["groups"] if field and one[field] == key]
    label = next((x["label"] for x in document["lines"] if (x["axis"], x["key"]) == (axis, key)), "")
    return {
        "nav_current": NAV,
        "document": document,
        "sections": [
            (name, label, [line for line in document["lines"] if line["axis"] == name])
            for name, label in AXES.items()
        ],
        "picture": _picture(document),
        "hidden": hidden_words(),
        "chosen": chosen if label else document["groups"],
        "chosen_label": label,
    }


@staff
@require_safe
def now(request: AskedBy) -> HttpResponse:
    """What is there and what is wanted today."""
    document = queries.live(request.actor, now=clock.now())
    context = _context(document, request.GET.get("bij", "")) | {
        "reports": queries.reports(request.actor),
        "wishes": queries.wishes(request.actor),
        "may_want": gate.may_act(request.actor, "groups.want"),
    }
    return render(request, "groups/fit_gap/now.html", context)


@staff
@require_safe
def table(request: AskedBy) -> HttpResponse:
    """The same as a table for a spreadsheet."""
    return _csv(queries.live(request.actor, now=clock.now()), "groepsaanbod-nu.csv")


def _csv(document: Mapping[str, Any], name: str) -> HttpResponse:
    rows = [
        [
            AXES.get(line["axis"], ""),
            line["label"],
            line["present"],
            line["coming"],
            "" if line["wanted"] is None else line["wanted"],
            "" if line["missing"] is None else line["missing"],
            "" if line["waiting"] is None else line["waiting"],
            line["why"],
        ]
        for line in document["lines"]
    ]
    answer = HttpResponse(safe_csv(HEAD, rows), content_type="text/csv; charset=utf-8")
    answer["Content-Disposition"] = f'attachment; filename="{name}"'
    return answer


@staff
@require_http_methods(["GET", "HEAD", "POST"])
def wanted(request: AskedBy) -> HttpResponse:
    """The region says how many groups it wants."""
    gate.require_act(request.actor, "groups.want")
    region_id = region_of(request.actor, Role.PROGRAMME_MANAGER)
    places = partners.municipalities_of(region_id)
    form = WantedForm(request.POST or None, initial={"from_on": clock.today()})
    give_choices(form, "municipality", [("", _("De hele regio")), *((str(p.pk), p.name) for p in places)])
    give_choices(form, "kind", [("", _("Alle soorten")), *((k.code, k.label) for k in kinds().values())])
    if request.method == "POST" and form.is_valid():
        given = dict(form.cleaned_data)
        chosen = given.pop("municipality")
        given["municipality_id"] = UUID(chosen) if chosen else None
        try:
            services.set_wanted(
                actor=request.actor,
                region_id=region_id,
                given=given,
                once_key=given.pop("once_key"),
                now=clock.now(),
            )
        except Invalid as refused:
            for field, why in refused.fields.items():
                form.add_error(field, why)
        else:
            messages.success(request, _("Het gewenste aantal is bewaard."))
            return redirect("forming:fit_gap")
    context = {"nav_current": NAV, "form": form}
    return render(request, "groups/fit_gap/wanted.html", context, status=422 if form.errors else 200)


@staff
@require_http_methods(["GET", "HEAD", "POST"])
def freeze(request: AskedBy) -> HttpResponse:
    """Keep the report of today for good."""
    gate.require_act(request.actor, "groups.fit_gap")
    form = FreezeForm(request.POST or None, initial={"once_key": uuid4().hex})
    if request.method == "POST" and form.is_valid():
        made = services.freeze(
            actor=request.actor,
            region_id=queries.own_region(request.actor),
            function=form.cleaned_data["function"],
            remarks=form.cleaned_data["remarks"],
            once_key=form.cleaned_data["once_key"],
            now=clock.now(),
        )
        messages.success(request, _("Het rapport is vastgelegd. Het verandert niet meer."))
        return redirect("forming:report", report_id=made)
    context = {"nav_current": NAV, "form": form}
    return render(request, "groups/fit_gap/freeze.html", context, status=422 if form.errors else 200)


@staff
@require_safe
def report(request: AskedBy, report_id: UUID) -> HttpResponse:
    """A frozen report, to read and to print."""
    row = queries.report(request.actor, report_id)
    context = _context(row.document, request.GET.get("bij", "")) | {
        "report": row,
        "unchanged": queries.is_unchanged(row),
    }
    return render(request, "groups/fit_gap/report.html", context)


@staff
@require_safe
def report_table(request: AskedBy, report_id: UUID) -> HttpResponse:
    """A frozen report as a table for a spreadsheet."""
    row = queries.report(request.actor, report_id)
    return _csv(row.document, f"groepsaanbod-{row.as_of}.csv")
