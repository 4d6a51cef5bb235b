"""What stands around a page: the region, its help numbers, and the menu of whoever asks.

The hallway does not know the network: its rooms say here which region is whose, and how a region introduces
itself.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.conf import settings
from django.db import InterfaceError, OperationalError, connection, transaction
from django.http import HttpRequest

from noaber.hallway.access.middleware import find_actor
from noaber.hallway.access.scope import tell_database
from noaber.hallway.access.types import ANONYMOUS, Actor, Kind
from noaber.hallway.accounts import navigation, staying
from noaber.hallway.ui.context import as_help_lines
from noaber.hallway.ui.types import Frame, Helper


@dataclass(frozen=True, slots=True)
class RegionWords:
    """How a region introduces itself on each page."""

    slug: str
    name: str
    help_numbers: Sequence[Mapping[str, Any]] = ()
    leave_url: str = ""


Describe = Callable[[UUID | None, str], RegionWords | None]
RegionOf = Callable[[Actor], UUID | None]
HelperOf = Callable[[HttpRequest], Helper | None]

_describe: list[Describe] = []
_region_of: list[RegionOf] = []
_helper_of: list[HelperOf] = []

NOWHERE = RegionWords(slug="", name="Nederland")


def register_region_words(describe: Describe) -> None:
    """Let `describe(region_id, slug)` introduce a region; with neither, the region of this installation."""
    _describe[:] = [describe]


def register_region_of(region_of: RegionOf) -> None:
    """Let a room say in which region someone without a role lives."""
    if region_of not in _region_of:
        _region_of.append(region_of)


def register_helper_of(helper_of: HelperOf) -> None:
    """Let a room say who sits beside the resident on this page."""
    _helper_of[:] = [helper_of]


def region_for(actor: Actor, *, slug: str = "") -> RegionWords:
    """The region of this page: the one in its address, else the actor's, else the installation's own."""
    region_id = None if slug else _home(actor)
    found = _describe[0](region_id, slug) if _describe else None
    return found or NOWHERE


def _home(actor: Actor) -> UUID | None:
    if actor.grants:
        return actor.grants[0].region_id
    if actor.kind in {Kind.RESIDENT, Kind.RELATIVE}:
        return next((found for region_of in _region_of if (found := region_of(actor))), None)
    return None


def build(request: HttpRequest) -> Frame:
    """The frame of this page. When the database is away: the safe one, with 112 and 113."""
    try:
        if connection.in_atomic_block:
            return _build(request, _actor(request))
        with transaction.atomic():
            actor = _actor(request)
            tell_database(actor)
            return _build(request, actor)
    except (OperationalError, InterfaceError):
        return Frame(demo=settings.DEMO, today=settings.DEMO_TODAY)


def _actor(request: HttpRequest) -> Actor:
    """Whoever asks, also on a page that no view answers."""
    actor: Actor = getattr(request, "actor", ANONYMOUS)
    if actor is ANONYMOUS and connection.in_atomic_block:
        return find_actor(request)
    return actor


def _build(request: HttpRequest, actor: Actor) -> Frame:
    home = region_for(actor)
    slug = _slug_in(request)
    region = region_for(actor, slug=slug) if slug and slug != home.slug else home
    return Frame(
        nav=navigation.menu(actor, region_slug=home.slug),
        region_name=region.name,
        help_numbers=as_help_lines(region.help_numbers),
        demo=settings.DEMO,
        today=settings.DEMO_TODAY if settings.DEMO else None,
        leave_url=region.leave_url or Frame().leave_url,
        actor_name=actor.name,
        actor_role=navigation.role_words(actor),
        seconds_left=0 if actor.kind is Kind.ANONYMOUS else staying.seconds_left(request),
        helper=_helper_of[0](request) if _helper_of and actor.assisted_by_id else None,
    )


def _slug_in(request: HttpRequest) -> str:
    match = request.resolver_match
    if match is None or not request.path.startswith("/regio/"):
        return ""
    return str(next(iter(match.kwargs.values()), ""))
