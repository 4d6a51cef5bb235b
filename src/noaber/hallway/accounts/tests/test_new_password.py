"""A forgotten password: the same answer for everyone, a link of ours, once."""

from __future__ import annotations

import re

import pytest
from django.conf import settings
from django.test import Client

from noaber.hallway import clock
from noaber.hallway.accounts.models import Account
from noaber.hallway.accounts.services import send_password_mail
from noaber.hallway.accounts.tests.signing import (
    both_steps,
    forget_used_codes,
    give_app,
    password_step,
    someone,
    without_token,
)
from noaber.hallway.post.models import Message
from noaber.hallway.sealed import unseal

pytestmark = pytest.mark.django_db
NEW = "een heel andere lange zin"


@pytest.fixture(autouse=True)
def fresh_counts() -> None:
    forget_used_codes()


def jobs() -> list[str]:
    from procrastinate.contrib.django.models import ProcrastinateJob

    rows = ProcrastinateJob.objects.filter(task_name="accounts.password_mail").order_by("pk")
    return [unseal(row.args["sealed_email"]) for row in rows]


def link_for(account: Account) -> str:
    """The path in the mail, as the worker sends it."""
    send_password_mail(str(account.email), now=clock.now())
    body = Message.objects.latest("created_at").body
    found = re.search(re.escape(settings.BASE_URL) + r"(/\S+)", body)
    assert found
    return found.group(1)


def test_known_and_unknown_addresses_get_the_same_answer_and_the_same_work(client: Client) -> None:
    account = someone()
    pages = []
    for address in [account.email, "niemand@voorbeeld.example"]:
        answer = client.post("/wachtwoord-vergeten/", {"email": address})
        assert answer["Location"] == "/wachtwoord-vergeten/verstuurd/"
        pages.append(without_token(client.get(answer["Location"]).content))
    assert pages[0] == pages[1]
    assert jobs() == [account.email, "niemand@voorbeeld.example"]
    assert not Message.objects.exists(), "the mail itself is made out of sight"


def test_an_unknown_address_gets_no_mail() -> None:
    send_password_mail("niemand@voorbeeld.example", now=clock.now())
    assert not Message.objects.exists()


def test_the_address_does_not_stand_in_the_queue_in_plain_words(client: Client) -> None:
    from procrastinate.contrib.django.models import ProcrastinateJob

    account = someone()
    client.post("/wachtwoord-vergeten/", {"email": account.email})
    assert str(account.email) not in str(list(ProcrastinateJob.objects.values_list("args", flat=True)))


def test_a_false_host_name_never_reaches_the_mail(client: Client) -> None:
    account = someone()
    refused = client.post("/wachtwoord-vergeten/", {"email": account.email}, HTTP_HOST="evil.example")
    assert refused.status_code == 400
    client.post("/wachtwoord-vergeten/", {"email": account.email}, HTTP_X_FORWARDED_HOST="evil.example")
    link_for(account)
    message = Message.objects.latest("created_at")
    assert "evil.example" not in message.body
    assert settings.BASE_URL in message.body


def test_the_mail_is_neutral() -> None:
    account = someone()
    link_for(account)
    message = Message.objects.latest("created_at")
    for word in ["Dirk", "Dimence", "Noaber", "ggz", "zorg"]:
        assert word not in message.subject + message.body.replace(settings.BASE_URL, "")


def test_the_link_works_once(client: Client) -> None:
    account = someone()
    path = link_for(account)
    form = client.get(path, follow=True)
    assert b"password1" in form.content
    where = form.redirect_chain[-1][0]
    done = client.post(where, {"password1": NEW, "password2": NEW})
    assert done["Location"] == "/wachtwoord-vergeten/klaar/"
    again = Client().get(path, follow=True)
    assert "werkt niet meer" in again.content.decode()
    assert b"password1" not in again.content


def test_a_weak_or_unequal_password_is_refused(client: Client) -> None:
    account = someone()
    where = client.get(link_for(account), follow=True).redirect_chain[-1][0]
    assert client.post(where, {"password1": "kort", "password2": "kort"}).status_code == 200
    assert client.post(where, {"password1": NEW, "password2": NEW + "x"}).status_code == 200
    account.refresh_from_db()
    assert not account.check_password(NEW)


def test_a_new_password_ends_sessions_but_not_the_second_step(client: Client) -> None:
    account = someone()
    secret = give_app(account)
    both_steps(client, account, secret)
    other = Client()
    where = other.get(link_for(account), follow=True).redirect_chain[-1][0]
    other.post(where, {"password1": NEW, "password2": NEW})
    assert client.get("/beheer/mensen/")["Location"].startswith("/inloggen/")
    assert password_step(other, account, NEW)["Location"] == "/inloggen/code/"


def test_the_owner_is_told_that_the_password_changed(client: Client) -> None:
    account = someone()
    where = client.get(link_for(account), follow=True).redirect_chain[-1][0]
    client.post(where, {"password1": NEW, "password2": NEW})
    assert Message.objects.filter(key__startswith="changed:", recipient_account_id=account.pk).count() == 1
