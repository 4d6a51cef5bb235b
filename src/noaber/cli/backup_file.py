"""The file of a backup: a readable first line about what it is, and the rest encrypted in pieces.

AES-256-GCM with a key made from the newest key of the sealed fields; each piece carries its number and
whether it is the last, so that a file that was cut, changed or put together from two is refused.
"""

import base64
import hashlib
import hmac
import json
import os
import secrets
import struct
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import IO, Any

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from noaber.cli.failures import CommandFailure

MAGIC = b"noaber-backup 1\n"
PIECE = 1 << 20
LONGEST_HEADER = 1 << 20


class Writer:
    """Writes the parts of a backup one after the other: `add` each, and `close` at the end."""

    def __init__(self, path: Path, header: Mapping[str, Any], field_keys: Sequence[str]) -> None:
        salt = secrets.token_bytes(16)
        key = field_keys[0]
        self._gcm = AESGCM(_cipher_key(key, salt))
        self._header = json.dumps(
            {**header, "key": fingerprint(key), "salt": base64.b64encode(salt).decode("ascii")},
            sort_keys=True,
        ).encode()
        self._file = open(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb")  # noqa: SIM115
        self._file.write(MAGIC + self._header + b"\n")
        self._number, self._waiting = 0, bytearray()

    def add(self, name: str, content: IO[bytes], size: int) -> None:
        """Add one part; `size` is how many bytes `content` will give."""
        self._put(struct.pack(">HQ", len(name), size) + name.encode("ascii"))
        left = size
        while left:
            piece = content.read(min(PIECE, left))
            if not piece:
                raise CommandFailure(f"{name} became shorter while it was written.")
            self._put(piece)
            left -= len(piece)

    def close(self) -> None:
        """Write the last piece and wait until everything is on the disk."""
        self._seal(bytes(self._waiting), last=True)
        self._file.flush()
        os.fsync(self._file.fileno())
        self._file.close()

    def _put(self, content: bytes) -> None:
        self._waiting += content
        while len(self._waiting) > PIECE:
            self._seal(bytes(self._waiting[:PIECE]), last=False)
            del self._waiting[:PIECE]

    def _seal(self, piece: bytes, *, last: bool) -> None:
        sealed = self._gcm.encrypt(_nonce(self._number, last), piece, self._header)
        self._file.write(struct.pack(">I", len(sealed)) + sealed)
        self._number += 1


def read_header(path: Path) -> dict[str, Any]:
    """What stands readable in front: when it was made, and of what. CommandFailure when it is no backup."""
    try:
        with open(path, "rb") as file:
            return _header_of(file)[0]
    except OSError as error:
        raise CommandFailure(f"{path} cannot be read ({error.strerror}).") from error


def unpack(path: Path, folder: Path, field_keys: Sequence[str]) -> dict[str, Any]:
    """Decrypt every part into `folder`; the result is the header.

    Everything is checked to the last piece. CommandFailure for a wrong key and for a damaged file.
    """
    with open(path, "rb") as file:
        header, line = _header_of(file)
        key = next((key for key in field_keys if fingerprint(key) == header.get("key")), None)
        if key is None:
            raise CommandFailure(
                f"{path.name} was made with another key, and none of the keys here opens it. Put back the "
                "NOABER_FIELD_KEYS (or secrets.json) of the installation that made it. Nothing was changed."
            )
        gcm = AESGCM(_cipher_key(key, base64.b64decode(header["salt"])))
        _Parts(folder).take(_pieces(file, gcm, line, path.name))
    return header


def fingerprint(key: str) -> str:
    """Tells keys apart without giving them away."""
    return hmac.new(key.encode(), b"noaber backup: which key", hashlib.sha256).hexdigest()[:24]


class _Parts:
    """Puts the decrypted bytes back into files."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def take(self, pieces: Iterator[bytes]) -> None:
        held = bytearray()
        out: IO[bytes] | None = None
        left = 0
        for piece in pieces:
            held += piece
            while held:
                if out is None:
                    if len(held) < 10:
                        break
                    length, left = struct.unpack(">HQ", held[:10])
                    if len(held) < 10 + length:
                        break
                    name = Path(held[10 : 10 + length].decode("ascii")).name
                    out = open(os.open(self._folder / name, os.O_WRONLY | os.O_CREAT, 0o600), "wb")  # noqa: SIM115
                    del held[: 10 + length]
                out.write(held[:left])
                taken = min(left, len(held))
                left -= taken
                del held[:taken]
                if not left:
                    out.close()
                    out = None
        if out is not None or held:
            raise CommandFailure("The backup ends in the middle of a part. Take another one.")


def _header_of(file: IO[bytes]) -> tuple[dict[str, Any], bytes]:
    if file.read(len(MAGIC)) != MAGIC:
        raise CommandFailure(f"{Path(str(file.name)).name} is not a backup of Noaber.")
    line = file.readline(LONGEST_HEADER).rstrip(b"\n")
    try:
        header = json.loads(line)
    except ValueError as error:
        raise CommandFailure("The first line of the backup is damaged. Take another one.") from error
    return dict(header), line


def _pieces(file: IO[bytes], gcm: AESGCM, header: bytes, name: str) -> Iterator[bytes]:
    number = 0
    length = file.read(4)
    while length:
        size = struct.unpack(">I", length)[0] if len(length) == 4 else 0
        sealed = file.read(min(size, PIECE + 64))
        length = file.read(4)
        try:
            yield gcm.decrypt(_nonce(number, last=not length), sealed, header)
        except (InvalidTag, ValueError) as error:
            raise CommandFailure(
                f"{name} is damaged or was cut off (piece {number + 1}). Take another backup. "
                "Nothing was changed."
            ) from error
        number += 1
    if not number:
        raise CommandFailure(f"{name} is empty after its first line. Take another backup.")


def _cipher_key(key: str, salt: bytes) -> bytes:
    return hmac.new(key.encode(), b"noaber backup: content" + salt, hashlib.sha256).digest()


def _nonce(number: int, last: bool) -> bytes:
    return struct.pack(">QI", number, int(last))
