from django.apps import AppConfig


class RelativesConfig(AppConfig):
    """The people she brings along, and what each of them may see."""

    name = "noaber.network.relatives"
    label = "relatives"
