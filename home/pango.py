"""Whether Pango is on this system: without it no PDF is made, and all else works. Standard library only."""

import ctypes
from functools import cache

PACKAGES = (
    "libpango-1.0-0 libpangoft2-1.0-0 libharfbuzz-subset0 fonts-dejavu-core"  # names of Debian's packages
)
# One of each row, by the names that WeasyPrint asks for on Linux and macOS.
LIBRARIES = (
    ("libpango-1.0.so.0", "libpango-1.0.dylib"),
    ("libpangoft2-1.0.so.0", "libpangoft2-1.0.dylib"),
    ("libharfbuzz-subset.so.0", "libharfbuzz-subset.0.dylib"),
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
