from django.apps import AppConfig


class ConsentsConfig(AppConfig):
    """Consent and objection, as things a resident holds."""

    name = "noaber.network.consents"
    label = "consents"

    def ready(self) -> None:
        """Tell access, the post, the ledger, the log and the list of holdings what this room knows."""
        from noaber.network.consents import explaining, handlers, holdings, policies

        policies.register()
        handlers.register()
        holdings.register()
        explaining.register()
