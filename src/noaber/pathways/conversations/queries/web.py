"""Reading webs: her own, and the one that she shows at a conversation."""

from __future__ import annotations

import json
from datetime import datetime
from uuid import UUID

from noaber.hallway.access import gate
from noaber.hallway.access.types import Actor
from noaber.hallway.audit import services as audit
from noaber.knowledge.questionnaires import DEFAULT, Questionnaire, questionnaire
from noaber.network.partners import queries as partners
from noaber.network.residents import queries as residents
from noaber.pathways.conversations.models import Conversation, Web, WebShare
from noaber.pathways.conversations.queries.shared import of_thread
from noaber.pathways.conversations.web_types import MyWeb, ShareChoice, WebView

EARLIER = 12


def questionnaire_of(region_id: UUID | None) -> Questionnaire:
    """What this region asks; ours where it chose nothing, or no region is known."""
    if region_id is None:
        return questionnaire(DEFAULT)
    chosen = partners.settings_of(region_id).get("conversation", {})
    return questionnaire(chosen.get("questionnaire", DEFAULT))


def _view(row: Web) -> WebView:
    told = json.loads(row.answers)
    return WebView(
        id=row.pk,
        filled_on=row.filled_on,
        filled_at=row.filled_at,
        questionnaire=questionnaire(row.questionnaire),
        values=told["values"],
        talk=frozenset(told["talk"]),
        note=row.note,
    )


def my_web(actor: Actor, *, beside: UUID | None = None, now: datetime) -> MyWeb:
    """Her own webs, newest first; logged like any look. `beside` is an earlier one to compare with."""
    current = residents.current_request(actor)
    rows = gate.visible(actor, "show", Web.objects.order_by("-filled_on"), resource="web")
    webs = [_view(row) for row in rows[: EARLIER + 1]]
    audit.record(
        actor=actor,
        action=audit.Action.READ,
        event_type="web.read",
        resident_id=actor.resident_id,
        object_kind="web",
        object_id=webs[0].id if webs else None,
        part="uw web",
        purpose="om uw eigen web te zien",
        now=now,
    )
    newest, earlier = (webs[0] if webs else None), tuple(webs[1:])
    alike = tuple(web for web in earlier if newest and web.questionnaire.id == newest.questionnaire.id)
    chosen = next((web for web in alike if web.id == beside), None)
    return MyWeb(
        questionnaire=questionnaire_of(current.region_id),
        newest=newest,
        earlier=alike,
        beside=chosen,
        choices=_choices(actor, current.id, now) if newest else (),
    )


def _choices(actor: Actor, help_request_id: UUID, now: datetime) -> tuple[ShareChoice, ...]:
    """The conversations at which a web can be shown, the next one first, and what is shown there."""
    cards = [c for c in of_thread(actor, help_request_id, now=now) if c.state in {"planned", "held"}]
    shown = {
        share.conversation_id: share.web
        for share in WebShare.objects.select_related("web").filter(
            conversation_id__in=[c.id for c in cards],
            conversation__help_request=help_request_id,
            ended_at__isnull=True,
        )
    }
    choices = [
        ShareChoice(
            conversation_id=card.id,
            starts_at=card.starts_at,
            names=tuple(person.name for person in card.people),
            held=card.state == "held",
            web_id=web.pk if (web := shown.get(card.id)) else None,
            web_filled_on=web.filled_on if web else None,
        )
        for card in reversed(cards)
    ]
    return tuple(c for c in choices if not c.held or c.web_id)


def web_at(actor: Actor, row: Conversation, *, now: datetime) -> WebView | None:
    """The web that she shows at this conversation, for who sits there; logged when there is one."""
    webs = gate.visible(actor, "read", Web.objects.all(), resource="web")
    web = webs.filter(shares__conversation=row, shares__ended_at__isnull=True).first()
    if web is None:
        return None
    audit.record(
        actor=actor,
        action=audit.Action.READ,
        event_type="web.read",
        resident_id=row.help_request.resident_id,
        object_kind="web",
        object_id=web.pk,
        part="uw web",
        purpose="om uw gesprek voor te bereiden",
        now=now,
    )
    return _view(web)
