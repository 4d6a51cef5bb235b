"""The human to ring, for every page of a resident."""

from __future__ import annotations

from dataclasses import replace

from django.utils.translation import gettext

from noaber.hallway.access import gate
from noaber.hallway.access.types import Actor
from noaber.knowledge.codes import load_codes
from noaber.network.partners import queries as partners
from noaber.network.residents.models import HelpRequest
from noaber.network.residents.queries import current_request, holder_card
from noaber.network.residents.types import HolderCard


def who_to_ring(actor: Actor) -> HolderCard:
    """Her fixed person with the profession as a word, or the planning office as long as there is none."""
    current = current_request(actor)
    rows = HelpRequest.objects.select_related("holder", "holder_organisation", "holder__professional")
    card = holder_card(gate.get(actor, "steer", rows, resource="help_request", pk=current.id))
    if card is None:
        office = partners.planning_office(current.region_id)
        return HolderCard("", office.name, office.phone) if office else HolderCard("", "", "")
    known = load_codes().professions.get(card.profession)
    word = gettext(known.label) if known else card.profession
    return replace(card, profession=word[:1].upper() + word[1:])
