"""Pages of referral agreements: read, write, propose, agree, tell what was done, and count."""

from __future__ import annotations

from datetime import date, datetime
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from noaber.ground.errors import Conflict, Invalid
from noaber.ground.safe_csv import safe_csv
from noaber.hallway import clock
from noaber.hallway.access import gate
from noaber.hallway.access.guards import AskedBy, staff
from noaber.hallway.access.types import Role
from noaber.hallway.ui.types import Bar, BarList
from noaber.offer.routes import queries, queries_cards, services_cards
from noaber.offer.routes.forms import RouteForm, UseForm, WordsForm
from noaber.offer.routes.types import RouteCardView, UseTable
from noaber.offer.routes.views import CONFLICT, NAV, UNPROCESSABLE, region_of

STEP_WORDS = {
    "made": gettext_lazy("Begonnen"),
    "changed": gettext_lazy("Gewijzigd"),
    "proposed": gettext_lazy("Voorgesteld"),
    "agreed": gettext_lazy("Akkoord"),
    "sent_back": gettext_lazy("Teruggestuurd"),
    "withdrawn": gettext_lazy("Ingetrokken"),
}


def _asked_day(text: str) -> date | None:
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None


@staff
@require_safe
def card(request: AskedBy, card_id: UUID) -> HttpResponse:
    """What was agreed, as it applies today or applied on an asked day."""
    return _card_page(request, card_id, UseForm())


def _card_page(request: AskedBy, card_id: UUID, form: UseForm, status: int = 200) -> HttpResponse:
    today = clock.today()
    on = _asked_day(request.GET.get("dag", ""))
    found = queries_cards.page(request.actor, card_id, today=today, on=on)
    region_id = region_of(request.actor)
    context = {
        **NAV,
        "page": found,
        "card": found.shown,
        "history": [(line, STEP_WORDS.get(line.what, line.what)) for line in found.history],
        "wayfinders": queries.wayfinders_for(
            region_id, "", found.shown.text.terms, public=False, today=today, limit=3
        )
        if found.shown.text.terms
        else [],
        "form": form,
        "words_form": WordsForm(auto_id="back_%s"),
        "stop_form": WordsForm(auto_id="stop_%s"),
        "may_refer": gate.may_act(request.actor, "referral.send"),
        "today": today,
    }
    return render(request, "routes/card.html", context, status=status)


def _service_choices(request: AskedBy, chosen: tuple[UUID, ...] = ()) -> list[tuple[str, str]]:
    return queries_cards.services_to_link(region_of(request.actor), chosen)


@staff
@require_http_methods(["GET", "HEAD", "POST"])
def new_card(request: AskedBy) -> HttpResponse:
    """Begin an agreement."""
    gate.require_act(request.actor, "routes.edit")
    form = RouteForm(
        request.POST or None,
        owners=queries.organisations_to_name(request.actor),
        services=_service_choices(request),
        today=clock.today(),
    )
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data
        try:
            card_id = services_cards.start_card(
                actor=request.actor,
                owner_id=UUID(given["owner_id"]),
                text=form.route(),
                once_key=given["once_key"],
                now=clock.now(),
            )
        except Invalid as wrong:
            _write_on(form, wrong)
        else:
            messages.success(request, _("Het concept is bewaard. Stel het voor als het klaar is."))
            return redirect("routes:card", card_id=card_id)
    return _form_page(request, form, None)


@staff
@require_http_methods(["GET", "HEAD", "POST"])
def edit_card(request: AskedBy, card_id: UUID) -> HttpResponse:
    """Change the draft, or begin the next version; what was agreed stays readable as it was."""
    gate.require_act(request.actor, "routes.edit")
    found = queries_cards.page(request.actor, card_id, today=clock.today())
    if not found.may_edit:
        raise gate.not_here()
    base = found.open_version or found.shown
    text = base.text
    first = {key: getattr(text, key) for key in services_cards.PLAIN}
    first |= {
        "words": ", ".join(text.words),
        "terms": list(text.terms),
        "services": [str(pk) for pk in text.service_ids],
        "valid_from": text.valid_from if found.open_version else clock.today(),
        "valid_until": text.valid_until if found.open_version else None,
        "lock": found.open_version.lock if found.open_version else 0,
    }
    form = RouteForm(
        request.POST or None,
        owners=None,
        services=_service_choices(request, text.service_ids),
        today=clock.today(),
        initial=first,
    )
    if request.method == "POST" and form.is_valid():
        try:
            services_cards.write_version(
                actor=request.actor,
                card_id=card_id,
                text=form.route(),
                lock=form.cleaned_data["lock"] or 0,
                now=clock.now(),
            )
        except (Invalid, Conflict) as wrong:
            _write_on(form, wrong)
        else:
            messages.success(request, _("Het concept is bewaard. Stel het voor als het klaar is."))
            return redirect("routes:card", card_id=card_id)
    return _form_page(request, form, base)


def _write_on(form: RouteForm | UseForm, wrong: Invalid | Conflict) -> None:
    known = {name: words for name, words in wrong.fields.items() if name in form.fields}
    for name, words in known.items():
        form.add_error(name, words)
    if not known:
        form.add_error(None, wrong.sentence())


def _form_page(request: AskedBy, form: RouteForm, base: RouteCardView | None) -> HttpResponse:
    conflict = bool(form.is_bound and form.non_field_errors())
    if conflict and base is not None:
        typed = request.POST.copy()
        typed["lock"] = str(base.lock if base.state == "draft" else 0)
        form.data = typed
    status = 200 if not form.errors else CONFLICT if conflict else UNPROCESSABLE
    context = {**NAV, "form": form, "base": base, "conflict": conflict}
    return render(request, "routes/edit.html", context, status=status)


