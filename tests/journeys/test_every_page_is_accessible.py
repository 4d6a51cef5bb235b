"""Every page of every role, looked at in a browser: nothing grave, nothing English, nothing too wide."""

from __future__ import annotations

from collections import Counter, deque
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from urllib.parse import urljoin, urlsplit

import pytest
from django.urls import Resolver404, URLPattern, URLResolver, get_resolver, resolve
from tests.journeys import looking
from tests.journeys.conftest import Visit
from tests.journeys.house import REFERRED_AT
from tests.journeys.visitor import DESK, Visitor

ENOUGH = 2
"""How many pages of one kind are looked at on a round; and one from each place where it begins."""


@dataclass(frozen=True, slots=True)
class Round:
    """The pages of one visitor: where the round begins and which kinds of page must be on it."""

    begin: tuple[str, ...]
    pages: frozenset[str] = field(default_factory=frozenset)


def _round(begin: str, pages: str) -> Round:
    return Round(tuple(begin.split()), frozenset(pages.split()))


ANYONE = _round(
    "/ /web-op-papier/ /aanbod/ /hulp-nu/ /over/ /privacy/ /toegankelijkheid/ /regio/ /regio/twente/ "
    "/regio/groningen/ /regio/twente/aanbod/ /inloggen/ /inloggen/gesloten/ /wachtwoord-vergeten/ "
    "/wachtwoord-vergeten/verstuurd/ /wachtwoord-vergeten/klaar/ /mijn/ /demo/ /demo/post/ /uitloggen/ "
    "/mening/bedankt/ /klopt/bedankt/ /naaste/ /agenda/ /regio/twente/agenda/ /wegwijzers/ "
    "/wachttijden/ /regio/twente/wachttijden/ /wachttijden/regio/ /wachttijden/bijwerken/dank/ "
    "/steunpunten/ /regio/twente/steunpunten/ /zelfhulp/ "
    "/groepen/ /regio/twente/groepen/ /groepen/aangemeld/",
    "groups:catalogue groups:catalogue_of_region groups:group groups:join groups:thanks "
    "neighbourhood:calendar neighbourhood:calendar_of_region "
    "care_programmes:waits care_programmes:waits_of_region care_programmes:region care_programmes:programme "
    "care_programmes:reports care_programmes:starts care_programmes:update_thanks "
    "support_points:points support_points:points_of_region support_points:point "
    "resident:web_paper relatives:enter directory:check_thanks directory:start directory:offers "
    "directory:offers_of_region "
    "directory:entry directory:report routes:wayfinders self_help:modules self_help:module self_help:step "
    "ui:help_now ui:about ui:privacy "
    "ui:accessibility programme:regions programme:region programme:plan account_login "
    "account_inactive account_reset_password account_reset_password_done "
    "entrances:card entrances:forgotten_pin entrances:ask_link "
    "account_reset_password_from_key_done accounts:demo post:letterbox account_logout evaluations:thanks",
)
ROUNDS = {
    "Fatma Yilmaz": _round(
        "/mijn/web/ /mijn/vraag/ /mijn/wie-keek-mee/ /mijn/mening/ /mijn/aanmelden/ /mijn/zelfhulp/ "
        "/mijn/groepen/",
        "resident:web resident:web_fill resident:question resident:postpone resident:stop "
        "residents:preferences residents:reach_me residents:meet_me residents:ask "
        "relatives:own relatives:invite relatives:one relatives:again relatives:stop "
        "audit:who_looked audit:ask audit:acquaintances "
        "evaluations:at_home consents:hub "
        "holdings:mine holdings:all holdings:statements holdings:erase "
        "entrances:own_keys entrances:change_pin entrances:add_passkey "
        "groups:own groups:leave "
        "self_help:own_modules self_help:own_module self_help:own_step self_help:diary self_help:reminder",
    ),
    "Mila Jansen": _round(
        "/mijn/vraag/ /mijn/wie-ziet-wat/",
        "resident:question resident:report resident:correct resident:statement consents:hub consents:give "
        "consents:refuse",
    ),
    "Noor de Wit": _round(
        "/verwijzen/ /mijn-verwijzingen/ /verwijzen/bevestigen/",
        "preparations:to_confirm referrals:refer referrals:own referrals:one referrals:sent "
        "referrals:keys groups:placing groups:place mfa_index",
    ),
    "Ilse Kamp": _round(
        "/planbord/?stand=open /planbord/?stand=booked /alarm/ /post/brieven/",
        "conversations:peer conversations:board conversations:case conversations:by_hand conversations:move "
        "conversations:cancel conversations:alarm "
        "companions:by_hand companions:print_all companions:print_one companions:called",
    ),
    "Sanne Bakker": _round(
        "/gesprekken/ /account/ /gedeeld/",
        "residents:waiting residents:answer conversations:worklist conversations:note conversations:minutes "
        "conversations:conversation "
        "conversations:report "
        "mfa_index audit:street audit:explain conversations:shared conversations:shared_one",
    ),
    "Joris Veen": _round(
        "/bekostiging/?periode=2027-Q2 /regio/twente/overzicht/ /regio/twente/kpis/ "
        "/regio/twente/kpis/11/ /regio/twente/kpis/12/ "
        "/steunpunten/overzicht/ /steunpunten/dekking/ /steunpunten/dekking/fit-gap/ "
        "/groepen/aanbod/ /regio/twente/ervaringen/ /regio/twente/ervaringen/eerste-keer/",
        "conversations:funding conversations:funding_evidence programme:overview kpis:list kpis:one "
        "kpis:items kpis:item "
        "support_points:overview support_points:growth support_points:documents support_points:one "
        "support_points:coverage support_points:fit_gap "
        "evaluations:experiences evaluations:first_time_right "
        "forming:fit_gap forming:wanted forming:freeze forming:report",
    ),
    "Petra Smit": _round(
        "/inzage/ /inzage/week/ /inzage/vragen/ /verzoeken/",
        "holdings:desk audit:review audit:week audit:item audit:questions audit:question audit:note",
    ),
    "Dirk Roelofs": _round(
        "/beheer/mensen/ /groepen/wachtend/ /steunpunten/ons/nieuw/ /wachttijden/ons/",
        "care_programmes:own care_programmes:file care_programmes:close care_programmes:new "
        "care_programmes:edit "
        "support_points:new partners:people partners:end_role partners:certificate partners:lost_keys "
        "forming:waiting forming:add forming:file forming:withdraw",
    ),
    "Otto Beheer": _round("/beheer/stand/", "post:standing"),
    "Anouk Meijer": _round(
        "/kaart/bronnen/ /kaart/bronnen/bestand/ /kaart/ /kaart/nieuw/ /kaart/gaten/ /kaart/woorden/ "
        "/kaart/routes/ /kaart/routes/afwijkingen/ /kaart/zelfhulp/",
        "routes:desk routes:new_wayfinder routes:wayfinder routes:new_card routes:card routes:edit_card "
        "sources:home sources:new sources:source sources:run sources:file sources:differences "
        "sources:duplicates sources:pair routes:uses directory:desk directory:keep directory:keep_new "
        "directory:gaps directory:words self_help:kept self_help:new self_help:keep",
    ),
    "Ruud Scholten": _round(
        "/groepen/vormen/ /groepen/bord/ "
        "/groepen/vormen/nieuw/?key=self_help.addiction.nl.adult.mon_evening.hengelo",
        "forming:board forming:propose forming:proposal "
        "groups:board groups:new groups:hours_of_region groups:board_group groups:keep groups:leaders "
        "groups:decide",
    ),
    "Anke Hesselink": _round(
        "/groepen/mijn/",
        "groups:mine groups:led groups:hours groups:evaluate groups:measure groups:attendance "
        "groups:call_off",
    ),
    "Roos Temmink": _round(
        "/wijk/activiteiten/ /wijk/",
        "neighbourhood:areas neighbourhood:area neighbourhood:hours neighbourhood:add_key_person "
        "neighbourhood:withdraw neighbourhood:add_inventory neighbourhood:inventory "
        "neighbourhood:add_signal neighbourhood:signal "
        "neighbourhood:acute neighbourhood:new_acute neighbourhood:activities neighbourhood:new_activity "
        "neighbourhood:activity",
    ),
    "Marijn Kolk": _round(
        "/wijk/ /wijk/nieuw/ /regio/centraal-gelderland/kpis/9/",
        "neighbourhood:areas neighbourhood:area neighbourhood:new_area neighbourhood:team "
        "kpis:one kpis:items kpis:item",
    ),
    "Wil Nijhuis": _round(
        "/samen/ /samen/aanvragen/ /post/brieven/ /steunpunten/ons/",
        "support_points:ours support_points:host support_points:days support_points:story "
        "companions:start companions:ring_back companions:enter_paper companions:by_hand "
        "preparations:prepare preparations:mine preparations:one",
    ),
}
OWN_KEYS = frozenset(
    "mfa_authenticate mfa_trust accounts:second_step mfa_activate_totp mfa_add_webauthn mfa_deactivate_totp "
    "mfa_list_webauthn mfa_view_recovery_codes mfa_generate_recovery_codes account_change_password "
    "account_reauthenticate mfa_reauthenticate account_reset_password_from_key partners:invitation".split()
)
"""Looked at in `test_coming_in.py`, where someone has a password and a code."""

