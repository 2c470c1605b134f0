"""Two lists behind one harness: what the list itself holds, whichever it is."""

from collections.abc import Iterator

import pytest

from petition.enums import ContactState, ListState
from petition.mailing import mailchimp, pace
from petition.models import Contact, ServiceSettings
from tests.fakes.mailchimp import Mailchimp
from tests.people import Mailbox, Visitor, confirm_path, drain_outbox, personal_path

KEY, LIST = "0123456789abcdef0123456789abcdef-us21", "a1b2c3d4e5"


@pytest.fixture(autouse=True)
def no_list_is_being_left_alone():
    pace.paces.clear()
    yield
    pace.paces.clear()


@pytest.fixture
def chimp(settings, monkeypatch) -> Iterator[Mailchimp]:
    """Mailchimp's stand-in on loopback, with its key in the settings; nobody has switched it on."""
    monkeypatch.setattr(mailchimp, "TIMEOUT", 1)
    with Mailchimp(api_key=KEY, list_id=LIST) as server:
        options = {"api_key": KEY, "list_id": LIST, "api_url": server.url}
        settings.MAILING_LISTS = {
            "local": settings.MAILING_LISTS["local"],
            "mailchimp": {**settings.MAILING_LISTS["mailchimp"], "OPTIONS": options},
        }
        settings.OUTGOING_HOSTS = {"mailchimp": "127.0.0.1"}
        yield server


@pytest.fixture
def mailchimp_is_on(chimp, petition) -> Mailchimp:
    """Staff have switched Mailchimp on, and the words on the form say so."""
    switch_to("mailchimp", petition)
    return chimp


def switch_to(alias: str, petition) -> None:
    from petition.services.wording import publish_consent_texts

    ServiceSettings.objects.update_or_create(pk=1, defaults={"mailing": alias})
    publish_consent_texts(petition)


class OnThisSite:
    """This site's own list: the contacts."""

    alias = "local"
    after_a_fresh_yes = "subscribed"

    def standing(self, email: str) -> str:
        contact = Contact.objects.filter(email__iexact=email).first()
        if contact is None or contact.provider_state != ListState.ON_LIST:
            return "nothing"
        return "subscribed" if contact.state == ContactState.SUBSCRIBED else "off"

    def told_of(self, email: str) -> dict:
        contact = Contact.objects.get(email__iexact=email)
        return {"first_name": contact.first_name, "language": contact.language}

    def size(self) -> int:
        return Contact.objects.filter(state=ContactState.SUBSCRIBED, provider_state=ListState.ON_LIST).count()


class AtMailchimp:
    """Mailchimp: what its stand-in keeps."""

    alias = "mailchimp"
    after_a_fresh_yes = "pending"  # it asks whoever had left by a mail of its own

    def __init__(self, server: Mailchimp) -> None:
        self.server = server

    def standing(self, email: str) -> str:
        member = self.server.member(email)
        if member is None or member.status == "unsubscribed":
            return "nothing"
        return member.status

    def told_of(self, email: str) -> dict:
        member = self.server.member(email)
        assert member is not None
        return {"first_name": member.merge_fields["FNAME"], "language": member.language}

    def size(self) -> int:
        return len(self.server.members(LIST))


@pytest.fixture(params=["local", "mailchimp"])
def mailing_list(request, petition):
    """Each list in turn, switched on."""
    if request.param == "local":
        return OnThisSite()
    return AtMailchimp(request.getfixturevalue("mailchimp_is_on"))


class Supporter:
    """Somebody who signs, and what they do next; each act is followed by all that the worker owes."""

    def __init__(self, petition, visitor: Visitor, mailbox: Mailbox, email: str) -> None:
        self.petition, self.visitor, self.mailbox, self.email = petition, visitor, mailbox, email

    def sign(self, **values) -> None:
        values = {"agree_newsletter": "on", "email": self.email, **values}
        assert self.visitor.sign(self.petition, **values).status_code == 303
        drain_outbox()

    def press_confirm(self) -> None:
        """Confirm, without what the worker does next."""
        assert self.visitor.send(confirm_path(self.mailbox.to(self.email)[-1])).status_code == 303

    def join(self, **values) -> None:
        self.sign(**values)
        self.press_confirm()
        drain_outbox()

    def press(self, act: str) -> None:
        """Press a button of "Ma signature", without what the worker does next."""
        path = personal_path(self.mailbox.to(self.email)[-1])
        assert self.visitor.send(path, {"act": act}).status_code == 303

    def act(self, act: str) -> None:
        self.press(act)
        drain_outbox()

    @property
    def contact(self) -> Contact:
        return Contact.objects.get(email_key=email_key_of(self.email))


def email_key_of(email: str) -> str:
    from petition.email_address import email_key

    return email_key(email)


@pytest.fixture
def supporter(petition, visitor, mailbox) -> Supporter:
    return Supporter(petition, visitor, mailbox, "Elise.Essai@Example.org")
