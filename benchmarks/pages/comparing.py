"""Both servers, page by page and turn by turn, and what came out."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from statistics import median

from benchmarks.figures import Spread, geometric_mean
from benchmarks.pages.servers import Server
from benchmarks.pages.visiting import Content, Visit, visit
from benchmarks.pages.world import PAGES, Page, World


@dataclass(frozen=True, slots=True)
class Size:
    """How much is asked: rounds in which both take their turn, requests in a turn, visitors at once."""

    rounds: int
    requests: int
    clients: int


@dataclass(frozen=True, slots=True)
class PageResult:
    """One page under both; every ratio above 1 is in favour of ours.

    `ratio` of the median times to an answer; `rate_ratio` of the pages in a second, median of the rounds;
    `processor_ratio` of the processor time of the server for one page, in milliseconds, over all rounds. The
    last one hardly feels what else the machine does; it is None where the system does not tell.
    """

    page: str
    path: str
    kilobytes: float
    ours: Spread
    peer: Spread
    ratio: float
    ours_per_second: float
    peer_per_second: float
    rate_ratio: float
    ours_processor_ms: float | None
    peer_processor_ms: float | None
    processor_ratio: float | None


class Different(SystemExit):
    """The servers do not give the same page, so comparing their speed would mean nothing."""


def compare(ours: Server, peer: Server, world: World, size: Size) -> list[PageResult]:
    """Warm both up, then let them take turns on each page; every answer is checked after its turn."""
    for server in (ours, peer):
        for page in PAGES:
            _visit(server, page, world, Size(1, 4 * size.clients, size.clients))
    return [_page(ours, peer, page, world, size) for page in PAGES]


def _page(ours: Server, peer: Server, page: Page, world: World, size: Size) -> PageResult:
    visits: dict[str, list[Visit]] = {ours.name: [], peer.name: []}
    expected = _visit(ours, page, world, Size(1, 1, 1)).answers[0].content
    for number in range(size.rounds):
        for server in (ours, peer) if number % 2 == 0 else (peer, ours):
            made = _visit(server, page, world, size)
            check(server, page, made, expected)
            visits[server.name].append(made)
    spreads = {name: Spread.of([a.seconds for v in made for a in v.answers]) for name, made in visits.items()}
    rates = {name: median(v.per_second for v in made) for name, made in visits.items()}
    ours_work, peer_work = (_processor_ms(visits[server.name]) for server in (ours, peer))
    return PageResult(
        page=page.name,
        path=page.path,
        kilobytes=round(len(expected[2]) / 1000, 1),
        ours=spreads[ours.name],
        peer=spreads[peer.name],
        ratio=round(spreads[peer.name].median_ms / spreads[ours.name].median_ms, 3),
        ours_per_second=round(rates[ours.name], 1),
        peer_per_second=round(rates[peer.name], 1),
        rate_ratio=round(rates[ours.name] / rates[peer.name], 3),
        ours_processor_ms=ours_work,
        peer_processor_ms=peer_work,
        processor_ratio=round(peer_work / ours_work, 3) if ours_work and peer_work else None,
    )


def _processor_ms(made: list[Visit]) -> float | None:
    used = [v.processor_seconds for v in made if v.processor_seconds is not None]
    return round(sum(used) / sum(len(v.answers) for v in made) * 1000, 2) if len(used) == len(made) else None


def check(server: Server, page: Page, made: Visit, expected: Content) -> None:
    """Stop when any answer is not a 200 with exactly the expected page."""
    if expected[0] != 200:
        raise Different(f"{page.path} answers {expected[0]}, not 200.")
    for answer in made.answers:
        if answer.content != expected:
            raise Different(
                f"{server.name} gives another {page.path}: {_difference(answer.content, expected)}"
            )


def _difference(found: Content, expected: Content) -> str:
    """Where an answer first differs: its status, a header, or a place in the page."""
    if found[:2] != expected[:2]:
        return f"{found[:2]} against {expected[:2]}"
    one, other = found[2], expected[2]
    at = next(
        (i for i, (a, b) in enumerate(zip(one, other, strict=False)) if a != b), min(len(one), len(other))
    )
    return f"byte {at}: {one[max(0, at - 40) : at + 60]!r} against {other[max(0, at - 40) : at + 60]!r}"


def overall(results: Sequence[PageResult]) -> dict[str, float | None]:
    """The ratios over all pages together."""
    work = [row.processor_ratio for row in results if row.processor_ratio is not None]
    return {
        "ratio": round(geometric_mean([row.ratio for row in results]), 3),
        "rate_ratio": round(geometric_mean([row.rate_ratio for row in results]), 3),
        "processor_ratio": round(geometric_mean(work), 3) if work else None,
    }


def _visit(server: Server, page: Page, world: World, size: Size) -> Visit:
    session = world.sessions[page.role] if page.role else ""
    return visit(server, page, session, requests=size.requests, clients=size.clients)
