from django.apps import AppConfig


class AccessConfig(AppConfig):
    """The decision table and the middleware around every view."""

    name = "noaber.hallway.access"
    label = "access"

    def ready(self) -> None:
        """Let failures speak the language of the page."""
        from noaber.hallway import languages

        languages.register()
