from django.apps import AppConfig


class UiConfig(AppConfig):
    """How every page looks and reads."""

    name = "noaber.hallway.ui"
    label = "ui"
