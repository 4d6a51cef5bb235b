"""When things happen in the world of these tests, and ids of nothing and of anything."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from uuid import UUID

NOW = datetime(2027, 7, 1, 9, 0, tzinfo=UTC)
REFERRED = NOW - timedelta(days=20)
BOOKED = NOW - timedelta(days=18)
HELD = datetime(2027, 6, 21, 8, 0, tzinfo=UTC)
WRITTEN = HELD + timedelta(days=1)
SOON = datetime(2027, 7, 5, 8, 0, tzinfo=UTC)
NOTHING = UUID(int=0)
OFFER = UUID(int=1)
"""What one can go to, for anyone to read."""
REASON = "wereld van de beveiligingstests"
