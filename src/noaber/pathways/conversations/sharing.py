"""What a resident can let others read of her conversations, and what this room holds of her own words."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from noaber.hallway.access import gate
from noaber.hallway.access.types import Actor
from noaber.hallway.holdings import registry
from noaber.hallway.holdings.types import Holding
from noaber.hallway.ui.formatting import long_date
from noaber.network.consents.queries_sights import register_things
from noaber.network.consents.types import REPORT, Thing
from noaber.pathways.conversations.models import Correction, OwnStatement, Report, ReportVersion

Items = Sequence[Mapping[str, Any]]


def reports_of(actor: Actor) -> list[Thing]:
    """Her reports, newest first, each in the version that she has read."""
    rows = gate.visible(actor, "decide", Report.objects.all(), resource="report")
    rows = rows.filter(resident_read_at__isnull=False).select_related("conversation").order_by("-written_at")
    return [
        Thing(
            what=REPORT,
            object_id=row.conversation_id,
            version=row.version,
            words=_("Het verslag van uw gesprek op %(day)s")
            % {"day": long_date(row.conversation.period.lower)},
        )
        for row in rows.defer("body")
    ]


def _versions(resident_id: UUID) -> Items:
    rows = ReportVersion.objects.filter(resident_id=resident_id).select_related("author")
    return [
        {"version": row.version, "author": row.author.name, "written_at": row.written_at, "body": row.body}
        for row in rows.order_by("conversation_id", "version")
    ]


def _statements(resident_id: UUID) -> Items:
    rows = OwnStatement.objects.filter(resident_id=resident_id).order_by("written_at")
    return [{"words": row.words, "written_at": row.written_at} for row in rows]


def _corrections(resident_id: UUID) -> Items:
    rows = Correction.objects.filter(resident_id=resident_id).order_by("proposed_at")
    return [
        {
            "words": row.words,
            "proposed_at": row.proposed_at,
            "answer": row.answer,
            "answered_at": row.answered_at,
            "mended_in": row.mended_in,
        }
        for row in rows
    ]


def _erase_versions(resident_id: UUID, now: datetime) -> int:
    return ReportVersion.objects.filter(resident_id=resident_id).delete()[0]


def _erase_statements(resident_id: UUID, now: datetime) -> int:
    return OwnStatement.objects.filter(resident_id=resident_id).delete()[0]


def _erase_corrections(resident_id: UUID, now: datetime) -> int:
    return Correction.objects.filter(resident_id=resident_id).delete()[0]


def register() -> None:
    """Called once at start."""
    register_things(reports_of)
    for key, words, model, collect, erase in (
        (
            "report_versions",
            gettext_noop("Alle versies van uw verslag"),
            "ReportVersion",
            _versions,
            _erase_versions,
        ),
        (
            "own_statements",
            gettext_noop("Uw eigen tekst bij het verslag"),
            "OwnStatement",
            _statements,
            _erase_statements,
        ),
        (
            "corrections",
            gettext_noop("Wat u anders wilde in het verslag"),
            "Correction",
            _corrections,
            _erase_corrections,
        ),
    ):
        registry.register(
            Holding(
                key=key,
                words=words,
                retention="wgbo_record",
                models=(f"conversations.{model}",),
                collect=collect,
                erase=erase,
            )
        )
