from django.apps import AppConfig


class DirectoryConfig(AppConfig):
    """The sociale kaart."""

    name = "noaber.offer.directory"
    label = "directory"
