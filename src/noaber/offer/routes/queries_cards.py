"""Which agreement applies, what it says, and how often agreements are followed. Nothing is about a person."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import date, timedelta
from uuid import UUID

from django.db.models import Count, QuerySet
from django.utils.translation import gettext as _

from noaber.ground.small_cells import SMALLEST_CELL, hide_small
from noaber.hallway.access import gate
from noaber.hallway.access.types import Actor, Role
from noaber.knowledge.offer_terms import load_terms
from noaber.offer.directory import queries as directory
from noaber.offer.directory.models import Service
from noaber.offer.routes import rules
from noaber.offer.routes.models import RouteCard, RouteDeviation, RouteStep, RouteUse, RouteVersion
from noaber.offer.routes.services_cards import OPEN, PLAIN
from noaber.offer.routes.types import (
    LinkedService,
    RouteCardView,
    RoutePage,
    RouteStepLine,
    RouteText,
    UseTable,
)

MOST_SHOWN = 3
"""More agreements than this beside a form cost more time than they give."""


def _versions() -> QuerySet[RouteVersion]:
    return RouteVersion.objects.select_related("card__owner")


def _view(row: RouteVersion, today: date | None = None) -> RouteCardView:
    last = None
    if row.in_force is not None and row.in_force.upper is not None:
        last = row.in_force.upper - timedelta(days=1)
    return RouteCardView(
        card_id=row.card_id,
        version_id=row.pk,
        number=row.number,
        owner=row.card.owner.name,
        state=row.state,
        state_word=row.get_state_display(),
        text=RouteText(
            **{key: getattr(row, key) for key in PLAIN},
            words=tuple(row.words),
            terms=tuple(row.terms),
            service_ids=tuple(row.service_ids),
            valid_from=row.valid_from,
            valid_until=row.valid_until,
        ),
        last_on=last,
        lock=row.lock,
    )


def _with_services(region_id: UUID, views: list[RouteCardView]) -> list[RouteCardView]:
    wanted = {pk for view in views for pk in view.text.service_ids}
    found = directory.some(region_id, wanted) if wanted else {}

    def linked(view: RouteCardView) -> tuple[LinkedService, ...]:
        there = (found[pk] for pk in view.text.service_ids if pk in found)
        return tuple(LinkedService(one.service_id, one.name, one.organisation) for one in there)

    return [replace(view, services=linked(view)) for view in views]


def in_force(region_id: UUID, *, on: date) -> list[RouteCardView]:
    """Every agreement of a region as it applies on this day, by its question."""
    rows = _versions().filter(card__region_id=region_id, in_force__contains=on)
    return [_view(row) for row in rows.order_by("question", "pk")]


def cards_for(
    region_id: UUID, text: str, terms: Iterable[str] = (), *, on: date, limit: int = MOST_SHOWN
) -> list[RouteCardView]:
    """The agreements that fit what is typed or chosen, the best first; at most three beside a form.

    An agreement fits when one of its own words, or a lay word of one of its terms, stands in the text.
    Nothing of the text is kept or logged.
    """
    question, chosen = rules.folded(text), set(terms)
    if not question and not chosen:
        return []
    known = load_terms()
    scored = []
    for view in in_force(region_id, on=on):
        own = rules.fits(view.text.words, question)
        lay = sum(
            bool(rules.fits((known[code].name, *known[code].synonyms), question))
            for code in view.text.terms
            if code in known
        )
        score = 3 * own + lay + 2 * len(chosen & set(view.text.terms))
        if score:
            scored.append((-score, view.text.question, view))
    best = [view for _score, _question, view in sorted(scored, key=lambda one: one[:2])[:limit]]
    return _with_services(region_id, best)


def services_to_link(region_id: UUID, chosen: Iterable[UUID] = ()) -> list[tuple[str, str]]:
    """The entries an agreement may point to, by name; those chosen before stay, also when they ended."""
    there = Service.objects.filter(region_id=region_id)
    rows = there.filter(status__in=directory.THERE) | there.filter(pk__in=list(chosen))
    return [
        (str(pk), f"{name} ({place})" if place else name)
        for pk, name, place in rows.order_by("name").values_list("pk", "name", "municipality__name")
    ]


def reasons() -> list[tuple[str, str]]:
    """The short list of reasons to do it otherwise, to choose from."""
    words = [(code, str(word)[:1].upper() + str(word)[1:]) for code, word in RouteDeviation.Reason.choices]
    return [("", _("Kies een reden")), *words]


def version_in(region_id: UUID, version_id: UUID) -> RouteCardView | None:
    """One version that applies or applied in this region."""
    rows = _versions().filter(card__region_id=region_id, in_force__isnull=False, pk=version_id)
    row = rows.first()
    return _view(row) if row is not None else None


def questions_of(region_id: UUID, version_ids: Iterable[UUID]) -> dict[UUID, str]:
    """The question of these versions, by their key."""
    rows = RouteVersion.objects.filter(card__region_id=region_id, pk__in=list(version_ids))
    return dict(rows.values_list("pk", "question"))


def page(actor: Actor, card_id: UUID, *, today: date, on: date | None = None) -> RoutePage:
    """An agreement as it applied on a day (today without one), with its versions and history.

    Who neither writes nor agrees sees no draft. A day on which nothing applied shows the nearest version.
    """
    card = gate.get(
        actor, "see", RouteCard.objects.select_related("owner"), resource="route_card", pk=card_id
    )
    may_edit = gate.allowed(actor, "edit", card, resource="route_card")
    may_agree = gate.allowed(actor, "agree", card, resource="route_card")
    rows = list(_versions().filter(card=card).order_by("-number"))
    theirs = rows if may_edit or may_agree else [row for row in rows if row.in_force is not None]
    if not theirs:
        raise gate.not_here()
    asked = on or today
    applied = next((row for row in theirs if row.in_force is not None and _applied_on(row, asked)), theirs[0])
    unfinished = next((row for row in theirs if row.state in OPEN), None)
    steps = RouteStep.objects.filter(version__in=[row.pk for row in theirs]).select_related("version")
    return RoutePage(
        shown=_with_services(card.region_id, [_view(applied)])[0],
        asked_on=asked,
        versions=tuple(_view(row) for row in theirs),
        history=tuple(_line(step) for step in steps.order_by("-at", "-version__number")),
        open_version=_view(unfinished) if unfinished is not None else None,
        may_edit=may_edit,
        may_agree=may_agree,
        may_withdraw=(may_edit or may_agree) and any(row.state != "withdrawn" for row in theirs),
        may_tell=gate.may_act(actor, "routes.tell") and _applied_on(applied, today),
    )


def _applied_on(row: RouteVersion, day: date) -> bool:
    span = row.in_force
    if span is None or span.isempty:
        return False
    return bool(span.lower <= day and (span.upper is None or day < span.upper))


def _line(step: RouteStep) -> RouteStepLine:
    by = ", ".join(part for part in (step.by_name, step.organisation) if part)
    return RouteStepLine(at=step.at, number=step.version.number, what=step.what, by=by, words=step.words)


def listed(actor: Actor, region_id: UUID, *, today: date) -> list[RouteCardView]:
    """One line for each agreement: what applies, else what is being made, else what applied last."""
    cards = gate.visible(
        actor, "see", RouteCard.objects.filter(region_id=region_id), resource="route_card"
    ).values("pk")
    writes = bool(actor.has(Role.EDITOR, Role.ORGANISATION_ADMIN))
    rows = _versions().filter(card__in=cards)
    best: dict[UUID, RouteVersion] = {}
    for row in rows.order_by("number"):
        if row.in_force is None and not writes:
            continue
        held = best.get(row.card_id)
        if held is None or _applied_on(row, today) or not _applied_on(held, today):
            best[row.card_id] = row
    return sorted((_view(row) for row in best.values()), key=lambda view: view.text.question.casefold())


def waiting(actor: Actor) -> list[RouteCardView]:
    """The proposals with which this actor may agree."""
    mine = gate.visible(actor, "agree", RouteCard.objects.all(), resource="route_card").values("pk")
    rows = _versions().filter(card__in=mine, state=RouteVersion.State.PROPOSED)
    return [_view(row) for row in rows.order_by("changed_at")]


def years(region_id: UUID) -> list[int]:
    """The years of which something is counted, newest first."""
    days = RouteUse.objects.filter(version__card__region_id=region_id).dates("month", "year", order="DESC")
    return [day.year for day in days]


def use_tables(actor: Actor, region_id: UUID, year: int) -> list[UseTable]:
    """How often each agreement was followed or not in a calendar year, over all its versions.

    Cells under five are added up until none can be found again, also by subtraction; an agreement that was
    used less than five times shows nothing at all. Years never overlap, nothing is summed over agreements.
    """
    gate.require_act(actor, "routes.count")
    if region_id not in actor.regions(Role.EDITOR, Role.PROGRAMME_MANAGER):
        raise gate.not_here()
    uses = RouteUse.objects.filter(version__card__region_id=region_id, month__year=year)
    counted: dict[UUID, dict[str, int]] = {}
    cells = uses.values("version__card", "followed", "deviation__reason").annotate(n=Count("pk"))
    for row in cells:
        key = "followed" if row["followed"] else str(row["deviation__reason"])
        counted.setdefault(row["version__card"], {})[key] = row["n"]
    said: dict[tuple[UUID, str], list[str]] = {}
    words = uses.filter(followed=False).exclude(deviation__words="")
    for card_id, reason, text in words.values_list("version__card", "deviation__reason", "deviation__words"):
        said.setdefault((card_id, reason), []).append(text)
    cards = RouteCard.objects.filter(pk__in=counted).select_related("owner")
    newest = _versions().filter(card__in=cards).order_by("number")
    names = {row.card_id: row.question for row in newest}
    tables = [
        _table(card, names[card.pk], counted[card.pk], {r: w for (c, r), w in said.items() if c == card.pk})
        for card in cards
    ]
    return sorted(tables, key=lambda table: (-(table.total or 0), table.question.casefold()))


def _table(card: RouteCard, question: str, counted: dict[str, int], said: dict[str, list[str]]) -> UseTable:
    """First followed beside not followed, when neither is small; then the reasons among themselves."""
    reasons = dict(RouteDeviation.Reason.choices)
    followed = counted.get("followed", 0)
    cells = {key: counted.get(key, 0) for key in reasons}
    deviated = sum(cells.values())
    total = followed + deviated
    table = UseTable(card.pk, question, card.owner.name, None, None, None)
    if total < SMALLEST_CELL:
        return table
    if any(0 < part < SMALLEST_CELL for part in (followed, deviated)):
        return replace(table, total=total)
    safe = hide_small(cells, list(reasons))
    return replace(
        table,
        total=total,
        followed=followed,
        deviated=deviated,
        cells=tuple((str(reasons[key]), safe.shown[key]) for key in reasons if safe.shown.get(key)),
        together=safe.together,
        together_words=tuple(str(reasons[str(key)]) for key in safe.hidden),
        said=tuple(sorted(w for key in reasons if safe.shown.get(key) for w in said.get(key, ()))),
    )
