"""Gets a list from an address of somebody else, and never anything from our own networks.

Every address is looked up here, each outcome is checked, and the connection goes to the checked outcome
itself: a name that points elsewhere a moment later, or a redirect, opens nothing. What comes is counted while
it comes, also when it is packed.
"""

from __future__ import annotations

import http.client
import ipaddress
import socket
import ssl
import time
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from urllib.parse import SplitResult, urljoin, urlsplit

from django.conf import settings
from django.utils.translation import gettext as _

from noaber.offer.sources.errors import out_of_reach

MOST_BYTES = 200_000_000
MOST_REDIRECTS = 5
CONNECT_SECONDS = 10
READ_SECONDS = 30
PIECE = 256 * 1024
PORTS = frozenset({80, 443})
"""And every port from 1024: no mail, no remote shells, no databases below it."""
MOVED = frozenset({301, 302, 303, 307, 308})


@dataclass(frozen=True, slots=True)
class Got:
    """What came from an address. `unchanged`: the other says that nothing changed since last time."""

    content: bytes = b""
    kind: str = ""
    etag: str = ""
    modified: str = ""
    unchanged: bool = False


@dataclass(slots=True)
class Budget:
    """How much a whole pull may take: bytes, and seconds on the clock of the machine."""

    bytes_left: int = MOST_BYTES
    until: float = 0.0

    @classmethod
    def of(cls, *, seconds: float = 900, most_bytes: int = MOST_BYTES) -> Budget:
        """A budget that begins now."""
        return cls(most_bytes, time.monotonic() + seconds)

    def take(self, count: int) -> None:
        """Count what came.

        Raises:
            OutOfReach: it is too much, or it takes too long.
        """
        self.bytes_left -= count
        if self.bytes_left < 0:
            raise out_of_reach(_("De bron stuurt meer dan wij aannemen (200 MB)."))
        if time.monotonic() > self.until:
            raise out_of_reach(_("De bron doet er te lang over."))


def get(address: str, budget: Budget, *, etag: str = "", modified: str = "", accept: str = "*/*") -> Got:
    """What stands at this address.

    Raises:
        OutOfReach: it may not be asked, does not answer, or answers with a failure.
    """
    asked = {"If-None-Match": etag, "If-Modified-Since": modified}
    headers = {name: value for name, value in asked.items() if value} | {
        "Accept": accept,
        "Accept-Encoding": "gzip",
        "User-Agent": "Noaber (sociale kaart)",
    }
    for _turn in range(MOST_REDIRECTS + 1):
        parts = allowed(address)
        connection = _connect(parts)
        try:
            answer = _ask(connection, parts, headers)
            if answer.status in MOVED and answer.getheader("Location"):
                address = urljoin(address, str(answer.getheader("Location")))
                continue
            return _taken(answer, budget)
        except (OSError, http.client.HTTPException, zlib.error) as fault:
            raise out_of_reach(_("De bron antwoordt niet, of breekt halverwege af.")) from fault
        finally:
            connection.close()
    raise out_of_reach(_("De bron stuurt steeds door naar een ander adres."))


def allowed(address: str) -> SplitResult:
    """The parts of an address that may be asked.

    Raises:
        OutOfReach: it is no web address, has a name and password in it, or another port.
    """
    try:
        parts = urlsplit(address)
        port = parts.port
    except ValueError as fault:
        raise out_of_reach(_("Dit is geen webadres.")) from fault
    if parts.scheme not in {"http", "https"} or not parts.hostname or any(ord(s) <= 32 for s in address):
        raise out_of_reach(_("Dit is geen webadres. Begin met https://"))
    if parts.username is not None or parts.password is not None:
        raise out_of_reach(_("Zet geen naam of wachtwoord in het adres."))
    if port is not None and port not in PORTS and port < 1024:
        raise out_of_reach(_("Op deze poort halen wij niets op."))
    return parts


def is_open(host: str, port: int, number: str) -> bool:
    """Whether this outcome of a lookup is out in the world, or was allowed by whoever runs this house."""
    if f"{host}:{port}" in settings.SOURCES_ALLOW:
        return True
    try:
        found = ipaddress.ip_address(number.split("%")[0])
    except ValueError:
        return False
    return all(one.is_global and not one.is_multicast and not one.is_reserved for one in _meant_by(found))


