"""What stands in a packed file: PDF streams, ZIP members, gzip, and the base64 of mails."""

from __future__ import annotations

import base64
import binascii
import gzip
import io
import re
import zipfile
import zlib
from collections.abc import Iterator

STREAM = re.compile(rb"stream\r?\n(.*?)\r?\nendstream", re.DOTALL)
BASE64 = re.compile(rb"(?:[A-Za-z0-9+/]{60,76}\r?\n){1,}[A-Za-z0-9+/]*={0,2}|[A-Za-z0-9+/]{40,}={0,2}")


def texts_in(body: bytes) -> list[bytes]:
    """Everything that can be read inside these bytes, without the bytes themselves."""
    return list(_texts(body, depth=3))


def _texts(body: bytes, *, depth: int) -> Iterator[bytes]:
    for inside in _inside(body) if depth else ():
        yield inside
        yield from _texts(inside, depth=depth - 1)


def _inside(body: bytes) -> Iterator[bytes]:
    if body[:2] == b"PK":
        with zipfile.ZipFile(io.BytesIO(body)) as archive:
            for name in archive.namelist():
                yield name.encode()
                yield archive.read(name)
    if body[:2] == b"\x1f\x8b":
        yield gzip.decompress(body)
    if body[:4] == b"%PDF":
        for stream in STREAM.findall(body):
            yield from _inflated(stream)
    if b"base64" in body.lower():
        for block in BASE64.findall(body):
            yield from _decoded(block)


def _inflated(stream: bytes) -> Iterator[bytes]:
    try:
        yield zlib.decompress(stream)
    except zlib.error:
        return


def _decoded(block: bytes) -> Iterator[bytes]:
    try:
        yield base64.b64decode(block + b"=" * (-len(block.strip()) % 4))
    except (binascii.Error, ValueError):
        return


def packings(text: bytes) -> list[bytes]:
    """The same text as each kind of packed file, to see that it would be found."""
    archive = io.BytesIO()
    with zipfile.ZipFile(archive, "w", zipfile.ZIP_DEFLATED) as writing:
        writing.writestr("blad.csv", text)
    pdf = b"%PDF-1.7\n1 0 obj <</Filter /FlateDecode>>\nstream\n" + zlib.compress(text) + b"\nendstream\n"
    mail = b"Content-Transfer-Encoding: base64\n\n" + base64.encodebytes(text * 3)
    return [archive.getvalue(), gzip.compress(text), pdf, mail]
