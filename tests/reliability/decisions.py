"""A house in which someone decides while others look: what may be done, and what came of it, to the instant.

Facts are kept beside the house, in plain Python: from when until when she allowed or refused what, as seen
from outside. A refusal counts from the moment its commit was answered; a consent until the moment the commit
of its end was answered. Nothing here asks the house whether something was allowed.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from math import inf
from uuid import UUID

import psycopg
from django.conf import settings as live
from django.db import transaction

from noaber.ground.errors import NoaberError
from noaber.hallway.access import gate
from noaber.hallway.access.types import Actor
from noaber.hallway.accounts.models import Account
from noaber.hallway.holdings import ledger
from noaber.hallway.outbox.models import OutboxEvent
from noaber.hallway.outbox.services import deliver
from noaber.hallway.post import services as post
from noaber.hallway.post.models import Message
from noaber.network.consents import services as consenting
from noaber.network.consents.models import Consent
from noaber.network.consents.queries_order import deciding
from noaber.network.consents.types import NewConsent
from noaber.network.partners.models import Membership, Organisation
from noaber.network.residents.models import Resident
from noaber.network.residents.services import take_hold
from noaber.pathways.conversations import services
from noaber.pathways.conversations.factories import World, as_resident
from noaber.pathways.conversations.models import Report
from noaber.pathways.conversations.queries.with_us import shared_report
from noaber.pathways.referrals import services as referrals
from noaber.pathways.referrals.models import Letter
from noaber.pathways.referrals.queries import due_letters

BEGIN = datetime.fromisoformat("2027-07-01T08:00:00+00:00")
KEPT = ("consents_consent", "consents_objection", "holdings_ledgermark", "referrals_letter", "post_message")
"""What an older backup brings back here: decisions, what the ledger was known to hold, letters and post."""

BEGUN = ("referrals_letter", "conversations_report", "conversations_reportversion")
"""What stands at the start of every story as it stood at the first: one report, and a letter that waits.

