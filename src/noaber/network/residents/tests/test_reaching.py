"""She is reached the way she allowed, and no other way."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest

from noaber.ground.errors import Invalid, Missing
from noaber.hallway.access import gate
from noaber.hallway.access.types import Actor, Kind
from noaber.hallway.post.models import Message
from noaber.hallway.post.services import send
from noaber.network.partners.factories import make_municipality, make_region
from noaber.network.residents import queries, services
from noaber.network.residents.factories import RECEIVED_AT, as_it_stands, make_help_request, make_resident
from noaber.network.residents.models import Preferences, Resident, Sending, ThreadEntry
from noaber.network.residents.types import Wishes

pytestmark = pytest.mark.django_db
NOW = RECEIVED_AT + timedelta(hours=2)
CLOSED = {"may_mail": False, "may_text": False, "may_ring": False, "may_post": False}
HOME = "Dorpsstraat 1, 7600 AA Almelo"


@pytest.fixture
def fatma() -> Resident:
    """A resident with a mail address, a mobile number and an open request."""
    place = make_municipality(make_region())
    person = make_resident(place, email="fatma@voorbeeld.example", phone="0600000012")
    make_help_request(person)
    return person


def herself(person: Resident) -> Actor:
    actor = Actor(kind=Kind.RESIDENT, account_id=person.account_id, resident_id=person.pk, second_factor=True)
    gate.tell_database(actor)
    return actor


def allow(person: Resident, **more: Any) -> None:
    with gate.as_system("proef: voorkeuren"):
        Preferences.objects.update_or_create(resident=person, defaults={**CLOSED, **more})


def reach(person: Resident, key: str = "k", **more: Any) -> str:
    wanted: dict[str, Any] = {
        "subject": "Afspraak",
        "body": "Er staat iets voor u klaar. Meld u aan op %(url)s",
        **more,
    }
    return services.reach(person.pk, key=key, now=NOW, **{"values": {"url": "https://x.example/"}, **wanted})


@pytest.mark.parametrize(
    ("allowed", "channel", "address"),
    [
        ({"may_mail": True, "may_text": True, "may_ring": True}, "mail", "fatma@voorbeeld.example"),
        ({"may_text": True, "may_ring": True}, "text", "0600000012"),
        ({"may_post": True, "post_address": HOME, "may_ring": True}, "letter", HOME),
        ({"may_ring": True}, "call", "0600000012"),
        ({"may_post": True, "post_address": ""}, "", ""),
        ({}, "", ""),
    ],
)
def test_the_first_way_she_allows_is_taken(
    fatma: Resident, allowed: dict[str, Any], channel: str, address: str
) -> None:
    allow(fatma, **allowed)
    assert reach(fatma) == channel
    assert [(m.channel, m.address) for m in Message.objects.all()] == (
        [(channel, address)] if channel else []
    )


def test_a_text_does_not_go_to_a_number_that_cannot_read() -> None:
    person = make_resident(make_municipality(make_region()), phone="0546000012")
    allow(person, may_text=True, may_ring=True)
    assert reach(person) == "call"


def test_without_any_choice_only_what_her_referral_gave_is_used(fatma: Resident) -> None:
    assert reach(fatma) == "mail"
    fatma.email = ""
    with gate.as_system("proef: zonder mail"):
        fatma.save()
    assert reach(fatma, key="other") == "call"


def test_a_way_she_closes_stops_what_is_already_queued(fatma: Resident) -> None:
    reach(fatma)
    allow(fatma, may_ring=True)
    message = Message.objects.get()
    send(str(message.pk), now=NOW)
    message.refresh_from_db()
    assert message.state == Message.State.WITHHELD


def test_a_message_may_still_go_when_nothing_changed(fatma: Resident) -> None:
    reach(fatma)
    message = Message.objects.get()
    send(str(message.pk), now=NOW)
    message.refresh_from_db()
    assert message.state == Message.State.SENT


def test_the_senders_own_guard_is_asked_too(fatma: Resident) -> None:
    services.register_guard("proef", lambda thing: thing != "dicht")
    reach(fatma, guard="proef", guard_id="dicht")
    message = Message.objects.get()
    send(str(message.pk), now=NOW)
    message.refresh_from_db()
    assert message.state == Message.State.WITHHELD


def test_the_same_key_is_one_message_also_after_another_choice(fatma: Resident) -> None:
    assert reach(fatma) == "mail"
    allow(fatma, may_ring=True)
    assert reach(fatma) == "mail"
    with gate.as_system("proef: wat ging er uit"):
        assert (Message.objects.count(), Sending.objects.count()) == (1, 1)


def test_a_calendar_entry_goes_by_mail_alone(fatma: Resident) -> None:
    ics: dict[str, Any] = {"calendar": b"BEGIN:VCALENDAR", "calendar_method": "REQUEST"}
    reach(fatma, **ics)
    mailed = Message.objects.get(key="k")
    assert mailed.calendar
    assert "bijlage" in mailed.body
    allow(fatma, may_ring=True)
    reach(fatma, key="call", by_hand="U hebt een afspraak: %(url)s.", **ics)
    rung = Message.objects.get(key="call")
    assert rung.calendar is None
    assert "bijlage" not in rung.body


def test_who_rings_reads_whether_a_message_may_be_left(fatma: Resident) -> None:
    allow(fatma, may_ring=True)
    reach(fatma)
    assert "Spreek niets in" in Message.objects.get(key="k").body
    allow(fatma, may_ring=True, may_leave_message=True)
    reach(fatma, key="other")
    assert "Een bericht achterlaten mag" in Message.objects.get(key="other").body


# --- changing them ------------------------------------------------------------------------------


def test_she_changes_her_preferences_and_the_open_request_follows(fatma: Resident) -> None:
    wishes = Wishes(
        mode="online", language="nl-x-easy", spoken="tr", times=("2m", "1a"), gender="woman",
        phone="0600000012", may_mail=False, post_address=HOME, may_post=True,
    )  # fmt: skip
    assert services.save_wishes(actor=herself(fatma), wishes=wishes, now=NOW)
    thread = as_it_stands(queries.current_request(herself(fatma)).id)
    assert (thread.mode, thread.language, thread.resident.language) == ("online", "tr", "nl-x-easy")
    assert queries.own_wishes(herself(fatma), now=NOW).times == ("1a", "2m")
    with gate.as_system("proef: de geschiedenis"):
        assert ThreadEntry.objects.filter(kind="preferences").count() == 1


def test_saving_the_same_twice_is_one_line_in_the_history(fatma: Resident) -> None:
    wishes = Wishes(phone="0600000012", may_mail=False, gender="man")
    services.save_wishes(actor=herself(fatma), wishes=wishes, now=NOW)
    assert not services.save_wishes(actor=herself(fatma), wishes=wishes, now=NOW)
    with gate.as_system("proef: de geschiedenis"):
        assert ThreadEntry.objects.filter(kind="preferences").count() == 1


@pytest.mark.parametrize(
    ("wishes", "field"),
    [
        (Wishes(may_mail=True, may_ring=False), "email"),
        (Wishes(may_mail=False, may_ring=True), "phone"),
        (Wishes(may_mail=False, may_ring=False, may_text=True), "phone"),
        (Wishes(may_mail=False, may_ring=False, may_post=True), "post_address"),
        (Wishes(may_mail=False, may_ring=False, person="Sanne, 111222333"), "person"),
    ],
)
def test_a_way_without_an_address_is_refused(fatma: Resident, wishes: Wishes, field: str) -> None:
    with pytest.raises(Invalid) as refusal:
        services.save_wishes(actor=herself(fatma), wishes=wishes, now=NOW)
    assert field in refusal.value.fields


def test_nobody_changes_the_preferences_of_another(fatma: Resident) -> None:
    stranger = Actor(kind=Kind.STAFF, account_id=fatma.account_id, second_factor=True)
    gate.tell_database(stranger)
    with pytest.raises(Missing):
        services.save_wishes(actor=stranger, wishes=Wishes(), now=NOW)
