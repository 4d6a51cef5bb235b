"""What a provider fills in: its waits, a file, a key, a programme that stops."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from decimal import Decimal
from typing import Any
from uuid import UUID

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext as __
from django.utils.translation import gettext_lazy as _

from noaber.ground.errors import NoaberError
from noaber.ground.traces import TraceKind, traces_in
from noaber.hallway.ui.days import day_field
from noaber.knowledge.waits import limits_on, methods
from noaber.offer.care_programmes import rules
from noaber.offer.care_programmes.keeping.updating import Answer
from noaber.offer.care_programmes.models import WaitReport
from noaber.offer.care_programmes.types import NewReport, ProgrammeRow

HARD = frozenset({TraceKind.BSN, TraceKind.MAIL, TraceKind.PHONE, TraceKind.BIRTH, TraceKind.NAME})


def names_somebody(words: str) -> bool:
    """Whether these words, which anyone reads, may hold a person."""
    return any(trace.kind in HARD for trace in traces_in(words))


class WeeksField(forms.DecimalField):
    """A number of weeks with a comma or a point."""

    def to_python(self, value: Any) -> Any:
        """'4,5' and '4.5' are the same."""
        return super().to_python(value.strip().replace(",", ".") if isinstance(value, str) else value)

    def prepare_value(self, value: Any) -> Any:
        """As it is written here."""
        if isinstance(value, Decimal):
            return f"{value.normalize():f}".replace(".", ",")
        return value


def _weeks(label: Any) -> WeeksField:
    return WeeksField(
        label=label,
        required=False,
        widget=forms.TextInput(),
        error_messages={"invalid": _("Vul een getal in, zoals 4 of 4,5.")},
    )


def _people(label: Any) -> forms.IntegerField:
    return forms.IntegerField(
        label=label,
        required=False,
        min_value=0,
        max_value=1_000_000,
        widget=forms.TextInput(),
        error_messages={
            "invalid": _("Vul een heel getal in."),
            "min_value": _("Vul nul of meer in."),
            "max_value": _("Dit getal is te groot."),
        },
    )


class RowForm(forms.Form):
    """One programme: two numbers, and the rest for who wants to say more."""

    intake_weeks = _weeks(_("Weken tot de intake"))
    treatment_weeks = _weeks(_("Daarna weken tot de behandeling"))
    method = forms.ChoiceField(label=_("Hoe is dat gemeten?"))
    inflow = _people(_("Gestart in de laatste twee maanden"))
    waiting = _people(_("Mensen die nu wachten"))
    stopped = forms.BooleanField(label=_("Aannamestop: er kan nu niemand bij"), required=False)
    stop_until = day_field(
        _("Weer open vanaf"), required=False, help_text=_("Laat leeg als u het niet weet.")
    )
    stop_reason = forms.CharField(
        label=_("Waarom is er een stop?"),
        required=False,
        max_length=200,
        help_text=_("Iedereen leest dit. Noem geen namen."),
    )
    sure = forms.BooleanField(label=_("Ja, zo lang is het echt"), required=False)
    asks_sure = False
    row: ProgrammeRow

    def __init__(
        self, data: QueryDict | None, *, row: ProgrammeRow, last: WaitReport | None, today: date
    ) -> None:
        self.row, self.today, self.last = row, today, last
        stop = row.stop
        initial: dict[str, Any] = {
            "method": last.method if last else "third_opportunity",
            "stopped": stop is not None,
            "stop_until": stop.until if stop else None,
            "stop_reason": stop.reason if stop else "",
        }
        for name in ("intake_weeks", "treatment_weeks", "waiting", "inflow"):
            initial[name] = getattr(last, name) if last else None
        super().__init__(data, prefix=str(row.programme_id), initial=initial)
        method = self.fields["method"]
        assert isinstance(method, forms.ChoiceField)  # noqa: S101  # declared above
        method.choices = [(code, __(one.label)) for code, one in methods().items()]

    def clean(self) -> dict[str, Any]:
        """The rules of a figure, told beside its field; a figure beyond belief is asked again."""
        given: dict[str, Any] = super().clean() or {}
        if names_somebody(given.get("stop_reason", "")):
            self.add_error("stop_reason", __("Haal namen en nummers van mensen weg."))
        if self.errors or not self.says_figure():
            return given
        try:
            new = self.report()
            rules.check_report(new, today=self.today, began_on=date.min, known_methods=methods())
            if given.get("stopped"):
                rules.check_stop(
                    self.row.stop.since if self.row.stop else self.today, given.get("stop_until")
                )
        except NoaberError as wrong:
            self.refuse(wrong)
            return given
        most = limits_on(self.today).believable_weeks
        if not given.get("sure") and not rules.is_believable(new, most):
            self.asks_sure = True
            self.add_error(
                "sure",
                __("U vulde meer dan %(weeks)s weken in. Klopt dat? Zet dan dit vinkje.")
                % {"weeks": int(most)},
            )
        return given

    @property
    def shows_sure(self) -> bool:
        """Only after a figure beyond belief."""
        return self.asks_sure or bool(self.is_bound and self.data.get(self.add_prefix("sure")))

    @property
    def opens(self) -> bool:
        """Whether the rest must be seen: something is wrong there, or nobody can come."""
        rest = {"method", "inflow", "waiting", "stop_until", "stop_reason"}
        return bool(rest & set(self.errors)) or self.row.stop is not None

    def says_figure(self) -> bool:
        """Whether a wait was filled in."""
        given = self.cleaned_data
        return given.get("intake_weeks") is not None or given.get("treatment_weeks") is not None

    def report(self) -> NewReport:
        """The figure as it was filled in; the same as last time says so."""
        given = self.cleaned_data
        names = ("intake_weeks", "treatment_weeks", "method", "inflow", "waiting")
        same = self.last is not None and all(getattr(self.last, name) == given[name] for name in names)
        intake, treatment = given["intake_weeks"], given["treatment_weeks"]
        return NewReport(
            programme_id=self.row.programme_id,
            intake_weeks=None if intake is None else float(intake),
            treatment_weeks=None if treatment is None else float(treatment),
            method=given["method"],
            reference_date=self.today,
            inflow=given["inflow"],
            waiting=given["waiting"],
            unchanged=same,
            sure=bool(given.get("sure")),
            raw={name: str(self.data.get(self.add_prefix(name), ""))[:80] for name in names},
        )

    def answer(self) -> Answer:
        """All that was filled in for this programme."""
        given = self.cleaned_data
        new = self.report() if self.says_figure() else None
        return Answer(self.row.programme_id, new, given["stopped"], given["stop_until"], given["stop_reason"])

    def refuse(self, wrong: NoaberError) -> None:
        """What was refused, beside the field it is about."""
        named = {name: said for name, said in wrong.fields.items() if name in self.fields}
        for name, said in named.items():
            self.add_error(name, said)
        if not named:
            self.add_error(None, wrong.sentence())


def forms_for(
    data: QueryDict | None, rows: Sequence[ProgrammeRow], last: Mapping[UUID, WaitReport], today: date
) -> list[RowForm]:
    """A form for every living programme."""
    return [
        RowForm(data, row=row, last=last.get(row.programme_id), today=today)
        for row in rows
        if row.ended_on is None
    ]


class FileForm(forms.Form):
    """A file with figures or a start list."""

    kind = forms.ChoiceField(
        label=_("Wat stuurt u?"),
        choices=[("reports", _("Wachttijden")), ("starts", _("Startlijst"))],
        widget=forms.RadioSelect,
        initial="reports",
    )
    file = forms.FileField(
        label=_("Bestand"),
        help_text=_("Een tabel (.csv), zoals een rekenprogramma die bewaart. Hoogstens 5 MB."),
        error_messages={"required": _("Kies een bestand."), "empty": _("Dit bestand is leeg.")},
    )


class KeyForm(forms.Form):
    """A key for a system."""

    name = forms.CharField(
        label=_("Voor welk systeem?"),
        max_length=80,
        help_text=_("Zo herkent u de sleutel later."),
        error_messages={"required": _("Vul in voor welk systeem.")},
    )


class CloseForm(forms.Form):
    """A programme that stops."""

    on = day_field(_("Vanaf welke dag kan niemand meer starten?"))
    why = forms.CharField(
        label=_("Waarom stopt het?"),
        max_length=200,
        required=False,
        help_text=_("Iedereen leest dit. Noem geen namen."),
    )

    def clean_why(self) -> str:
        """Anyone reads it, so nobody is named."""
        words: str = self.cleaned_data["why"]
        if names_somebody(words):
            raise forms.ValidationError(__("Haal namen en nummers van mensen weg."))
        return words
