from django.apps import AppConfig


class EntrancesConfig(AppConfig):
    """The ways in for a resident: a link and a second item, a passkey, a card, a broker."""

    name = "noaber.network.entrances"
    label = "entrances"
