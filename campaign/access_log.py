"""Who of the staff came in, who didn't, and what was refused: a line in the log each, by the account's key alone.

What was typed is never written down: people type their password where their name belongs. OWASP ASVS 5.0, 16.3.1-2.
"""

import logging
from collections.abc import Callable

from django.contrib.auth import get_user_model
from django.contrib.auth.signals import user_logged_in, user_logged_out, user_login_failed
from django.dispatch import receiver
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse

from campaign.security import is_staff_path

logger = logging.getLogger(__name__)
ENTRANCE = {"wagtailadmin_login", "wagtailadmin_logout", "wagtailadmin_home"}


@receiver(user_logged_in)
def note_login(sender, user, **kwargs) -> None:
    logger.info("login user=%s", user.pk)


@receiver(user_logged_out)
def note_logout(sender, user, **kwargs) -> None:
    logger.info("logout user=%s", user.pk if user else None)


@receiver(user_login_failed)
def note_failed_login(sender, credentials, **kwargs) -> None:
    typed = credentials.get("username")
    users = get_user_model()._default_manager.filter(username=typed) if typed else []
    known = next(iter(users), None)
    logger.warning("login failed user=%s", known.pk if known else "unknown")


class RefusedAccess:
    """Log what staff were refused: a 403, or Wagtail's way of it, which leads back to the admin's first page."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        if is_staff_path(request.path) and _is_refusal(request, response):
            logger.warning(
                "refused user=%s view=%s method=%s", request.user.pk, _view(request), request.method
            )
        return response


def _is_refusal(request: HttpRequest, response: HttpResponse) -> bool:
    if response.status_code == 403:
        return True
    led_home = isinstance(response, HttpResponseRedirect) and response.url == reverse("wagtailadmin_home")
    return led_home and request.user.is_authenticated and _view(request) not in ENTRANCE


def _view(request: HttpRequest) -> str:
    return request.resolver_match.view_name if request.resolver_match else ""
