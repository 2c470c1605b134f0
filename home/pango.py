"""Whether Pango is on this system: without it no PDF is made, and all else works."""

import ctypes
from functools import cache

from django.core.checks import CheckMessage, Tags, Warning, register

PACKAGES = (
    "libpango-1.0-0 libpangoft2-1.0-0 libharfbuzz-subset0 fonts-dejavu-core"  # names of Debian's packages
)
# One of each row, by the names that WeasyPrint asks for on Linux and macOS.
LIBRARIES = (
    ("libpango-1.0.so.0", "libpango-1.0.dylib"),
    ("libpangoft2-1.0.so.0", "libpangoft2-1.0.dylib"),
)


@cache
def is_there() -> bool:
    """Whether the libraries can be loaded; looked at once per process."""
    return all(any(_loads(name) for name in names) for names in LIBRARIES)


def _loads(name: str) -> bool:
    try:
        ctypes.CDLL(name)
    except OSError:
        return False
    return True


@register(Tags.compatibility)
def pango_is_there(app_configs, **kwargs) -> list[CheckMessage]:
    """Say which packages are missing, where no PDF can be made."""
    if is_there():
        return []
    return [
        Warning(
            "Press releases and position papers are offered without PDF: Pango is not on this system.",
            hint=f"Install (names of Debian's packages): {PACKAGES}; then start the worker again.",
            id="home.W001",
        )
    ]
