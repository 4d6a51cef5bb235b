from django.apps import AppConfig


class ReferralsConfig(AppConfig):
    """The way in, and the letter back."""

    name = "noaber.pathways.referrals"
    label = "referrals"

    def ready(self) -> None:
        """Tell access and the outbox what this room knows."""
        from noaber.pathways.referrals import handlers, holdings, policies, sharing

        policies.register()
        sharing.register()
        handlers.register()
        holdings.register()
