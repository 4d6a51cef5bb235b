"""In which language a page is: what she chose, else what she prefers, else what her browser asks for.

Dutch is the language of the source. Pages for residents, relatives and anyone come in every language of
`settings.LANGUAGES`; pages for professionals stay Dutch. A choice is a link: `?taal=ar` on any page.
"""

from __future__ import annotations

import gettext
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import lru_cache
from pathlib import Path
from typing import Any, Protocol

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.utils import translation
from django.utils.translation import get_supported_language_variant, to_locale
from django.utils.translation.trans_real import parse_accept_lang_header

from noaber.ground.errors import NoaberError

DUTCH = "nl"
EASY = "nl-x-easy"
ASKED = "taal"
"""The name in the address with which someone chooses."""

DUTCH_VIEWS = (
    "account_",
    "mfa_",
    "accounts:",
    "partners:",
    "post:",
    "programme:",
    "kpis:",
    "referrals:",
    "directory:check",
    "care_programmes:update",
    "care_programmes:api",
    "ui:style_guide",
)
"""Pages that anyone may open and that are meant for professionals: they stay Dutch."""

STAFF = "staff"
"""The kind of an actor, and the mark of a guard, for professionals."""


class Reader(Protocol):
    """What must be known of an actor (`access.types.Actor`) to speak the right language."""

    @property
    def kind(self) -> str:
        """What sort of someone it is."""

    @property
    def account_id(self) -> Any:
        """The account, or None for nobody."""

    @property
    def language(self) -> str:
        """What she prefers; empty when nobody asked."""

    @property
    def assisted_by(self) -> str:
        """Who sits beside her, on the helper's device; empty for nobody."""


Respond = Callable[[HttpRequest], HttpResponse]
Remember = Callable[[Any, str], None]
_remember: list[Remember] = []


def register_remember(remember: Remember) -> None:
    """Let a room keep the language that someone who is signed in chose; the last one that signs up counts."""
    _remember[:] = [remember]


def codes() -> tuple[str, ...]:
    """Every language of the pages."""
    return tuple(code for code, _name in settings.LANGUAGES)


def nearest(code: str) -> str:
    """The language of our pages for a language that someone speaks; Dutch when we do not have it."""
    if code in codes():
        return code
    try:
        return get_supported_language_variant(code)
    except LookupError:
        return DUTCH


@contextmanager
def speaking(code: str) -> Iterator[None]:
    """Everything inside is said in this language; in Dutch when we do not have it."""
    with translation.override(nearest(code)):
        yield


def register() -> None:
    """Called once at start: failures speak the language of whoever reads this page."""
    NoaberError.in_words = staticmethod(translation.gettext)


def is_dutch_only(view_name: str, audience: str, actor: Reader) -> bool:
    """Whether this page stays Dutch: professionals read it, or it is meant for them."""
    if actor.kind == STAFF or audience in {STAFF, "entering", "demo"}:
        return True
    return view_name.startswith(DUTCH_VIEWS)


def settle(request: HttpRequest, actor: Reader, audience: str) -> HttpResponse | None:
    """Speak the language of whoever asks, now that it is known who. Gives a way on after a choice."""
    match = request.resolver_match
    name = match.view_name if match is not None else ""
    if is_dutch_only(name, audience, actor):
        _speak(request, DUTCH)
        request.languages = ()  # type: ignore[attr-defined]
        return None
    chosen = chosen_in(request)
    if not chosen:
        _speak(request, _of(request, actor))
        return None
    if actor.account_id is not None and not actor.assisted_by and _is_own_click(request):
        for remember in _remember:
            remember(actor, chosen)
    onward = HttpResponseRedirect(without_choice(request))
    onward.status_code = 303
    return onward


def _of(request: HttpRequest, actor: Reader) -> str:
    """Her own preference goes first. 'Dutch' is also what stands there when nobody asked her."""
    preferred = actor.language if actor.language in codes() else ""
    kept = cookie_of(request)
    if actor.assisted_by:
        return kept or preferred or DUTCH
    if preferred and preferred != DUTCH:
        return preferred
    return kept or preferred or browser_of(request)


def _speak(request: HttpRequest, code: str) -> None:
    translation.activate(code)
    request.LANGUAGE_CODE = code


def _is_own_click(request: HttpRequest) -> bool:
    """A link on another site does not change what she prefers."""
    return request.headers.get("Sec-Fetch-Site", "same-origin") in {"same-origin", "none"}


def chosen_in(request: HttpRequest) -> str:
    """The language that this address asks for, if we have it."""
    asked = request.GET.get(ASKED, "") if request.method in {"GET", "HEAD"} else ""
    return asked if asked in codes() else ""


def cookie_of(request: HttpRequest) -> str:
    """What was chosen in this browser; it is forgotten when the browser closes."""
    kept = request.COOKIES.get(settings.LANGUAGE_COOKIE_NAME, "")
    return kept if kept in codes() else ""


def browser_of(request: HttpRequest) -> str:
    """The first language of the browser that we have."""
    for wished, _weight in parse_accept_lang_header(request.headers.get("Accept-Language", "")):
        if wished == "*":
            break
        try:
            return get_supported_language_variant(wished)
        except LookupError:
            continue
    return DUTCH


def without_choice(request: HttpRequest) -> str:
    """The address without `taal`; always on this house."""
    query = request.GET.copy()
    query.pop(ASKED, None)
    path = "/" + request.path.lstrip("/")
    return f"{path}?{query.urlencode()}" if query else path


def with_choice(request: HttpRequest, code: str) -> str:
    """The same page in another language."""
    query = request.GET.copy() if request.method in {"GET", "HEAD"} else request.GET.__class__(mutable=True)
    query[ASKED] = code
    return f"?{query.urlencode()}"


class Speaking:
    """Says in which language the house answers before it is known who asks, and keeps a choice."""

    def __init__(self, get_response: Respond) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Speak, answer, keep."""
        chosen = chosen_in(request)
        _speak(request, chosen or self._first(request))
        response = self.get_response(request)
        response.headers.setdefault("Content-Language", translation.get_language() or DUTCH)
        if chosen:
            response.set_cookie(
                settings.LANGUAGE_COOKIE_NAME,
                chosen,
                httponly=True,
                samesite="Lax",
                secure=settings.SESSION_COOKIE_SECURE,
            )
        return response

    def _first(self, request: HttpRequest) -> str:
        signed_in = settings.SESSION_COOKIE_NAME in request.COOKIES
        return cookie_of(request) or (DUTCH if signed_in else browser_of(request))


@lru_cache(maxsize=16)
def is_unreviewed(code: str) -> bool:
    """Whether some text in this language was never read by a human."""
    try:
        found = gettext.translation("django", str(locale_folder()), languages=[to_locale(code)])
    except OSError:
        return False
    return int(found.info().get("x-unreviewed", "0") or 0) > 0


def locale_folder() -> Path:
    """Where the catalogues stand."""
    return Path(settings.LOCALE_PATHS[0])
