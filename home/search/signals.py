"""When the words of a page are kept and when they are dropped; with a page that is deleted they go by themselves."""

from django.db.models.signals import post_save
from django.dispatch import receiver
from wagtail.signals import page_published, page_unpublished

from home.models import CampaignPage, PetitionPage
from home.search.index import forget, remember
from petition.public import PetitionText


@receiver(page_published)
def keep_words(sender, instance, **kwargs) -> None:
    """Keep the words of a page that goes live, by whichever way."""
    if isinstance(instance, CampaignPage):
        remember(instance)


@receiver(page_unpublished)
def drop_words(sender, instance, **kwargs) -> None:
    """Drop the words of a page that is taken down: none of them may be found, nor kept for it."""
    forget(instance)


@receiver(post_save, sender=PetitionText)
def keep_words_that_are_signed(sender, instance, **kwargs) -> None:
    """Follow a correction of what is signed, which publishes no page."""
    pages = PetitionPage.objects.live().filter(
        petition_id=instance.petition_id, locale__language_code=instance.language
    )
    for page in pages:
        remember(page)
