"""Pages that are followed by a feed, which lies below the page's own address and so follows it wherever it goes."""

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from home.models.dated import DatedPage

FEED_NAMES = {"fr": "flux.xml", "en": "feed.xml"}


class HasFeed:
    """What a page with a feed knows of it."""

    url: str
    language: str

    @property
    def feed_url(self) -> str:
        """The path of the feed."""
        return f"{self.url}{FEED_NAMES[self.language]}"

    def feed_entries(self) -> "list[DatedPage]":
        """Return what the feed tells of: pages that readers can open, the newest first."""
        raise NotImplementedError
