"""Pure decisions on the way in."""

from __future__ import annotations

from datetime import date, timedelta

from noaber.ground.errors import Invalid
from noaber.ground.identifiers import contains_bsn
from noaber.ground.phones import only_digits, read_phone
from noaber.pathways.referrals.errors import holds_a_bsn, no_consent, no_name, too_long
from noaber.pathways.referrals.types import NewReferral

MAX_QUESTION = 1200
MAX_WISHES = 600
MAX_NAME = 120
MAX_ADDRESS = 300


def clean_phone(text: str) -> str:
    """A Dutch number as ten digits, or an international one with a plus. Refuses the rest with the count."""
    if any(sign.isalpha() for sign in text):
        raise Invalid(
            "phone_with_words",
            happened="Dit telefoonnummer klopt niet.",
            why="Er staan letters bij.",
            now_what="Vul alleen het nummer in.",
            fields={"phone": "Vul alleen het nummer in, zonder letters."},
        )
    number = read_phone(text)
    if number is not None:
        return number
    count = len(only_digits(text).removeprefix("+"))
    raise Invalid(
        "phone_not_a_number",
        happened="Dit telefoonnummer klopt niet.",
        why=f"Een nummer heeft 10 cijfers. Er staan er nu {count}.",
        now_what="Kijk het nummer nog eens na.",
        fields={"phone": f"Vul een telefoonnummer met 10 cijfers in. Er staan er nu {count}."},
    )


def check_referral(referral: NewReferral) -> None:
    """Refuse a referral without consent, without words, or with a citizen service number in it."""
    if not referral.consent:
        raise no_consent()
    if referral.phone or not referral.reached_through:
        clean_phone(referral.phone)
    if not referral.question.strip():
        raise Invalid(
            "no_question",
            happened="De vraag is leeg.",
            now_what="Schrijf één of twee zinnen.",
            fields={"question": "Schrijf de vraag in één of twee zinnen."},
        )
    if len(referral.question) > MAX_QUESTION:
        raise Invalid(
            "question_too_long",
            happened="De vraag is te lang.",
            why=f"Er passen {MAX_QUESTION} tekens in. Er staan er nu {len(referral.question)}.",
            now_what="Maak de vraag korter. In het gesprek is ruimte voor de rest.",
            fields={"question": f"Maak de vraag korter dan {MAX_QUESTION} tekens."},
        )
    if len(referral.wishes) > MAX_WISHES or len(referral.name) > MAX_NAME:
        raise too_long("wishes" if len(referral.wishes) > MAX_WISHES else "name")
    for field in ("name", "question", "wishes"):
        if contains_bsn(getattr(referral, field)):
            raise holds_a_bsn(field)
    if not referral.name.strip():
        raise no_name()


def call_by(received_on: date) -> date:
    """The first working day after receipt, on which the fixed person rings."""
    day = received_on + timedelta(days=1)
    while day.isoweekday() > 5:
        day += timedelta(days=1)
    return day
