"""A paragraph that can refer to footnotes."""

from django.utils.safestring import mark_safe

from home.blocks.text import RunningTextBlock
from home.footnotes import STORED, with_references


class NotedTextBlock(RunningTextBlock):
    """Running text with references to the footnotes of its page.

    wagtail-footnotes has such a block, which keeps the notes of the page that it is rendering on itself: all requests
    of a process share it, and a reader would get another page's notes. Here they are in the context ("notes").
    """

    def render(self, value, context=None):
        html = super().render(value, context=context)
        # Both parts are safe: rendered by Wagtail, and by a template of ours.
        return mark_safe(with_references(html, (context or {}).get("notes")))  # noqa: S308

    def get_searchable_content(self, value):
        """Return the words, without the keys of notes."""
        source = getattr(value, "source", value) or ""
        return super().get_searchable_content(self.to_python(STORED.sub("", source)))
