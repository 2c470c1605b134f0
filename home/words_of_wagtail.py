"""Words of Wagtail's that our catalogue says better: an earlier app's translation counts before Wagtail's own.

Nothing calls these; standing here they stay in the catalogue.
"""

from django.utils.translation import gettext_noop

TWO_PAGES_OF_ONE_ADDRESS = (
    gettext_noop("The slug '%(page_slug)s' is already in use within the parent page."),
    gettext_noop(
        "The slug '%(page_slug)s' is already in use within the parent page at '%(parent_url_path)s'."
    ),
    gettext_noop(
        "The slug '%(page_slug)s' is already in use at the selected parent page. Make sure the slug is unique and try "
        "again."
    ),
    gettext_noop('This slug is already in use within the context of its parent page "%(parent_page_title)s"'),
)
