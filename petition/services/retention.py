"""What is kept how long, and its end."""

from datetime import datetime

from petition.limits import PENDING_LIFE
from petition.models import PendingSignature


def expire_pending(now: datetime) -> int:
    """Delete what no mailbox confirmed in 14 days; return how many rows went."""
    deleted, _ = PendingSignature.objects.filter(received_at__lt=now - PENDING_LIFE).delete()
    return deleted
