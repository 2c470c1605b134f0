"""The pages that every site must have, or that the site itself leads to: made once, in both languages.

Most of them say by themselves what is (home.blocks.legal and its neighbours), so they hold no association's words.
Called by the demo's content and by the setting up of a real site. Where the organisation's facts are missing, a page
that needs them stays a draft, but in the demo.
"""

from campaign.first_pages import english, french
from campaign.first_pages.writing import Entry, Writer
from home.models import Purpose, StandardPage


def _entry(name: str, purpose: Purpose) -> Entry:
    return Entry(name, StandardPage, extra={"purpose": purpose.value})


STANDARD = (
    _entry("LEGAL", Purpose.LEGAL),
    _entry("PRIVACY", Purpose.PRIVACY),
    _entry("COOKIES", Purpose.COOKIES),
    _entry("TERMS", Purpose.TERMS),
    _entry("ACCESSIBILITY", Purpose.ACCESSIBILITY),
    _entry("SITE_MAP", Purpose.SITE_MAP),
    _entry("CONTACT", Purpose.CONTACT),
    _entry("SECURITY", Purpose.SECURITY),
    _entry("VERIFY", Purpose.VERIFY),
)


def write_standard_pages() -> None:
    """Make those that are missing below the home page of each language; staff's own and what they edited stay."""
    writer = Writer(french, english)
    writer.write_french(STANDARD)
    writer.write_english(STANDARD)
