"""Every page that can be opened has a fixed number of queries, so that none becomes slow by accident."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
import yaml
from django.db import connection
from django.urls import reverse
from tests.security import addresses
from tests.security.conftest import fixed_clock, standing_world, world  # noqa: F401  # fixtures
from tests.security.test_every_address import values
from tests.security.visits import Browsers
from tests.security.world import World

TABLE = Path(__file__).with_name("query_counts.yml")
NO_PAGE = {
    # answers to a form, files, and steps that lead on at once
    *("accounts:onward", "accounts:demo_sign_in", "account_reauthenticate", "accounts:leave"),
    *("accounts:stay", "resident:answer_step", "resident:web_share", "resident:web_throw_away"),
    *("conversations:another", "conversations:peer_let_go"),
    *("holdings:answer_list", "holdings:remove_statement", "holdings:take_back"),
    *("mfa_authenticate", "mfa_trust", "mfa_login_webauthn", "mfa_reauthenticate"),
    *("mfa_reauthenticate_webauthn", "mfa_download_recovery_codes", "mfa_view_recovery_codes"),
    *("consents:refuse_one", "consents:end", "consents:give_back", "consents:withdraw"),
    *("conversations:answer_correction",),
    *("resident:take_up", "resident:choose", "resident:let_go", "referrals:new_card"),
    *("conversations:no_show", "conversations:outcome", "conversations:guide_ics"),
    *("conversations:plan_ics", "conversations:undo", "conversations:assign"),
    *("kpis:decide", "partners:withdraw", "post:try_again"),
    *("sources:pull", "sources:decide", "sources:different", "sources:carry_out", "sources:open_data"),
    *("neighbourhood:end_member", "neighbourhood:finish"),
    *("routes:let_go", "routes:act", "routes:tell", "routes:export_uses"),
    *("referrals:agreements", "referrals:tell_route"),
    *("companions:posted", "preparations:withdraw", "preparations:card", "preparations:decide"),
    # only while a helper sits beside her; their room tests them
    *("companions:done", "companions:go_on", "companions:new_card", "companions:print_card"),
    *("companions:choices", "companions:print_choices"),
    *("entrances:by_link", "entrances:second_item", "entrances:choose_pin", "entrances:with_passkey"),
    *("entrances:remove_passkey", "entrances:end_session", "entrances:forget_device"),
    # a relative is no account of this world; their room tests them
    *("relatives:look", "relatives:remind", "relatives:enter_with"),
    *("identity:sign_in", "identity:back", "identity:link", "identity:unlink"),
    *("referrals:by_link", "referrals:device", "referrals:desk_sent", "referrals:revoke_key"),
    *("partners:ask_reset", "partners:agree_reset", "partners:withdraw_reset"),
    # pages that this world has nothing for; their rooms test them
    *("partners:invitation", "mfa_deactivate_totp", "mfa_edit_webauthn", "mfa_remove_webauthn"),
    *("account_change_password", "programme:plan", "accounts:demo", "post:letterbox"),
    *("evaluations:by_link", "directory:right"),
    # one thing of the open data, which this world does not hold; their room tests them
    *("hsds:service", "hsds:service_of_region", "hsds:at_location", "hsds:at_location_of_region"),
    *("hsds:organization", "hsds:organization_of_region", "hsds:taxonomy", "hsds:taxonomy_of_region"),
    *("hsds:taxonomy_term", "hsds:taxonomy_term_of_region"),
    # answers to a form, and a link that this world was not sent
    *("directory:keep_right", "directory:keep_status", "directory:keep_report", "directory:keep_answer"),
    *("directory:level", "directory:gaps_csv", "directory:check"),
    *("support_points:count", "support_points:add_list", "support_points:refer", "support_points:beds"),
    *("support_points:drop_day", "support_points:stop_item"),
    # with one own point it leads on at once; its room tests the list
    *("support_points:ours",),
    # a link that this world was not sent, answers to a form, a file, and what only systems ask
    *("care_programmes:update", "care_programmes:make_key", "care_programmes:revoke_key"),
    *("care_programmes:example", "care_programmes:api_described", "care_programmes:api_list"),
    *("care_programmes:api_waits", "care_programmes:api_starts", "care_programmes:api_agenda"),
    # answers to a form and files; without people who could start a group the page to propose leads back
    *("forming:agreed_again", "forming:answer", "forming:start", "forming:let_go", "forming:example"),
    *("forming:fit_gap_table", "forming:report_table", "forming:propose"),
    *("groups:act", "groups:answer", "groups:plan", "groups:end_leader"),
    *("self_help:throw_away", "self_help:starter", "self_help:look"),
    *("self_help:publish", "self_help:withdraw"),
}


@dataclass(slots=True)
class Counter:
    """Counts what is sent to the database."""

    count: int = 0

    def __call__(self, execute: Callable[..., Any], *args: Any) -> Any:
        self.count += 1
        return execute(*args)


@contextmanager
def counted() -> Iterator[Counter]:
    """Count the queries in this block."""
    counter = Counter()
    with connection.execute_wrapper(counter):
        yield counter


def table() -> dict[str, tuple[str, str | None, int]]:
    """For each page: who opens it, about whom, and how many queries that may take."""
    rows = yaml.safe_load(TABLE.read_text("utf-8")) or {}
    return {
        name: (who, None if about == "-" else about, count)
        for name, (who, about, count) in ((n, str(row).split()) for n, row in rows.items())
    }


def queries_of(browsers: Browsers, world: World, name: str) -> int:  # noqa: F811
    """Open the page once to fill what processes remember, and once to count."""
    who, about, _ = table()[name]
    path = reverse(name, kwargs=values(world, name, about))
    warm = browsers.of(who).get(path)
    assert warm.status_code == 200, f"{who} gets {warm.status_code} at {path}"
    with counted() as counter:
        browsers.of(who).get(path)
    return counter.count


def test_every_page_stands_in_the_table() -> None:
    assert set(addresses.matrix()) - set(table()) - NO_PAGE == set()
    assert set(table()) & NO_PAGE == set()
    assert (set(table()) | NO_PAGE) - set(addresses.matrix()) == set()


@pytest.fixture(scope="module")
def browsers(standing_world: World) -> Browsers:  # noqa: F811
    return Browsers(standing_world)


@pytest.mark.parametrize("name", sorted(table()))
def test_a_page_takes_no_more_queries_than_agreed(world: World, browsers: Browsers, name: str) -> None:  # noqa: F811
    agreed = int(table()[name][2])
    found = queries_of(browsers, world, name)
    assert found <= agreed, f"{name}: {found} queries, agreed {agreed}"
