from django.apps import AppConfig


class PreparationsConfig(AppConfig):
    """A request that she and a host prepare together, until her practice confirms it."""

    name = "noaber.pathways.preparations"
    label = "preparations"

    def ready(self) -> None:
        """Sign up who may do what, and what is held."""
        from noaber.pathways.preparations import holdings, on_paper, policies

        policies.register()
        holdings.register()
        on_paper.register()
