from django.apps import AppConfig


class CareProgrammesConfig(AppConfig):
    """Care programmes of providers, with how long one waits for each."""

    name = "noaber.offer.care_programmes"
    label = "care_programmes"
