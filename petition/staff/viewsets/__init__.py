"""The screens of the petition in the admin, one per file."""

from django.utils.translation import gettext_lazy as _
from wagtail.admin.viewsets.model import ModelViewSetGroup

from petition.staff.viewsets.clockwork import ClockworkScreen
from petition.staff.viewsets.consents import ConsentTextScreen
from petition.staff.viewsets.contacts import ContactScreen
from petition.staff.viewsets.deliveries import DeliveryScreen
from petition.staff.viewsets.endorsements import EndorsementScreen
from petition.staff.viewsets.mails import MailScreen
from petition.staff.viewsets.not_written_to import NotWrittenToScreen
from petition.staff.viewsets.office_holders import OfficeHolderScreen
from petition.staff.viewsets.outgoing import OutgoingScreen
from petition.staff.viewsets.pending_signatures import PendingSignatureScreen
from petition.staff.viewsets.petitions import PetitionScreen
from petition.staff.viewsets.renderings import RenderingScreen
from petition.staff.viewsets.services import ServicesScreen
from petition.staff.viewsets.signatures import SignatureScreen
from petition.staff.viewsets.texts import TextScreen
from petition.staff.viewsets.to_look_at import ToLookAtScreen


class PetitionScreens(ModelViewSetGroup):
    """The group « Pétition » of the menu; whoever may see none of its screens doesn't see it."""

    menu_label = _("Petition")
    menu_name = "petition"
    menu_icon = "form"
    menu_order = 150
    items = (
        SignatureScreen,
        ToLookAtScreen,
        PendingSignatureScreen,
        ContactScreen,
        EndorsementScreen,
        DeliveryScreen,
        MailScreen,
        NotWrittenToScreen,
        PetitionScreen,
        TextScreen,
        OfficeHolderScreen,
        ConsentTextScreen,
        RenderingScreen,
        ServicesScreen,
        OutgoingScreen,
        ClockworkScreen,
    )