OPEN_DATA = frozenset(
    f"hsds:{name}{region}"
    for name in "about described services service at_locations at_location organizations organization "
    "taxonomies taxonomy taxonomy_terms taxonomy_term".split()
    for region in ("", "_of_region")
)
NO_PAGE = {
    **dict.fromkeys(OPEN_DATA, "open data for programs"),
    "sources:pull": "takes a form",
    "sources:decide": "takes a form",
    "sources:different": "takes a form",
    "sources:carry_out": "a file",
    "support_points:fit_gap_csv": "a file",
    "sources:open_data": "a file",
    "ui:start": "stands behind directory:start",
    "ui:style_guide": "has test_style_guide.py to itself",
    "neighbourhood:end_member": "takes a form",
    **dict.fromkeys(
        (f"support_points:{name}" for name in "count add_list refer beds drop_day stop_item manage".split()),
        "takes a form, or is kept by an administrator who has no point in the demo; its room tests it",
    ),
    "routes:let_go": "takes a form",
    "routes:act": "takes a form",
    "routes:tell": "takes a form",
    "routes:export_uses": "a file",
    "referrals:agreements": "a part of a page",
    "referrals:tell_route": "takes a form",
    "neighbourhood:finish": "takes a form",
    "accounts:onward": "sends on",
    "accounts:leave": "leads away",
    "directory:right": "takes a form",
    "accounts:stay": "takes a form",
    "holdings:file": "a file",
    "holdings:statement": "the same form as holdings:statements",
    "holdings:remove_statement": "takes a form",
    "holdings:take_back": "takes a form",
    "holdings:request": "needs a request; looked at in test_what_is_held.py",
    "holdings:answer_list": "takes a form",
    "holdings:paper_copy": "the same parts as holdings:all, behind a pass of an hour",
    "relatives:look": "needs a link and a word; its parts stand on other pages too",
    "relatives:enter_with": "the same page as relatives:enter",
    "relatives:remind": "takes a form",
    "evaluations:by_link": "the same page as evaluations:at_home, behind a link that works once",
    "accounts:demo_sign_in": "takes a form",
    "mfa_login_webauthn": "takes a form",
    "mfa_download_recovery_codes": "a file",
    "mfa_edit_webauthn": "needs a passkey, which needs a device",
    "mfa_remove_webauthn": "needs a passkey, which needs a device",
    "mfa_reauthenticate_webauthn": "needs a passkey, which needs a device",
    "post:try_again": "takes a form",
    **dict.fromkeys(
        (f"forming:{name}" for name in "agreed_again answer start let_go".split()), "takes a form"
    ),
    **dict.fromkeys((f"groups:{name}" for name in "act answer plan end_leader".split()), "takes a form"),
    **dict.fromkeys((f"forming:{name}" for name in "example fit_gap_table report_table".split()), "a file"),
    "self_help:throw_away": "takes a form",
    "self_help:starter": "takes a form",
    "self_help:publish": "takes a form",
    "self_help:withdraw": "takes a form",
    "self_help:look": "a piece of self_help:keep",
    "directory:keep_right": "takes a form",
    "directory:keep_status": "takes a form",
    "directory:keep_report": "takes a form",
    "directory:keep_answer": "takes a form",
    "directory:level": "a piece of directory:keep",
    "directory:gaps_csv": "a file",
    "directory:check": "test_the_kaart_stays_true.py looks at it",
    "care_programmes:update": "test_a_provider_tells_its_wait.py looks at it",
    "care_programmes:make_key": "takes a form; its room tests it",
    "care_programmes:revoke_key": "takes a form",
    "care_programmes:example": "a file",
    **dict.fromkeys(
        (f"care_programmes:api_{name}" for name in "described list waits starts agenda".split()),
        "for programs",
    ),
    "companions:posted": "takes a form",
    "companions:done": "takes a form",
    "companions:digits": "test_assisted_at_a_support_point.py looks at it",
    "companions:go_on": "test_assisted_at_a_support_point.py looks at it",
    "companions:new_card": "test_assisted_at_a_support_point.py looks at it",
    "companions:print_card": "test_assisted_at_a_support_point.py looks at it",
    "companions:choices": "test_assisted_at_a_support_point.py looks at it",
    "companions:print_choices": "test_assisted_at_a_support_point.py looks at it",
    "preparations:withdraw": "takes a form",
    "preparations:card": "takes a form",
    "preparations:decide": "takes a form",
    "partners:withdraw": "takes a form",
    "partners:ask_reset": "takes a form",
    "partners:agree_reset": "takes a form",
    "partners:withdraw_reset": "takes a form",
    "referrals:new_card": "takes a form",
    "referrals:revoke_key": "takes a form",
    "referrals:by_link": "test_the_practice_in_a_hurry.py looks at it",
    "referrals:device": "test_the_practice_in_a_hurry.py looks at it",
    "referrals:desk_sent": "test_the_practice_in_a_hurry.py looks at it",
    "conversations:plan_ics": "a file",
    "conversations:guide_ics": "a file",
    "conversations:undo": "takes a form",
    "conversations:assign": "takes a form",
    "conversations:no_show": "takes a form",
    "conversations:outcome": "takes a form",
    "resident:take_up": "takes a form",
    "consents:limit": "needs a consent of someone with a demo account; its room tests it",
    "consents:end": "takes a form",
    "consents:give_back": "takes a form",
    "consents:refuse_one": "takes a form",
    "consents:withdraw": "takes a form",
    "conversations:answer_correction": "takes a form",
    "resident:web_share": "takes a form",
    "resident:web_throw_away": "takes a form",
    "resident:answer_step": "takes a form",
    "conversations:another": "takes a form",
    "conversations:peer_let_go": "takes a form",
    "conversations:funding_csv": "a file",
    "entrances:with_passkey": "takes a form",
    "entrances:remove_passkey": "takes a form",
    "entrances:end_session": "takes a form",
    "entrances:forget_device": "takes a form",
    "entrances:link_sent": "test_coming_in_as_a_resident.py looks at it",
    "entrances:by_link": "test_coming_in_as_a_resident.py looks at it",
    "entrances:second_item": "test_coming_in_as_a_resident.py looks at it",
    "entrances:choose_pin": "test_coming_in_as_a_resident.py looks at it",
    "resident:choose": "takes a form",
    "resident:let_go": "takes a form",
    "kpis:decide": "takes a form",
    "identity:sign_in": "sends on to the sign-in service",
    "identity:link": "sends on to the sign-in service",
    "identity:back": "the sign-in service sends here; its refusal is looked at in the room's own tests",
    "identity:unlink": "takes a form",
}
BEHIND = {
    "conversations:conversation": "{path}verslag/",
    "referrals:one": "/verwijzen/{last}/verstuurd/",
}
"""Pages that no link leads to after the moment itself."""


