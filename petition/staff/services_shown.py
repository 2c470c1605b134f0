"""What the screens about outside services show: each list as it stands, what a switch would change, whom we call."""

from dataclasses import dataclass

from django.conf import settings
from django.contrib.auth.models import Group
from django.db.models import Count
from django.utils.translation import gettext as _

from petition import mailing
from petition.enums import ConsentPurpose, ContactState, ListState
from petition.models import Contact, Petition, ServiceSettings
from petition.services import wording
from petition.services.switching import MAY_SWITCH_OUTSIDE

OUTGOING_MAIL = "mail"  # the mail server's name in OUTGOING_HOSTS
RETURNED_MAIL = "returned_mail"  # the mailbox's, likewise


@dataclass(frozen=True)
class ListNow:
    """One list of the settings at this moment; `choice` is who switched it on, when and why, where somebody did."""

    entry: mailing.Entry
    is_on: bool
    supporters: int
    choice: ServiceSettings | None

    @property
    def lines_for_the_settings(self) -> str:
        """The lines that the administrator must fill in, one variable each."""
        return "\n".join(f"{variable}=" for variable in self.entry.missing_variables)


@dataclass(frozen=True)
class WordsInstead:
    """What visitors will read beside the box of the news, in one language."""

    language: str
    language_name: str
    label: str
    sentence: str


@dataclass(frozen=True)
class OutgoingCall:
    """One host that this server may call."""

    name: str
    host: str
    is_on: bool
    country: str
    why: str


def lists_now() -> list[ListNow]:
    """Return the lists of the settings in their order; three statements, whatever their number."""
    chosen, choice = mailing.chosen_alias(), choice_made()
    on_list = Contact.objects.filter(state=ContactState.SUBSCRIBED, provider_state=ListState.ON_LIST)
    held = dict(on_list.values_list("provider").annotate(number=Count("pk")).order_by())
    return [
        ListNow(entry, alias == chosen, held.get(alias, 0), choice if alias == chosen else None)
        for alias, entry in mailing.entries().items()
    ]


def choice_made() -> ServiceSettings | None:
    """Return the row of choices, with who made them unless their account is gone; None while nobody has chosen."""
    row = ServiceSettings.objects.select_related("changed_by").first()
    return row if row and row.reason else None


def words_with(entry: mailing.Entry) -> list[WordsInstead]:
    """Return what would stand beside the box of the news if this list were on: in each language, of the newest
    petition that is written in it."""
    asking = petitions_asking().order_by("-pk")
    found = []
    for code, name in settings.LANGUAGES:
        petition = asking.filter(texts__language=code).first()
        if petition:
            words = wording.rendered_words(petition, code, entry)[ConsentPurpose.NEWSLETTER]
            found.append(WordsInstead(code, str(name), words.label, words.sentence))
    return found


def petitions_asking():
    """Return the petitions that people may still agree to something at."""
    return Petition.objects.exclude(state__in=wording.OVER)


def supporters_not_passed_on(entry: mailing.Entry) -> int:
    """Return how many supporters agreed to words that don't name this list."""
    subscribed = Contact.objects.filter(state=ContactState.SUBSCRIBED)
    return subscribed.exclude(consent_text__discloses=entry.alias).count()


def groups_that_may_switch_outside() -> list[str]:
    """Return the names of the groups whose members may switch on a service outside the European Union."""
    app, codename = MAY_SWITCH_OUTSIDE.split(".")
    holding = Group.objects.filter(permissions__codename=codename, permissions__content_type__app_label=app)
    return list(holding.order_by("name").values_list("name", flat=True))


def outgoing_calls() -> list[OutgoingCall]:
    """Return all hosts of the settings that this server may call; never a user or a password."""
    chosen, entries = mailing.chosen_alias(), mailing.entries()
    calls = []
    for name, host in settings.OUTGOING_HOSTS.items():
        entry = entries.get(name)
        if entry and entry.disclosure:
            why = _("Keep the list of the supporters who agreed to it, and send them the news.")
            calls.append(OutgoingCall(entry.name, host, name == chosen, entry.disclosure.country_name(), why))
        elif name == OUTGOING_MAIL:
            why = _("Send this site's own mails: links to confirm, thanks, personal links.")
            calls.append(OutgoingCall(_("Mail server"), host, True, "", why))
        elif name == RETURNED_MAIL:
            why = _("Read which of this site's mails came back, every five minutes.")
            calls.append(OutgoingCall(_("Mailbox for returned mail"), host, True, "", why))
        else:
            calls.append(OutgoingCall(name, host, False, "", ""))
    return calls
