"""A good answer serves one mailbox: a row with a unique constraint, kept until the answer would be too old anyhow."""

import hashlib
from datetime import datetime

from petition import sql
from petition.captcha.base import Judgement
from petition.models import UsedProof


def serve_once(check: Judgement, email_key: str) -> bool:
    """Use a good answer up, in the caller's transaction; False where it has served another mailbox. One statement."""
    served = hashlib.sha256(f"{check.fingerprint}:{email_key}".encode()).hexdigest()
    return sql.serve(check.fingerprint, served, check.expires_at)


def forget_old(now: datetime, *, dry_run: bool = False) -> int:
    """Delete the answers that would be too old by now; return how many went, or would."""
    old = UsedProof.objects.filter(expires_at__lt=now)
    return old.count() if dry_run else sql.delete_rows(old)
