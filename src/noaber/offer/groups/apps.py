from django.apps import AppConfig


class GroupsConfig(AppConfig):
    """Groups across providers: places, sessions, enrolment, and groups that form from several lists."""

    name = "noaber.offer.groups"
    label = "groups"

    def ready(self) -> None:
        """Tell access who may see what, and the rooms below what is held here."""
        from noaber.network.residents import services as residents
        from noaber.offer.groups import policies, services
        from noaber.offer.groups.forming import policies as forming

        policies.register()
        forming.register()
        residents.register_guard(services.OFFER_GUARD, services.offer_still_stands)
