"""A real Chromium, and all that it asks for."""

import os
from collections.abc import Iterator
from contextlib import contextmanager

from playwright.sync_api import Browser, BrowserContext, Page, sync_playwright

from tests.system_packages import chromium

PHONE = {
    "viewport": {"width": 360, "height": 740},
    "is_mobile": True,
    "has_touch": True,
    "device_scale_factor": 2,
    "locale": "fr-FR",
}
# Chromium speaks to its makers by itself; and whatever a page asks of another host ends here.
QUIET = ["--no-sandbox", "--disable-quic", "--no-first-run", "--disable-sync", "--disable-component-update"]
QUIET += ["--disable-background-networking", "--disable-default-apps", "--disable-domain-reliability"]
QUIET += ["--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1"]


@contextmanager
def running_chromium() -> Iterator[Browser]:
    """Run one browser."""
    program = os.environ.get("CHROMIUM") or chromium()
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=program, args=QUIET)
        yield browser
        browser.close()


class Window:
    """A fresh profile: its page, every request of every page, and what the browser complained of."""

    def __init__(self, browser: Browser, url: str, **options):
        self.context: BrowserContext = browser.new_context(base_url=url, **options)
        self.context.set_default_timeout(30_000)
        self.requested: list[str] = []
        self.complaints: list[str] = []
        self.context.on("request", lambda request: self.requested.append(request.url))
        self.context.on("page", self._listen)
        self.page: Page = self.context.new_page()

    def _listen(self, page: Page) -> None:
        page.on("websocket", lambda socket: self.requested.append(socket.url))
        page.on("console", lambda message: self.complaints.append(message.text))
        page.on("pageerror", lambda error: self.complaints.append(str(error)))
