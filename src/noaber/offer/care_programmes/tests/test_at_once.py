"""Two presses of a button at the same moment, and two messages with the same content."""

from __future__ import annotations

import threading
from collections.abc import Callable
from datetime import timedelta

import pytest
from django.db import connection
from django.test import Client

from noaber.hallway import clock
from noaber.offer.care_programmes.factories import ask_providers, make_programme, make_report, token_of
from noaber.offer.care_programmes.models import Delivery, UpdateRequest, WaitReport
from noaber.offer.care_programmes.services import Teller
from noaber.offer.care_programmes.services_lists import Delivered, once, take_reports
from noaber.offer.care_programmes.tests.world import make_world
from noaber.offer.care_programmes.types import NewReport

pytestmark = pytest.mark.django_db(transaction=True)


def at_once(*acts: Callable[[], object]) -> list[object]:
    """Let all of them begin together; what each gave, in the order in which they ended."""
    barrier, results = threading.Barrier(len(acts)), list[object]()

    def run(act: Callable[[], object]) -> None:
        try:
            barrier.wait()
            results.append(act())
        finally:
            connection.close()

    threads = [threading.Thread(target=run, args=(act,)) for act in acts]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return results


def test_two_presses_on_the_link_at_once_are_one_answer() -> None:
    programme = make_programme(make_world().dimence)
    make_report(programme, 4, 9, reference_date=clock.today() - timedelta(days=40))
    ask_providers(now=clock.now())
    where = f"/wachttijden/bijwerken/{token_of(UpdateRequest.objects.get().pk)}/"

    def press() -> int:
        return Client().post(where, {"alles": "klopt"}).status_code

    assert at_once(press, press) == [303, 303]
    assert WaitReport.objects.filter(how="mail").count() == 1


def test_the_same_message_twice_at_once_comes_in_once() -> None:
    programme = make_programme(make_world().dimence)
    new = NewReport(programme.pk, 3, 8, "third_opportunity", clock.today())
    by = Teller("Dimence Groep", "api")

    def send() -> bool:
        done = once(
            organisation_id=programme.organisation_id,
            kind="reports",
            how="api",
            content="f" * 64,
            take=lambda: take_reports([new], by=by, now=clock.now()),
            now=clock.now(),
        )
        assert isinstance(done, Delivered)
        return done.before is None

    assert sorted(map(str, at_once(send, send, send))) == ["False", "False", "True"]
    assert (Delivery.objects.count(), WaitReport.objects.count()) == (1, 1)
