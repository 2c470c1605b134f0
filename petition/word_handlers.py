"""What the worker does for the words of the boxes: what follows from a setting is published, by no visitor's GET."""

from datetime import timedelta

from django.utils.translation import gettext

from campaign.outbox.registry import schedule
from petition.services import wording


@schedule("publish_words", every=timedelta(minutes=10))
def publish_words() -> str:
    """Publish words that a setting or a new release has changed, such as the age; and keep the form as it is shown."""
    return gettext("New words at the boxes: %(number)s") % {"number": wording.publish_all()}
