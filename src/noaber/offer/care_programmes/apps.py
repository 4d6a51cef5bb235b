from django.apps import AppConfig


class CareProgrammesConfig(AppConfig):
    """Care programmes of providers, with how long one waits for each."""

    name = "noaber.offer.care_programmes"
    label = "care_programmes"

    def ready(self) -> None:
        """Tell access who keeps the waits, and the directory what the region lacks."""
        from noaber.offer.care_programmes import policies, queries_lacking
        from noaber.offer.directory import hooks

        policies.register()
        hooks.register_lacking(queries_lacking.lacking)
