from django.apps import AppConfig


class GroupsConfig(AppConfig):
    """Groups across providers: places, sessions, enrolment, and groups that form from several lists."""

    name = "noaber.offer.groups"
    label = "groups"

    def ready(self) -> None:
        """Tell access who may see what, and the rooms below what is held here."""
        from noaber.network.residents import services as residents
        from noaber.offer.directory import hooks
        from noaber.offer.groups import holdings, policies, queries, services
        from noaber.offer.groups.forming import registering as forming

        policies.register()
        holdings.register()
        hooks.register_starting(queries.starting)
        forming.register()
        residents.register_guard(services.OFFER_GUARD, services.offer_still_stands)
