"""What the worker does when somebody of the staff wants to see a mail in their own mailbox."""

from django.contrib.auth import get_user_model
from django.utils.translation import gettext_lazy as _

from campaign.outbox.models import OutboxTask
from campaign.outbox.registry import handler
from petition.models import Petition
from petition.sending import send
from petition.services import examples


@handler(examples.MAIL, is_mail=True, label=_("Example of a mail, for staff"))
def example_mail(task: OutboxTask) -> None:
    """Send the example, unless account, petition or text have gone meanwhile."""
    user = get_user_model().objects.filter(pk=task.subject, is_active=True).exclude(email="").first()
    petition = Petition.objects.filter(pk=task.parameters.get("petition")).first()
    kind = task.parameters.get("mail")
    if user is None or petition is None or kind not in examples.KINDS:
        return
    example = examples.example_of(petition, task.parameters["language"])
    if example is not None:
        send(task, examples.addressed_to(user, kind, example, task.pk))
