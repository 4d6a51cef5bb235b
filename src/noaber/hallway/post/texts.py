"""Text messages: handed to a gateway that takes a JSON post, or kept in the demo's own box."""

from __future__ import annotations

import json
from urllib.parse import urlsplit
from urllib.request import Request, urlopen

from django.conf import settings

from noaber.hallway.post.models import Message

LONGEST = 160


def hand_over(message: Message) -> None:
    """Give one text message to the gateway of NOABER_TEXT_URL.

    Raises OSError when the gateway does not take it; the queue tries again. The message's own id goes along,
    so that a gateway can tell a second try from a second message.
    """
    target = settings.TEXT_URL
    if urlsplit(target).scheme == "database":
        return
    if urlsplit(target).scheme not in {"http", "https"}:
        raise OSError("NOABER_TEXT_URL is not set")
    body = json.dumps({"id": str(message.pk), "to": message.address, "text": message.body[:LONGEST]}).encode()
    request = Request(target, data=body, headers={"Content-Type": "application/json"})  # noqa: S310  # scheme is checked
    with urlopen(request, timeout=20) as answer:  # noqa: S310
        answer.read()
