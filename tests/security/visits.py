"""Visits: one request as one of the cast, and everything that left the house because of it."""

from __future__ import annotations

import io
import logging
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.db import connection, transaction
from django.test import Client
from django.test.client import ClientHandler
from tests.security import canaries
from tests.security.moments import NOW
from tests.security.world import Case, World

from noaber.hallway.access import gate
from noaber.hallway.access.reporting import NamelessRecords
from noaber.hallway.accounts.models import Account
from noaber.hallway.accounts.tests.signing import browser_of
from noaber.hallway.audit.models import AuditEntry
from noaber.hallway.outbox.models import OutboxEvent
from noaber.hallway.outbox.services import deliver
from noaber.hallway.post.models import Message
from noaber.hallway.post.services import as_mail
from noaber.network.residents.models import HelpRequest, Involvement, Resident, ThreadEntry
from noaber.pathways.conversations.models import Conversation, Report
from noaber.pathways.referrals.models import Letter

ANONYMOUS = "anonymous"
HALFWAY = "halfway"
"""Sanne, who gave her password and not yet her second step."""

COUNTED_TABLES_NOT = ("audit_auditentry", "django_session", "hallway_cache", "accounts_attempt", "axes_")
"""Tables that a refused visit may write in: the log, the session, and the counts of tries."""


@dataclass(slots=True)
class Visit:
    """What one request gave back, and what it did."""

    status: int
    headers: dict[str, str]
    body: bytes
    log: str
    mails: list[bytes]
    lines: list[AuditEntry]
    changed: frozenset[str] = frozenset()
    kept: bool = True

    @property
    def shown(self) -> frozenset[str]:
        """The planted words in headers, cookies and body."""
        return canaries.found_in(self.body, *self.headers.values())

    def traces(self, world: World) -> frozenset[str]:
        """Whose numbers and ids stand in the body, as `person.code` and `person.id`."""
        found = set()
        for name, case in world.cases.items():
            if case.code.encode() in self.body:
                found.add(f"{name}.code")
            if any(str(pk).encode() in self.body for pk in case.ids()):
                found.add(f"{name}.id")
        return frozenset(found)

    @property
    def location(self) -> str:
        """Where it sends the visitor on to."""
        return self.headers.get("Location", "")


def enter(account: Account, *, second_factor: bool) -> Client:
    """A browser in which this account has signed in; a fault becomes a page, as outside of tests."""
    return browser_of(account, second_factor=second_factor, raises=False)


class Browsers:
    """A signed-in browser for each of the cast, made when first asked for."""

    def __init__(self, world: World) -> None:
        self.world = world
        self._keys: dict[str, str] = {}
        for who in (*world.accounts, *world.cases, HALFWAY):
            client = enter(self.account(who), second_factor=who not in world.cases and who != HALFWAY)
            self._keys[who] = client.cookies[settings.SESSION_COOKIE_NAME].value
        self._handler = ClientHandler(enforce_csrf_checks=False)
        self.at_rest = contents()

    def account(self, who: str) -> Account:
        """The account behind a name."""
        if who in self.world.cases:
            return self.world.cases[who].account
        return self.world.accounts["sanne" if who == HALFWAY else who]

    def of(self, who: str) -> Client:
        """A fresh browser with this one's session cookie and nothing else."""
        client = Client(raise_request_exception=False)
        client.handler = self._handler
        if who != ANONYMOUS:
            client.cookies[settings.SESSION_COOKIE_NAME] = self._keys[who]
        return client


