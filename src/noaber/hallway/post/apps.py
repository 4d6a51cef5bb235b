from django.apps import AppConfig


class PostConfig(AppConfig):
    """Mail and text messages: neutral, once, and visible."""

    name = "noaber.hallway.post"
    label = "post"

    def ready(self) -> None:
        """Say who looks after the machinery."""
        from noaber.hallway.post import policies

        policies.register()
