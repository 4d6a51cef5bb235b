from django.apps import AppConfig


class AccountsConfig(AppConfig):
    """Who can sign in, and how."""

    name = "noaber.hallway.accounts"
    label = "accounts"
