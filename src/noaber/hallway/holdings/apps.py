from django.apps import AppConfig


class HoldingsConfig(AppConfig):
    """What is held about one person: copy, retention, erasure."""

    name = "noaber.hallway.holdings"
    label = "holdings"

    def ready(self) -> None:
        """Tell what the hallway itself holds, who may handle requests, and how the ledger erases again."""
        from noaber.hallway.holdings import erasing, hallway_rooms, policies, sweeping

        hallway_rooms.register_all()
        policies.register()
        erasing.register()
        sweeping.register()
