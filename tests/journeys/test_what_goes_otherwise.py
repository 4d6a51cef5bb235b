"""Not everything goes as planned: two planners at once, another day, no letter, a question without end."""

from __future__ import annotations

import re
import time

from tests.journeys import looking, walk
from tests.journeys.conftest import Visit
from tests.journeys.house import HELD_AT, REFERRED_AT, House
from tests.journeys.visitor import PHONE, Visitor

STROKES_A_MINUTE = 200


def test_the_gp_has_four_fields_and_a_minute(visiting: Visit, house: House) -> None:
    """Four required fields, and typed at 200 strokes a minute it takes less than sixty seconds."""
    typed = ("Trijntje Wolters", "0600000457", "Is moe en somber, al maanden. Wil weer slapen.")
    labels = ("1. Hoe heet de inwoner?", "2. Op welk nummer", "3. Wat is de vraag")
    with visiting(REFERRED_AT) as noor:
        noor.enters_as("Noor de Wit")
        page = noor.go("/verwijzen/")
        required = page.locator("main :is(input, select, textarea)[required]:not([type=hidden])")
        assert len([field for field in required.all() if field.is_visible()]) <= 4
        started = time.monotonic()
        for label, words in zip(labels, typed, strict=True):
            noor.field(label).press_sequentially(words, delay=2)
        noor.field("vindt het goed dat wij bellen").check()
        noor.click("Verstuur de verwijzing")
        walk.reads_card(noor, typed[0])
        clicks_and_answers = time.monotonic() - started
    seconds = sum(map(len, typed)) / STROKES_A_MINUTE * 60 + clicks_and_answers
    assert seconds < 60, f"{seconds:.0f} seconds"


def test_what_was_typed_stays_when_something_is_wrong(visiting: Visit) -> None:
    """An empty form names every missing field once, and danger never sends anything."""
    with visiting(REFERRED_AT) as noor:
        noor.enters_as("Noor de Wit")
        noor.go("/verwijzen/")
        noor.field("1. Hoe heet de inwoner?").fill("Hermina Dijk")
        noor.click("Verstuur de verwijzing")
        noor.sees("Er kloppen nog 3 dingen niet")
        assert not looking.faults(noor)
        assert noor.field("1. Hoe heet de inwoner?").input_value() == "Hermina Dijk"
        noor.field("2. Op welk nummer").fill("0600000458")
        noor.field("3. Wat is de vraag").fill("Zegt dat zij niet meer wil leven.")
        noor.field("vindt het goed dat wij bellen").check()
        noor.field("Er is nu gevaar, of ik twijfel").check()
        noor.click("Verstuur de verwijzing")
        noor.sees("Bel nu. Wij hebben nog niets verstuurd")
        noor.keep("gevaar")


def test_two_planners_book_the_same_people(visiting: Visit, house: House) -> None:
    """The second one gets a polite answer and a way back; nobody is booked twice."""
    with visiting(REFERRED_AT) as noor:
        noor.enters_as("Noor de Wit")
        first, second = (walk.refers(noor, name) for name in ("Berber Nijhof", "Jantje Eshuis"))
    with visiting(REFERRED_AT) as ilse, visiting(REFERRED_AT, viewport=PHONE) as also_ilse:
        ilse.enters_as("Ilse Kamp")
        also_ilse.enters_as("Ilse Kamp")
        walk.opens_case(also_ilse, second.number)
        booked = walk.books_first(ilse, first.number)
        also_ilse.expects(409)
        same = re.compile(r"^Leg vast\s?:\s+" + r"\s+".join(map(re.escape, booked.when.split())))
        button = also_ilse.page.get_by_role("button", name=same)
        with also_ilse.page.expect_response(lambda answer: answer.request.method == "POST") as answer:
            button.click()
        assert answer.value.status == 409
        also_ilse.keep("net-bezet")
        assert not looking.faults(also_ilse)
        also_ilse.click("Terug naar de tijden", role="link")
        also_ilse.sees("Dit past, vroegste eerst")
        assert walk.books_first(also_ilse, second.number).when != ""
    assert house.number(OVERLAPS) == 0


OVERLAPS = """
    SELECT count(*) FROM conversations_participation one JOIN conversations_participation other
    ON one.professional_id = other.professional_id AND one.id < other.id AND one.period && other.period
    WHERE one.active AND other.active
"""


def test_another_day_and_then_not_at_all(visiting: Visit, house: House) -> None:
    """An update with a higher number, then a cancellation, once for each of them; the question stays open."""
    with visiting(REFERRED_AT) as noor, visiting(REFERRED_AT) as ilse:
        noor.enters_as("Noor de Wit")
        sent = walk.refers(noor, "Alberdina Kok", email="inwoner@voorbeeld.example")
        ilse.enters_as("Ilse Kamp")
        booked = walk.books_first(ilse, sent.number)
        (row,) = house.rows(
            "SELECT id::text AS id FROM conversations_conversation WHERE help_request_id = %s",
            booked.help_request_id,
        )
        house.invitations(row["id"], method="REQUEST", sequence=0, rows=len(booked.people) + 1)
        ilse.click("Verplaats", role="link")
        ilse.field("De inwoner vraagt het").check()
        last = ilse.page.locator("ol.offers > li").last
        people = {chip.split(",")[-1].strip() for chip in last.locator("ul.chips li").all_inner_texts()}
        last.get_by_role("button", name=re.compile("^Verplaats")).click()
        ilse.sees("Het gesprek is verplaatst naar")
        house.invitations(row["id"], method="REQUEST", sequence=1, rows=len(people) + 1)
        house.invitations(row["id"], method="CANCEL", sequence=1, rows=len(set(booked.people) - people))
        ilse.click("Zeg af", role="link")
        ilse.field("Een andere reden").check()
        ilse.click("Zeg af")
        ilse.sees("Het gesprek is afgezegd. De vraag staat weer op het planbord.")
        house.invitations(row["id"], method="CANCEL", sequence=2, rows=len(people) + 1)
        ilse.go("/planbord/?stand=open")
        ilse.sees(sent.number)