Otherwise each story inherits the letters of all before it. The practice opens every letter of its referral,
so the ten thousandth act would read hundreds of letters where a real referral has a few.
"""

Step = Callable[[], None]


@dataclass(slots=True)
class Span:
    """Something that held from one instant of the stopwatch to another."""

    kind: str
    organisation: str
    version: int = 0
    until: datetime | None = None
    since: float = 0.0
    over: float = inf

    def at(self, moment: float) -> bool:
        """Whether it held at that instant."""
        return self.since <= moment < self.over


@dataclass(slots=True)
class Shown:
    """Something of hers that reached someone."""

    moment: float
    what: str
    organisations: frozenset[str]
    version: int
    by: str
    clock: datetime


@dataclass(slots=True)
class House:
    """The cast, the facts, and everything that was shown or sent."""

    world: World
    owner: psycopg.Connection
    thread: UUID = field(default_factory=lambda: UUID(int=0))
    referral: UUID = field(default_factory=lambda: UUID(int=0))
    conversation: UUID = field(default_factory=lambda: UUID(int=0))
    organisations: dict[str, Organisation] = field(default_factory=dict)
    people: dict[str, Account] = field(default_factory=dict)
    consents: dict[UUID, Span] = field(default_factory=dict)
    objections: dict[UUID, Span] = field(default_factory=dict)
    shown: list[Shown] = field(default_factory=list)
    story: list[str] = field(default_factory=list)
    backup: frozenset[UUID] | None = None
    """The consents that the backup knows."""

    @property
    def now(self) -> datetime:
        """The house's own time."""
        moment: datetime = live.FIXED_NOW
        return moment

    # --- who acts -------------------------------------------------------------------------------------

    def works_at(self, name: str) -> frozenset[str]:
        """The organisations of someone at this moment, by name."""
        rows = Membership.objects.filter(account=self.people[name], period__contains=self.now.date())
        ids = set(rows.values_list("organisation_id", flat=True))
        return frozenset(key for key, row in self.organisations.items() if row.pk in ids)

    def actor(self, name: str) -> Actor:
        """Someone of the cast, and the database told so."""
        if name == "fatma":
            return as_resident(self.thread, now=self.now)
        return self.world.speak_as(self.people[name], self.now)

    # --- what she does --------------------------------------------------------------------------------

    def share(self, organisation: str, days: int) -> Step:
        """She lets an organisation read the report as she sees it now, for some days or until she stops."""
        began = time.monotonic()
        actor = self.actor("fatma")
        report = services.read_report(actor=actor, conversation_id=self.conversation, now=self.now)
        until = self.now + timedelta(days=days) if days else None
        new = NewConsent(
            "report",
            self.conversation,
            report.version,
            self.organisations[organisation].pk,
            "help",
            until,
        )
        pk = consenting.give(actor=actor, consent=new, now=self.now)

        def remember() -> None:
            self.consents[pk] = Span("report", organisation, report.version, until, began)
            self._replaced()

        return remember

    def end(self, pk: UUID) -> Step:
        """She takes one consent back."""
        consenting.end(actor=self.actor("fatma"), consent_id=pk, now=self.now)
        return lambda: self._over(self.consents[pk])

    def object_to(self, what: str, organisation: str) -> Step:
        """She does not want it; an empty organisation is everyone."""
        pk = consenting.object_to(
            actor=self.actor("fatma"),
            what=what,
            object_id=self.conversation if what != "all" else None,
            organisation_id=self.organisations[organisation].pk if organisation else None,
            now=self.now,
        )

        def remember() -> None:
            if pk not in self.objections:
                self.objections[pk] = Span(what, organisation, since=time.monotonic())

        return remember

    def withdraw(self, pk: UUID) -> Step:
        """She does not mind any more: from the start of this act it may count no longer."""
        span, began = self.objections[pk], time.monotonic()
        consenting.withdraw_objection(actor=self.actor("fatma"), objection_id=pk, now=self.now)
        span.over = min(span.over, began)
        return lambda: None

    def _replaced(self) -> None:
        """A consent that a newer one replaced; she did not take it back, so no instant is claimed for it."""
        with gate.as_system("proef: vervangen"):
            ended = Consent.objects.filter(pk__in=list(self.consents), ended_at__isnull=False)
            for pk in ended.values_list("pk", flat=True):
                self._over(self.consents[pk])

    def _over(self, span: Span) -> None:
        span.over = min(span.over, time.monotonic())

    # --- what others do -------------------------------------------------------------------------------

    def read_shared(self, name: str) -> Step:
        """Someone opens what is shared with the organisation."""
        found = shared_report(self.actor(name), self.conversation, now=self.now)
        return self._show(name, "shared", _version_in(found.body))

    def read_report(self, name: str) -> Step:
        """Someone at the table, or who holds the request, opens the report itself."""
        found = services.read_report(actor=self.actor(name), conversation_id=self.conversation, now=self.now)
        return self._show(name, "report", _version_in(found.body))

    def read_letters(self) -> Step:
        """The practice follows its referral."""
        found = referrals.follow_referral(actor=self.actor("noor"), referral_id=self.referral, now=self.now)
        steps = [self._show("noor", "letter", _version_in(letter.body)) for letter in found.letters]
        return lambda: [step() for step in steps] and None

    def _show(self, name: str, what: str, version: int) -> Step:
        """Run just before the transaction ends, as the page would leave it."""
        organisations = self.works_at(name)
        return lambda: self.shown.append(
            Shown(time.monotonic(), what, organisations, version, name, self.now)
        )

    def release(self) -> Step:
        """The clock lets go what is due."""
        with gate.as_system("proef: brieven"):
            for pk in due_letters(self.now.date()):
                referrals.release_letter(letter_id=pk, now=self.now)
        return lambda: None

    def tell(self) -> Step:
        """The worker tells what happened, so that messages are queued."""
        for pk in OutboxEvent.objects.filter(delivered_at=None).values_list("pk", flat=True)[:5]:
            deliver(pk, now=self.now)
        return lambda: None

    def send(self) -> Step:
        """The worker sends what is queued; `handed_over` sees each message."""
        for pk in Message.objects.filter(state="queued").values_list("pk", flat=True)[:5]:
            post.send(str(pk), now=self.now)
        return lambda: None

    def handed_over(self, message: Message, now: datetime) -> None:
        """A message leaves the house."""
        if message.guard == "letter":
            version = Letter.objects.get(pk=message.guard_id).version
            who = frozenset({"linde"})
            self.shown.append(Shown(time.monotonic(), "letter", who, version, "post", now))
        if message.guard == "consent":
            row = Consent.objects.get(pk=message.guard_id)
            key = next(k for k, o in self.organisations.items() if o.pk == row.organisation_id)
            self.shown.append(
                Shown(time.monotonic(), "shared", frozenset({key}), row.version or 0, "post", now)
            )

    def transfer(self, name: str) -> Step:
        """Another takes the request over, at an organisation where she or he works now."""
        at = sorted(self.works_at(name))[0]
        with gate.as_system("proef: overdracht"):
            take_hold(
                help_request_id=self.thread,
                account_id=self.people[name].pk,
                name=name,
                organisation_id=self.organisations[at].pk,
                now=self.now,
            )
        return lambda: None

    def rewrite(self) -> Step:
        """The author mends the report: a new version, which asks her again. The words say which version."""
        with gate.as_system("proef: versie"):
            deciding(Resident.objects.get().pk)
            version = Report.objects.get(conversation_id=self.conversation).version + 1
        services.write_report(
            actor=self.actor("sanne"),
            conversation_id=self.conversation,
            body=f"KAN-verslag-{version}- u wilt weer onder de mensen.",
            now=self.now,
        )
        return lambda: None

    # --- what nobody else is there for ----------------------------------------------------------------

    def wait(self, hours: int) -> None:
        """Time passes.

        On the settings themselves: pytest's fixture would lay one more layer over them at every step, and
        after a few thousand steps each look at a setting would go through all of those layers.
        """
        live.FIXED_NOW = self.now + timedelta(hours=hours)

    def move_henk(self) -> None:
        """Henk leaves one organisation and starts at the other."""
        here = Membership.objects.get(account=self.people["henk"])
        to = "mediant" if here.organisation_id == self.organisations["ixta"].pk else "ixta"
        with transaction.atomic():
            Membership.objects.filter(pk=here.pk).update(organisation=self.organisations[to])

    def back_up(self) -> None:
        """Keep the tables as they stand."""
        self.owner.execute("SELECT set_config('app.scope', 'system', false)")
        for table in KEPT:
            self.owner.execute(f"DROP TABLE IF EXISTS kept_{table}")
            self.owner.execute(f"CREATE TABLE kept_{table} AS TABLE {table}")
        self.backup = frozenset(self.consents)

    def restore(self) -> None:
        """Bring the older tables back, as a restore does, and let the ledger say what must not come back."""
        if self.backup is None:
            return
        for table in KEPT:
            with self.owner.transaction():
                self.owner.execute(f"DELETE FROM {table}")  # noqa: S608  # one of KEPT
                self.owner.execute(f"INSERT INTO {table} SELECT * FROM kept_{table}")  # noqa: S608
        ledger.replay()
        for pk, span in self.consents.items():
            if pk not in self.backup:
                self._over(span)

    def forget(self) -> None:
        """Begin anew, a day later: nothing allowed, nothing refused, the cast where it was."""
        self.wait(24)
        self.owner.execute("SELECT set_config('app.scope', 'system', false)")
        with self.owner.transaction():
            for table in ("consents_consent", "consents_objection", "post_message", "outbox_outboxevent"):
                self.owner.execute(f"TRUNCATE {table} CASCADE")
            for table in BEGUN:
                self.owner.execute(f"DELETE FROM {table}")  # noqa: S608  # one of BEGUN
                self.owner.execute(f"INSERT INTO {table} SELECT * FROM begun_{table}")  # noqa: S608  # one of BEGUN
            late = "UPDATE referrals_letter SET release_on = %s WHERE released_at IS NULL"
            self.owner.execute(late, [self.now.date() + timedelta(days=1)])
            self.owner.execute("DELETE FROM residents_threadentry WHERE at > %s", [BEGIN])
            self.owner.execute("DELETE FROM residents_involvement WHERE until > %s", [BEGIN])
        Membership.objects.filter(account=self.people["henk"]).update(organisation=self.organisations["ixta"])
        for facts in (self.consents, self.objections):
            facts.clear()
        self.shown.clear()
        self.story.clear()
        self.backup = None

    # --- judging --------------------------------------------------------------------------------------

    def leaks(self) -> list[str]:
        """What reached someone after she had refused it, or without her having allowed it."""
        return [f"{one}" for one in self.shown if not self.was_fine(one)]

    def was_fine(self, one: Shown) -> bool:
        """Whether nothing of hers stood in the way of this at that instant."""
        if self.refuses("letter" if one.what == "letter" else "report", one.organisations, one.moment):
            return one.by == "sanne"
        if one.what != "shared":
            return True
        return self.allows(one.organisations, one.moment, one.clock, one.version)

    def refuses(self, what: str, organisations: frozenset[str], moment: float) -> bool:
        """Whether an objection of hers was in force."""
        return any(
            span.at(moment) and span.kind in {what, "all"} and span.organisation in {"", *organisations}
            for span in self.objections.values()
        )

    def allows(self, organisations: frozenset[str], moment: float, clock: datetime, version: int) -> bool:
        """Whether a consent of hers held for this version."""
        return any(
            span.at(moment)
            and span.organisation in organisations
            and span.version == version
            and (span.until is None or clock < span.until)
            for span in self.consents.values()
        )

    def sees_too_little(self) -> list[str]:
        """Who is kept from what she allows, now that all is quiet."""
        moment, wrong = time.monotonic(), []
        for name in ("mia", "henk"):
            at = self.works_at(name)
            expected = not self.refuses("report", at, moment) and any(
                self.allows(at, moment, self.now, span.version) for span in self.consents.values()
            )
            seen = self._sees(lambda n=name: self.read_shared(n))  # type: ignore[misc]
            if seen != expected:
                wrong.append(f"{name} at {sorted(at)}: seen {seen}, expected {expected}")
        with gate.as_system("proef: brieven"):
            gone = Letter.objects.filter(released_at__isnull=False).exists()
        before = len(self.shown)
        self._sees(self.read_letters)
        seen = len(self.shown) > before
        expected = gone and not self.refuses("letter", frozenset({"linde"}), moment)
        if seen != expected:
            wrong.append(f"the practice: seen {seen}, expected {expected}")
        return wrong

    def _sees(self, look: Callable[[], Step]) -> bool:
        try:
            with transaction.atomic():
                look()()
        except NoaberError:
            return False
        return True


def _version_in(body: str) -> int:
    return int(body.split("-")[2])
