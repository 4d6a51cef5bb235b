"""What happened on the way in."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID


@dataclass(frozen=True, slots=True)
class ReferralSent:
    """A referrer sent a request for help, with consent."""

    referral_id: UUID
    help_request_id: UUID


@dataclass(frozen=True, slots=True)
class LetterReleased:
    """The letter may be read by the practice that referred."""

    letter_id: UUID
