from django.apps import AppConfig


class AccountsConfig(AppConfig):
    """Who can sign in, and how."""

    name = "noaber.hallway.accounts"
    label = "accounts"

    def ready(self) -> None:
        """Hang the frame and allauth's ways out on the middleware."""
        from noaber.hallway.access import gate
        from noaber.hallway.accounts import frame, ways_out

        gate.register_frame_builder(frame.build)
        ways_out.register()
