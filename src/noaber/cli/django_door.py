"""The one place where a command gets Django ready."""

import os
from collections.abc import Mapping
from types import ModuleType

import django


def open_rooms(environment: Mapping[str, str]) -> ModuleType:
    """Set up Django with these settings and give the module through which commands reach the rooms.

    Import inside the function on purpose: Django's models can be imported only after its set-up.
    """
    os.environ.update(environment)
    django.setup()
    from noaber.cli import rooms

    return rooms
