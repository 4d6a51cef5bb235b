from django.apps import AppConfig


class ProgrammeConfig(AppConfig):
    """The plans of the region."""

    name = "noaber.steering.programme"
    label = "programme"
