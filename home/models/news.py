"""News and the page that lists them."""

from django.utils.translation import gettext_lazy as _

from home.models.dated import DatedPage, ListPage


class NewsIndexPage(ListPage):
    """The list of news."""

    subpage_types = ["home.NewsPage"]
    template = "home/news_index_page.html"

    class Meta:
        verbose_name = _("list of news")
        verbose_name_plural = _("lists of news")


class NewsPage(DatedPage):
    """One piece of news."""

    parent_page_types = ["home.NewsIndexPage"]
    template = "home/news_page.html"

    class Meta:
        verbose_name = _("news item")
        verbose_name_plural = _("news items")
