from django.apps import AppConfig


class NeighbourhoodConfig(AppConfig):
    """The welcoming neighbourhood."""

    name = "noaber.offer.neighbourhood"
    label = "neighbourhood"

    def ready(self) -> None:
        """Tell access who works in which area."""
        from noaber.offer.neighbourhood import policies

        policies.register()
