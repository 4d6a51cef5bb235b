from django.apps import AppConfig


class AuditConfig(AppConfig):
    """The log of who looked at whom, and why."""

    name = "noaber.hallway.audit"
    label = "audit"

    def ready(self) -> None:
        """Say who may review the log, and write down every denial."""
        from noaber.hallway.audit import policies

        policies.register()
