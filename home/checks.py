"""System checks of the pages. What needs the database is asked by `manage.py check --deploy --database default`."""

from django.conf import settings
from django.core.checks import CheckMessage, Error, Tags, Warning, register
from django.db.utils import DatabaseError

from home import pango


@register(Tags.database, deploy=True)
def no_published_page_has_a_place_left_open(app_configs, databases, **kwargs) -> list[Error]:
    """A real site shows nobody « [À compléter : … ] »; of the demo it is known, and said on each of its pages.

    Publishing refuses such a page; a fact that was emptied since, or a restored database, is found here. Only with
    --deploy, so that no migration is held up by a sentence.
    """
    from home.checks_for_opening import pages_with_open_places

    if settings.DEMO or not databases:
        return []
    try:
        unfinished = pages_with_open_places()
    except DatabaseError:
        return []  # the tables are still to be made
    return [
        Error(
            f"The published page “{page.title}” ({page.url}) holds places left to be filled in: "
            + "; ".join(str(place) for place in places),
            hint="Fill them in on the page, or in the admin under Settings, Organisation.",
            id="home.E001",
        )
        for page, places in unfinished
    ]


@register(Tags.compatibility)
def pango_is_there(app_configs, **kwargs) -> list[CheckMessage]:
    """Say which packages are missing, where no PDF can be made."""
    if pango.is_there():
        return []
    return [
        Warning(
            "Press releases and position papers are offered without PDF: Pango is not on this system.",
            hint=f"Install (names of Debian's packages): {pango.PACKAGES}; then start the worker again.",
            id="home.W001",
        )
    ]
