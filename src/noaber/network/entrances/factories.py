"""Ways in for tests: what was sent to her, read from the post. Works as the house itself."""

from __future__ import annotations

import re

from noaber.hallway.post.models import Message


def code_sent(channel: str = "text") -> str:
    """The newest six digits that were sent by this channel."""
    body = Message.objects.filter(channel=channel, key__startswith="entrance-code").latest("created_at").body
    found = re.search(r"\d{6}", body)
    assert found is not None  # noqa: S101  # every such message holds a code
    return found[0]


def link_sent() -> str:
    """The path of the newest link that was sent."""
    body = Message.objects.filter(key__startswith="entrance-link").latest("created_at").body
    found = re.search(r"/mijn/link/[\w-]+/", body)
    assert found is not None  # noqa: S101  # every such message holds a link
    return found[0]
