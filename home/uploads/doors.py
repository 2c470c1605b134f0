"""Doors beside the forms: what is stored by any way was looked at."""

from django.db.models.signals import pre_save
from django.dispatch import receiver
from wagtail.documents import get_document_model
from wagtail.images import get_image_model
from wagtail.models import UploadedFile

from home.uploads.documents import check_before_storing
from home.uploads.pictures import take_in

pre_save.connect(check_before_storing, sender=get_document_model())


@receiver(pre_save, sender=UploadedFile)
def keep_no_picture_as_it_was_sent(instance, **_kwargs) -> None:
    """Make a picture anew that waits for its licence: many are sent first and told about afterwards.

    Somebody may never come back to tell, and the file would stay with the place that its camera wrote into it.
    """
    kind = instance.for_content_type
    if kind and kind.model_class() is get_image_model() and instance.file and not instance.file._committed:
        kept = take_in(instance.file.file)
        instance.file.file, instance.file.name = kept, kept.name
