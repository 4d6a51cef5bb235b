from django.apps import AppConfig


class DraftsConfig(AppConfig):
    """Typed work that could not be sent."""

    name = "noaber.hallway.drafts"
    label = "drafts"

    def ready(self) -> None:
        """Keep what was typed when a session has ended, and give it back."""
        from noaber.hallway.access import hooks
        from noaber.hallway.drafts import keeping

        hooks.register_typed_work(keep=keeping.keep, hand_back=keeping.hand_back)
