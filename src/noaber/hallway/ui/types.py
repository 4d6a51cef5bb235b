"""What a page frame holds and what components take. Frozen; free of Django; other rooms may build them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, slots=True)
class NavItem:
    """One entry of the main menu; the one whose `key` equals the view's `nav_current` is marked."""

    label: str
    url: str
    key: str


@dataclass(frozen=True, slots=True)
class HelpLine:
    """Where someone finds help now, as the page frame and /hulp-nu/ show it."""

    kind: str
    name: str
    phone: str
    hours: str = ""
    also_phone: str | None = None
    website: str | None = None
    free_of_charge: bool | None = None
    checked_on: date | None = None
    invented_for_demo: bool = False


@dataclass(frozen=True, slots=True)
class Frame:
    """What stands around a page. The middleware sets it as `request.frame`; every part has a safe default."""

    nav: tuple[NavItem, ...] = ()
    region_name: str = "Nederland"
    help_numbers: tuple[HelpLine, ...] = ()
    demo: bool = False
    today: date | None = None
    leave_url: str = "https://www.knmi.nl"
    actor_name: str = ""
    actor_role: str = ""
    sign_out_url: str = "/uitloggen/"
    switch_url: str = "/demo/"
    home_url: str = "/"
