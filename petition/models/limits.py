"""How often a network or a mailbox may act, without keeping who: keyed fingerprints under a key that dies."""

from django.db import models


class TokenBucket(models.Model):
    """How often one keyed name acted in one window; deleted once the window is over."""

    wagtail_reference_index_ignore = True

    bucket = models.CharField(max_length=80)
    count = models.PositiveIntegerField(default=1)
    expires_at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["bucket"], name="tokenbucket_bucket")]

    def __str__(self) -> str:
        return f"bucket {self.pk}"


class DailyKey(models.Model):
    """The random key under which a day's buckets are named; destroyed after 48 hours, and with it their meaning."""

    wagtail_reference_index_ignore = True

    day = models.DateField()
    key = models.CharField(max_length=64)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["day"], name="dailykey_day")]

    def __str__(self) -> str:
        return str(self.day)


class UsedProof(models.Model):
    """A browser's proof of work that has served; kept, by its fingerprint, until it would have expired anyhow.

    `served` says whom, by a fingerprint of proof and mailbox together: the same form, sent twice by an impatient hand
    or over a slow line, is one try and no abuse.
    """

    wagtail_reference_index_ignore = True

    fingerprint = models.CharField(max_length=64)
    served = models.CharField(max_length=64, default="")
    expires_at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["fingerprint"], name="usedproof_once")]

    def __str__(self) -> str:
        return f"proof {self.pk}"
