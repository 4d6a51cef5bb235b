from django.apps import AppConfig


class RelativesConfig(AppConfig):
    """The people she brings along, and what each of them may see."""

    name = "noaber.network.relatives"
    label = "relatives"

    def ready(self) -> None:
        """Tell access who is which relative, and the post when a message may still go."""
        from noaber.network.relatives import holdings, policies, services, showing

        policies.register()
        showing.register()
        services.register()
        holdings.register()
