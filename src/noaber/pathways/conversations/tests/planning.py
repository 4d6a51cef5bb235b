"""What the tests of planning do over and over: ask, look, book."""

from __future__ import annotations

import re
from datetime import timedelta
from uuid import UUID

from django.test import Client

from noaber.hallway.outbox.services import inline
from noaber.pathways.conversations.factories import World, refer
from noaber.pathways.conversations.models import Conversation
from noaber.pathways.conversations.tests.pages import NOW, browser, text_of


def asked(world: World, name: str = "Fatma Yilmaz", *, days_ago: int = 0) -> UUID:
    """A request that came in some days ago."""
    with inline():
        return refer(world, now=NOW - timedelta(days=days_ago), name=name).help_request_id


def first_choice(world: World, help_request_id: UUID) -> str:
    """What the first button of the page posts."""
    page = browser(world.ilse).get(f"/planbord/{help_request_id}/").content.decode()
    found = re.search(r'name="choice" value="([^"]+)"', page)
    assert found, page
    return found[1]


def book(world: World, help_request_id: UUID, choice: str = "", **more: str) -> Client:
    """The planner presses the button; the client that did."""
    client = browser(world.ilse)
    chosen = choice or first_choice(world, help_request_id)
    answer = client.post(f"/planbord/{help_request_id}/", {"choice": chosen, "reason": "", **more})
    assert answer.status_code == 302, text_of(answer)
    return client


def the_conversation(help_request_id: UUID) -> Conversation:
    """What was booked last for this request."""
    return Conversation.objects.filter(help_request_id=help_request_id).latest("planned_at")
