"""What people do: sign, confirm, withdraw."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class PetitionConfig(AppConfig):
    name = "petition"
    verbose_name = _("Petitions")

    def ready(self) -> None:
        from petition import (  # noqa: F401
            bounce_handlers,
            checks,
            ending_handlers,
            endorsement_handlers,
            example_handlers,
            handlers,
            list_handlers,
            news_handlers,
            own_data_handlers,
            reminder_handlers,
            tally_handlers,
            word_handlers,
        )
