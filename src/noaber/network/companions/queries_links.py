"""Other ways to help that rooms above add to the first page of a helper."""

from __future__ import annotations

from collections.abc import Callable

from noaber.hallway.access.types import Actor

Links = Callable[[Actor], list[dict[str, str]]]
_links: list[Links] = []


def register_links(links: Links) -> None:
    """Let `links(actor)` give `url` and `label` of what this helper may do as well."""
    if links not in _links:
        _links.append(links)


def more(actor: Actor) -> list[dict[str, str]]:
    """All of them."""
    return [link for links in _links for link in links(actor)]
