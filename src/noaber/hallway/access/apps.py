from django.apps import AppConfig


class AccessConfig(AppConfig):
    """The decision table and the middleware around every view."""

    name = "noaber.hallway.access"
    label = "access"
