"""A real server on this machine that plays the map of somebody else."""

from __future__ import annotations

import gzip
import json
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread
from typing import Any
from urllib.parse import parse_qs, urlsplit

from noaber.offer.directory.hsds_terms import made

Answer = Callable[[BaseHTTPRequestHandler], None]


@dataclass
class Neighbours:
    """Their map: what it answers, and what it was asked. `down`: it answers with a failure."""

    address: str = ""
    host: str = ""
    content: bytes = b""
    services: list[dict[str, Any]] = field(default_factory=list)
    etag: str = ""
    down: bool = False
    plain: bool = False
    """An old door: no ndjson, no `full`; every entry must be asked for itself."""
    asked: list[str] = field(default_factory=list)
    answer: Answer | None = None


@contextmanager
def neighbours(port: int = 0) -> Iterator[Neighbours]:
    """A running map, at this port or a free one; its address in `address`."""
    there = Neighbours()

    class Door(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            there.asked.append(self.path)
            if there.answer is not None:
                there.answer(self)
            elif there.down:
                say(self, b"", status=503)
            elif there.services:
                _hsds(self, there)
            elif there.etag and self.headers.get("If-None-Match") == there.etag:
                say(self, b"", status=304)
            else:
                say(self, there.content, headers={"ETag": there.etag} if there.etag else {})

        def log_message(self, format: str, *args: Any) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", port), Door)
    thread = Thread(target=server.serve_forever, daemon=True)
    thread.start()
    there.host = f"127.0.0.1:{server.server_port}"
    there.address = f"http://{there.host}/lijst"
    try:
        yield there
    finally:
        server.shutdown()
        server.server_close()


def say(
    door: BaseHTTPRequestHandler,
    content: bytes,
    *,
    status: int = 200,
    kind: str = "text/csv",
    headers: dict[str, str] | None = None,
) -> None:
    """One whole answer."""
    door.send_response(status)
    door.send_header("Content-Type", kind)
    door.send_header("Content-Length", str(len(content)))
    for name, value in (headers or {}).items():
        door.send_header(name, value)
    door.end_headers()
    door.wfile.write(content)


def _hsds(door: BaseHTTPRequestHandler, there: Neighbours) -> None:
    parts = urlsplit(door.path)
    asked = {name: values[0] for name, values in parse_qs(parts.query).items()}
    if parts.path.count("/services/"):
        wanted = parts.path.rsplit("/", 1)[-1]
        found = next(one for one in there.services if one["id"] == wanted)
        return say(door, json.dumps(found).encode(), kind="application/json")
    if there.plain and ({"format", "full"} & set(asked)):
        return say(door, b"{}", status=400)
    if asked.get("format") == "ndjson":
        lines = "\n".join(json.dumps(one) for one in there.services)
        return say(
            door,
            gzip.compress(lines.encode()),
            kind="application/x-ndjson",
            headers={"Content-Encoding": "gzip"},
        )
    size, number = int(asked.get("per_page", "50")), int(asked.get("page", "1"))
    part = there.services[(number - 1) * size : number * size]
    if there.plain:
        part = [{"id": one["id"], "name": one["name"], "status": "active"} for one in part]
    pages = -(-len(there.services) // size)
    page = {"total_pages": pages, "page_number": number, "last_page": number >= pages, "contents": part}
    return say(door, json.dumps(page).encode(), kind="application/json")


def service(number: int, **more: Any) -> dict[str, Any]:
    """One entry as another map says it in HSDS."""
    pk = made("test", number)
    return {
        "id": pk,
        "name": f"Wandelgroep {number}",
        "status": "active",
        "description": f"Samen wandelen, groep {number}.",
        "organization": {"id": made("org", 1), "name": "De Buren", "description": "De Buren"},
        "phones": [{"id": made("phone", number), "number": f"0546-{number:06}"}],
    } | more
