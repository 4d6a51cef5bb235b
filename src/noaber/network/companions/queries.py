"""What other rooms may ask here: through whom she is reached."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from noaber.hallway.access import gate
from noaber.network.companions.models import OtherWay


@dataclass(frozen=True, slots=True)
class Via:
    """Someone or somewhere she named."""

    who: str = ""
    phone: str = ""
    address: str = ""


def other_way_of(resident_id: UUID) -> Via | None:
    """Through whom she is reached, when she named someone. The caller asked access and logged the look."""
    with gate.as_system("via wie zij bereikt wordt"):
        row = OtherWay.objects.filter(resident_id=resident_id).first()
    return Via(row.who, row.phone, row.address) if row else None
