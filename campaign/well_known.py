"""Files that machines look for at fixed addresses."""

from datetime import timedelta

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.views.decorators.http import require_safe

from home.links import absolute
from home.models import Purpose
from home.standing import standing_paths

SECURITY_TXT_LIFE = timedelta(days=90)  # RFC 9116 §2.5.5 advises less than a year


@require_safe
def robots(request: HttpRequest) -> HttpResponse:
    """Answer robots.txt (RFC 9309): all may be read but staff's side and personal links."""
    lines = ["User-agent: *", "Disallow: /admin/", "Disallow: /signature/", "Disallow: /en/signature/"]
    lines += ["Disallow: /demo/"] if settings.DEMO else []
    lines += ["", f"Sitemap: {settings.SITE_URL}/sitemap.xml", ""]
    return HttpResponse("\n".join(lines), content_type="text/plain; charset=utf-8")


@require_safe
def security_txt(request: HttpRequest) -> HttpResponse:
    """Answer security.txt (RFC 9116): where to report a weakness."""
    expires = (timezone.now() + SECURITY_TXT_LIFE).strftime("%Y-%m-%dT00:00:00Z")
    lines = [
        f"Contact: {settings.SECURITY_CONTACT}",
        f"Expires: {expires}",
        "Preferred-Languages: fr, en",
        f"Canonical: {settings.SITE_URL}/.well-known/security.txt",
        *(f"Policy: {absolute(path)}" for path in standing_paths(Purpose.SECURITY)),
        "",
    ]
    return HttpResponse("\n".join(lines), content_type="text/plain; charset=utf-8")
