from django.apps import AppConfig


class SelfHelpConfig(AppConfig):
    """Self-help modules: steps, exercises and reminders for anyone."""

    name = "noaber.offer.self_help"
    label = "self_help"
