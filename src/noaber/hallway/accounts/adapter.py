"""How allauth behaves here: nobody signs up on their own, and mail goes through our own post."""

from __future__ import annotations

from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from django.http import HttpRequest

from noaber.hallway import clock
from noaber.hallway.post.services import queue


class AccountAdapter(DefaultAccountAdapter):
    """Closed sign-up, our post, our landing page."""

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        """Never: people come by invitation."""
        return False

    def send_mail(self, template_prefix: str, email: str, context: dict[str, Any]) -> None:
        """Through the outbox like everything else, with neutral words."""
        message = self.render_mail(template_prefix, email, context)
        moment = clock.now()
        queue(
            key=f"account:{template_prefix}:{email}:{moment.isoformat()}",
            address=email,
            subject=str(message.subject),
            body=str(message.body),
            now=moment,
        )
