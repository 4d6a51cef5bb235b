"""A sign-in service that lies, or is not sure enough, signs nobody in. The attacks come first."""

from __future__ import annotations

import base64
import hashlib
import hmac
import json
import logging
from collections.abc import Callable, Iterator
from typing import Any

import jwt
import pytest
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric import rsa
from django.core.cache import cache
from django.test import Client
from pytest_django import Settings

from noaber.doors.identity.models import LinkedSubject
from noaber.doors.identity.tests.provider import BSN, CLIENT, LOW, SECRET, MockProvider, running
from noaber.hallway import clock
from noaber.hallway.access import gate
from noaber.network.entrances.models import Entry
from noaber.network.partners.factories import make_municipality, make_region
from noaber.network.residents.factories import make_card, make_help_request, make_resident
from noaber.network.residents.models import Resident
from noaber.network.residents.services_card import choose_own_pin

pytestmark = pytest.mark.django_db
GO, BACK, LINK = "/mijn/inlogdienst/", "/mijn/inlogdienst/terug/", "/mijn/inlogdienst/koppelen/"
OWN = "berk 83"


@pytest.fixture
def service(settings: Settings) -> Iterator[MockProvider]:
    """A sign-in service that is set in this house."""
    cache.clear()
    with running(MockProvider(now=clock.now().timestamp())) as provider:
        settings.OIDC_ISSUER, settings.OIDC_NAME = provider.issuer, "Inlogdienst Test"
        settings.OIDC_CLIENT_ID, settings.OIDC_CLIENT_SECRET = CLIENT, SECRET
        yield provider
    cache.clear()


@pytest.fixture
def fatma() -> Resident:
    found = make_resident(make_municipality(make_region()))
    make_help_request(found)
    return found


def enter(client: Client, person: Resident) -> None:
    card = make_card(person, now=clock.now())
    choose_own_pin(person.pk, OWN, now=clock.now())
    client.post("/mijn/", {"code": card.code, "pin": OWN})


def inside(client: Client) -> bool:
    return client.get("/mijn/aanmelden/").status_code == 200


@pytest.fixture
def linked(service: MockProvider, fatma: Resident) -> Resident:
    """Fatma, who linked the service while she was signed in with her card."""
    client = Client()
    enter(client, fatma)
    client.get(BACK, service.authorize(client.get(LINK)["Location"]))
    with gate.as_system("test"):
        assert LinkedSubject.objects.filter(resident=fatma).exists()
    return fatma


def visit(client: Client, service: MockProvider, **changed: str) -> Any:
    """There and back, with the answer changed on the way."""
    answer = {**service.authorize(client.get(GO)["Location"]), **changed}
    return client.get(BACK, answer)


# --- lies ------------------------------------------------------------------------------------------


def none_at_all(service: MockProvider) -> Callable[[dict[str, Any]], str]:
    return lambda claims: jwt.encode(claims, "", "none", headers={"kid": service.kid})


def with_the_public_key(service: MockProvider) -> Callable[[dict[str, Any]], str]:
    """The old confusion: signed with HMAC, with the public key as the secret."""

    def forge(claims: dict[str, Any]) -> str:
        public = service.key.public_key().public_bytes(
            serialization.Encoding.PEM, serialization.PublicFormat.SubjectPublicKeyInfo
        )
        parts = [{"alg": "HS256", "typ": "JWT", "kid": service.kid}, claims]
        text = ".".join(base64.urlsafe_b64encode(json.dumps(p).encode()).rstrip(b"=").decode() for p in parts)
        mark = hmac.new(public, text.encode(), hashlib.sha256).digest()
        return f"{text}.{base64.urlsafe_b64encode(mark).rstrip(b'=').decode()}"

    return forge


def with_another_key(service: MockProvider) -> Callable[[dict[str, Any]], str]:
    other = rsa.generate_private_key(public_exponent=65537, key_size=2048)
    return lambda claims: jwt.encode(claims, other, "RS256", headers={"kid": service.kid})


def with_an_unknown_key(service: MockProvider) -> Callable[[dict[str, Any]], str]:
    return lambda claims: jwt.encode(claims, service.key, "RS256", headers={"kid": "sleutel-9"})


