"""What a search reads: the words of each page that readers can open, folded."""

from django.db import models
from wagtail.models import Page


class SearchEntry(models.Model):
    """The words of one page as they were last published, in the page's own language.

    `folded_title` and `folded_text` are without accents, ligatures, capitals and typographic spaces.
    """

    page = models.OneToOneField(Page, on_delete=models.CASCADE, related_name="search_entry")
    language = models.CharField(max_length=2)
    title = models.TextField()
    text = models.TextField()
    folded_title = models.TextField()
    folded_text = models.TextField()

    wagtail_reference_index_ignore = True

    def __str__(self) -> str:
        return str(self.page_id)
