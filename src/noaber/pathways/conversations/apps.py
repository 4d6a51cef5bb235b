from django.apps import AppConfig


class ConversationsConfig(AppConfig):
    """The exploratory conversation: planning, holding, report, outcome."""

    name = "noaber.pathways.conversations"
    label = "conversations"

    def ready(self) -> None:
        """Tell access and the outbox what this room knows."""
        from noaber.pathways.conversations import (
            for_relatives,
            handlers,
            handlers_peer,
            holdings,
            policies,
            policies_web,
            sharing,
            waits,
        )

        policies.register()
        policies_web.register()
        handlers.register()
        handlers_peer.register()
        waits.register()
        holdings.register()
        sharing.register()
        for_relatives.register()