def with_another_algorithm(service: MockProvider) -> Callable[[dict[str, Any]], str]:
    return lambda claims: jwt.encode(claims, service.key, "RS512", headers={"kid": service.kid})


def changed_after_signing(service: MockProvider) -> Callable[[dict[str, Any]], str]:
    def forge(claims: dict[str, Any]) -> str:
        head, _, mark = jwt.encode(claims, service.key, "RS256", headers={"kid": service.kid}).split(".")
        body = base64.urlsafe_b64encode(json.dumps({**claims, "sub": "x"}).encode()).rstrip(b"=").decode()
        return f"{head}.{body}.{mark}"

    return forge


@pytest.mark.parametrize(
    "forge",
    [
        none_at_all,
        with_the_public_key,
        with_another_key,
        with_an_unknown_key,
        with_another_algorithm,
        changed_after_signing,
        lambda service: lambda claims: "geen.token.dit",
        lambda service: lambda claims: 17,
    ],
)
def test_a_token_that_it_did_not_sign_lets_nobody_in(
    client: Client, service: MockProvider, linked: Resident, forge: Any
) -> None:
    service.forge = forge(service)
    assert visit(client, service).status_code == 400
    assert not inside(client)


def wrong_claims(now: float) -> list[dict[str, Any]]:
    """What may not be accepted, one at a time."""
    return [
        {"nonce": "van een ander"},
        {"aud": "een ander"},
        {"aud": [CLIENT, "een ander"]},
        {"azp": "een ander"},
        {"iss": "https://elders.example"},
        {"exp": now - 120},
        {"iat": now - 3600},
        {"iat": now + 3600},
        {"nbf": now + 3600},
        {"exp": "straks"},
        {"sub": ""},
        {"sub": "x" * 300},
        {"sub": 12},
    ]


@pytest.mark.parametrize("number", range(13))
def test_a_claim_that_is_not_right_lets_nobody_in(
    client: Client, service: MockProvider, linked: Resident, number: int
) -> None:
    service.claims = wrong_claims(service.now)[number]
    assert visit(client, service).status_code == 400
    assert not inside(client)


@pytest.mark.parametrize("name", ["iss", "sub", "aud", "exp", "iat", "nonce", "acr"])
def test_a_claim_that_is_missing_lets_nobody_in(
    client: Client, service: MockProvider, linked: Resident, name: str
) -> None:
    service.leave_out = {name}
    assert visit(client, service).status_code == 400
    assert not inside(client)


@pytest.mark.parametrize("acr", [LOW, "hoog", "", None, 3, ["http://eidas.europa.eu/LoA/high"]])
def test_a_level_that_is_too_low_says_so(
    client: Client, service: MockProvider, linked: Resident, acr: object
) -> None:
    service.claims = {"acr": acr}
    answer = visit(client, service)
    assert "niet zeker genoeg" in answer.content.decode()
    assert not inside(client)


@pytest.mark.parametrize(
    "changed",
    [
        {"state": "van een ander"},
        {"state": ""},
        {"code": "verzonnen"},
        {"code": ""},
        {"iss": "https://elders.example"},
        {"error": "access_denied"},
    ],
)
def test_an_answer_that_was_changed_on_the_way_lets_nobody_in(
    client: Client, service: MockProvider, linked: Resident, changed: dict[str, str]
) -> None:
    assert visit(client, service, **changed).status_code == 400
    assert not inside(client)


def test_an_answer_counts_once_and_in_one_browser(
    client: Client, service: MockProvider, linked: Resident
) -> None:
    answer = service.authorize(client.get(GO)["Location"])
    other = Client()
    assert other.get(BACK, answer).status_code == 400
    assert client.get(BACK, answer).status_code == 302
    assert Client().get(BACK, answer).status_code == 400
    client.post("/uitloggen/")
    assert client.get(BACK, answer).status_code == 400
    assert not inside(client)


def test_a_code_of_another_visit_fails_on_the_verifier(
    client: Client, service: MockProvider, linked: Resident
) -> None:
    stolen = service.authorize(Client().get(GO)["Location"])["code"]
    assert visit(client, service, code=stolen).status_code == 400
    assert not inside(client)


def test_a_service_that_says_it_is_another_is_not_believed(
    client: Client, service: MockProvider, linked: Resident
) -> None:
    cache.clear()
    service.said_issuer = "https://elders.example"
    assert client.get(GO).status_code == 400


