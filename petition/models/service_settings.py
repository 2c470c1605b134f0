"""Which captcha and which list staff have switched on."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _


class ServiceSettings(models.Model):
    """The one row of choices; the settings file says what can be chosen and holds the keys."""

    captcha = models.CharField(_("protection of the form"), max_length=30, default="altcha")
    mailing = models.CharField(_("mailing list"), max_length=30, default="local")
    changed_at = models.DateTimeField(_("changed on"), auto_now=True)
    changed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+", verbose_name=_("changed by")
    )

    reason = models.CharField(_("why"), max_length=300, blank=True)

    class Meta:
        verbose_name = _("services")
        permissions = [("switch_outside_service", _("Can switch on a service outside the European Union"))]
        constraints = [models.CheckConstraint(condition=Q(pk=1), name="servicesettings_one_row")]

    def __str__(self) -> str:
        return "services"
