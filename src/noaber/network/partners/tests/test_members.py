"""Members and invitations: what an administrator may not do comes first."""

from __future__ import annotations

import re
from datetime import timedelta
from uuid import uuid4

import pytest
from django.conf import settings
from django.db import IntegrityError, transaction
from django.db.backends.postgresql.psycopg_any import DateRange
from django.test import Client

from noaber.hallway import clock
from noaber.hallway.access.types import Role
from noaber.hallway.accounts.models import Account, Invitation
from noaber.hallway.accounts.tests.signing import enter, someone, without_token
from noaber.hallway.post.models import Message
from noaber.network.partners.factories import (
    PASSWORD,
    make_account,
    make_member,
    make_organisation,
    make_professional,
    make_staff,
)
from noaber.network.partners.models import Certificate, Membership, Organisation

pytestmark = pytest.mark.django_db

INVITED = {"name": "Karel Post", "email": "karel.post@voorbeeld.example", "role": "guide"}


@pytest.fixture
def dirk() -> Account:
    return someone(Role.ORGANISATION_ADMIN)


@pytest.fixture
def dimence(dirk: Account) -> Organisation:
    return Organisation.objects.get(name="Dimence Groep")


@pytest.fixture
def mediant(dimence: Organisation) -> Organisation:
    return make_organisation(dimence.region, "Mediant")


@pytest.fixture
def inside(client: Client, dirk: Account) -> Client:
    enter(client, dirk)
    return client


def invite(client: Client, organisation: Organisation, **more: str) -> str:
    """Invite Karel; gives the path of the link in the mail."""
    client.post("/beheer/mensen/", {**INVITED, "organisation": str(organisation.pk), **more})
    found = re.search(re.escape(settings.BASE_URL) + r"(/\S+)", Message.objects.latest("created_at").body)
    assert found
    return found.group(1)


def accept(path: str, client: Client | None = None) -> Client:
    """Karel opens the link and chooses a password."""
    karel = client or Client()
    karel.post(path, {"password1": PASSWORD, "password2": PASSWORD})
    return karel


# --- not yours ----------------------------------------------------------------------------------


@pytest.mark.parametrize("role", [r for r in Role if r is not Role.ORGANISATION_ADMIN])
def test_only_administrators_see_members(client: Client, role: Role) -> None:
    enter(client, someone(role))
    assert client.get("/beheer/mensen/").status_code == 404


def test_another_organisations_things_look_like_nothing(inside: Client, mediant: Organisation) -> None:
    theirs = make_member(make_account("Eva Smid", "canary@mediant.example"), mediant)
    colleague = make_professional(mediant, "Eva Smid")
    invitation = Invitation.objects.create(
        email="canary@mediant.example", name="Eva Smid", role="guide", organisation_id=mediant.pk,
        invited_by=theirs.account, token_hash="x" * 64, created_at=clock.now(),
        expires_at=clock.now() + timedelta(days=7),
    )  # fmt: skip
    pages = [
        ("get", "/beheer/mensen/rol/{}/stop/", theirs.pk),
        ("post", "/beheer/mensen/rol/{}/stop/", theirs.pk),
        ("get", "/beheer/mensen/collega/{}/certificaat/", colleague.pk),
        ("post", "/beheer/mensen/collega/{}/certificaat/", colleague.pk),
        ("post", "/beheer/mensen/uitnodiging/{}/intrekken/", invitation.pk),
    ]
    for method, path, existing in pages:
        real = getattr(inside, method)(path.format(existing))
        guessed = getattr(inside, method)(path.format(uuid4()))
        assert real.status_code == guessed.status_code == 404
        assert without_token(real.content) == without_token(guessed.content)
        assert b"canary" not in real.content
        assert b"Eva" not in real.content
    assert Membership.objects.get(pk=theirs.pk).period.upper is None
    invitation.refresh_from_db()
    assert invitation.withdrawn_at is None


def test_the_list_holds_nobody_of_another_organisation(inside: Client, mediant: Organisation) -> None:
    make_staff(mediant, "Eva Smid", Role.GUIDE, email="canary@mediant.example")
    make_professional(mediant, "Bas Canary")
    page = inside.get("/beheer/mensen/").content
    assert b"canary" not in page
    assert b"Bas Canary" not in page


def test_nobody_is_invited_into_another_organisation(inside: Client, mediant: Organisation) -> None:
    inside.post("/beheer/mensen/", {**INVITED, "organisation": str(mediant.pk)})
    assert not Invitation.objects.exists()


@pytest.mark.parametrize(
    "role", ["programme_manager", "privacy_officer", "organisation_admin", "operator", "x", ""]
)
def test_an_administrator_cannot_give_roles_of_the_region(
    inside: Client, dimence: Organisation, role: str
) -> None:
    answer = inside.post("/beheer/mensen/", {**INVITED, "organisation": str(dimence.pk), "role": role})
    assert answer.status_code == 200
    assert not Invitation.objects.exists()


