from django.apps import AppConfig


class EvaluationsConfig(AppConfig):
    """Three questions afterwards, by link."""

    name = "noaber.pathways.evaluations"
    label = "evaluations"