@staff
@require_POST
def act(request: AskedBy, card_id: UUID) -> HttpResponse:
    """Propose, agree, send back or withdraw."""
    wanted = request.POST.get("act", "")
    now: datetime = clock.now()
    words = request.POST.get("words", "")[:2000]
    try:
        version_id = UUID(request.POST.get("version", ""))
    except ValueError:
        version_id = UUID(int=0)
    if wanted == "propose":
        services_cards.propose(actor=request.actor, card_id=card_id, version_id=version_id, now=now)
        messages.success(
            request, _("Voorgesteld. De beheerder van de organisatie gaat akkoord of stuurt terug.")
        )
    elif wanted == "agree":
        services_cards.agree(actor=request.actor, card_id=card_id, version_id=version_id, now=now)
        messages.success(request, _("Akkoord. De afspraak geldt vanaf de dag die erbij staat."))
    elif wanted == "back":
        services_cards.send_back(
            actor=request.actor, card_id=card_id, version_id=version_id, words=words, now=now
        )
        messages.success(request, _("Teruggestuurd naar de redactie, met uw woorden erbij."))
    elif wanted == "withdraw":
        services_cards.withdraw(actor=request.actor, card_id=card_id, words=words, now=now)
        messages.success(request, _("De afspraak geldt niet meer. Wat gold, blijft te lezen."))
    else:
        raise gate.not_here()
    return redirect("routes:card", card_id=card_id)


@staff
@require_POST
def tell(request: AskedBy, card_id: UUID) -> HttpResponse:
    """Who refers says whether the agreement was followed; it is counted without a name."""
    gate.require_act(request.actor, "routes.tell")
    form = UseForm(request.POST)
    try:
        version_id = UUID(request.POST.get("version", ""))
    except ValueError as fault:
        raise gate.not_here() from fault
    if form.is_valid():
        try:
            services_cards.tell(
                actor=request.actor,
                card_id=card_id,
                choice=form.choice(version_id),
                once_key=form.cleaned_data["once_key"],
                now=clock.now(),
            )
        except Invalid as wrong:
            _write_on(form, wrong)
        else:
            messages.success(request, _("Geteld, zonder uw naam en zonder de inwoner. Dank u wel."))
            return redirect("routes:card", card_id=card_id)
    return _card_page(request, card_id, form, UNPROCESSABLE)


def _year(request: AskedBy, years: list[int], today: date) -> int:
    asked = request.GET.get("jaar", "")
    return int(asked) if asked.isdecimal() and int(asked) in years else today.year


@staff
@require_safe
def uses(request: AskedBy) -> HttpResponse:
    """How often each agreement was followed or not, and why not. Small numbers are hidden."""
    region_id, today = _counted_region(request), clock.today()
    years = queries_cards.years(region_id)
    year = _year(request, years, today)
    tables = queries_cards.use_tables(request.actor, region_id, year)
    context = {
        **NAV,
        "year": year,
        "years": years,
        "tables": [(table, _picture(table)) for table in tables if table.total is not None],
        "hidden": sum(table.total is None for table in tables),
        "running": year == today.year,
        "today": today,
    }
    return render(request, "routes/uses.html", context)


def _counted_region(request: AskedBy) -> UUID:
    gate.require_act(request.actor, "routes.count")
    return min(request.actor.regions(Role.EDITOR, Role.PROGRAMME_MANAGER))


def _picture(table: UseTable) -> BarList | None:
    if table.followed is None or table.deviated is None:
        return None
    bars = [Bar(_("Gevolgd"), float(table.followed))]
    bars += [Bar(f"{_('Anders:')} {words}", float(n)) for words, n in table.cells]
    if table.together:
        rest = _("Anders: andere redenen samen") if table.cells else _("Anders, om welke reden dan ook")
        bars.append(Bar(rest, float(table.together)))
    return BarList(
        title=_("%(followed)s keer gevolgd, %(deviated)s keer anders")
        % {"followed": table.followed, "deviated": table.deviated},
        label_head=_("Wat er gebeurde"),
        unit=_("keer"),
        bars=tuple(bars),
        total=float(table.total or 0),
        total_label=_("Samen"),
    )


def _lines(table: UseTable) -> list[tuple[str, int | None]]:
    lines = [(_("Samen"), table.total)]
    if table.followed is None or table.deviated is None:
        return lines
    lines += [(_("Gevolgd"), table.followed), (_("Anders"), table.deviated)]
    lines += [(f"{_('Anders:')} {words}", n) for words, n in table.cells]
    return [*lines, (_("Anders: andere redenen samen"), table.together)] if table.together else lines


@staff
@require_safe
def export_uses(request: AskedBy) -> HttpResponse:
    """The same figures as a file, with the same cells hidden."""
    region_id, today = _counted_region(request), clock.today()
    year = _year(request, queries_cards.years(region_id), today)
    rows: list[tuple[object, ...]] = []
    small = _("minder dan 5")
    for table in queries_cards.use_tables(request.actor, region_id, year):
        lines = _lines(table)
        rows += [(year, table.question, table.owner, what, small if n is None else n) for what, n in lines]
    head = [_("Jaar"), _("Vraag"), _("Van wie"), _("Wat er gebeurde"), _("Keer")]
    response = HttpResponse(safe_csv(head, rows), content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="verwijsafspraken-{year}.csv"'
    return response