def test_an_administrator_cannot_end_roles_of_the_region(
    inside: Client, dirk: Account, dimence: Organisation
) -> None:
    own = Membership.objects.get(account=dirk)
    officer = make_member(make_account("Petra Smit"), dimence, Role.PRIVACY_OFFICER)
    for membership in [own, officer]:
        assert inside.post(f"/beheer/mensen/rol/{membership.pk}/stop/").status_code == 404
        membership.refresh_from_db()
        assert membership.period.upper is None


# --- invitations --------------------------------------------------------------------------------


def test_an_invitation_works_once(inside: Client, dimence: Organisation) -> None:
    path = invite(inside, dimence)
    accept(path)
    again = Client().get(path)
    assert again.status_code == 404
    assert Client().post(path, {"password1": PASSWORD, "password2": PASSWORD}).status_code == 404
    assert Account.objects.filter(email=INVITED["email"]).count() == 1


def test_old_withdrawn_and_guessed_links_look_the_same(inside: Client, dimence: Organisation) -> None:
    old = invite(inside, dimence, email="a@voorbeeld.example")
    Invitation.objects.update(expires_at=clock.now() - timedelta(seconds=1))
    withdrawn = invite(inside, dimence, email="b@voorbeeld.example")
    pending = Invitation.objects.get(email="b@voorbeeld.example")
    inside.post(f"/beheer/mensen/uitnodiging/{pending.pk}/intrekken/")
    guessed = "/uitnodiging/" + "A" * 43 + "/"
    pages = [Client().get(path) for path in [old, withdrawn, guessed]]
    assert {page.status_code for page in pages} == {404}
    assert len({without_token(page.content) for page in pages}) == 1


def test_an_invitation_lasts_seven_days(inside: Client, dimence: Organisation) -> None:
    invite(inside, dimence)
    card = Invitation.objects.get()
    assert card.expires_at - card.created_at == timedelta(days=7)


def test_the_link_is_kept_as_a_fingerprint_only(inside: Client, dimence: Organisation) -> None:
    token = invite(inside, dimence).split("/")[2]
    assert len(token) >= 43
    assert token not in str(Invitation.objects.values().get())


def test_the_mail_of_an_invitation_is_neutral(inside: Client, dimence: Organisation) -> None:
    invite(inside, dimence)
    message = Message.objects.latest("created_at")
    words = message.subject + message.body.replace(settings.BASE_URL, "")
    for word in ["Karel", "Dirk", "Dimence", "gespreksvoerder", "ggz", "zorg"]:
        assert word not in words


def test_a_second_invitation_closes_the_first(inside: Client, dimence: Organisation) -> None:
    first = invite(inside, dimence)
    invite(inside, dimence)
    assert Client().get(first).status_code == 404


@pytest.mark.parametrize(
    ("one", "two"),
    [("kort", "kort"), (PASSWORD, PASSWORD + "x"), ("wachtwoord12", "wachtwoord12x"), ("", "")],
)
def test_a_weak_or_unequal_password_makes_no_account(
    inside: Client, dimence: Organisation, one: str, two: str
) -> None:
    path = invite(inside, dimence)
    assert Client().post(path, {"password1": one, "password2": two}).status_code == 200
    assert not Account.objects.filter(email=INVITED["email"]).exists()
    assert Client().get(path).status_code == 200


def test_accepting_leads_to_the_second_step_and_opens_nothing_before(
    inside: Client, dimence: Organisation
) -> None:
    path = invite(inside, dimence)
    karel = Client()
    answer = karel.post(path, {"password1": PASSWORD, "password2": PASSWORD})
    assert answer["Location"] == "/tweede-stap/"
    assert karel.get("/verder/")["Location"].startswith("/tweede-stap/")
    member = Membership.objects.get(account__email=INVITED["email"])
    assert (member.organisation, member.role, member.period.lower) == (dimence, "guide", clock.today())


def test_more_than_was_asked_is_not_taken_over(inside: Client, dimence: Organisation) -> None:
    path = invite(inside, dimence)
    karel = {
        "password1": PASSWORD,
        "password2": PASSWORD,
        "role": "operator",
        "is_staff": "1",
        "is_demo": "1",
    }
    Client().post(path, karel)
    account = Account.objects.get(email=INVITED["email"])
    assert (account.is_staff, account.is_superuser, account.is_demo) == (False, False, False)
    assert Membership.objects.get(account=account).role == "guide"


def test_who_has_an_account_signs_in_and_gets_the_role(inside: Client, dimence: Organisation) -> None:
    karel = make_account("Karel Post", INVITED["email"])
    path = invite(inside, dimence)
    browser = Client()
    assert browser.get(path)["Location"].startswith("/inloggen/?next=")
    enter(browser, karel)
    assert browser.get(path).status_code == 200
    browser.post(path)
    assert Membership.objects.filter(account=karel, organisation=dimence, role="guide").exists()
    assert Account.objects.filter(email=INVITED["email"]).count() == 1


def test_an_invitation_cannot_be_taken_by_someone_else(inside: Client, dimence: Organisation) -> None:
    make_account("Karel Post", INVITED["email"])
    path = invite(inside, dimence)
    thief = Client()
    enter(thief, make_account("Iemand Anders"))
    assert thief.post(path).status_code == 404
    assert not Membership.objects.filter(role="guide").exists()
    assert Invitation.objects.get().accepted_at is None


