from django.apps import AppConfig


class AuditConfig(AppConfig):
    """The log of who looked at whom, and why."""

    name = "noaber.hallway.audit"
    label = "audit"
