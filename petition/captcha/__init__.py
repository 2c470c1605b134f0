"""What keeps robots from the form: the ticket, always; and the check that staff have chosen, one file each.

Django's settings say which there are (CAPTCHAS); ServiceSettings says which one is in force.
"""

from django.conf import settings
from django.utils.module_loading import import_string

from petition.captcha.base import Captcha
from petition.lookups import remembered
from petition.models import ServiceSettings

ALTCHA = "altcha"  # on this site's own server: always there


def chosen() -> Captcha:
    """Return the check in force, looked up at most ten seconds ago; where there is but one, it is that."""
    alias = ALTCHA if len(settings.CAPTCHAS) == 1 else remembered(("captcha",), _chosen_alias)
    return import_string(settings.CAPTCHAS[alias])()


def _chosen_alias() -> str:
    alias = ServiceSettings.objects.values_list("captcha", flat=True).first()
    return alias if alias in settings.CAPTCHAS else ALTCHA
