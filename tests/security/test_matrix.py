"""Every address stands in the matrix with its class, and every view has a guard that fits it."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.urls import path
from tests.security import addresses


def test_every_address_stands_in_the_matrix() -> None:
    missing = sorted({a.name for a in addresses.walk()} - set(addresses.matrix()))
    assert missing == [], "give each of these a class in tests/security/matrix.yml"


def test_the_matrix_names_no_address_that_is_gone() -> None:
    assert sorted(set(addresses.matrix()) - {a.name for a in addresses.walk()}) == []


def test_every_class_is_a_known_one() -> None:
    assert set(addresses.matrix().values()) <= set(addresses.AUDIENCES)


def test_every_view_has_the_guard_of_its_class() -> None:
    classes = addresses.matrix()
    wrong = {
        a.name: (classes[a.name], a.audience)
        for a in addresses.walk()
        if a.name in classes and a.audience not in addresses.AUDIENCES[classes[a.name]]
    }
    assert wrong == {}


def test_no_two_addresses_share_a_name() -> None:
    names = [a.name for a in addresses.walk()]
    assert len(names) == len(set(names))


def test_a_view_without_a_guard_would_be_seen() -> None:
    def bare(request: HttpRequest) -> HttpResponse:
        return HttpResponse()

    found = addresses.Address("bare", "bare/", (), path("bare/", bare).callback)
    assert found.audience == ""
    assert all("" not in allowed for allowed in addresses.AUDIENCES.values())
