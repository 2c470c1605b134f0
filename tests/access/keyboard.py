"""Somebody who has a keyboard and no mouse: goes from stop to stop, and sees where they are."""

from dataclasses import dataclass

from playwright.sync_api import Page

from tests.access.stage import probe

MANY = 120  # stops that no page of ours has: who has pressed Tab so often is in a trap, or looks in vain
THREE_TO_ONE = 3.0  # WCAG 2.4.13 and 1.4.11: the focus against what it stands on

STOP = probe("focus")


@dataclass
class Keyboard:
    """Presses keys, and notes every stop at which the reader is lost."""

    page: Page
    lost: list[str]

    def tab(self) -> str | None:
        """Go to the next stop; return what tells it from others, or None past the last."""
        self.page.keyboard.press("Tab")
        stop = self.page.evaluate(STOP)
        if stop is None:
            return None
        where = f"{self.page.url} at “{stop['name']}”"
        if stop["edge"] < THREE_TO_ONE:
            self.lost.append(f"{where}: the focus has a contrast of {stop['edge']:.2f}")
        if not stop["seen"]:
            self.lost.append(f"{where}: the focus is out of sight or behind something")
        return stop["key"]

    def tab_to(self, selector: str) -> None:
        """Go on until the stop matches."""
        for _ in range(MANY):
            self.tab()
            if self.page.evaluate("selector => document.activeElement.matches(selector)", selector):
                return
        raise AssertionError(f"{self.page.url}: Tab never reaches {selector}")

    def through(self) -> list[str]:
        """Go from the first stop to the last; the browser's own follow then. Fails in a trap."""
        stops: list[str] = []
        for _ in range(MANY):
            stop = self.tab()
            if stop is None or stop in stops[:1]:
                return stops
            assert stop not in stops, f"{self.page.url}: Tab comes back to {stop} before the end"
            stops.append(stop)
        raise AssertionError(f"{self.page.url}: Tab never comes to an end")

    def type(self, text: str) -> None:
        """Type into the field that has the focus, in the place of what it holds."""
        self.page.keyboard.press("Control+A")
        self.page.keyboard.type(text)

    def press(self, key: str) -> None:
        """Press a key that leads to another page, and wait for it."""
        with self.page.expect_navigation():
            self.page.keyboard.press(key)
