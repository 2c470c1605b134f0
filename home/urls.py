"""The addresses of what isn't a page of the tree, in each language's own words."""

from django.urls import path
from django.utils.translation import pgettext_lazy

from home.search.view import search

urlpatterns = [
    path(pgettext_lazy("address", "search/"), search, name="search"),
]
