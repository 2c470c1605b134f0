"""A good answer serves once: a row with a unique constraint, kept until the answer would be too old anyhow."""

from datetime import datetime

from petition import sql
from petition.captcha.base import Judgement
from petition.models import UsedProof


def serve_once(check: Judgement) -> bool:
    """Use a good answer up, in the caller's transaction; False where it has served before. One statement."""
    return sql.insert_unless_there(UsedProof(fingerprint=check.fingerprint, expires_at=check.expires_at))


def forget_old(now: datetime, *, dry_run: bool = False) -> int:
    """Delete the answers that would be too old by now; return how many went, or would."""
    old = UsedProof.objects.filter(expires_at__lt=now)
    return old.count() if dry_run else sql.delete_rows(old)
