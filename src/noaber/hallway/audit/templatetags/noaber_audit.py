"""For the page of one's own account: a question of the privacy officer that waits, and the street."""

from __future__ import annotations

from typing import Any

from django import template
from django.template.context import Context

from noaber.hallway.audit.reviewing import questions_for_me

register = template.Library()


@register.inclusion_tag("audit/_own_account.html", takes_context=True)
def looks_of_mine(context: Context) -> dict[str, Any]:
    """What the log asks of this colleague."""
    actor = getattr(context.get("request"), "actor", None)
    return {"asked": questions_for_me(actor) if actor is not None else []}
