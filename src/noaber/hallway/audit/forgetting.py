"""What goes when a resident is erased: her questions about looks, and whom she named. The log stays."""

from __future__ import annotations

from uuid import UUID

from noaber.hallway.audit.models import Acquaintance, LookQuestion


def forget_questions(resident_id: UUID) -> int:
    """Remove what she asked about looks, with the answers. Returns how many."""
    return LookQuestion.objects.filter(resident_id=resident_id).delete()[0]


def forget_acquaintances(resident_id: UUID) -> int:
    """Remove whom she named as someone who should not look. Returns how many."""
    return Acquaintance.objects.filter(resident_id=resident_id).delete()[0]
