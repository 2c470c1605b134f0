from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class OutboxConfig(AppConfig):
    name = "campaign.outbox"
    label = "outbox"
    verbose_name = _("Waiting deliveries")
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from . import schedules  # noqa: F401  registers what the letter-box itself does by the clock
