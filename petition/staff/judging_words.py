"""What staff read about the acts on a signature: on buttons, on their pages, in the history."""

from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext
from wagtail.log_actions import LogFormatter

from petition.services.invalidation import ACTS, HOLD, RELEASE, RESTORE, SET_ASIDE, Act

Words = str | Promise


@dataclass(frozen=True)
class ActWords:
    """One act: its button for one signature, for several, in a list; what it does; how the history tells it."""

    button: Words
    for_many: Words
    for_ticked: Words
    does: Words
    does_to_many: Words
    told: Words


WORDS = {
    RELEASE.name: ActWords(
        _("Count it"),
        _("Count them"),
        _("Count those ticked…"),
        _("The signature counts from now on. If it has never counted, its signatory is thanked by e-mail."),
        _("They count from now on. Whoever has never counted is thanked by e-mail."),
        _("Counted after a look: %(reason)s"),
    ),
    HOLD.name: ActWords(
        _("Look at it again"),
        _("Look at them again"),
        _("Look again at those ticked…"),
        _("The signature doesn't count until somebody has looked at it. Its signatory gets no mail."),
        _("They don't count until somebody has looked at them. Their signatories get no mail."),
        _("Taken out of the count, to be looked at: %(reason)s"),
    ),
    SET_ASIDE.name: ActWords(
        _("Set it aside"),
        _("Set them aside"),
        _("Set those ticked aside…"),
        _("The signature doesn't count. It stays kept, and can be restored. Its signatory gets no mail."),
        _("They don't count. They stay kept, and can be restored. Their signatories get no mail."),
        _("Set aside: %(reason)s"),
    ),
    RESTORE.name: ActWords(
        _("Restore it"),
        _("Restore them"),
        _("Restore those ticked…"),
        _("The signature counts again. If it has never counted, its signatory is thanked by e-mail."),
        _("They count again. Whoever has never counted is thanked by e-mail."),
        _("Restored: %(reason)s"),
    ),
}


def for_all(act: Act, number: int, shown: str) -> str:
    """Return the button that does an act to all that a list shows."""
    words = {
        RELEASE.name: ngettext("Count the one listed…", "Count all %(number)s listed…", number),
        HOLD.name: ngettext("Look again at the one listed…", "Look again at all %(number)s listed…", number),
        SET_ASIDE.name: ngettext("Set the one listed aside…", "Set all %(number)s listed aside…", number),
        RESTORE.name: ngettext("Restore the one listed…", "Restore all %(number)s listed…", number),
    }
    return words[act.name] % {"number": shown}


def done(act: Act, number: int, shown: str) -> str:
    """Return what is said once an act is done."""
    words = {
        RELEASE.name: ngettext(
            "%(number)s signature is counted.", "%(number)s signatures are counted.", number
        ),
        HOLD.name: ngettext(
            "%(number)s signature is to be looked at.", "%(number)s signatures are to be looked at.", number
        ),
        SET_ASIDE.name: ngettext(
            "%(number)s signature is set aside.", "%(number)s signatures are set aside.", number
        ),
        RESTORE.name: ngettext(
            "%(number)s signature is restored.", "%(number)s signatures are restored.", number
        ),
    }
    return words[act.name] % {"number": shown}


def name_acts(actions) -> None:
    """Name the acts for Wagtail's history of the site, each with its reason."""
    for act in ACTS.values():
        actions.register_action(act.log_action)(_formatter(WORDS[act.name]))


def _formatter(words: ActWords) -> type[LogFormatter]:
    class Judged(LogFormatter):
        label = words.button

        def format_message(self, log_entry):
            return str(words.told) % {"reason": log_entry.data.get("reason", "")}

    return Judged
