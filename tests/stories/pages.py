"""What several stories do on the public pages."""

import re

from playwright.sync_api import Page

from tests.real_site.site import RealSite
from tests.real_site.visitor import Person
from tests.real_site.waiting import eventually


def fill_in(page: Page, person: Person) -> None:
    """Type name and address."""
    for name in ("first_name", "last_name", "email"):
        page.fill(f"#sign-form [name={name}]", person.filled()[name])


def shown_count(page: Page) -> int:
    """Return the number of signatures that the open page shows."""
    return int(re.sub(r"\D", "", page.inner_text(".counter__number")))


def wait_for_count(site: RealSite, page: Page, path: str, expected: int) -> None:
    """Wait until page and count.json tell the expected number: either may be kept for some seconds."""

    def both_tell() -> bool:
        page.goto(path)
        return shown_count(page) == site.count() == expected

    eventually(both_tell, f"{path} and count.json tell {expected}")
