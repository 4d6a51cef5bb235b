"""The seam between the command `demo` and the invented people and numbers it shows."""

from collections.abc import Callable
from dataclasses import dataclass

from django.contrib.auth import get_user_model


@dataclass(frozen=True, slots=True)
class SignIn:
    """One way to look around in the demo: for which role, as whom, where, and how."""

    role: str
    name: str
    address: str
    how: str


def seed(region: str, progress: Callable[[str], None]) -> None:
    """Fill `region` with the invented people and two years of their requests for help."""
    progress(f"Region {region} has no invented people yet.")


def is_seeded(region: str) -> bool:
    """Whether the demo people of this region are there."""
    return get_user_model().objects.filter(is_demo=True).exists()


def sign_ins(region: str, base_url: str) -> list[SignIn]:
    """The demo accounts, one line for each; the address is where to sign in."""
    accounts = get_user_model().objects.filter(is_demo=True, is_active=True).order_by("name")
    return [
        SignIn(role="", name=account.name, address=f"{base_url}/inloggen/", how=account.email or "")
        for account in accounts
    ]
