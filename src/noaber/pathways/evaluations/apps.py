from django.apps import AppConfig


class EvaluationsConfig(AppConfig):
    """Three questions afterwards, by link."""

    name = "noaber.pathways.evaluations"
    label = "evaluations"

    def ready(self) -> None:
        """Listen for held conversations and released letters; say who may see the counts."""
        from noaber.pathways.evaluations import handlers, holdings, policies

        policies.register()
        handlers.register()
        holdings.register()
