"""The app that puts the two rooms together."""

from django.apps import AppConfig


class CampaignConfig(AppConfig):
    name = "campaign"

    def ready(self) -> None:
        from campaign import checks, schedules  # noqa: F401
