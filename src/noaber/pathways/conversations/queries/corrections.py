"""What she said is wrong in a report, with the answers, for whoever may read that report."""

from __future__ import annotations

from uuid import UUID

from noaber.pathways.conversations.models import Correction, OwnStatement
from noaber.pathways.conversations.types import CorrectionView


def corrections_of(conversation_id: UUID) -> tuple[CorrectionView, ...]:
    """Newest first. The caller showed that the report itself may be read, and logged that."""
    rows = Correction.objects.select_related("answered_by").filter(conversation_id=conversation_id)
    return tuple(
        CorrectionView(
            id=row.pk,
            words=row.words,
            on_version=row.on_version,
            proposed_at=row.proposed_at,
            answer=row.answer,
            answered_at=row.answered_at,
            answered_by=row.answered_by.name if row.answered_by else "",
            mended_in=row.mended_in,
        )
        for row in rows.order_by("-proposed_at")
    )


def statement_of(conversation_id: UUID) -> str:
    """What she says beside this report, or nothing; for whoever may read that report."""
    row = OwnStatement.objects.filter(conversation_id=conversation_id).first()
    return row.words if row else ""
