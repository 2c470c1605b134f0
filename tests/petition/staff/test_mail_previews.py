"""Staff read every mail before anybody gets it, and have an example sent to themselves."""

import re
from html import unescape

import pytest
from django.contrib.auth import get_user_model
from django.urls import reverse
from wagtail.models import ModelLogEntry

from campaign.outbox.models import OutboxTask
from campaign.roles import Role
from campaign.typography import plain_spaces
from petition.limits import REMINDER_AFTER
from petition.models import PendingSignature, PetitionText, Signature
from petition.services import examples
from tests.factories import OpenPetitionFactory, PendingSignatureFactory, PetitionFactory, PetitionTextFactory
from tests.people import drain_outbox, html_of, links_in, text_of, words_of

LIST = "mails:index"
OWN = "gestion@example.org"


@pytest.fixture
def manager(desk):
    client = desk(Role.PETITION_MANAGER)
    get_user_model().objects.update(email=OWN)
    return client


def about(view: str, petition, kind: str = "confirm", language: str = "fr") -> str:
    return reverse(f"mails:{view}", args=[petition.pk, kind, language])


def test_the_list_names_every_mail_when_it_leaves_and_where_to_read_it(manager, petition):
    page = words_of(manager.get(reverse(LIST)))
    for kind, told in examples.KINDS.items():
        assert str(told.title) in unescape(page)
        assert str(told.leaves) in unescape(page)
        for language in ("fr", "en"):
            assert about("mail", petition, kind, language) in page


def test_the_list_says_how_many_are_to_be_reminded(manager, petition):
    from django.utils import timezone

    PendingSignatureFactory.create_batch(2, petition=petition, mailed_at=timezone.now() - REMINDER_AFTER)
    PendingSignatureFactory(petition=petition)
    assert manager.get(reverse(LIST)).context["to_be_reminded"] == 2


@pytest.mark.parametrize("language", ["fr", "en"])
def test_each_mail_is_shown_with_its_head_its_text_and_its_page(manager, petition, language):
    for kind, told in examples.KINDS.items():
        answer = manager.get(about("mail", petition, kind, language))
        page = plain_spaces(unescape(answer.content.decode()))
        mail = answer.context["mail"]
        for shown in (
            mail.subject,
            mail.extra_headers["From"],
            petition.reply_to,
            examples.ADDRESS,
            mail.body,
        ):
            assert plain_spaces(str(shown)).strip() in page
        assert str(told.title) in page
        assert re.search(rf'<iframe[^>]* sandbox src="{about("frame", petition, kind, language)}"', page)


def test_the_frame_can_do_nothing(manager, petition):
    answer = manager.get(about("frame", petition))
    policy = answer["Content-Security-Policy"]
    assert policy.startswith("sandbox;")
    assert "default-src 'none'" in policy
    assert "script" not in policy
    assert answer["X-Frame-Options"] == "SAMEORIGIN"
    assert answer.content.decode().startswith("<!doctype html>")


def test_the_one_who_signed_is_made_up_and_nothing_of_them_is_stored(manager, petition):
    page = manager.get(about("mail", petition)).content.decode()
    assert examples.ADDRESS in page
    assert "Prénom" in page
    assert not PendingSignature.objects.exists()
    assert not Signature.objects.exists()
    assert not OutboxTask.objects.exists()


def test_the_petition_that_was_chosen_is_the_one_in_the_mail(manager, petition):
    other = OpenPetitionFactory()
    PetitionTextFactory(petition=other, version=2, title="Une tout autre demande")
    assert "Une tout autre demande" in words_of(manager.get(about("mail", other)))
    assert "Une tout autre demande" not in words_of(manager.get(about("mail", petition)))


def test_what_isnt_there_is_not_found(manager):
    petition = PetitionFactory()
    PetitionText.objects.filter(petition=petition, language="en").delete()
    for address in (
        about("mail", petition, "nothing"),
        about("frame", petition, "nothing"),
        about("mail", petition, language="en"),
        about("frame", petition, language="de"),
        reverse("mails:mail", args=[999_999, "confirm", "fr"]),
    ):
        assert manager.get(address).status_code == 404


@pytest.mark.parametrize("language", ["fr", "en"])
def test_an_example_goes_to_the_one_who_asks_and_says_that_it_is_one(manager, petition, mailbox, language):
    for kind in examples.KINDS:
        manager.post(about("send", petition, kind, language))
    drain_outbox()
    assert len(mailbox.messages) == len(examples.KINDS)
    mark, note = {
        "fr": ("[Exemple]", "Ses liens n’ouvrent rien"),
        "en": ("[Example]", "Its links open nothing"),
    }[language]
    for message in mailbox.messages:
        assert message["To"] == OWN
        assert plain_spaces(str(message["Subject"])).strip().startswith(mark)
        for part in (text_of(message), html_of(message)):
            assert note in part
    assert len({message["Message-ID"] for message in mailbox.messages}) == len(mailbox.messages)


def test_its_links_open_nothing_and_say_so(manager, petition, mailbox, visitor):
    for kind in ("confirm", "thank_you", "news_question"):
        manager.post(about("send", petition, kind))
    drain_outbox()
    from tests.people import path_of

    links = {path_of(link) for message in mailbox.messages for link in links_in(message)} - {"/"}
    assert links
    for link in links:
        answer = visitor.read(link)
        assert answer.status_code in {404, 410}, link
        assert "<form" not in answer.content.decode().replace('<form role="search"', ""), link


def test_who_asked_for_which_stands_in_the_history(manager, petition):
    manager.post(about("send", petition))
    entry = ModelLogEntry.objects.get(action="petition.send_example")
    assert entry.object_id == str(petition.pk)
    assert entry.user.email == OWN
    task = OutboxTask.objects.get(kind=examples.MAIL)
    assert "@" not in str(task.parameters)


def test_an_account_without_an_address_is_told_so(manager, petition):
    get_user_model().objects.update(email="")
    assert about("send", petition) not in manager.get(about("mail", petition)).content.decode()
    answer = manager.post(about("send", petition), follow=True)
    assert [str(message) for message in answer.context["messages"]]
    assert not OutboxTask.objects.exists()


def test_reading_sends_nothing(manager, petition):
    assert manager.get(about("send", petition)).status_code == 405
    assert not OutboxTask.objects.exists()


def test_an_editor_reads_none(editor, petition):
    for view in ("mail", "frame"):
        assert editor.get(about(view, petition)).status_code in {302, 403}
    assert editor.post(about("send", petition)).status_code in {302, 403}
    assert not OutboxTask.objects.exists()
