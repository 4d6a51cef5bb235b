from django.apps import AppConfig


class HoldingsConfig(AppConfig):
    """What is held about one person: copy, retention, erasure."""

    name = "noaber.hallway.holdings"
    label = "holdings"
