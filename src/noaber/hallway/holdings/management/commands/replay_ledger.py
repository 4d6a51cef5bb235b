"""`python -m django replay_ledger`: do again what this database misses; prints how many decisions."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand, CommandError

from noaber.hallway.holdings import ledger
from noaber.hallway.holdings.errors import DamagedLedger


class Command(BaseCommand):
    """Run at every start and after every restore, before anything is served."""

    help = "Do every decision of the ledger again that this database misses."
    requires_system_checks: list[str] = []

    def handle(self, *args: Any, **options: Any) -> None:
        """Replay; a damaged ledger is an error with what is wrong."""
        try:
            self.stdout.write(str(ledger.replay()))
        except DamagedLedger as damage:
            raise CommandError(f"The ledger in {ledger.folder()} is damaged: {damage.what}.") from damage
