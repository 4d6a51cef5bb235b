"""What this room does when something happened in the network."""

from __future__ import annotations

from datetime import datetime

from django.conf import settings
from django.utils.translation import gettext_noop

from noaber.hallway.outbox.registry import listen
from noaber.hallway.post import services as post
from noaber.network.partners.events import MembershipEnded
from noaber.network.residents.events import QuestionAnswered, QuestionAsked
from noaber.network.residents.models import Question
from noaber.network.residents.services import let_go_of_held, reach

READY_TITLE = gettext_noop("Bericht van Noaber")
READY = gettext_noop("Er staat iets voor u klaar. Meld u aan op %(url)s")


def nobody_stays_with_an_ex_employee(event: MembershipEnded, now: datetime) -> None:
    """Whoever left holds nothing: each open request goes to the alarm list until someone takes it up."""
    let_go_of_held(account_id=event.account_id, organisation_id=event.organisation_id, now=now)


def tell_holder_of_question(event: QuestionAsked, now: datetime) -> None:
    """A neutral mail to whoever holds the request: a number, no name and no words."""
    question = Question.objects.select_related("help_request__holder").get(pk=event.question_id)
    holder = question.help_request.holder
    if question.answered_at is not None or holder is None or not holder.email:
        return
    post.queue(
        key=f"question:{question.pk}",
        address=holder.email,
        account_id=holder.pk,
        subject="Bericht van Noaber",
        body=(
            f"Er wacht een vraag op u bij nummer {question.help_request.code}.\n\n"
            f"Lees en beantwoord hem in Noaber: {settings.BASE_URL}/vragen/\n"
        ),
        now=now,
    )


def tell_her_of_answer(event: QuestionAnswered, now: datetime) -> None:
    """A neutral message that something can be read, the way she allowed."""
    question = Question.objects.select_related("help_request").get(pk=event.question_id)
    reach(
        question.help_request.resident_id,
        key=f"answer:{question.pk}",
        subject=READY_TITLE,
        body=READY,
        values={"url": f"{settings.BASE_URL}/mijn/"},
        now=now,
    )


def register() -> None:
    """Called once at start."""
    listen(QuestionAsked, tell_holder_of_question)
    listen(QuestionAnswered, tell_her_of_answer)
    listen(MembershipEnded, nobody_stays_with_an_ex_employee)
