"""After everything was delivered: on the wire, on paper, in the log and in the tables of the queues.

In the mail itself stands the address of who gets it, and nothing else of anybody.
"""

from __future__ import annotations

import json
import re
from email import message_from_bytes, policy
from email.message import EmailMessage
from typing import Any
from urllib.request import Request

import pytest
from django.conf import settings as live
from django.db import connection
from django.urls import reverse
from pytest_django import Settings
from tests.languages import neutral
from tests.security import canaries
from tests.security.moments import NOW
from tests.security.test_at_rest import from_hex, whole_database
from tests.security.visits import Browsers, captured_log
from tests.security.world import World

from noaber.hallway.access import gate
from noaber.hallway.outbox.models import OutboxEvent
from noaber.hallway.outbox.services import deliver
from noaber.hallway.post import services as post
from noaber.hallway.post import texts
from noaber.hallway.post.models import Message

QUEUES = ("procrastinate_", "outbox_", "post_message")


class Wire:
    """Stands where the mail server and the gateway for texts stand."""

    def __init__(self) -> None:
        self.mails: list[bytes] = []
        self.texts: list[bytes] = []

    def __call__(self, *_: Any, **__: Any) -> Wire:
        return self

    def __enter__(self) -> Wire:
        return self

    def __exit__(self, *_: object) -> None:
        return None

    def send_message(self, mail: EmailMessage) -> None:
        self.mails.append(mail.as_bytes())

    def take(self, request: Request, timeout: int = 0) -> Wire:
        self.texts.append(bytes(request.data or b""))  # type: ignore[arg-type]  # posted as bytes
        return self

    def read(self) -> bytes:
        return b""


@pytest.fixture
def delivered(world: World, settings: Settings, monkeypatch: pytest.MonkeyPatch) -> tuple[Wire, str]:
    """Everything that was ever written to anybody here goes out now; what the log said meanwhile."""
    wire = Wire()
    settings.MAIL_URL, settings.TEXT_URL = "smtp://127.0.0.1:25", "http://127.0.0.1:9/"
    settings.FIXED_NOW = NOW
    monkeypatch.setattr(post, "SMTP", wire)
    monkeypatch.setattr(texts, "urlopen", wire.take)
    with captured_log() as log, gate.as_system("proef: alles bezorgen"):
        for pk in OutboxEvent.objects.filter(delivered_at=None).values_list("pk", flat=True):
            deliver(pk, now=NOW)
        by_machine = Message.objects.exclude(channel__in=post.BY_HAND).exclude(state=Message.State.WITHHELD)
        _one_by_text()
        by_machine.update(state=Message.State.QUEUED, guard="")
        for pk in by_machine.values_list("pk", flat=True):
            post.send(str(pk), now=NOW)
    return wire, log.getvalue()


def _one_by_text() -> None:
    """A message of each kind to somebody with a phone goes by text, so that those are seen as well."""
    with gate.as_system("proef: ook als sms"):
        for row in Message.objects.filter(channel="mail").exclude(recipient_account_id=None)[:40]:
            Message.objects.create(
                key=f"text:{row.pk}",
                address=canaries.phone("fatma"),
                subject=row.subject,
                body=row.body,
                channel="text",
                created_at=NOW,
            )


def test_a_mail_holds_the_address_of_its_reader_and_nothing_else(delivered: tuple[Wire, str]) -> None:
    wire, _log = delivered
    assert len(wire.mails) > 20
    for raw in wire.mails:
        mail = message_from_bytes(raw, policy=policy.default)
        to = str(mail["To"])
        opened = b"\n".join(_parts(mail)).replace(to.encode(), b"")
        head = raw.replace(to.encode(), b"")
        assert canaries.found_in(opened, head) == frozenset(), mail["Subject"]
        assert neutral.telling_in(str(mail["Subject"])) == []
        assert str(mail["From"]) == live.DEFAULT_FROM_EMAIL
        for kind in ("SUMMARY", "LOCATION", "DESCRIPTION", "ORGANIZER"):
            for line in re.findall(rf"^{kind}[;:].*$", opened.decode(), re.MULTILINE):
                assert neutral.telling_in(line) == [], line


def _parts(mail: Any) -> list[bytes]:
    """Each part as it reads when its encoding is taken off, with the folded lines of a calendar unfolded."""
    found = [part.get_content() for part in mail.walk() if not part.is_multipart()]
    return [re.sub(r"\r?\n[ \t]", "", part).encode() if isinstance(part, str) else part for part in found]


def test_a_text_holds_neither(delivered: tuple[Wire, str]) -> None:
    wire, _log = delivered
    assert wire.texts
    for raw in wire.texts:
        sent = json.loads(raw)
        assert canaries.found_in(sent["text"]) == frozenset()
        assert neutral.telling_in(re.sub(r"https?://\S+", "", sent["text"])) == []


def test_the_log_of_the_worker_names_nobody(delivered: tuple[Wire, str]) -> None:
    _wire, log = delivered
    assert canaries.found_in(log) == frozenset()


def test_the_queues_hold_nothing_of_anybody_when_all_is_delivered(delivered: tuple[Wire, str]) -> None:
    assert delivered[0].mails
    tables = {name: text for name, text in whole_database().items() if name.startswith(QUEUES)}
    assert {"outbox_outboxevent", "outbox_handling", "post_message", "procrastinate_jobs"} <= set(tables)
    assert {(n, c) for n, text in tables.items() for c in canaries.found_in(text, from_hex(text))} == set()


def test_the_envelope_shows_where_it_goes_and_nothing_else(world: World) -> None:
    """The name and the address of who gets it, who sends it, and no word about why."""
    page = Browsers(world).of("ilse").get(reverse("companions:print_all")).content.decode()
    (window,) = re.findall(r'<address class="window"[^>]*>(.*?)</address>', page, re.DOTALL)
    (sender,) = re.findall(r'<p class="sender">(.*?)</p>', page, re.DOTALL)
    assert "Kerkstraat 1" in window
    assert canaries.found_in(window) <= {"els.name"}
    assert canaries.found_in(sender) == frozenset()
    assert neutral.telling_in(f"{window} {sender}") == []
    sheet = page[page.index('<article class="sheet"') : page.index("</article>")]
    assert canaries.found_in(sheet) <= {"els.name"}


def test_whatever_is_planted_would_be_found(world: World) -> None:
    """The instrument: the same search finds a name in a queue, were it written there."""
    with gate.as_system("proef"), connection.cursor() as cursor:
        one = "(SELECT id FROM outbox_outboxevent LIMIT 1)"
        cursor.execute(
            f"UPDATE outbox_outboxevent SET payload = %s WHERE id = {one}",  # noqa: S608  # no value in it
            [json.dumps({"name": canaries.full_name("fatma")})],
        )
    assert "fatma.name" in canaries.found_in(whole_database()["outbox_outboxevent"])