def _meant_by(
    found: ipaddress.IPv4Address | ipaddress.IPv6Address,
) -> Iterator[ipaddress.IPv4Address | ipaddress.IPv6Address]:
    """The number, and the older number that stands inside it."""
    yield found
    if isinstance(found, ipaddress.IPv6Address):
        if found.ipv4_mapped:
            yield found.ipv4_mapped
        if found.sixtofour:
            yield found.sixtofour
        if found.teredo:
            yield from found.teredo
        if found in ipaddress.ip_network("64:ff9b::/96"):
            yield ipaddress.IPv4Address(int(found) & 0xFFFFFFFF)


def _connect(parts: SplitResult) -> http.client.HTTPConnection:
    host = str(parts.hostname)
    port = parts.port or (443 if parts.scheme == "https" else 80)
    try:
        found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    except (OSError, UnicodeError) as fault:
        raise out_of_reach(_("Dit adres bestaat niet (meer).")) from fault
    numbers = [str(one[4][0]) for one in found]
    if not numbers or not all(is_open(host, port, number) for number in numbers):
        raise out_of_reach(_("Dit adres ligt in een besloten netwerk. Daar halen wij niets op."))
    return _connected(parts.scheme, host, port, numbers)


def _connected(scheme: str, host: str, port: int, numbers: list[str]) -> http.client.HTTPConnection:
    """A connection to a checked number; the certificate must be that of the name."""
    fault: OSError = OSError()
    for number in numbers[:4]:
        try:
            plug = socket.create_connection((number, port), timeout=CONNECT_SECONDS)
            plug.settimeout(READ_SECONDS)
            if scheme == "https":
                plug = ssl.create_default_context().wrap_socket(plug, server_hostname=host)
        except OSError as one:
            fault = one
            continue
        connection = http.client.HTTPConnection(host, port, timeout=READ_SECONDS)
        connection.sock = plug
        return connection
    raise out_of_reach(_("De bron antwoordt niet.")) from fault


def _ask(
    connection: http.client.HTTPConnection, parts: SplitResult, headers: dict[str, str]
) -> http.client.HTTPResponse:
    path = (parts.path or "/") + (f"?{parts.query}" if parts.query else "")
    connection.putrequest("GET", path, skip_host=True, skip_accept_encoding=True)
    connection.putheader("Host", parts.netloc)
    for name, value in headers.items():
        connection.putheader(name, value)
    connection.putheader("Connection", "close")
    connection.endheaders()
    return connection.getresponse()


def _taken(answer: http.client.HTTPResponse, budget: Budget) -> Got:
    if answer.status == 304:
        return Got(unchanged=True)
    if answer.status != 200:
        raise out_of_reach(_("De bron antwoordt met fout %(code)s.") % {"code": answer.status})
    packed = (answer.getheader("Content-Encoding") or "").strip().lower()
    if packed not in {"", "identity", "gzip"}:
        raise out_of_reach(_("De bron pakt het antwoord in op een manier die wij niet kennen."))
    content = b"".join(_pieces(answer, budget, unpack=packed == "gzip"))
    return Got(
        content,
        (answer.getheader("Content-Type") or "").split(";")[0].strip().lower(),
        (answer.getheader("ETag") or "")[:200],
        (answer.getheader("Last-Modified") or "")[:100],
    )


def _pieces(answer: http.client.HTTPResponse, budget: Budget, *, unpack: bool) -> Iterator[bytes]:
    promised = answer.getheader("Content-Length") or ""
    if promised.isdigit() and int(promised) > budget.bytes_left:
        budget.take(int(promised))
    unpacker = zlib.decompressobj(16 + zlib.MAX_WBITS) if unpack else None
    while piece := answer.read1(PIECE):
        if unpacker is None:
            budget.take(len(piece))
            yield piece
            continue
        while piece:
            out = unpacker.decompress(piece, PIECE)
            piece = unpacker.unconsumed_tail
            budget.take(len(out))
            yield out
    if answer.length:
        raise http.client.IncompleteRead(b"", answer.length)
    if unpacker is not None and not unpacker.eof:
        raise out_of_reach(_("De bron breekt halverwege af."))
