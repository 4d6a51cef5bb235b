"""Who has no mail and no phone: letters and calls that wait, and a request that waits for the practice."""

from __future__ import annotations

from datetime import date, datetime, timedelta

from noaber.cli.demo_world.history import Historian
from noaber.hallway import clock
from noaber.hallway.access import gate
from noaber.hallway.accounts.models import Account
from noaber.hallway.clock import day_of
from noaber.hallway.post.models import Message
from noaber.network.companions import services as companions
from noaber.network.partners.models import Location
from noaber.network.residents.models import HelpRequest, Preferences
from noaber.network.residents.services import reach
from noaber.pathways.preparations import services as preparations
from noaber.pathways.preparations.types import NewPreparation
from noaber.pathways.referrals import services as referrals
from noaber.pathways.referrals.types import NewReferral

STREET = "Kerkstraat 12\n7607 AA Almelo"
WAYS = (
    "Vanaf de bushalte is het drie minuten lopen. De ingang is aan de kant van het plein. Er is een lift.",
    "Het is de groene deur naast de bibliotheek. U kunt er gratis parkeren.",
    "Vanaf het station loopt u rechtdoor tot de kerk. Daar gaat u links. De deur staat open.",
)


def play_together(past: Historian, today: date) -> None:
    """Two letters, two calls, and what Wil prepared with someone."""
    _ways_to_walk()
    _truus(past, today)
    _others_on_paper(today)
    _prepared(past, today)


def _ways_to_walk() -> None:
    for number, place in enumerate(Location.objects.filter(directions="").order_by("name", "pk")):
        place.directions = WAYS[number % len(WAYS)]
        place.save(update_fields=["directions"])


def _truus(past: Historian, today: date) -> None:
    """No mail, no phone: through the support point, and by letter."""
    at = clock.at(today - timedelta(days=3), 10, 15)
    almelo = next(p for p in past.staff.municipalities if p.name == "Almelo")
    sent = referrals.send_referral(
        actor=past.actor(past.staff.cast["noor"]),
        referral=NewReferral(
            name="Truus Holtkamp",
            phone="",
            question="Zit na het overlijden van haar man veel alleen thuis. Wil weer iets om handen hebben.",
            consent=True,
            municipality_id=almelo.pk,
            reached_through="Wil Nijhuis, Ixta Noa",
        ),
        now=at,
    )
    thread = HelpRequest.objects.select_related("resident").get(pk=sent.help_request_id)
    Account.objects.filter(resident=thread.resident).update(is_demo=True, name="Truus Holtkamp")
    wil = gate.actor_for(past.staff.cast["wil"], on=day_of(at), second_factor=True)
    companions.name_other_way(
        resident_id=thread.resident_id,
        who="Wil Nijhuis, Ixta Noa",
        phone="0546 00 00 45",
        address=STREET,
        organisation_id=wil.grants[0].organisation_id,
        now=at,
    )
    _wait(
        thread,
        "demo:letter:truus",
        "Uw vraag is binnen. Wil van het steunpunt vertelt u wanneer het gesprek is.",
        clock.at(today - timedelta(days=2), 9),
    )


def _others_on_paper(today: date) -> None:
    """Of the newest open requests one prefers a letter and two a call."""
    rows = list(
        HelpRequest.objects.filter(phase="received", resident__account__is_demo=False)
        .select_related("resident")
        .order_by("-received_at")[:4]
    )
    words = "U hebt een afspraak. Bel ons voor de dag en de tijd, als u die nog niet weet."
    for number, thread in enumerate(rows[1:]):
        paper = number == 0
        Preferences.objects.update_or_create(
            resident=thread.resident,
            defaults={
                "may_mail": False,
                "may_post": paper,
                "may_ring": not paper,
                "post_address": "Dorpsstraat 3\n7602 XX Almelo" if paper else "",
            },
        )
        _wait(thread, f"demo:hand:{number}", words, clock.at(today, 8, 30 + number))


def _wait(thread: HelpRequest, key: str, body: str, at: datetime) -> None:
    """A message that still waits for a person."""
    reach(thread.resident_id, key=key, subject="Bericht", body=body, now=at)
    Message.objects.filter(key=key, channel__in=["letter", "call"]).update(
        state=Message.State.QUEUED, sent_at=None
    )


def _prepared(past: Historian, today: date) -> None:
    """Riet and Wil filled it in yesterday; De Linde still has to confirm."""
    noor = past.actor(past.staff.cast["noor"])
    at = clock.at(today - timedelta(days=1), 15, 40)
    wil = gate.actor_for(past.staff.cast["wil"], on=day_of(at), second_factor=True)
    almelo = next(p for p in past.staff.municipalities if p.name == "Almelo")
    preparations.prepare(
        actor=wil,
        new=NewPreparation(
            name="Riet Nieuwenhuis",
            question="Durft de post niet meer open te maken en slaapt er slecht van.",
            consent=True,
            municipality_id=almelo.pk,
            practice_id=noor.grants[0].organisation_id,
            through_us=True,
            post_address="Molenstraat 8\n7605 BB Almelo",
            once_key="demo-riet",
        ),
        now=at,
    )
