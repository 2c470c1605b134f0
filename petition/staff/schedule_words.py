"""What staff call the things that are done by the clock."""

from django.utils.translation import gettext_lazy as _

LABELS = {
    "worker": _("The worker's last sign of life"),
    "publish_scheduled": _("Publish and take down pages on time"),
    "erase_names": _("Warn of the end of names, and erase them"),
    "forget_staff_acts": _("Forget what staff did long ago"),
    "publish_words": _("Publish words of the boxes that follow from the settings"),
    "forget_embargo_links": _("Delete links under embargo that are over"),
    "expire_signatures": _("Delete what was never confirmed"),
    "close_petitions": _("Close petitions on time"),
    "read_returned_mail": _("Read the mailbox for returned mail"),
    "forget_returned_mail": _("Clear away reports of mail that came back a year ago"),
    "returned_mail": _("The last word about returned mail, from the mailbox or the mail provider"),
    "remind_unconfirmed": _("Remind those who have not confirmed"),
    "roll_up": _("Add up the figures by the hour"),
    "recount": _("Compare the count with the signatures"),
    "retire_contacts": _("Ask supporters after years, and delete those who don't answer"),
    "expire_endorsements": _("Delete endorsements that were never confirmed, and those refused long ago"),
    "end_blocks": _("End the blocks after “it wasn't me”"),
    "shorten_erasures": _("Shorten the file of who has left"),
    "purge_done_tasks": _("Clear away deliveries done a week ago"),
}
