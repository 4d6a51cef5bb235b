from django.apps import AppConfig


class IdentityConfig(AppConfig):
    """Signing in through a service outside the house, such as a broker for DigiD."""

    name = "noaber.doors.identity"
    label = "identity"

    def ready(self) -> None:
        """Show the service at her door when one is set, and tell what is held here."""
        from noaber.doors.identity import holdings, services
        from noaber.network.entrances.services import register_broker

        register_broker(services.broker)
        holdings.register()
