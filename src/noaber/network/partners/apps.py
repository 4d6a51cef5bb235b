from django.apps import AppConfig


class PartnersConfig(AppConfig):
    """The region and everyone who works in it."""

    name = "noaber.network.partners"
    label = "partners"

    def ready(self) -> None:
        """Tell access which roles an account holds."""
        from noaber.network.partners import explaining, policies

        policies.register()
        explaining.register()
