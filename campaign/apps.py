"""The app that puts the two rooms together."""

from django.apps import AppConfig


class CampaignConfig(AppConfig):
    name = "campaign"

    def ready(self) -> None:
        from campaign import access_log, checks, schedules  # noqa: F401
