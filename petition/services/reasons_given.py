"""What staff wrote when they judged somebody's signature goes with the person: the act, and who did it, stay."""

from collections.abc import Iterable

from django.contrib.contenttypes.models import ContentType
from wagtail.models import ModelLogEntry

from petition.models import Signature


def forget_reasons(keys: Iterable[int]) -> None:
    """Empty the reasons in the history of these signatures; to be called in the transaction that erases their names."""
    about = ContentType.objects.get_for_model(Signature, for_concrete_model=False)
    lines = ModelLogEntry.objects.filter(content_type=about, object_id__in=[str(key) for key in keys])
    lines.filter(action__startswith="signature.").update(data={"reason": ""})
