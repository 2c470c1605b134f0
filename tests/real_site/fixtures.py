"""The running site and a real browser, for the tests that need them."""

from collections.abc import Iterator

import pytest

from tests.real_site.browser import Window, running_chromium
from tests.real_site.site import RealSite, running_site
from tests.real_site.visitor import Visitor


@pytest.fixture(scope="session")
def site(tmp_path_factory) -> Iterator[RealSite]:
    """The whole site, running: started by the first test that asks for it, ended after the last."""
    with running_site(tmp_path_factory.mktemp("site")) as site:
        yield site


@pytest.fixture(scope="session")
def chromium():
    """One browser for all; each test opens windows of its own."""
    with running_chromium() as browser:
        yield browser


@pytest.fixture
def browse(chromium, site):
    """Open a fresh window on the site, with Playwright's options for a context; closed after the test."""
    windows = []

    def open_window(**options) -> Window:
        window = Window(chromium, site.url, **options)
        windows.append(window)
        return window

    yield open_window
    for window in windows:
        window.context.close()


@pytest.fixture
def someone(site) -> Visitor:
    """Somebody who visits over plain HTTP."""
    return Visitor(site)
