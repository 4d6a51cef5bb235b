"""Every page for residents, relatives and anyone, opened by whoever may open it, in one language."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from django.conf import settings
from django.db import models
from django.urls import reverse
from tests.languages.extracting import spoken
from tests.security import oracle
from tests.security.test_every_address import values
from tests.security.visits import ANONYMOUS, Browsers, visit
from tests.security.world import World

from noaber.hallway.access import gate
from noaber.hallway.access.types import Kind
from noaber.hallway.accounts.models import Account
from noaber.knowledge import care
from noaber.network.partners import models as partners
from noaber.network.relatives.models import Relative
from noaber.network.residents import models as residents
from noaber.offer.care_programmes import models as care_programmes
from noaber.offer.directory import models as directory
from noaber.offer.groups import models as groups
from noaber.offer.self_help import models as self_help

NAMES: tuple[tuple[type[models.Model], tuple[str, ...]], ...] = (
    (Account, ("name", "email")),
    (partners.Region, ("name",)),
    (partners.Organisation, ("name",)),
    (partners.Municipality, ("name",)),
    (partners.Room, ("name", "place", "address", "location")),
    (residents.Resident, ("name", "phone", "email")),
    (residents.HelpRequest, ("code", "question", "wishes")),
    (residents.MeanwhileChoice, ("service_name",)),
    (residents.Preferences, ("person", "post_address")),
    (Relative, ("name", "phone", "email", "relation")),
    (groups.Group, ("title", "venue")),
    (care_programmes.CareProgramme, ("name",)),
    (self_help.Module, ("title",)),
    (directory.Service, ("name", "description", "practical", "where", "when", "cost", "text", "for_whom")),
)
"""Names, and words of people and offers: they stay as they were written."""

CANARY = re.compile(
    r"Zij zegt <b>.*?</b> en nog iets\.|Zij zegt &lt;b&gt;.*?en nog iets\.|[\w.]*kzq[\w.@]*", re.IGNORECASE
)


@dataclass(frozen=True, slots=True)
class Opened:
    """One page as somebody saw it."""

    name: str
    who: str
    path: str
    status: int
    html: str

    @property
    def where(self) -> str:
        """For a message about it."""
        return f"{self.name} for {self.who}"


def own_words() -> set[str]:
    """All names and words of people in this world."""
    found = {"Noaber", "KNMI", *(name for _code, name in settings.LANGUAGES)}
    found |= {insurer.label for insurer in care.insurers().values()}
    with gate.as_system("proef: wiens woorden zijn dit"):
        for model, columns in NAMES:
            here = [c for c in columns if c in {f.name for f in model._meta.get_fields()}]
            for row in model._default_manager.all():
                found |= {str(getattr(row, column) or "") for column in here}
    return found


def opened(world: World, browsers: Browsers, code: str) -> Iterator[Opened]:
    """Each page by each resident and by nobody; a form also with nothing filled in."""
    for address in spoken():
        for who in (ANONYMOUS, *world.cases, *relatives_in(world)):
            path = _path(world, address.name, who)
            if path is None:
                continue
            for method in ("GET", "POST"):
                browser = browsers.of(who)
                browser.cookies[settings.LANGUAGE_COOKIE_NAME] = code
                seen = visit(browser, method, path)
                if "text/html" in seen.headers.get("Content-Type", "") and seen.body:
                    yield Opened(f"{method} {address.name}", who, path, seen.status, seen.body.decode())


def relatives_in(world: World) -> list[str]:
    """Who in this world may look along with a resident."""
    return [name for name in world.accounts if world.actor(name).kind is Kind.RELATIVE]


def _path(world: World, name: str, who: str) -> str | None:
    expected = oracle.EXPECTED.get(name)
    about = who if expected is not None and expected.about and who in world.cases else None
    if expected is not None and expected.about and about is None:
        return None
    try:
        filled = values(world, name, about)
    except KeyError:
        return None
    return None if filled is None else reverse(name, kwargs=filled)
