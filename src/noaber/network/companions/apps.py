from django.apps import AppConfig


class CompanionsConfig(AppConfig):
    """Who does a step together with her: on paper, by phone or at one table."""

    name = "noaber.network.companions"
    label = "companions"