def test_an_accepted_invitation_cannot_be_withdrawn(inside: Client, dimence: Organisation) -> None:
    accept(invite(inside, dimence))
    card = Invitation.objects.get()
    assert inside.post(f"/beheer/mensen/uitnodiging/{card.pk}/intrekken/").status_code == 409


# --- the end of a role --------------------------------------------------------------------------


def test_an_ended_role_opens_nothing_in_the_same_session(inside: Client, dimence: Organisation) -> None:
    sanne = make_staff(dimence, "Sanne Bakker", Role.PLANNER)
    membership = Membership.objects.get(account=sanne)
    hers = Client()
    enter(hers, sanne)
    assert hers.get("/verder/")["Location"] == "/planbord/"
    inside.post(f"/beheer/mensen/rol/{membership.pk}/stop/")
    assert hers.get("/verder/")["Location"].startswith("/inloggen/"), "every session of hers ended"
    enter(hers, sanne)
    assert "geen rol" in hers.get("/verder/").content.decode(), "and a new one has no role"


def test_a_role_that_ends_at_midnight_is_gone_in_an_open_session(
    client: Client, dimence: Organisation
) -> None:
    sanne = make_account("Sanne Bakker")
    make_member(sanne, dimence, Role.ORGANISATION_ADMIN, until_on=clock.today())
    enter(client, sanne)
    assert client.get("/beheer/mensen/").status_code == 404
    Membership.objects.filter(account=sanne).update(
        period=DateRange(clock.today() - timedelta(days=9), clock.today() + timedelta(days=1))
    )
    assert client.get("/beheer/mensen/").status_code == 200


def test_a_role_that_begins_tomorrow_opens_nothing_today(client: Client, dimence: Organisation) -> None:
    sanne = make_account("Sanne Bakker")
    make_member(sanne, dimence, Role.ORGANISATION_ADMIN, from_on=clock.today() + timedelta(days=1))
    enter(client, sanne)
    assert client.get("/beheer/mensen/").status_code == 404


def test_ending_a_role_asks_once_more_and_is_a_click(inside: Client, dimence: Organisation) -> None:
    membership = make_member(make_account("Sanne Bakker"), dimence)
    assert inside.get(f"/beheer/mensen/rol/{membership.pk}/stop/").status_code == 200
    assert Membership.objects.get(pk=membership.pk).period.upper is None


def test_a_role_of_today_can_be_ended_today_and_twice(inside: Client, dimence: Organisation) -> None:
    membership = make_member(make_account("Sanne Bakker"), dimence, from_on=clock.today())
    assert inside.post(f"/beheer/mensen/rol/{membership.pk}/stop/").status_code == 302
    assert not Membership.objects.filter(pk=membership.pk).exists()
    older = make_member(make_account("Henk Oude Vrielink"), dimence)
    for _ in range(2):
        assert inside.post(f"/beheer/mensen/rol/{older.pk}/stop/").status_code == 302
    older.refresh_from_db()
    assert older.period.upper == clock.today()


def test_one_role_twice_at_a_time_is_refused_by_the_database(dimence: Organisation) -> None:
    sanne = make_account("Sanne Bakker")
    make_member(sanne, dimence)
    with pytest.raises(IntegrityError), transaction.atomic():
        make_member(sanne, dimence, from_on=clock.today())


# --- certificates -------------------------------------------------------------------------------


def test_certificates_show_until_when_they_count(inside: Client, dimence: Organisation) -> None:
    person = make_professional(dimence, "Sanne Bakker", certificates=())
    Certificate.objects.create(
        professional=person,
        kind="network_intake",
        obtained_on=clock.today() - timedelta(days=900),
        expires_on=clock.today(),
    )
    page = inside.get("/beheer/mensen/").content.decode()
    assert "verlopen op" in page
    assert "psycholoog" in page


def test_a_certificate_is_added_once(inside: Client, dimence: Organisation) -> None:
    person = make_professional(dimence, "Sanne Bakker", certificates=())
    path = f"/beheer/mensen/collega/{person.pk}/certificaat/"
    form = {"kind": "network_intake", "obtained_on": "2026-01-10", "expires_on": "2029-01-10"}
    for _ in range(2):
        assert inside.post(path, form).status_code == 302
    assert Certificate.objects.filter(professional=person).count() == 1


@pytest.mark.parametrize(
    ("obtained_on", "expires_on"),
    [("2099-01-01", ""), ("2026-01-10", "2026-01-10"), ("2026-02-30", ""), ("", ""), ("gisteren", "")],
)
def test_impossible_dates_of_a_certificate_are_refused(
    inside: Client, dimence: Organisation, obtained_on: str, expires_on: str
) -> None:
    person = make_professional(dimence, "Sanne Bakker", certificates=())
    path = f"/beheer/mensen/collega/{person.pk}/certificaat/"
    answer = inside.post(path, {"kind": "other", "obtained_on": obtained_on, "expires_on": expires_on})
    assert answer.status_code == 200
    assert not Certificate.objects.exists()
