"""What the whole site does by the clock; the rooms register their own."""

from datetime import timedelta
from io import StringIO

from django.core.management import call_command

from campaign.outbox import registry


@registry.schedule("publish_scheduled", every=timedelta(minutes=1))
def publish_scheduled() -> str:
    """Publishes and takes down the pages whose moment has come, as set in their « Programmation »."""
    output = StringIO()
    call_command("publish_scheduled", stdout=output)
    return " ".join(output.getvalue().split())
