from django.apps import AppConfig


class PostConfig(AppConfig):
    """Mail and text messages: neutral, once, and visible."""

    name = "noaber.hallway.post"
    label = "post"
