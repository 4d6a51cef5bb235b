"""A file that is too big is let go while it comes: it fills no memory and no disk, and gets an answer."""

from __future__ import annotations

from typing import Any

from django.core.files.uploadhandler import FileUploadHandler, SkipFile
from django.http import HttpRequest


class NotTooMuch(FileUploadHandler):
    """Stands before the handlers that keep a file and stops them when it grows too big."""

    def __init__(self, request: HttpRequest, most_bytes: int) -> None:
        super().__init__(request)
        self.most_bytes = most_bytes
        self.seen = 0
        self.too_big = False

    def receive_data_chunk(self, raw_data: bytes, start: int) -> bytes:
        """Count, and pass on."""
        self.seen += len(raw_data)
        if self.seen > self.most_bytes:
            self.too_big = True
            raise SkipFile  # what still comes is read in pieces and let go
        return raw_data

    def file_complete(self, file_size: int) -> Any:
        """The file itself comes from the handlers behind this one."""
        return None
