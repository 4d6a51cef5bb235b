"""What this room does when something happened: neutral messages, and letters that are due."""

from __future__ import annotations

from datetime import datetime

from django.conf import settings

from noaber.hallway.outbox.registry import listen
from noaber.hallway.post import services as post
from noaber.pathways.referrals.events import LetterReleased, ReferralSent
from noaber.pathways.referrals.models import Letter, Referral
from noaber.pathways.referrals.services import letter_may_go

NEUTRAL = "Bericht van Noaber"


def confirm_to_referrer(event: ReferralSent, now: datetime) -> None:
    """Tell the practice that it arrived: a number, no name."""
    referral = Referral.objects.select_related("referrer", "help_request").get(pk=event.referral_id)
    post.queue(
        key=f"referral-sent:{referral.pk}",
        address=(referral.referrer and referral.referrer.email) or "",
        account_id=referral.referrer_id,
        subject=NEUTRAL,
        body=(
            f"Uw bericht met nummer {referral.help_request.code} is aangekomen.\n\n"
            f"Kijk in Noaber hoe het staat: {settings.BASE_URL}/mijn-verwijzingen/\n"
        ),
        now=now,
    )


def tell_of_letter(event: LetterReleased, now: datetime) -> None:
    """Tell the practice that something can be read; an objection up to the last moment stops it."""
    letter = Letter.objects.select_related("referral__referrer", "referral__help_request").get(
        pk=event.letter_id
    )
    post.queue(
        key=f"letter:{letter.pk}",
        address=(letter.referral.referrer and letter.referral.referrer.email) or "",
        account_id=letter.referral.referrer_id,
        subject=NEUTRAL,
        body=(
            f"Er staat iets voor u klaar bij nummer {letter.referral.help_request.code}.\n\n"
            f"Lees het in Noaber: {settings.BASE_URL}/mijn-verwijzingen/\n"
        ),
        guard="letter",
        guard_id=str(letter.pk),
        now=now,
    )


def register() -> None:
    """Called once at start."""
    listen(ReferralSent, confirm_to_referrer)
    listen(LetterReleased, tell_of_letter)
    post.register_guard("letter", letter_may_go)
