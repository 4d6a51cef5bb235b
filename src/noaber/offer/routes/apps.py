from django.apps import AppConfig


class RoutesConfig(AppConfig):
    """Wayfinders, and what was agreed about referring."""

    name = "noaber.offer.routes"
    label = "routes"

    def ready(self) -> None:
        """Tell access who keeps what, and the directory what stands beside what was found."""
        from noaber.offer.routes import handlers, policies, showing

        policies.register()
        handlers.register()
        showing.register()
