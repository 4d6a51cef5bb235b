"""Fills the database of the journeys: a small Twente with two years behind it. Run as a program of its own.

It prints what a visitor needs to come in, as one line of JSON. Everything in it is invented.
"""

from __future__ import annotations

import json
from typing import Any

import django

SCALE = 0.02
REGION = "twente"
PASSWORD = "een lange zin voor de reis"
TOTP_SECRET = "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP"


def main() -> None:
    """Load the regions, live the past of one of them, and hand out the keys."""
    django.setup()
    from django.conf import settings

    from noaber.cli import demo_world
    from noaber.cli.rooms import load_region_folder
    from noaber.cli.running import region_names
    from noaber.hallway import clock

    for name in region_names():
        load_region_folder(settings.REGIONS_DIR / name, now=clock.now())
    demo_world.seed(REGION, lambda _words: None, scale=SCALE)
    cards = [way.how for way in demo_world.sign_ins(REGION, "") if way.role == "Inwoner"]
    print(json.dumps({"password": PASSWORD, "totp_secret": TOTP_SECRET, "cards": cards, **_keys()}))


def _keys() -> dict[str, Any]:
    """Noor gets a password and a code app; Dirk a password alone, so that he has a second step to set up."""
    from allauth.mfa.totp.internal.auth import TOTP

    from noaber.hallway.accounts.models import Account

    found = {}
    for key, name in (("noor", "Noor de Wit"), ("dirk", "Dirk Roelofs")):
        account = Account.objects.get(name=name)
        account.set_password(PASSWORD)
        account.save(update_fields=["password"])
        found[key] = account.email
    TOTP.activate(Account.objects.get(name="Noor de Wit"), TOTP_SECRET)
    return found


if __name__ == "__main__":
    main()
