"""A real Chromium, and all that it asks for."""

import os
from collections.abc import Iterator
from contextlib import contextmanager

from playwright.sync_api import Browser, BrowserContext, Page, Request, expect, sync_playwright

from tests.system_packages import chromium

PATIENCE = 30_000  # milliseconds; never reached when all is well
PHONE_SCREEN = (360, 740)
PHONE = {
    "viewport": {"width": PHONE_SCREEN[0], "height": PHONE_SCREEN[1]},
    "is_mobile": True,
    "has_touch": True,
    "device_scale_factor": 2,
    "locale": "fr-FR",
}
# Chromium speaks to its makers by itself; and whatever a page asks of another host ends here.
QUIET = ["--no-sandbox", "--disable-quic", "--no-first-run", "--disable-sync", "--disable-component-update"]
QUIET += [
    "--disable-background-networking",
    "--disable-default-apps",
    "--disable-domain-reliability",
    "--disable-dev-shm-usage",
]
QUIET += ["--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1"]


@contextmanager
def running_chromium(*more: str) -> Iterator[Browser]:
    """Run one browser, with more arguments of its command line if they are given."""
    expect.set_options(timeout=PATIENCE)
    program = os.environ.get("CHROMIUM") or chromium()
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=program, args=[*QUIET, *more])
        yield browser
        browser.close()


class Window:
    """A fresh profile: its page, every request of every page (`sent`: those that may act), the browser's complaints."""

    def __init__(self, browser: Browser, url: str, **options):
        self.context: BrowserContext = browser.new_context(base_url=url, **options)
        self.context.set_default_timeout(PATIENCE)
        self.requested: list[str] = []
        self.complaints: list[str] = []
        self.sent: list[str] = []
        self.context.on("request", self._note)
        self.context.on("page", self._listen)
        self.page: Page = self.context.new_page()

    def _note(self, request: Request) -> None:
        self.requested.append(request.url)
        if request.method not in {"GET", "HEAD"}:
            self.sent.append(f"{request.method} {request.url}")

    def _listen(self, page: Page) -> None:
        page.on("websocket", lambda socket: self.requested.append(socket.url))
        page.on("console", lambda message: self.complaints.append(message.text))
        page.on("pageerror", lambda error: self.complaints.append(str(error)))
