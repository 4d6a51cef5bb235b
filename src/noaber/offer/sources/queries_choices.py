"""What waits for an editor: fields that a source changed, pairs that may be one."""

from __future__ import annotations

from datetime import date
from typing import Any
from uuid import UUID

from django.db.models import QuerySet

from noaber.hallway.access import gate
from noaber.hallway.access.types import Actor
from noaber.network.partners.models import Municipality, Organisation
from noaber.offer.directory import queries as directory
from noaber.offer.directory.models import Service
from noaber.offer.directory.types_record import ServiceRecord
from noaber.offer.sources import errors, words
from noaber.offer.sources.models import Difference, Duplicate, Source
from noaber.offer.sources.services_take import plain
from noaber.offer.sources.types_page import ComparedField, DifferenceRow, PairPage, PairRow, Side

OURS = "ons eigen aanbod"
ORDER = (
    "name text organisation municipality kind terms places schedules when phone website email cost"
    " cost_eur_cents languages min_age max_age needs_referral starts_this_week how_to_start alternate_name"
    " text_young text_professional mode free_places alert"
).split()


def difference_rows(actor: Actor, *, source_id: UUID | None = None) -> QuerySet[Difference]:
    """What was changed there and written here, the oldest first."""
    rows = Difference.objects.filter(state=Difference.State.OPEN).select_related(
        "entry__source__editor", "entry__service"
    )
    if source_id is not None:
        rows = rows.filter(entry__source_id=source_id)
    return gate.visible(actor, "edit", rows, resource="difference").order_by("found_at", "pk")


def shown(rows: list[Difference]) -> list[DifferenceRow]:
    """Differences in words."""
    names = _Names()
    return [
        DifferenceRow(
            difference_id=row.pk,
            entry_name=row.entry.service.name,
            service_id=row.entry.service_id,
            source_name=row.entry.source.name,
            source_url=row.entry.said.get("source_url", ""),
            field_words=words.field_word(row.field),
            ours=names.words(row.field, row.ours),
            theirs=names.words(row.field, row.theirs),
            found_at=row.found_at,
            editor=row.entry.source.editor.name if row.entry.source.editor else "",
        )
        for row in rows
    ]


def pair_rows(actor: Actor) -> QuerySet[Duplicate]:
    """Pairs that may be one, the most alike first."""
    rows = Duplicate.objects.filter(state=Duplicate.State.OPEN).select_related(
        "one__municipality", "other__municipality", "one__organisation", "other__organisation"
    )
    return gate.visible(actor, "edit", rows, resource="duplicate").order_by("-score", "pk")


def pairs_shown(rows: list[Duplicate]) -> list[PairRow]:
    """Pairs in words."""
    names = _Names()
    return [
        PairRow(
            duplicate_id=row.pk,
            score=row.score,
            reasons=_reasons(row),
            names=(row.one.name, row.other.name),
            where=(_where(row.one), _where(row.other)),
            sources=(names.source(row.one.source), names.source(row.other.source)),
        )
        for row in rows
    ]


def pair_page(actor: Actor, duplicate_id: UUID, *, today: date) -> PairPage:
    """Two entries beside each other, with what is most likely right filled in.

    Raises:
        Conflict: another editor decided this already.
    """
    row = gate.get(actor, "edit", Duplicate.objects.all(), resource="duplicate", pk=duplicate_id)
    if row.state != Duplicate.State.OPEN:
        raise errors.decided_already()
    records = [directory.record(row.region_id, pk, living=False) for pk in (row.one_id, row.other_id)]
    names = _Names()
    said = [plain(directory.tracked_of(one)) for one in records]
    fields = [_compared(name, said, records, names) for name in ORDER]
    return PairPage(
        duplicate_id=row.pk,
        score=row.score,
        reasons=_reasons(row),
        sides=(_side(records[0], names), _side(records[1], names)),
        fields=tuple(field for field in fields if field is not None),
        stays=1 if records[0].source and not records[1].source else 0,
    )


def _compared(
    name: str, said: list[dict[str, Any]], records: list[ServiceRecord], names: _Names
) -> ComparedField | None:
    one, other = said[0][name], said[1][name]
    if not one and not other:
        return None
    shown_words = (names.words(name, one), names.words(name, other))
    ours = 1 if records[0].source and not records[1].source else 0
    chosen = ours if said[ours][name] else 1 - ours
    return ComparedField(name, words.field_word(name), shown_words, one != other, chosen)


def _side(record: ServiceRecord, names: _Names) -> Side:
    assert record.service_id is not None  # noqa: S101  # it was read from the database
    return Side(
        record.service_id, record.version, record.name, names.source(record.source), record.source_url
    )


def _reasons(row: Duplicate) -> tuple[str, ...]:
    return tuple(str(words.REASONS.get(reason, reason)) for reason in row.reasons)


def _where(row: Service) -> str:
    who = row.organisation.name if row.organisation else row.provider_name
    place = row.municipality.name if row.municipality else ""
    return ", ".join(part for part in (who, place) if part)


class _Names:
    """Names of what is kept by its key, asked once."""

    def __init__(self) -> None:
        self.sources = dict(Source.objects.values_list("slug", "name"))
        self.places = dict(Municipality.objects.values_list("slug", "name"))
        self.partners: dict[str, str] | None = None

    def source(self, slug: str) -> str:
        return self.sources.get(slug, slug) if slug else OURS

    def words(self, name: str, value: Any) -> str:
        if name == "organisation" and value:
            if self.partners is None:
                self.partners = {
                    str(pk): words for pk, words in Organisation.objects.values_list("pk", "name")
                }
            return self.partners.get(str(value), str(value))
        if name == "municipality":
            return self.places.get(value, "") or "(hele regio)"
        return words.value_words(name, value)
