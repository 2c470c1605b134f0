"""The two content-security policies, strict for visitors and Wagtail's for staff, and what goes with them."""

from csp.constants import NONE, SELF, UNSAFE_INLINE
from django.middleware.csrf import CsrfViewMiddleware

STAFF_PATH = "/admin/"

VISITOR_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF],
        "style-src": [SELF],
        "img-src": [SELF],
        "font-src": [SELF],
        "connect-src": [SELF],
        "worker-src": [SELF],
        "form-action": [SELF],
        "base-uri": [NONE],
        "object-src": [NONE],
        "frame-ancestors": [NONE],
    }
}
# Wagtail's listings and editor have inline scripts and styles of their own; nothing from another host all the same.
STAFF_POLICY = {
    "default-src": [SELF],
    "script-src": [SELF, UNSAFE_INLINE],
    "style-src": [SELF, UNSAFE_INLINE],
    "img-src": [SELF, "data:", "blob:"],
    "font-src": [SELF, "data:"],
    "object-src": [NONE],
    "form-action": [SELF],
    "base-uri": [SELF],
    "frame-ancestors": [SELF],
}
NO_SENSORS: dict[str, list] = {
    feature: []
    for feature in ("accelerometer", "camera", "display-capture", "geolocation", "gyroscope", "magnetometer")
    + ("microphone", "midi", "payment", "usb", "xr-spatial-tracking", "browsing-topics")
}


def is_staff_path(path: str) -> bool:
    """Whether an address belongs to staff's side, the only one with cookies."""
    return path.startswith(STAFF_PATH)


class StaffPolicyMiddleware:
    """Give staff's pages their own policy and allow their own frames (previews)."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        response = self.get_response(request)
        if is_staff_path(request.path):
            response._csp_config = STAFF_POLICY
            response["X-Frame-Options"] = "SAMEORIGIN"
        return response


class StaffCsrf(CsrfViewMiddleware):
    """Django's CSRF protection, under /admin/ alone.

    Its token is a cookie, and a visitor gets none: public forms are kept by petition.views.guards instead.
    """

    def process_request(self, request):
        if is_staff_path(request.path):
            super().process_request(request)

    def process_view(self, request, callback, callback_args, callback_kwargs):
        if is_staff_path(request.path):
            return super().process_view(request, callback, callback_args, callback_kwargs)
        return None
