from django.apps import AppConfig


class KpisConfig(AppConfig):
    """Key performance indicators, each counted from what really happened."""

    name = "noaber.steering.kpis"
    label = "kpis"

    def ready(self) -> None:
        """Bind metrics to the rooms that count them."""
        from noaber.steering.kpis import policies

        policies.register()