def test_every_address_is_looked_at_or_is_no_page() -> None:
    """A new page must be put on somebody's round."""
    on_a_round = ANYONE.pages.union(OWN_KEYS, *(each.pages for each in ROUNDS.values()))
    assert on_a_round.isdisjoint(NO_PAGE)
    assert set(_names(get_resolver().url_patterns)) == on_a_round | set(NO_PAGE)


@pytest.mark.parametrize("name", ROUNDS)
def test_every_page_of_a_role(visiting: Visit, name: str) -> None:
    """From the first page of this role along every link to the pages that are its own."""
    with visiting(REFERRED_AT, label=name.split()[0].lower()) as visitor:
        visitor.enters_as(name)
        _walk(visitor, ROUNDS[name])


def test_every_page_for_anyone(visiting: Visit) -> None:
    """Without an account."""
    with visiting(REFERRED_AT, label="ieder") as visitor:
        _walk(visitor, ANYONE)


@pytest.mark.parametrize("size", [320, 1280])
def test_a_page_that_is_not_there(visiting: Visit, size: int) -> None:
    """Also the page of a mistake is a page of the house."""
    with visiting(REFERRED_AT, viewport=DESK | {"width": size}, label="ieder") as visitor:
        visitor.expects(404)
        visitor.go("/bestaat-niet/")
        assert not looking.faults(visitor)


