"""The links by which named journalists read a press release before its embargo ends."""

import uuid

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _


class EmbargoLink(models.Model):
    """One link for one reader: named, expiring, revocable. The address itself is signed and stored nowhere."""

    uuid = models.UUIDField(default=uuid.uuid4, editable=False)
    page = models.ForeignKey(
        "home.PressReleasePage",
        on_delete=models.CASCADE,
        related_name="embargo_links",
        verbose_name=_("page"),
    )
    reader = models.CharField(
        _("for whom"), max_length=200, help_text=_("Name of the journalist and of the newsroom.")
    )
    expires_at = models.DateTimeField(_("expires at"))
    revoked_at = models.DateTimeField(_("revoked at"), null=True, blank=True, editable=False)
    created_at = models.DateTimeField(auto_now_add=True, editable=False)
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+", editable=False
    )

    wagtail_reference_index_ignore = True

    class Meta:
        verbose_name = _("embargo link")
        verbose_name_plural = _("embargo links")
        constraints = [models.UniqueConstraint(fields=["uuid"], name="home_embargo_link_uuid")]

    def __str__(self) -> str:
        return str(self.uuid)
