"""Lives the plan: every case goes through the real services, at the moments when it happened."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from typing import Any
from uuid import UUID

from django.utils.translation import gettext_noop
from numpy.random import Generator

from noaber.cli.demo_world import names
from noaber.cli.demo_world.plan import SLOTS, Case, next_workday
from noaber.cli.demo_world.staff import Staff
from noaber.hallway import clock
from noaber.hallway.access import gate
from noaber.hallway.access.types import Actor, Kind
from noaber.hallway.accounts.models import Account
from noaber.network.partners.models import Municipality, Professional
from noaber.network.residents import services as residents
from noaber.network.residents.models import HelpRequest
from noaber.pathways.conversations import services as conversations
from noaber.pathways.conversations.types import Booking, NewStep
from noaber.pathways.referrals import services as referrals
from noaber.pathways.referrals.types import NewReferral


@dataclass(slots=True)
class Diary:
    """Who and which room is taken when, so that the past has no clashes."""

    taken: set[tuple[Any, date, time]] = field(default_factory=set)

    def free(self, key: Any, day: date, slot: time) -> bool:
        """Whether this person or room is free at that slot."""
        return (key, day, slot) not in self.taken

    def take(self, keys: list[Any], day: date, slot: time) -> None:
        """Note that they are taken."""
        self.taken.update((key, day, slot) for key in keys)


class Historian:
    """Plays the cases of one region, in order of receipt."""

    def __init__(self, staff: Staff, rng: Generator, today: date) -> None:
        self.staff = staff
        self.rng = rng
        self.today = today
        self.diary = Diary()
        self.actors: dict[UUID, Actor] = {}
        self.weekdays = {p.pk: {w.weekday for w in p.working_patterns.all()} for p in staff.pool}
        self.at_table: dict[UUID, Professional] = {}
        self.ends: dict[UUID, datetime] = {}
        self.last: dict[UUID, datetime] = {}
        self.by_group: dict[str, list[Professional]] = {}
        for person in staff.pool:
            self.by_group.setdefault(person.domain_group, []).append(person)
        self.planner = self.actor(staff.cast.get("ilse") or _planner_of(staff))

    def actor(self, account: Account) -> Actor:
        """The account as an actor; roles of the demo's staff do not change in its past."""
        if account.pk not in self.actors:
            self.actors[account.pk] = gate.actor_for(account, on=self.today, second_factor=True)
        return self.actors[account.pk]

    def resident(self, help_request_id: UUID) -> Actor:
        """The resident of a thread as an actor."""
        thread = (
            HelpRequest.objects.select_related("resident")
            .only("resident__account_id")
            .get(pk=help_request_id)
        )
        return Actor(
            kind=Kind.RESIDENT,
            account_id=thread.resident.account_id,
            name="Inwoner",
            resident_id=thread.resident_id,
            second_factor=True,
        )

    def play(self, case: Case) -> UUID:
        """One request from receipt to where it stands today. Returns its id."""
        place = self._place()
        referrer = self._referrer(place)
        received = self._moment(case.received_on)
        thread = self._refer(case, place, referrer, received)
        if case.ending == "stopped":
            residents.stop(
                actor=self.resident(thread),
                help_request_id=thread,
                now=received + timedelta(days=1 + case.position % 6),
            )
            return thread
        rang = self._hold_fast(case, thread, place, received)
        if case.detour == "postponed" and case.held_on and case.ending == "held":
            until = case.received_on + timedelta(days=3 + case.position % 7)
            if until < case.held_on:
                residents.postpone(
                    actor=self.resident(thread),
                    help_request_id=thread,
                    until_on=until,
                    now=received + timedelta(days=1),
                )
        elif case.detour == "postponed":
            residents.postpone(
                actor=self.resident(thread),
                help_request_id=thread,
                until_on=self.today + timedelta(days=8),
                now=received + timedelta(hours=30),
            )
        self._appointments(case, thread, place, rang)
        return thread

    def _appointments(self, case: Case, thread: UUID, place: Municipality, rang: datetime) -> None:
        if case.held_on is None or case.slot is None:
            return
        if case.detour in {"no_show", "cancelled"}:
            self._went_wrong(case, thread, place, rang)
        booked_at = self._booked_at(case.held_on, self.last.get(thread, rang), days_before=5)
        conversation = self._book(thread, place, case.held_on, case.slot, booked_at)
        if conversation is None or case.ending == "booked":
            return
        self._hold(case, thread, conversation, case.outcome)
        if case.second_on is not None:
            later = self._book(
                thread,
                place,
                case.second_on,
                SLOTS[case.position % len(SLOTS)],
                self._booked_at(case.second_on, self.last.get(thread, rang), days_before=6),
            )
            if later is not None:
                self._hold(case, thread, later, "social_domain" if case.position % 2 else case.outcome)

    def _place(self) -> Municipality:
        return self.staff.municipalities[
            int(self.rng.choice(len(self.staff.municipalities), p=self.staff.weights))
        ]

    def _referrer(self, place: Municipality) -> Account:
        near = self.staff.referrers[place.pk] or [a for many in self.staff.referrers.values() for a in many]
        return near[int(self.rng.integers(len(near)))]

    def _moment(self, day: date) -> datetime:
        return clock.at(day, int(self.rng.integers(8, 17)), int(self.rng.integers(0, 60)))

    def _refer(self, case: Case, place: Municipality, referrer: Account, received: datetime) -> UUID:
        name = names.full_name(self.rng)
        sent = referrals.send_referral(
            actor=self.actor(referrer),
            referral=NewReferral(
                name=name,
                phone=names.mobile(case.position),
                question=names.pick(self.rng, names.QUESTIONS),
                wishes=names.pick(self.rng, names.WISHES),
                consent=True,
                municipality_id=place.pk,
                email=f"inwoner{case.position}@voorbeeld.example" if self.rng.random() < 0.6 else "",
                mode="online" if self.rng.random() < 0.08 and self._allows("online") else "",
                once_key=f"demo:{self.staff.region.slug}:{case.position}",
            ),
            now=received,
        )
        return sent.help_request_id

    def _allows(self, mode: str) -> bool:
        return mode in self.staff.region.settings["modes"]["allowed"]

    def _hold_fast(self, case: Case, thread: UUID, place: Municipality, received: datetime) -> datetime:
        """Someone becomes her fixed person, on the next working day or sooner. Returns when."""
        group = self.by_group["social"] + self.by_group["ggz"]
        person = group[int(self.rng.integers(len(group)))]
        day = next_workday(clock.day_of(received) + timedelta(days=1))
        rings = clock.at(day, 10, int(self.rng.integers(60)))
        if rings >= clock.at(self.today, 0) or (case.held_on and rings >= clock.at(case.held_on, 6)):
            rings = received + timedelta(minutes=40)
        residents.take_hold(
            help_request_id=thread,
            account_id=_account_of(person).pk,
            name=person.name,
            organisation_id=person.organisation_id,
            now=rings,
        )
        residents.offer_meanwhile(help_request_id=thread, words=f"Inloop De Brug {place.name}")
        residents.move_on(
            help_request_id=thread,
            phase=HelpRequest.Phase.RECEIVED,
            next_on=max(clock.day_of(received) + timedelta(days=14), self.today + timedelta(days=1)),
            next_step=gettext_noop("Uw gesprek, uiterlijk"),
            now=rings,
        )
        return rings

    def _booked_at(self, day: date, not_before: datetime, *, days_before: int) -> datetime:
        wanted = clock.at(day - timedelta(days=days_before), 11, int(self.rng.integers(60)))
        latest = clock.at(self.today - timedelta(days=1), 18)
        earliest = not_before + timedelta(minutes=20)
        return max(min(wanted, latest), earliest)

    def _went_wrong(self, case: Case, thread: UUID, place: Municipality, rang: datetime) -> None:
        day = next_workday(clock.day_of(rang) + timedelta(days=2))
        if case.held_on is None or (case.held_on - day).days < 2:
            return
        slot = SLOTS[case.position % len(SLOTS)]
        first = self._book(thread, place, day, slot, rang + timedelta(minutes=30))
        if first is None:
            return
        if case.detour == "cancelled":
            self.last[thread] = clock.at(day, 7, 30)
            conversations.cancel_conversation(
                actor=self.planner, conversation_id=first, because="op verzoek", now=self.last[thread]
            )
        else:
            self.last[thread] = clock.at(day, 18)
            conversations.record_no_show(
                actor=self._guide(first), conversation_id=first, now=self.last[thread]
            )

    def _guide(self, conversation_id: UUID) -> Actor:
        return self.actor(_account_of(self.at_table[conversation_id]))

    def _book(self, thread: UUID, place: Municipality, day: date, slot: time, now: datetime) -> UUID | None:
        """Book the first free people and room near that slot; the diary keeps the past free of clashes."""
        for hour in (slot, *SLOTS):
            people, room = self._people(day, hour), self._room(place, day, hour)
            start = clock.at(day, hour.hour, hour.minute)
            if len(people) < 2 or room is None or start <= now:
                continue
            self.diary.take([p.pk for p in people] + [room.pk], day, hour)
            done = conversations.book_conversation(
                actor=self.planner,
                help_request_id=thread,
                now=now,
                booking=Booking(
                    starts_at=start,
                    mode=self._mode(),
                    room_id=room.pk,
                    professional_ids=tuple(p.pk for p in people),
                    lived_experience_reason="Niemand vrij binnen de termijn",
                ),
            )
            self.at_table[done] = people[0]
            self.ends[done] = start + timedelta(
                minutes=self.staff.region.settings["modes"]["duration_minutes"]
            )
            return done
        return None

    def _mode(self) -> str:
        return str(self.staff.region.settings["modes"]["default"])

    def _people(self, day: date, slot: time) -> list[Professional]:
        wanted = ["ggz", "social"]
        if self.staff.region.settings["composition"]["lived_experience"] in {"always", "unless_reasoned"}:
            wanted = ["ggz", "lived_experience"]
        elif self.rng.random() < 0.5:
            wanted.append("lived_experience")
        found = []
        for group in wanted:
            free = [
                p
                for p in self.by_group[group]
                if day.isoweekday() in self.weekdays[p.pk] and self.diary.free(p.pk, day, slot)
            ]
            if not free:
                return []
            found.append(free[int(self.rng.integers(len(free)))])
        return found

    def _room(self, place: Municipality, day: date, slot: time) -> Any:
        return next((r for r in self.staff.rooms[place.pk] if self.diary.free(r.pk, day, slot)), None)

    def _hold(self, case: Case, thread: UUID, conversation: UUID, outcome: str) -> None:
        guide = self._guide(conversation)
        held = self.ends[conversation]
        steps = [
            NewStep(
                words=names.pick(self.rng, names.STEPS[outcome]),
                kind=names.STEP_KIND[outcome],
                try_on=clock.day_of(held) + timedelta(days=7),
                return_on=clock.day_of(held) + timedelta(days=42),
            )
        ]
        if self.rng.random() < 0.5:
            words, kind = names.EXTRA_STEPS[int(self.rng.integers(len(names.EXTRA_STEPS)))]
            steps.append(NewStep(words=words, kind=kind))
        conversations.hold_conversation(
            actor=guide, conversation_id=conversation, steps=steps, outcome=outcome, now=held
        )
        wrote = held + timedelta(hours=int(self.rng.integers(2, 90)))
        if wrote >= clock.at(self.today, 0):
            return
        conversations.write_report(
            actor=guide,
            conversation_id=conversation,
            now=wrote,
            body=names.REPORT.format(step=steps[0].words.lower()),
        )
        self._answer(case, thread, conversation, wrote)
        self._look_back(case, thread, wrote)

    def _answer(self, case: Case, thread: UUID, conversation: UUID, wrote: datetime) -> None:
        later = wrote + timedelta(days=2)
        if later >= clock.at(self.today, 0) or case.agrees == "silent":
            return
        her = self.resident(thread)
        conversations.read_report(actor=her, conversation_id=conversation, now=later)
        if case.agrees == "agrees":
            conversations.agree_with_report(actor=her, conversation_id=conversation, now=later)
            return
        for letter in referrals.letters_about(actor=her, conversation_id=conversation):
            referrals.object_to_letter(actor=her, letter_id=letter, now=later)

    def _look_back(self, case: Case, thread: UUID, wrote: datetime) -> None:
        closes = wrote + timedelta(days=30 + case.position % 9)
        waits_for_second = case.second_on is not None and clock.day_of(wrote) < case.second_on
        if closes < clock.at(self.today, 0) and not waits_for_second:
            words = gettext_noop("Samen teruggekeken. U kunt verder.")
            residents.tell(thread, at=closes, words=words, kind="closed")
            residents.move_on(
                help_request_id=thread,
                phase=HelpRequest.Phase.CLOSED,
                next_on=None,
                next_step="",
                now=closes,
                closed_because="finished",
            )


def _account_of(person: Professional) -> Account:
    if person.account is None:
        raise LookupError("everyone in the demo's pool has an account")
    return person.account


def _planner_of(staff: Staff) -> Account:
    membership = staff.office.memberships.filter(role="planner").select_related("account").first()
    if membership is None:
        raise LookupError("the planning office has no planner yet")
    return membership.account
