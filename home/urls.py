"""The addresses of what isn't a page of the tree, in each language's own words."""

from django.urls import path, re_path
from django.utils.translation import pgettext_lazy

from home import embargo_views
from home.feeds import feed_of_page
from home.files import file_of_page
from home.search.view import search
from home.sharing.view import share_image

urlpatterns = [
    path(pgettext_lazy("address", "search/"), search, name="search"),
    path("embargo/<str:token>/", embargo_views.release, name="embargo"),
    path("embargo/<str:token>/<int:document>/<str:name>", embargo_views.file, name="embargo_file"),
    path("embargo/<str:token>/<str:name>", embargo_views.pdf, name="embargo_pdf"),
    # Below a page's address, which is made of words and hyphens.
    re_path(r"^(?P<path>(?:[\w-]+/)*)(?P<name>(?:flux|feed)\.xml)$", feed_of_page, name="feed"),
    re_path(r"^(?P<path>(?:[\w-]+/)*)(?P<name>(?:partage|share)\.png)$", share_image, name="share_image"),
    re_path(r"^(?P<path>(?:[\w-]+/)+)(?P<name>[\w-]+\.(?:pdf|zip))$", file_of_page, name="file_of_page"),
]
