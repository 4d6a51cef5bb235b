from django.apps import AppConfig


class GroupsConfig(AppConfig):
    """Groups across providers: places, sessions, enrolment, and groups that form from several lists."""

    name = "noaber.offer.groups"
    label = "groups"
