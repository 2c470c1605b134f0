"""The language by the address alone: no cookie, no Accept-Language, and so no Vary that would split caches."""

from django.conf import settings
from django.utils import translation


def language_of(path: str) -> str:
    """Return the language code that an address speaks; the default language has no prefix."""
    first = path.lstrip("/").partition("/")[0]
    if first != settings.LANGUAGE_CODE and first in dict(settings.LANGUAGES):
        return first
    return settings.LANGUAGE_CODE


class LanguageFromPath:
    """Activate the address's language for the request and say it in Content-Language."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        request.LANGUAGE_CODE = language_of(request.path_info)
        translation.activate(request.LANGUAGE_CODE)
        response = self.get_response(request)
        response.headers.setdefault("Content-Language", request.LANGUAGE_CODE)
        return response
