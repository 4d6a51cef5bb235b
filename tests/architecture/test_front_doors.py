"""The contract on front doors lets guests in by the door and stops those who come through the window."""

import grimp
import pytest
from tests.architecture.front_doors import FrontDoorsContract

OPTIONS = {
    "name": "front doors",
    "floors": ["noaber.pathways", "noaber.network"],
    "open_floors": ["noaber.hallway"],
    "doors": ["types", "queries", "services"],
    "blind": ["views", "types"],
    "private": ["models", "views"],
    "assemblers": ["noaber.config"],
    "extra_doors": ["urls"],
}


def is_kept(importer: str, imported: str) -> bool:
    """Whether a house with this one import keeps the contract."""
    graph = grimp.ImportGraph()
    for module in (importer, imported):
        graph.add_module(module)
    graph.add_import(importer=importer, imported=imported)
    contract = FrontDoorsContract(name="front doors", session_options={}, contract_options=OPTIONS)
    return contract.check(graph, verbose=False).kept


@pytest.mark.parametrize(
    ("importer", "imported"),
    [
        ("noaber.pathways.referrals.services", "noaber.network.residents.services"),
        ("noaber.pathways.referrals.services", "noaber.network.residents.services.asking"),
        ("noaber.pathways.referrals.models", "noaber.network.residents.models"),
        ("noaber.pathways.referrals.services", "noaber.pathways.referrals.models"),
        ("noaber.pathways.referrals.queries", "noaber.network.residents.models"),
        ("noaber.pathways.referrals.services", "noaber.network.residents.services_region"),
        ("noaber.pathways.referrals.services", "noaber.hallway.accounts.models"),
        ("noaber.pathways.referrals.tests.test_accept", "noaber.network.residents.models"),
        ("noaber.pathways.referrals.factories", "noaber.network.residents.models"),
        ("noaber.pathways.referrals.views", "noaber.hallway.access.gate"),
        ("noaber.config.urls", "noaber.pathways.referrals.urls"),
    ],
)
def test_a_guest_may_come_in_by_the_door(importer: str, imported: str) -> None:
    assert is_kept(importer, imported)


@pytest.mark.parametrize(
    ("importer", "imported"),
    [
        ("noaber.pathways.referrals.views", "noaber.network.residents.models"),
        ("noaber.pathways.referrals.views_guide", "noaber.network.residents.models"),
        ("noaber.pathways.referrals.types", "noaber.hallway.accounts.models"),
        ("noaber.pathways.referrals.models", "noaber.network.residents.rules"),
        ("noaber.pathways.referrals.views", "noaber.network.residents.urls"),
        ("noaber.config.urls", "noaber.pathways.referrals.views"),
    ],
)
def test_nobody_comes_in_through_a_window(importer: str, imported: str) -> None:
    assert not is_kept(importer, imported)
