from django.apps import AppConfig


class ResidentsConfig(AppConfig):
    """Residents and their help requests: the one thread."""

    name = "noaber.network.residents"
    label = "residents"

    def ready(self) -> None:
        """Tell access who is which resident, and who may see what."""
        from noaber.hallway import languages
        from noaber.network.residents import explaining, handlers, holdings, policies, preferring, reaching

        policies.register()
        handlers.register()
        reaching.register()
        explaining.register()
        holdings.register()
        languages.register_remember(preferring.remember_language)
