from django.apps import AppConfig


class ConsentsConfig(AppConfig):
    """Consents and objections: what the resident allows, to whom, for what and until when."""

    name = "noaber.network.consents"
    label = "consents"
