"""The closed lists of the petition room."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class PetitionState(models.TextChoices):
    """The life of a petition, in order."""

    PREPARATION = "preparation", _("In preparation")
    OPEN = "open", _("Open")
    CLOSED = "closed", _("Closed")
    DELIVERED = "delivered", _("Delivered")
    ANSWERED = "answered", _("Answered")


class SignatureState(models.TextChoices):
    """What a signature is worth: only a confirmed one counts."""

    CONFIRMED = "confirmed", _("Confirmed")
    HELD = "held", _("To be looked at")
    INVALIDATED = "invalidated", _("Set aside")


class ConsentPurpose(models.TextChoices):
    """What somebody said yes to; each purpose has words and a box of its own."""

    SIGN = "sign", _("Sign")
    PUBLIC = "public", _("Show the name on the site")
    NEWSLETTER = "newsletter", _("Receive news")
    ADDRESSEE = "addressee", _("Pass the name to the addressee")


class EndorsementState(models.TextChoices):
    """How far an organisation's endorsement has come: only a published one is shown and counted."""

    RECEIVED = "received", _("Waiting for confirmation")
    CONFIRMED = "confirmed", _("To be read")
    PUBLISHED = "published", _("Published")
    REFUSED = "refused", _("Refused")


class EventKind(models.TextChoices):
    """What happened to a signature, for the record that is only added to."""

    CONFIRMED = "confirmed", _("Confirmed")
    HELD = "held", _("Held")
    RELEASED = "released", _("Released")
    WITHDRAWN = "withdrawn", _("Withdrawn")
    INVALIDATED = "invalidated", _("Set aside")
    RESTORED = "restored", _("Restored")
    PAPER = "paper", _("On paper")


class Channel(models.TextChoices):
    """By which way something reached us."""

    WEB = "web", _("Web")
    STAFF = "staff", _("Staff")
    PAPER = "paper", _("Paper")
    SEEDED = "seeded", _("Rehearsal")  # made up by seed_signatures: the only ones that may be removed again


class Reason(models.TextChoices):
    """Why a signature deserves a look. Which ones hold it back is the business of the services."""

    TOO_FAST = "too_fast", _("Sent too fast")
    BUSY_NETWORK = "busy_network", _("Many signatures from one network")
    NO_ORIGIN = "no_origin", _("The browser did not say where the form came from")
    NO_SCRIPT = "no_script", _("Sent without JavaScript")
    DISPOSABLE = "disposable", _("An address made for a short while")
    TRAP = "trap", _("The field that people don't see was filled in")
    PROOF = "proof", _("The browser's own check was false, or was used twice")
    MATCHED = "matched", _("The address belongs to a domain that staff look at")


class ContactState(models.TextChoices):
    """Whether a supporter may be written to."""

    SUBSCRIBED = "subscribed", _("Subscribed")
    UNSUBSCRIBED = "unsubscribed", _("Unsubscribed")
    BOUNCED = "bounced", _("Address does not work")
    COMPLAINED = "complained", _("Complained")


class QuestionReason(models.TextChoices):
    """Why a supporter is asked again whether they want the news."""

    WORDS = "words", _("The words that they agreed to don't name the list that is on")
    YEARS = "years", _("Their last yes is years old")


class ListState(models.TextChoices):
    """How far a supporter has come on the list that news are sent from."""

    WAITING = "waiting", _("To be passed on")
    ON_LIST = "on_list", _("On the list")
    ASKED = "asked", _("The list has asked them to confirm")
    REFUSED = "refused", _("Refused by the list")
    OWN_HAND = "own_hand", _("Can only come back by themselves")
    LEFT = "left", _("Taken off the list")


class Refusal(models.TextChoices):
    """Why a list did not do what it was asked, in words that tell staff what comes next."""

    UNREACHABLE = "unreachable", _("The list can't be reached; it is asked again by itself.")
    BUSY = "busy", _("The list asks for patience; it is asked again by itself.")
    TROUBLE = "trouble", _("The list has an error of its own; it is asked again by itself.")
    NO_KEY = "no_key", _("The list doesn't accept the key in the settings: ask the administrator.")
    NO_LIST = "no_list", _("The list named in the settings doesn't exist there: ask the administrator.")
    FIELDS = "fields", _("The list asks for a field that nobody is asked for here: make it optional there.")
    ADDRESS = "address", _("The list takes this address for a false one.")
    BOUNCES = "bounces", _("Mail to this address comes back, says the list.")
    OWN_HAND = "own_hand", _("They left the list for good: only they can come back, by the list's own form.")
    OTHER = "other", _("The list refused, in its own words:")


class SuppressionScope(models.TextChoices):
    """What a suppression forbids."""

    ALL_MAIL = "all_mail", _("Every mail")
    NEWSLETTER = "newsletter", _("The newsletter")
    PETITION = "petition", _("Mails of one petition")


class SuppressionReason(models.TextChoices):
    """Why an address must not be written to."""

    BOUNCE = "bounce", _("The address does not work")
    COMPLAINT = "complaint", _("Complaint")
    REFUSAL = "refusal", _("The person said no")
    PAUSED = "paused", _("Mail has come back several times")
    NOT_ME = "not_me", _("The owner of the mailbox did not sign")
    ERASURE = "erasure", _("Proof kept after erasure")


class NotResent(models.TextChoices):
    """Why a mail to confirm is not sent again when staff ask for it."""

    TRIAL = "trial", _("A trial, which never counts")
    OVER = "over", _("The petition has been delivered: nothing can be confirmed any more")
    NOT_ME = "not_me", _("Blocked by the owner of the mailbox, who did not sign")
    RETURNED = "returned", _("Mail to the address came back")
    REFUSED = "refused", _("The person wants no mail any more")
    REMINDED = "reminded", _("Reminded already: once is enough")
    RECENT = "recent", _("A mail left less than 24 hours ago, or is about to leave")


class BounceKind(models.TextChoices):
    """What came back for a mail."""

    HARD = "hard", _("The address does not exist, or refuses for good")
    SOFT = "soft", _("The mailbox was full or away")
    COMPLAINT = "complaint", _("The reader called it unwanted")


class TallyKind(models.TextChoices):
    """What is counted by the hour: the events, each by what it changed, and what happens before there is a signature.

    Confirmed, released and restored signatures begin to count; withdrawn, set aside and taken out ones cease to.
    """

    RECEIVED = "received", _("Received")
    MAILED = "mailed", _("Mail left")
    EXPIRED = "expired", _("Never confirmed")
    BOUNCED = "bounced", _("Mail came back")
    CONFIRMED = "confirmed", _("Confirmed")
    HELD = "held", _("Held")
    TAKEN_OUT = "taken_out", _("Counted, then held")
    RELEASED = "released", _("Released")
    WITHDRAWN = "withdrawn", _("Withdrawn")
    INVALIDATED = "invalidated", _("Set aside")
    RESTORED = "restored", _("Restored")
    HELD_ASIDE = "held_aside", _("Held, then set aside")
    HELD_LEFT = "held_left", _("Held, then withdrawn")
    ASIDE_HELD = "aside_held", _("Set aside, then held")
    ASIDE_LEFT = "aside_left", _("Set aside, then withdrawn")
    PAPER = "paper", _("On paper")