def test_she_keeps_her_report_to_herself(visiting: Visit, house: House) -> None:
    """She objects: the GP never sees a word of it, not now and not when its day comes."""
    with visiting(REFERRED_AT) as noor, visiting(REFERRED_AT, viewport=PHONE) as she:
        noor.enters_as("Noor de Wit")
        sent = walk.refers(noor, "Dina Wagenvoort")
        walk.opens_own_page(she, sent)
        with visiting(REFERRED_AT) as ilse:
            ilse.enters_as("Ilse Kamp")
            booked = walk.books_first(ilse, sent.number)
        house.open_demo_door(booked.people[0])
        with visiting(HELD_AT) as guide:
            guide.enters_as(booked.people[0])
            guide.go("/gesprekken/")
            guide.page.locator(".board h3 a", has_text=sent.name).click()
            walk.records(guide, guide.path, outcome="Eigen netwerk")
            walk.writes_report(guide)
        she.moves_to(HELD_AT)
        walk.decides(she, walk.RATHER_NOT)
        she.sees("Uw huisarts krijgt dit niet")
        noor.moves_to(HELD_AT)
        for path in (f"/mijn-verwijzingen/{sent.referral_id}/", "/mijn-verwijzingen/"):
            noor.go(path)
            noor.does_not_see(walk.REPORT)
        noor.go(f"/mijn-verwijzingen/{sent.referral_id}/")
        noor.sees("Er is geen brief voor u")


def test_she_waits_a_while_and_comes_back(visiting: Visit) -> None:
    """Her own postponement, stopping, and taking it up again."""
    with visiting(REFERRED_AT) as noor, visiting(REFERRED_AT, viewport=PHONE) as she:
        noor.enters_as("Noor de Wit")
        walk.opens_own_page(she, walk.refers(noor, "Everdina Slot"))
        she.click("Ik wil nog even wachten", role="link", exact=False)
        she.field("Vanaf welke dag kunt u wel?").fill("2027-07-12")
        she.click("Wacht tot deze dag")
        she.sees("Goed. Wij wachten tot maandag 12 juli.")
        she.keep("uitgesteld")
        she.click("Ik wil stoppen", role="link", exact=False)
        she.click("Ja, ik stop")
        she.sees("U bent gestopt.", "Van gedachten veranderd?")
        she.keep("gestopt")
        she.click("Ik wil toch verder")
        she.sees("Fijn. Uw vraag staat weer open.")


def test_refer_and_book_with_the_keyboard_alone(visiting: Visit) -> None:
    """From the first field to the fixed day, without a mouse."""
    with visiting(REFERRED_AT) as noor:
        noor.enters_as("Noor de Wit")
        page = noor.go("/verwijzen/")
        page.keyboard.press("Tab")
        assert page.evaluate("document.activeElement.className") == "skip"
        page.keyboard.press("Enter")
        for words in ("Fenna Oldenhof", "0600000459", walk.QUESTION):
            _tab_to(noor, "input:not([type=checkbox]), textarea")
            page.keyboard.type(words)
        _tab_to(noor, "input[name=consent]")
        page.keyboard.press("Space")
        _tab_to(noor, "button[type=submit]")
        page.keyboard.press("Enter")
        page.wait_for_url(re.compile("/verstuurd/"))
        sent = walk.reads_card(noor, "Fenna Oldenhof")
    with visiting(REFERRED_AT) as ilse:
        ilse.enters_as("Ilse Kamp")
        page = ilse.go("/planbord/")
        _tab_to(ilse, "input[name=zoek]")
        page.keyboard.type(sent.number)
        page.keyboard.press("Enter")
        page.wait_for_url(re.compile("zoek="))
        _tab_to(ilse, ".board h3 a")
        page.keyboard.press("Enter")
        page.wait_for_url(re.compile("/planbord/[0-9a-f-]{36}/$"))
        _tab_to(ilse, "ol.offers button")
        page.keyboard.press("Enter")
        ilse.page.get_by_role("heading", level=1, name=re.compile("staat vast")).wait_for()


def _tab_to(visitor: Visitor, kind: str) -> None:
    """Press Tab until the focus is on something of this kind, and visibly so."""
    for _ in range(80):
        visitor.page.keyboard.press("Tab")
        if visitor.page.evaluate("kind => document.activeElement.matches(kind)", f":is({kind}):focus"):
            outline = visitor.page.evaluate("getComputedStyle(document.activeElement).outlineStyle")
            assert outline != "none", f"the focus on {kind} cannot be seen"
            return
    raise AssertionError(f"Tab never comes to {kind} on {visitor.path}")
