"""A petition and a press release are printed on one sheet of A4, with their address, without what screens need."""

from io import BytesIO

import pikepdf
import pytest

PATHS = ["/petition/", "/en/petition/"]
LISTS = ["/communiques/", "/en/press-releases/"]
ONLY_ON_SCREENS = (".site-nav", ".sign-form", ".share", ".site-footer__nav", ".breadcrumb", ".updates")


def sheets(page) -> int:
    """Return how many sheets the open page takes."""
    printed = page.pdf(format="A4", prefer_css_page_size=True)
    with pikepdf.open(BytesIO(printed)) as document:
        return len(document.pages)


@pytest.mark.parametrize("path", PATHS)
def test_a_petition_is_printed_on_one_sheet(browse, path):
    page = browse().page
    page.goto(path)
    assert sheets(page) == 1
    page.emulate_media(media="print")
    assert page.locator(".site-footer__address").inner_text().endswith(path)
    for part in ONLY_ON_SCREENS:
        assert not page.locator(part).locator("visible=true").count(), part


@pytest.mark.parametrize("path", LISTS)
def test_a_press_release_is_printed_on_one_sheet(browse, path):
    page = browse().page
    page.goto(path)
    page.goto(page.get_attribute(".card__link", "href"))
    assert sheets(page) == 1
