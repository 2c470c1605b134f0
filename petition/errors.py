"""What can go wrong in the petition room, in its own words."""

from petition.enums import Refusal


class PetitionClosed(Exception):
    """The petition takes no signature at this moment."""


class CountIsFinal(Exception):
    """The petition has been delivered: staff can't change its number any more."""


class NothingToSign(Exception):
    """The petition has no text in the site's main language, so it can't be opened."""


class AlreadyEndorsed(Exception):
    """Another endorsement of the same organisation is published."""


class TooManyFromNetwork(Exception):
    """One network has sent more signatures in this hour than any office would."""


class LinkInvalid(Exception):
    """The link was altered or cut: it isn't one that we signed."""


class LinkExpired(Exception):
    """The link was ours and is too old; `link` says what it was about."""

    def __init__(self, link):
        super().__init__("expired")
        self.link = link


class TicketInvalid(Exception):
    """The form's ticket is missing, altered, or of another petition."""


class TicketExpired(Exception):
    """The form is older than a day."""


class ProviderError(Exception):
    """A list did not do what it was asked. The one error of all adapters.

    `permanent`: asking again can't help. `said` is the list's own words, with nobody's data in them, perhaps empty;
    `url` is where the person can help themselves.
    """

    def __init__(self, refusal: Refusal, *, permanent: bool, said: str = "", url: str = "") -> None:
        super().__init__(f"{refusal.value} {said}".strip())
        self.refusal = refusal
        self.permanent = permanent
        self.said = said
        self.url = url


class PostponementRefused(Exception):
    """The end of a petition's names can't be put off so; the text says why, for staff."""


class RehearsalRefused(Exception):
    """Made-up signers can't be added to this petition; the text says why, for whoever sits at the keyboard."""


class SwitchRefused(Exception):
    """A service can't be switched on. `why` says it in words, by the field of the form; "" is the form as a whole."""

    def __init__(self, why: dict[str, str]) -> None:
        super().__init__(" ".join(map(str, why.values())))
        self.why = why
