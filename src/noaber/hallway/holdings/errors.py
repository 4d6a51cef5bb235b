"""What can be wrong with the ledger."""

from __future__ import annotations

from noaber.ground.errors import Unavailable


class DamagedLedger(Unavailable):
    """The ledger was cut, changed or lost. Nothing is done with it before a person looked."""

    def __init__(self, what: str) -> None:
        super().__init__(
            "damaged_ledger",
            happened="Dit kunnen wij nu niet vastleggen.",
            why="Het boek van besluiten klopt niet meer.",
            now_what="Bel de beheerder. Er is niets gewijzigd.",
            fields={"ledger": what},
        )
        self.what = what
