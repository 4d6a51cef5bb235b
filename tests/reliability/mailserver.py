"""A mail server of one thread that counts, and that now and then hangs up after it has taken the mail."""

from __future__ import annotations

import re
import socketserver
import threading
from collections import Counter

_MESSAGE_ID = re.compile(rb"(?im)^message-id:\s*(<[^>]+>)")
HANGS_UP_EVERY = 9


class _Conversation(socketserver.StreamRequestHandler):
    server: CountingServer

    def handle(self) -> None:
        """Speak just enough SMTP (RFC 5321) to take mails."""
        self._say(b"220 proof")
        while line := self.rfile.readline().strip():
            word = line[:4].upper()
            if word == b"DATA":
                self._say(b"354 go on")
                if not self._take_mail():
                    return
            elif word == b"QUIT":
                self._say(b"221 bye")
                return
            else:
                self._say(b"250 fine")

    def _take_mail(self) -> bool:
        """Take one mail; False when we hang up without saying that we took it."""
        lines = []
        while (line := self.rfile.readline()) not in {b".\r\n", b""}:
            lines.append(line)
        if line == b"":
            return False
        if self.server.count(b"".join(lines)) % HANGS_UP_EVERY == 0:
            return False
        self._say(b"250 taken")
        return True

    def _say(self, words: bytes) -> None:
        self.wfile.write(words + b"\r\n")


class CountingServer(socketserver.ThreadingTCPServer):
    """Counts how often each Message-ID arrived. Use as a context; listens on a free port of this machine."""

    allow_reuse_address = True
    daemon_threads = True

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), _Conversation)
        self.arrived: Counter[str] = Counter()
        self._lock = threading.Lock()
        self._thread = threading.Thread(target=self.serve_forever, args=(0.1,), daemon=True)

    @property
    def url(self) -> str:
        """The value for NOABER_MAIL_URL."""
        return f"smtp://127.0.0.1:{self.server_address[1]}"

    def count(self, mail: bytes) -> int:
        """Note one arrival; the result is how many there were in all."""
        found = _MESSAGE_ID.search(mail)
        with self._lock:
            self.arrived[found.group(1).decode() if found else "none"] += 1
            return sum(self.arrived.values())

    def handle_error(self, request: object, client_address: object) -> None:
        """A killed worker hangs up in the middle; that is what we are here for."""

    def __enter__(self) -> CountingServer:
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self.shutdown()
        self.server_close()
