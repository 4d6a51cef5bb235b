from django.apps import AppConfig


class CompanionsConfig(AppConfig):
    """Who does a step together with her: on paper, by phone or at one table."""

    name = "noaber.network.companions"
    label = "companions"

    def ready(self) -> None:
        """Sign up who stands in, what the pages say when the time is over, and what is held."""
        from noaber.network.companions import holdings, policies, services_questions, standing_in

        policies.register()
        standing_in.register()
        services_questions.register()
        holdings.register()
