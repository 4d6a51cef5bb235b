from django.apps import AppConfig


class IdentityConfig(AppConfig):
    """Signing in through a broker that speaks OpenID Connect."""

    name = "noaber.doors.identity"
    label = "identity"
