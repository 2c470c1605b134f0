"""What should be done before a petition opens: each point in words, with the way to where it is put right.

The points are functions named in OPENING_CHECKS, so that other rooms add their own without being known here.
"""

from collections.abc import Callable
from dataclasses import dataclass

from django.conf import settings
from django.urls import NoReverseMatch, reverse
from django.utils import timezone
from django.utils.module_loading import import_string
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from petition.email_address import is_reserved
from petition.models import Petition, ServiceSettings, Signature
from petition.services.rehearsal import synthetic_signers
from petition.services.texts import texts_by_language


@dataclass(frozen=True)
class Check:
    """One point: whether it is done, what to read about it, where it is put right, and whether nothing opens without.

    `words` and `link_words` are in the language that was active when the check was made.
    """

    done: bool
    words: str
    url: str | None = None
    link_words: str = ""
    blocks: bool = False


PointsOf = Callable[[Petition], list[Check]]


def opening_checks(petition: Petition) -> list[Check]:
    """Return all points of a petition, in the order of OPENING_CHECKS."""
    functions: list[PointsOf] = [import_string(name) for name in settings.OPENING_CHECKS]
    return [check for points_of in functions for check in points_of(petition)]


def texts_are_written(petition: Petition) -> list[Check]:
    """Each language of the site has its text; without the main one there is nothing to sign."""
    written = texts_by_language(petition)
    return [_text_is_written(petition, code, str(name), code in written) for code, name in settings.LANGUAGES]


def it_ends_later(petition: Petition) -> list[Check]:
    """The closing moment, where there is one, lies ahead: else it would be closed as soon as it opens."""
    if petition.closes_at is None:
        return []
    done = petition.closes_at > timezone.now()
    words = _("Its closing moment lies ahead.") if done else _("Its closing moment has passed already.")
    return [Check(done, words, _edit_url(petition), _("Edit the petition"), blocks=True)]


def nobody_is_made_up(petition: Petition) -> list[Check]:
    """No made-up signer of a rehearsal is left: the public number would be false from the first moment."""
    number = synthetic_signers(petition).count()
    if not number:
        return []
    words = ngettext(
        "%(number)s made-up signature of a rehearsal counts: have the administrator take it away "
        "(seed_signatures --remove).",
        "%(number)s made-up signatures of a rehearsal count: have the administrator take them away "
        "(seed_signatures --remove).",
        number,
    )
    return [Check(False, words % {"number": number}, blocks=True)]


def a_mail_has_arrived(petition: Petition) -> list[Check]:
    """Somebody tried the form, got the mail and confirmed."""
    done = Signature.objects.filter(petition=petition, trial=True).exists()
    words = (
        _("Somebody tried it: the mail arrived, and its button worked.")
        if done
        else _("Nobody has confirmed a trial signature yet, so it isn't known whether mails arrive.")
    )
    return [Check(done, words, f"{_edit_url(petition)}#{TRIAL_ANCHOR}", _("To the trial link"))]


def mails_can_be_answered(petition: Petition) -> list[Check]:
    """Sender and reply address are real ones; the demo may do without, since its mails stay on the machine."""
    reserved = [address for address in (petition.sender_address, petition.reply_to) if is_reserved(address)]
    if not reserved:
        done, words = True, _("The addresses of its mails are real ones.")
    elif settings.DEMO:
        done, words = (
            True,
            _("Its mails come from %(address)s, an address for examples: allowed in the demo."),
        )
    else:
        done, words = False, _("%(address)s is an address for examples: nobody gets what is answered to it.")
    address = reserved[0] if reserved else ""
    return [Check(done, words % {"address": address}, _edit_url(petition), _("Edit the petition"))]


def list_is_chosen(petition: Petition) -> list[Check]:
    """Somebody of the staff has said where news are sent from, if only by keeping the list that is on by itself."""
    done = ServiceSettings.objects.filter(changed_by__isnull=False).exists()
    words = (
        _("The list that news are sent from is chosen.")
        if done
        else _("Nobody has chosen the list that news are sent from.")
    )
    return [Check(done, words, _url("services:index"), _("To the services"))]


TRIAL_ANCHOR = "trial"  # the part of the petition's page in the admin that holds the trial links


def _text_is_written(petition: Petition, code: str, language: str, done: bool) -> Check:
    is_main = code == settings.LANGUAGE_CODE
    if done:
        words = _("Its text is written (%(language)s).")
    elif is_main:
        words = _(
            "Its text is missing (%(language)s), the site's main language: it can't be opened without it."
        )
    else:
        words = _("Its text is missing (%(language)s): nobody can sign it in this language.")
    add = _url("petition_texts:add")
    return Check(
        done,
        words % {"language": language},
        f"{add}?petition={petition.pk}&language={code}" if add else None,
        _("Write the text (%(language)s)") % {"language": language},
        blocks=is_main,
    )


def _edit_url(petition: Petition) -> str:
    return _url("petitions:edit", petition.pk) or ""


def _url(name: str, *args: object) -> str | None:
    """Return an address of the admin; None where this site hasn't got that screen."""
    try:
        return reverse(name, args=args)
    except NoReverseMatch:
        return None
