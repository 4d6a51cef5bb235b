"""A field of text that measures its reading level while someone types: `{% load kept_words %}`."""

from __future__ import annotations

from typing import Any

from django import template
from django.forms import BoundField
from django.template.context import Context
from django.urls import reverse

from noaber.hallway.ui.templatetags.noaber_ui import field

register = template.Library()


@register.inclusion_tag("ui/c/field.html", takes_context=True)
def text_field(context: Context, bound: BoundField) -> dict[str, Any]:
    """The field; with JavaScript the piece `niveau-<name>` below it is asked for after a pause in typing."""
    return field(
        context,
        bound,
        hx_post=reverse("directory:level"),
        hx_trigger="input changed delay:400ms",
        hx_target=f"#niveau-{bound.name}",
        hx_swap="outerHTML",
        hx_sync="this:replace",
        hx_include="[name=csrfmiddlewaretoken]",
        hx_params=f"{bound.html_name},csrfmiddlewaretoken",
    )
