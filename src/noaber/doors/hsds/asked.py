"""What a caller asks: each parameter read strictly, so that a slip is told and not silently ignored."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime, time
from uuid import UUID

from django.http import QueryDict

PER_PAGE, MOST_PER_PAGE = 50, 500
FARTHEST_M = 500_000


class NotReadable(Exception):
    """A parameter that cannot be read: which one, and what was wanted."""

    def __init__(self, name: str, wanted: str) -> None:
        super().__init__(name)
        self.name, self.wanted = name, wanted


@dataclass(frozen=True, slots=True)
class Asked:
    """The parameters of a list. `proximity_m` in metres; `modified_after` counts from that instant on."""

    search: str = ""
    page: int = 1
    per_page: int = PER_PAGE
    ndjson: bool = False
    taxonomy_term_id: str = ""
    taxonomy_id: str = ""
    organization_id: str = ""
    modified_after: datetime | None = None
    minimal: bool = False
    full: bool = False
    full_service: bool = False
    postcode: str = ""
    proximity_m: int | None = None
    top_only: bool = False
    parent_id: str = ""


def read(given: QueryDict, names: frozenset[str]) -> Asked:
    """The parameters of one address; `names` are those it knows.

    Raises:
        NotReadable: unknown, twice, or of another shape.
    """
    for name in given:
        if name not in names:
            raise NotReadable(name, "geen parameter van dit adres")
        if len(given.getlist(name)) > 1:
            raise NotReadable(name, "één waarde")
    layout = given.get("format") or "json"
    if layout not in {"json", "ndjson"}:
        raise NotReadable("format", "json of ndjson")
    return Asked(
        search=(given.get("search") or "").strip()[:200],
        page=_whole(given, "page", 1, 1, 10**9),
        per_page=_whole(given, "per_page", PER_PAGE, 1, MOST_PER_PAGE),
        ndjson=layout == "ndjson",
        taxonomy_term_id=_uuid(given, "taxonomy_term_id"),
        taxonomy_id=_uuid(given, "taxonomy_id"),
        organization_id=_uuid(given, "organization_id"),
        modified_after=_moment(given, "modified_after"),
        minimal=_yes(given, "minimal"),
        full=_yes(given, "full"),
        full_service=_yes(given, "full_service"),
        postcode=(given.get("postcode") or "").strip()[:10],
        proximity_m=_whole(given, "proximity", 15_000, 1, FARTHEST_M) if given.get("proximity") else None,
        top_only=_yes(given, "top_only"),
        parent_id=_uuid(given, "parent_id"),
    )


def _whole(given: QueryDict, name: str, usual: int, least: int, most: int) -> int:
    text = given.get(name)
    if not text:
        return usual
    if not (text.isascii() and text.isdigit() and len(text) <= 10 and least <= int(text) <= most):
        raise NotReadable(name, f"een heel getal van {least} tot {most}")
    return int(text)


def _yes(given: QueryDict, name: str) -> bool:
    text = (given.get(name) or "false").casefold()
    if text not in {"true", "false", "1", "0"}:
        raise NotReadable(name, "true of false")
    return text in {"true", "1"}


def _uuid(given: QueryDict, name: str) -> str:
    text = given.get(name)
    if not text:
        return ""
    try:
        return str(UUID(text))
    except ValueError as fault:
        raise NotReadable(name, "een uuid") from fault


def _moment(given: QueryDict, name: str) -> datetime | None:
    text = given.get(name)
    if not text:
        return None
    try:
        if len(text) == 10:
            return datetime.combine(date.fromisoformat(text), time(), UTC)
        moment = datetime.fromisoformat(text.replace(" ", "+").replace("Z", "+00:00"))
    except ValueError as fault:
        raise NotReadable(name, "een datum, of een moment zoals 2027-06-01T08:00:00Z") from fault
    return moment if moment.tzinfo else moment.replace(tzinfo=UTC)