def test_a_service_that_sends_us_elsewhere_is_not_followed(client: Client, service: MockProvider) -> None:
    service.redirects = True
    assert client.get(GO).status_code == 400


def test_a_service_that_is_away_gets_its_own_words(client: Client, settings: Settings) -> None:
    cache.clear()
    settings.OIDC_ISSUER, settings.OIDC_CLIENT_ID = "http://127.0.0.1:9", CLIENT
    answer = client.get(GO)
    assert answer.status_code == 503
    assert "geeft nu geen antwoord" in answer.content.decode()


def test_a_service_without_tls_is_refused(client: Client, settings: Settings) -> None:
    cache.clear()
    settings.OIDC_ISSUER, settings.OIDC_CLIENT_ID = "http://inlogdienst.example", CLIENT
    assert client.get(GO).status_code == 400


# --- who it is -------------------------------------------------------------------------------------


def test_someone_whom_nobody_linked_is_told_what_to_do(
    client: Client, service: MockProvider, fatma: Resident
) -> None:
    answer = visit(client, service)
    assert "nog niet aan uw pagina gekoppeld" in answer.content.decode()
    assert not inside(client)


def test_one_subject_is_one_resident(service: MockProvider, linked: Resident) -> None:
    mila = make_resident(linked.municipality, name="Mila Jansen")
    make_help_request(mila)
    client = Client()
    enter(client, mila)
    answer = client.get(BACK, service.authorize(client.get(LINK)["Location"]))
    assert "hoort al bij iemand anders" in answer.content.decode()


def test_a_visit_that_began_as_someone_else_links_nothing(service: MockProvider, fatma: Resident) -> None:
    client = Client()
    enter(client, fatma)
    answer = service.authorize(client.get(LINK)["Location"])
    kept = client.session["identity_visit"]
    mila = make_resident(fatma.municipality, name="Mila Jansen")
    make_help_request(mila)
    enter(client, mila)
    session = client.session
    session["identity_visit"] = kept
    session.save()
    assert client.get(BACK, answer).status_code == 400
    with gate.as_system("test"):
        assert not LinkedSubject.objects.exists()


def test_after_linking_it_lets_her_in_and_notes_it(
    client: Client, service: MockProvider, linked: Resident
) -> None:
    assert visit(client, service)["Location"] == "/mijn/vraag/"
    assert inside(client)
    with gate.as_system("test"):
        assert Entry.objects.filter(resident=linked, way="broker").exists()


def test_a_new_key_of_the_service_is_found(client: Client, service: MockProvider, linked: Resident) -> None:
    service.key = rsa.generate_private_key(public_exponent=65537, key_size=2048)
    service.kid = "sleutel-2"
    assert visit(client, service).status_code == 302


def test_unlinking_closes_this_way(client: Client, service: MockProvider, linked: Resident) -> None:
    visit(client, service)
    client.post("/mijn/inlogdienst/ontkoppelen/")
    other = Client()
    assert visit(other, service).status_code == 400
    assert not inside(other)


def test_no_citizen_service_number_name_or_subject_is_kept_or_logged(
    client: Client, service: MockProvider, linked: Resident, caplog: pytest.LogCaptureFixture
) -> None:
    with caplog.at_level(logging.DEBUG):
        visit(client, service)
        service.claims = {"acr": LOW}
        page = visit(Client(), service).content.decode()
    with gate.as_system("test"):
        row = LinkedSubject.objects.get()
    kept = f"{caplog.text} {page} {vars(row)} {dict(client.session)}"
    for secret in (BSN, "paarsgewijs-1", "Fatma Yilmaz"):
        assert secret not in kept


def test_the_database_shows_it_to_nobody_else(service: MockProvider, linked: Resident) -> None:
    gate.tell_database(gate.ANONYMOUS)
    assert not LinkedSubject.objects.exists()


def test_without_settings_it_is_not_there(client: Client) -> None:
    assert client.get(GO).status_code == 404
    assert client.get(BACK).status_code == 404
    assert "inlogdienst" not in client.get("/mijn/").content.decode()


def test_with_settings_it_stands_below_the_card(client: Client, service: MockProvider) -> None:
    assert "Met Inlogdienst Test" in client.get("/mijn/").content.decode()