def _walk(visitor: Visitor, round_: Round) -> None:
    """Look at the pages of this round that can be reached by links."""
    waiting = deque((path, path) for path in round_.begin)
    seen, wrong = set(round_.begin), list[str]()
    kinds = Counter[tuple[str, str]]()
    while waiting:
        path, begin = waiting.popleft()
        kind = _kind(path)
        if kind not in round_.pages or (path != begin and _seen_enough(kinds, kind, begin)):
            continue
        visitor.go(path)
        if _kind(visitor.path) != kind:
            continue
        kinds[kind, begin] += 1
        wrong += looking.faults(visitor)
        for link in [*_links(visitor), *_behind(kind, path)]:
            if link not in seen:
                seen.add(link)
                waiting.append((link, begin))
    assert not wrong, "\n".join(wrong)
    never = round_.pages - {kind for kind, _ in kinds}
    assert not never, f"never reached: {sorted(never)}"


def _seen_enough(kinds: Counter[tuple[str, str]], kind: str, begin: str) -> bool:
    everywhere = sum(n for (each, _), n in kinds.items() if each == kind)
    return kinds[kind, begin] >= 1 and everywhere >= ENOUGH


def _links(visitor: Visitor) -> list[str]:
    home = urlsplit(visitor.page.url)
    hrefs = visitor.page.eval_on_selector_all(
        "a[href]", "links => links.map(link => link.href.baseVal ?? link.href)"
    )
    parts = (urlsplit(urljoin(visitor.page.url, href)) for href in hrefs)
    return [part.path for part in parts if part.netloc == home.netloc and part.scheme == home.scheme]


def _behind(kind: str, path: str) -> list[str]:
    last = path.strip("/").rpartition("/")[2]
    return [BEHIND[kind].format(path=path, last=last)] if kind in BEHIND else []


def _kind(path: str) -> str:
    """The name of the address; empty for what is no page."""
    try:
        return resolve(urlsplit(path).path).view_name
    except Resolver404:
        return ""


def _names(patterns: Iterable[URLPattern | URLResolver], space: str = "") -> Iterator[str]:
    for each in patterns:
        if isinstance(each, URLResolver):
            yield from _names(each.url_patterns, f"{space}{each.namespace}:" if each.namespace else space)
        else:
            yield f"{space}{each.name}"
