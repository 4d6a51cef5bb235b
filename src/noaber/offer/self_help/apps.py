from django.apps import AppConfig


class SelfHelpConfig(AppConfig):
    """Self-help modules: steps, exercises and reminders for anyone."""

    name = "noaber.offer.self_help"
    label = "self_help"

    def ready(self) -> None:
        """Tell access, the holdings and the directory what is here."""
        from noaber.network.residents.services import register_guard
        from noaber.offer.directory import hooks
        from noaber.offer.self_help import holdings, policies, queries, services

        policies.register()
        holdings.register()
        hooks.register_starting(queries.starting)
        register_guard(services.GUARD, services.reminder_stands)
