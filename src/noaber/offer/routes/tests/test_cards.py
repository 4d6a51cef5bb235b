"""Agreements: two people make one, what applied stays, and following one is counted without a person."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, timedelta
from typing import Any
from uuid import UUID, uuid4

import pytest
from django.db import IntegrityError, transaction
from django.db.backends.postgresql.psycopg_any import DateRange

from noaber.ground.errors import Conflict, Forbidden, Invalid, Missing
from noaber.hallway.access import gate
from noaber.hallway.access.types import Actor, Role
from noaber.network.partners.factories import make_account, make_member, make_organisation, make_region
from noaber.network.partners.models import Organisation, Region
from noaber.offer.directory.factories import make_service
from noaber.offer.routes import queries_cards, rules, services_cards
from noaber.offer.routes.factories import make_route
from noaber.offer.routes.models import RouteDeviation, RouteUse, RouteVersion
from noaber.offer.routes.types import RouteChoice, RouteText

NOW = datetime(2027, 7, 1, 9, 0, tzinfo=UTC)
TODAY = date(2027, 7, 1)
pytestmark = pytest.mark.django_db
TEXT = RouteText(
    question="Slaapt slecht",
    first_choice="De POH",
    valid_from=TODAY,
    words=("slaapt slecht", "wakker liggen"),
    terms=("sleep",),
)


@dataclass(slots=True)
class Place:
    region: Region
    office: Organisation
    owner: Organisation

    def actor(self, role: Role, organisation: Organisation | None = None, until: date | None = None) -> Actor:
        account = make_account("Wie Dan")
        make_member(account, organisation or self.office, role, until_on=until)
        actor = gate.actor_for(account, on=TODAY, second_factor=True)
        gate.tell_database(actor)
        return actor

    def started(self, editor: Actor, text: RouteText = TEXT) -> UUID:
        return services_cards.start_card(
            actor=editor, owner_id=self.owner.pk, text=text, once_key=uuid4().hex, now=NOW
        )

    def agreed(self, editor: Actor, admin: Actor, card_id: UUID, now: datetime = NOW) -> UUID:
        version = opened(card_id)
        services_cards.propose(actor=editor, card_id=card_id, version_id=version, now=now)
        services_cards.agree(actor=admin, card_id=card_id, version_id=version, now=now)
        return version


def opened(card_id: UUID) -> UUID:
    return RouteVersion.objects.get(card_id=card_id, state__in=services_cards.OPEN).pk


@pytest.fixture
def place(settings: Any) -> Place:
    settings.FIXED_NOW = NOW
    region = make_region()
    with gate.as_system("wereld"):
        return Place(region, make_organisation(region, "Bureau"), make_organisation(region, "Dimence Groep"))


def test_an_agreement_takes_an_editor_and_the_owner(place: Place) -> None:
    editor, admin = place.actor(Role.EDITOR), place.actor(Role.ORGANISATION_ADMIN, place.owner)
    card_id = place.started(editor)
    assert queries_cards.in_force(place.region.pk, on=TODAY) == []
    place.agreed(editor, admin, card_id)
    (shown,) = queries_cards.in_force(place.region.pk, on=TODAY)
    assert (shown.number, shown.owner, shown.text.question) == (1, "Dimence Groep", "Slaapt slecht")
    page = queries_cards.page(editor, card_id, today=TODAY)
    assert {line.what for line in page.history} == {"made", "proposed", "agreed"}


def test_which_version_applied_on_a_day(place: Place) -> None:
    editor, admin = place.actor(Role.EDITOR), place.actor(Role.ORGANISATION_ADMIN, place.owner)
    january = datetime(2027, 1, 4, 9, 0, tzinfo=UTC)
    card_id = place.started(editor, replace(TEXT, valid_from=date(2027, 1, 10)))
    first = place.agreed(editor, admin, card_id, january)
    newer = replace(TEXT, first_choice="Eerst bellen", valid_from=date(2027, 8, 1))
    services_cards.write_version(actor=editor, card_id=card_id, text=newer, lock=0, now=NOW)
    second = place.agreed(editor, admin, card_id)

    def on(day: date) -> tuple[UUID, str]:
        shown = queries_cards.page(editor, card_id, today=TODAY, on=day).shown
        return shown.version_id, shown.text.first_choice

    assert on(date(2027, 1, 10)) == on(TODAY) == on(date(2027, 7, 31)) == (first, "De POH")
    assert on(date(2027, 8, 1)) == on(date(2030, 1, 1)) == (second, "Eerst bellen")
    assert [v.version_id for v in queries_cards.in_force(place.region.pk, on=TODAY)] == [first]
    assert queries_cards.page(editor, card_id, today=TODAY).versions[1].last_on == date(2027, 7, 31)


def test_what_applied_never_changes_and_a_version_cannot_begin_before_it(place: Place) -> None:
    editor, admin = place.actor(Role.EDITOR), place.actor(Role.ORGANISATION_ADMIN, place.owner)
    card_id = place.started(editor, replace(TEXT, valid_from=date(2027, 9, 1)))
    place.agreed(editor, admin, card_id)
    services_cards.write_version(actor=editor, card_id=card_id, text=TEXT, lock=0, now=NOW)
    version = opened(card_id)
    services_cards.propose(actor=editor, card_id=card_id, version_id=version, now=NOW)
    with pytest.raises(Conflict) as refused:
        services_cards.agree(actor=admin, card_id=card_id, version_id=version, now=NOW)
    assert refused.value.code == "route_begins_too_early"


def test_the_database_refuses_two_versions_on_one_day(place: Place) -> None:
    first = make_route(place.owner)
    with pytest.raises(IntegrityError), transaction.atomic():
        RouteVersion.objects.create(
            card=first.card,
            number=2,
            state="agreed",
            question="x",
            first_choice="y",
            valid_from=TODAY,
            in_force=DateRange(TODAY, None),
            changed_at=NOW,
        )


def test_who_proposed_does_not_agree(place: Place) -> None:
    account = make_account("Twee Petten")
    make_member(account, place.office, Role.EDITOR)
    make_member(account, place.owner, Role.ORGANISATION_ADMIN)
    both = gate.actor_for(account, on=TODAY, second_factor=True)
    gate.tell_database(both)
    card_id = place.started(both)
    services_cards.propose(actor=both, card_id=card_id, version_id=opened(card_id), now=NOW)
    with pytest.raises(Conflict) as refused:
        services_cards.agree(actor=both, card_id=card_id, version_id=opened(card_id), now=NOW)
    assert refused.value.code == "route_own_proposal"


def test_the_owner_sends_back_with_words(place: Place) -> None:
    editor, admin = place.actor(Role.EDITOR), place.actor(Role.ORGANISATION_ADMIN, place.owner)
    card_id = place.started(editor)
    version = opened(card_id)
    services_cards.propose(actor=editor, card_id=card_id, version_id=version, now=NOW)
    with pytest.raises(Conflict):
        services_cards.write_version(actor=editor, card_id=card_id, text=TEXT, lock=2, now=NOW)
    with pytest.raises(Invalid):
        services_cards.send_back(actor=admin, card_id=card_id, version_id=version, words=" ", now=NOW)
    services_cards.send_back(actor=admin, card_id=card_id, version_id=version, words="Bel eerst.", now=NOW)
    with pytest.raises(Conflict):
        services_cards.agree(actor=admin, card_id=card_id, version_id=version, now=NOW)
    words = {line.what: line.words for line in queries_cards.page(editor, card_id, today=TODAY).history}
    assert words["sent_back"] == "Bel eerst."


def test_two_editors_on_one_draft(place: Place) -> None:
    editor = place.actor(Role.EDITOR)
    card_id = place.started(editor)
    services_cards.write_version(actor=editor, card_id=card_id, text=TEXT, lock=1, now=NOW)
    with pytest.raises(Conflict) as refused:
        services_cards.write_version(actor=editor, card_id=card_id, text=TEXT, lock=1, now=NOW)
    assert refused.value.code == "route_changed_meanwhile"


def test_withdrawn_applies_no_more_and_stays_readable(place: Place) -> None:
    editor = place.actor(Role.EDITOR)
    version = make_route(place.owner)
    services_cards.withdraw(actor=editor, card_id=version.card_id, words="Wordt nu anders.", now=NOW)
    services_cards.withdraw(actor=editor, card_id=version.card_id, words="Nog eens.", now=NOW)
    assert queries_cards.in_force(place.region.pk, on=TODAY) == []
    assert len(queries_cards.in_force(place.region.pk, on=TODAY - timedelta(days=1))) == 1
    assert queries_cards.page(editor, version.card_id, today=TODAY).shown.text.question == version.question


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("question", ""),
        ("first_choice", "x" * 601),
        ("ring", "Bel 111222333"),
        ("words", ("w" * 41,)),
        ("terms", ("bestaat_niet",)),
        ("valid_until", date(2027, 6, 1)),
        ("service_ids", (UUID(int=7),)),
    ],
)
def test_what_cannot_be_kept_is_said_at_its_field(place: Place, field: str, value: Any) -> None:
    with pytest.raises(Invalid) as refused:
        place.started(place.actor(Role.EDITOR), replace(TEXT, **{field: value}))
    assert field.replace("service_ids", "services") in refused.value.fields


def test_linked_offer_is_shown_as_long_as_it_is_there(place: Place) -> None:
    service = make_service(place.region)
    editor = place.actor(Role.EDITOR)
    card_id = place.started(editor, replace(TEXT, service_ids=(service.pk,)))
    shown = queries_cards.page(editor, card_id, today=TODAY).shown
    assert [one.name for one in shown.services] == ["Inloop De Brug"]


def _other_region(place: Place) -> Actor:
    with gate.as_system("wereld"):
        office = make_organisation(make_region("groningen", "Groningen"), "Bureau Noord")
    return place.actor(Role.EDITOR, office)


@pytest.mark.parametrize(
    "who",
    [
        _other_region,
        lambda place: place.actor(Role.EDITOR, until=TODAY),
        lambda place: place.actor(Role.GUIDE),
        lambda place: place.actor(Role.REFERRER),
        lambda place: place.actor(Role.ORGANISATION_ADMIN),
    ],
)
def test_who_has_no_business_there_writes_and_agrees_nothing(
    place: Place, who: Callable[[Place], Actor]
) -> None:
    editor = place.actor(Role.EDITOR)
    card_id = place.started(editor)
    version = opened(card_id)
    services_cards.propose(actor=editor, card_id=card_id, version_id=version, now=NOW)
    stranger = who(place)
    no = pytest.raises((Missing, Forbidden))
    with no:
        place.started(stranger)
    with no:
        services_cards.write_version(actor=stranger, card_id=card_id, text=TEXT, lock=2, now=NOW)
    with no:
        services_cards.agree(actor=stranger, card_id=card_id, version_id=version, now=NOW)
    with no:
        services_cards.send_back(actor=stranger, card_id=card_id, version_id=version, words="x", now=NOW)
    with no:
        services_cards.withdraw(actor=stranger, card_id=card_id, words="x", now=NOW)
    with no:
        services_cards.agree(actor=stranger, card_id=uuid4(), version_id=version, now=NOW)
    with no:
        queries_cards.use_tables(stranger, place.region.pk, 2027)
    with no:
        queries_cards.page(stranger, card_id, today=TODAY)


def test_the_agreement_that_fits_is_found_in_plain_words(place: Place) -> None:
    sleep = make_route(place.owner, "Slaapt slecht")
    money = make_route(place.owner, "Schulden", words=["schulden", "geldzorgen"], terms=["money"])
    make_route(place.owner, "Later", words=["slaapt slecht"], in_force=DateRange(date(2027, 8, 1), None))

    def found(text: str) -> list[UUID]:
        return [card.version_id for card in queries_cards.cards_for(place.region.pk, text, on=TODAY)]

    assert found("Zij SLÁÁPT slecht, en piekert over geldzorgen.") == [sleep.pk, money.pk]
    assert found("Heeft geldzorgen.") == [money.pk]
    assert found("Slaapt prima, eet slecht") == found("") == found("Wil weer werken") == []


def test_folded_words_need_whole_stems() -> None:
    assert rules.fits(["drank"], rules.folded("Een drankje te veel")) == 1
    assert rules.fits(["was"], rules.folded("De wasmachine")) == 0
    assert rules.fits(["wakker liggen"], rules.folded("ligt wakker, en blijft liggen")) == 0


def test_a_use_keeps_a_version_and_a_month_and_nothing_else(place: Place) -> None:
    version = make_route(place.owner)
    choice = RouteChoice(version.pk, followed=False, reason="wait", words="wachtlijst van maanden")
    assert services_cards.tell_use(region_id=place.region.pk, choice=choice, now=NOW, once_key="een")
    assert not services_cards.tell_use(region_id=place.region.pk, choice=choice, now=NOW, once_key="een")
    use = RouteUse.objects.get()
    assert (use.version_id, use.month, use.followed) == (version.pk, date(2027, 7, 1), False)
    assert {field.name for field in RouteUse._meta.fields} == {
        "id",
        "version",
        "month",
        "followed",
        "once_key",
    }
    assert {field.name for field in RouteDeviation._meta.fields} == {"id", "use", "reason", "words"}


@pytest.mark.parametrize(
    ("reason", "words", "field"),
    [
        ("", "", "reason"),
        ("gedroomd", "", "reason"),
        ("wish", "Mevrouw Jansen wil niet", "words"),
        ("wish", "bel 06 1234 5678", "words"),
        ("wish", "BSN 111222333", "words"),
        ("wish", "geboren 03-04-1981", "words"),
        ("wish", "mail naar a.b@voorbeeld.nl", "words"),
        ("wish", "w" * 201, "words"),
    ],
)
def test_a_deviation_has_a_reason_and_no_person(place: Place, reason: str, words: str, field: str) -> None:
    version = make_route(place.owner)
    with pytest.raises(Invalid) as refused:
        services_cards.tell_use(
            region_id=place.region.pk, choice=RouteChoice(version.pk, False, reason, words), now=NOW
        )
    assert field in refused.value.fields
    assert not RouteUse.objects.exists()


def test_of_another_region_or_never_applied_is_not_counted(place: Place) -> None:
    version = make_route(place.owner)
    later = make_route(place.owner, "Later", in_force=DateRange(date(2027, 8, 1), None))
    elsewhere = make_region("groningen", "Groningen")
    for region_id, version_id in (
        (elsewhere.pk, version.pk),
        (place.region.pk, later.pk),
        (place.region.pk, uuid4()),
    ):
        assert not services_cards.tell_use(region_id=region_id, choice=RouteChoice(version_id, True), now=NOW)


def used(version: RouteVersion, followed: int, **reasons: int) -> None:
    whats = ["followed"] * followed + [reason for reason, n in reasons.items() for _ in range(n)]
    for what in whats:
        use = RouteUse.objects.create(
            version=version, month=TODAY, followed=what == "followed", once_key=uuid4().hex
        )
        if what != "followed":
            RouteDeviation.objects.create(use=use, reason=what, words=f"woorden bij {what}")


@pytest.mark.parametrize(
    ("followed", "reasons", "total", "seen", "cells", "together"),
    [
        (4, {}, None, None, 0, None),
        (20, {"wait": 4}, 24, None, 0, None),
        (4, {"wait": 20}, 24, None, 0, None),
        (20, {"wait": 3, "far": 2}, 25, 20, 0, 5),
        (20, {"wait": 9, "far": 8, "wish": 3, "other": 4}, 44, 20, 2, 7),
        (20, {"wait": 9, "far": 8, "wish": 2}, 39, 20, 0, 19),
        (20, {"wait": 9, "far": 8}, 37, 20, 2, None),
        (20, {}, 20, 20, 0, None),
    ],
)
def test_small_cells_are_hidden_also_from_subtraction(
    place: Place,
    followed: int,
    reasons: dict[str, int],
    total: int | None,
    seen: int | None,
    cells: int,
    together: int | None,
) -> None:
    used(make_route(place.owner), followed, **reasons)
    (table,) = queries_cards.use_tables(place.actor(Role.EDITOR), place.region.pk, 2027)
    assert (table.total, table.followed, len(table.cells), table.together) == (total, seen, cells, together)
    assert all(n >= 5 for _, n in table.cells)
    assert len(table.said) == sum(n for _, n in table.cells)
    assert queries_cards.use_tables(place.actor(Role.PROGRAMME_MANAGER), place.region.pk, 2026) == []


def test_versions_of_one_agreement_are_counted_together(place: Place) -> None:
    first = make_route(place.owner, in_force=DateRange(date(2027, 1, 4), date(2027, 3, 1)))
    second = RouteVersion.objects.create(
        card=first.card,
        number=2,
        state="agreed",
        question="Slaapt slecht, nieuw",
        first_choice="y",
        valid_from=date(2027, 3, 1),
        in_force=DateRange(date(2027, 3, 1), None),
        changed_at=NOW,
    )
    used(first, 3)
    used(second, 4)
    (table,) = queries_cards.use_tables(place.actor(Role.EDITOR), place.region.pk, 2027)
    assert (table.question, table.total) == ("Slaapt slecht, nieuw", 7)


def test_more_agreements_do_not_cost_more_questions(
    place: Place, django_assert_num_queries: Callable[..., Any]
) -> None:
    for number in range(5):
        make_route(place.owner, f"Vraag {number}")
    for _ in range(2):
        with django_assert_num_queries(1):
            queries_cards.cards_for(place.region.pk, "slaapt slecht", on=TODAY)
        for number in range(10):
            make_route(place.owner, f"Nog een {number}")
