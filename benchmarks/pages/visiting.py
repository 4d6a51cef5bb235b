"""Visitors: they open a page a bounded number of times over connections that stay open."""

from __future__ import annotations

import http.client
import re
import threading
import time
from dataclasses import dataclass

from benchmarks.pages.servers import HOST, Server
from benchmarks.pages.world import Page

ONE_TIME = re.compile(
    rb'(name="(?:csrfmiddlewaretoken|once_key)" value=")[^"]*|(X-CSRFToken&quot;: &quot;)[A-Za-z0-9]+'
)
"""What is new in every answer on purpose: the token of a form, and the key that makes a double click safe."""

COMPARED_HEADERS = ("Content-Type", "Content-Security-Policy", "Cache-Control", "X-Frame-Options")
TIMEOUT_SECONDS = 30

Content = tuple[int, tuple[str | None, ...], bytes]
"""Status, the compared headers, and the page without its tokens."""


@dataclass(frozen=True, slots=True)
class Answer:
    """One answer: how long it took in seconds, and what came."""

    seconds: float
    status: int
    headers: tuple[str | None, ...]
    body: bytes

    @property
    def content(self) -> Content:
        """What must be equal under both servers: everything apart from the tokens."""
        return self.status, self.headers, ONE_TIME.sub(rb"\1\2", self.body)


@dataclass(frozen=True, slots=True)
class Visit:
    """One block of requests to one page.

    `seconds` from the first request to the last answer; `processor_seconds` of the server in that time.
    """

    answers: tuple[Answer, ...]
    seconds: float
    processor_seconds: float | None

    @property
    def per_second(self) -> float:
        return len(self.answers) / self.seconds


def visit(server: Server, page: Page, session: str, *, requests: int, clients: int) -> Visit:
    """Open `page` `requests` times by `clients` visitors at once."""
    shares = [requests // clients + (i < requests % clients) for i in range(clients)]
    found: list[list[Answer]] = [[] for _ in shares]
    failures: list[BaseException] = []
    start = threading.Barrier(clients + 1)

    def one(number: int) -> None:
        try:
            connection = _connect(server)
            start.wait()
            found[number] = [_ask(connection, page, session) for _ in range(shares[number])]
            connection.close()
        except (OSError, http.client.HTTPException, threading.BrokenBarrierError) as failure:
            failures.append(failure)
            start.abort()

    threads = [threading.Thread(target=one, args=(number,)) for number in range(clients)]
    for thread in threads:
        thread.start()
    try:
        start.wait()
    except threading.BrokenBarrierError as failure:
        failures.append(failure)
    began, used = time.perf_counter(), server.processor_seconds()
    for thread in threads:
        thread.join()
    seconds, used_after = time.perf_counter() - began, server.processor_seconds()
    if failures:
        raise SystemExit(f"{server.name} did not serve {page.path}: {failures[0]!r}")
    work = None if used is None or used_after is None else used_after - used
    return Visit(tuple(answer for part in found for answer in part), seconds, work)


def _connect(server: Server) -> http.client.HTTPConnection:
    connection = http.client.HTTPConnection(HOST, server.port, timeout=TIMEOUT_SECONDS)
    connection.connect()
    return connection


def _ask(connection: http.client.HTTPConnection, page: Page, session: str) -> Answer:
    # One Host for both servers, because a page may show its own address.
    headers = {"Host": "127.0.0.1", "Accept": "text/html"} | (
        {"Cookie": f"sessionid={session}"} if session else {}
    )
    began = time.perf_counter()
    connection.request("GET", page.path, headers=headers)
    response = connection.getresponse()
    body = response.read()
    seconds = time.perf_counter() - began
    compared = tuple(_in_one_order(response.getheader(name)) for name in COMPARED_HEADERS)
    return Answer(seconds, response.status, compared, body)


def _in_one_order(value: str | None) -> str | None:
    """The parts of a header in one order: django-csp writes its directives in another one in each process."""
    return value and "; ".join(sorted(part.strip() for part in value.split(";")))
