from django.apps import AppConfig


class EntrancesConfig(AppConfig):
    """The ways in for a resident: a link and a second item, a passkey, a card, a broker."""

    name = "noaber.network.entrances"
    label = "entrances"

    def ready(self) -> None:
        """Note when she signs out, and tell what is held here."""
        from noaber.network.entrances import handlers, holdings

        handlers.register()
        holdings.register()
