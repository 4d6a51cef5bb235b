from django.apps import AppConfig


class SupportPointsConfig(AppConfig):
    """Laagdrempelige steunpunten: where anyone may walk in, and how often that happens."""

    name = "noaber.offer.support_points"
    label = "support_points"
