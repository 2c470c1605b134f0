"""System checks about how the parts are put together."""

from django.conf import settings
from django.core.checks import Error, register


@register()
def demo_stays_on_loopback(app_configs, **kwargs) -> list[Error]:
    """The demo shows its mails to anybody, so it may answer on this machine's own names alone."""
    if not settings.DEMO or set(settings.ALLOWED_HOSTS) <= {"127.0.0.1", "localhost", "[::1]", "testserver"}:
        return []
    return [
        Error(
            "DEMO is on, and the site would answer to names beyond this machine.",
            hint="Unset DEMO, or leave ALLOWED_HOSTS at 127.0.0.1,localhost.",
            id="campaign.E001",
        )
    ]
