from django.apps import AppConfig


class OutboxConfig(AppConfig):
    """Events that are told exactly once in effect."""

    name = "noaber.hallway.outbox"
    label = "outbox"
