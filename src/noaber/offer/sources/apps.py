from django.apps import AppConfig


class SourcesConfig(AppConfig):
    """The maps of others, and files."""

    name = "noaber.offer.sources"
    label = "sources"

    def ready(self) -> None:
        """Say who may do what here."""
        from noaber.offer.sources import policies

        policies.register()
