"""W-02, measured rather than simulated: when the largest thing is painted over a line of 1.6 Mbit/s and 150 ms."""

import statistics

from playwright.sync_api import Browser

from tests.real_site.browser import PHONE, Window, running_chromium

LATENCY = 150  # milliseconds, of every request
BYTES_PER_SECOND = 1_600_000 // 8
AS_A_LINE = {
    "offline": False,
    "latency": LATENCY,
    "downloadThroughput": BYTES_PER_SECOND,
    "uploadThroughput": BYTES_PER_SECOND,
}
LARGEST = """() => new Promise((tell) => {
  new PerformanceObserver((list) => tell(list.getEntries().pop().startTime))
    .observe({ type: "largest-contentful-paint", buffered: true });
})"""


def largest_paint(url: str, runs: int) -> float:
    """Return the median of several first visits to an address, in milliseconds."""
    with running_chromium() as browser:
        _first_visit(browser, url)  # a browser that has just started is busy with itself
        return statistics.median(_first_visit(browser, url) for _ in range(runs))


def _first_visit(browser: Browser, url: str) -> float:
    window = Window(browser, url, **PHONE)
    session = window.context.new_cdp_session(window.page)
    session.send("Network.enable")
    session.send("Network.emulateNetworkConditions", AS_A_LINE)
    window.page.goto(url, wait_until="networkidle")
    milliseconds = window.page.evaluate(LARGEST)
    window.context.close()
    return milliseconds
