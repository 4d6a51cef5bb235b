from django.apps import AppConfig


class DirectoryConfig(AppConfig):
    """The sociale kaart."""

    name = "noaber.offer.directory"
    label = "directory"

    def ready(self) -> None:
        """Say who keeps the entries, and listen for reports."""
        from noaber.offer.directory import handlers, policies

        policies.register()
        handlers.register()