def visit(
    client: Client,
    method: str,
    path: str,
    data: Mapping[str, Any] | None = None,
    *,
    compare: Mapping[str, str] | None = None,
    keep: Case | None = None,
) -> Visit:
    """Ask, deliver what was published, look at everything, and undo it all.

    With `compare` (the contents at rest) every table is compared; with `keep` the rows of that one resident.
    """
    with transaction.atomic(), captured_log() as log:
        before = rows_written() if compare else {}
        hers = rows_of(keep) if keep else []
        last_line = AuditEntry.objects.order_by("-pk").values_list("pk", flat=True).first() or 0
        response = getattr(client, method.lower())(path, data or {}, secure=False)
        body = b"".join(response.streaming_content) if response.streaming else response.content
        changed = frozenset()
        if compare and rows_written() != before:
            changed = frozenset(name for name, mark in contents().items() if compare[name] != mark)
        kept = rows_of(keep) == hers if keep else True
        _forget()
        lines = list(AuditEntry.objects.filter(pk__gt=last_line))
        mails = _mails() if method == "POST" else []
        headers = dict(response.headers.items())
        headers.update({f"cookie:{name}": morsel.OutputString() for name, morsel in response.cookies.items()})
        transaction.set_rollback(True)
    return Visit(response.status_code, headers, body, log.getvalue(), mails, lines, changed, kept)


def _opened(message: Message) -> bytes:
    """What a mail says when its encoding is taken off; without the address it goes to."""
    calendar = bytes(message.calendar or b"").replace(message.address.encode(), b"")
    return b"\n".join([message.subject.encode(), message.body.encode(), calendar])


def _forget() -> None:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT set_config('app.account', '', true), set_config('app.resident', '', true), "
            "set_config('app.organisations', '', true), set_config('app.scope', '', true)"
        )


def _mails() -> list[bytes]:
    """What leaves the house once the listeners have heard of this visit, as the worker would tell them."""
    for event_id in OutboxEvent.objects.filter(delivered_at=None).values_list("pk", flat=True):
        deliver(event_id, now=NOW)
    new = Message.objects.filter(state=Message.State.QUEUED).exclude(key__startswith="by-hand-")
    return [as_mail(message, NOW).as_bytes() + _opened(message) for message in new]


@contextmanager
def captured_log() -> Iterator[io.StringIO]:
    """Everything that would reach standard error, at every level, through the filter of the settings."""
    text = io.StringIO()
    handler = logging.StreamHandler(text)
    handler.addFilter(NamelessRecords())
    handler.setFormatter(logging.Formatter("%(name)s %(message)s"))
    root = logging.getLogger()
    root.addHandler(handler)
    try:
        yield text
    finally:
        root.removeHandler(handler)


def rows_written() -> dict[str, int]:
    """How many rows this transaction wrote in each table so far, also what was rolled back since."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT relname, n_tup_ins + n_tup_upd + n_tup_del FROM pg_stat_xact_user_tables "
            "WHERE schemaname = 'public'"
        )
        return {name: n for name, n in cursor.fetchall() if not name.startswith(COUNTED_TABLES_NOT)}


def contents() -> dict[str, str]:
    """A fingerprint of the rows of every table, as the house sees them."""
    with gate.as_system("proef: is er iets veranderd"), connection.cursor() as cursor:
        cursor.execute("SELECT tablename FROM pg_tables WHERE schemaname = 'public'")
        tables = [name for (name,) in cursor.fetchall() if not name.startswith(COUNTED_TABLES_NOT)]
        parts = [
            f"SELECT '{name}', md5(coalesce(string_agg(md5(t::text), '' ORDER BY md5(t::text)), ''))"  # noqa: S608
            f" FROM {name} t"
            for name in tables
        ]
        cursor.execute(" UNION ALL ".join(parts))
        return dict(cursor.fetchall())


def rows_of(case: Case) -> list[object]:
    """Everything that is kept of one resident, as the house sees it."""
    with gate.as_system("proef: is zij ongemoeid gebleven"):
        return [
            list(Resident.objects.filter(pk=case.resident_id).values()),
            list(HelpRequest.objects.filter(pk=case.help_request_id).values()),
            list(Involvement.objects.filter(help_request=case.help_request_id).order_by("pk").values()),
            list(ThreadEntry.objects.filter(help_request=case.help_request_id).order_by("pk").values()),
            list(Conversation.objects.filter(help_request=case.help_request_id).order_by("pk").values()),
            list(Report.objects.filter(conversation=case.conversation_id).values()),
            list(Letter.objects.filter(pk=case.letter_id).values()),
        ]
