from django.apps import AppConfig


class SupportPointsConfig(AppConfig):
    """Laagdrempelige steunpunten: where anyone may walk in, and how often that happens."""

    name = "noaber.offer.support_points"
    label = "support_points"

    def ready(self) -> None:
        """Tell access who works at which point, and the directory what opens this week."""
        from noaber.offer.directory.queries_shown import register_days_that_differ, register_starting
        from noaber.offer.support_points import policies, queries

        policies.register()
        register_starting(queries.opening_this_week)
        register_days_that_differ(queries.days_that_differ)
