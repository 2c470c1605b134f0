"""What somebody sent for an organisation is theirs to see, to find again and to take back, like a signature."""

import json

import pytest

from campaign.outbox.models import OutboxTask
from petition import erasures
from petition.enums import EndorsementState
from petition.links import change_token, personal_token
from petition.models import Endorsement, Signature
from petition.services import withdrawal
from petition.services.replaying import replay
from tests.factories import PendingSignatureFactory, SignatureFactory
from tests.factories.organisations import EndorsementFactory, PublishedEndorsementFactory
from tests.people import drain_outbox, html_of, links_in, path_of, text_of, words_of

pytestmark = pytest.mark.django_db

ADDRESS = "elise@asso.example.org"


@pytest.fixture
def signature(petition):
    return SignatureFactory(petition=petition, email=ADDRESS)


@pytest.fixture
def my_path(signature):
    return f"/signature/rectification/{change_token(signature.uuid)}/"


def endorsement(petition, made=EndorsementFactory, **values) -> Endorsement:
    return made(petition=petition, **{"email": ADDRESS, "name": "Association d’essai"} | values)


def received(petition, **values) -> Endorsement:
    return endorsement(petition, state=EndorsementState.RECEIVED, confirmed_at=None, **values)


def page_paths(message) -> list[str]:
    return [path_of(link) for link in links_in(message) if "/organisations/page/" in link]


def ask(visitor, address: str = ADDRESS) -> None:
    visitor.send("/signature/message/", {"email": address})
    drain_outbox()


def test_the_page_and_both_files_say_it_with_the_way_to_its_own_page(petition, visitor, my_path):
    row = endorsement(petition, role="Trésorière")
    endorsement(petition, email="elise+autre@asso.example.org", name="Pas la sienne")
    words = words_of(visitor.read(my_path))
    for held in ("Association d’essai", "Trésorière", "Notre équipe relit", row.statement.split(".")[0]):
        assert held in words
    assert "/organisations/page/" in words
    told = json.loads(visitor.read(f"{my_path}signature.json").content)["endorsements"]
    assert [(entry["organisation"], entry["email"]) for entry in told] == [(row.name, ADDRESS)]
    table = visitor.read(f"{my_path}signature.csv").content.decode()
    assert "endorsements" in table
    assert "Trésorière" in table
    assert "Pas la sienne" not in words + table


def test_one_mail_lists_signatures_and_organisations(petition, visitor, mailbox, signature):
    endorsement(petition)
    ask(visitor)
    [mail] = mailbox.messages
    assert "/signature/rectification/" in text_of(mail)
    [path] = page_paths(mail)
    assert f'href="{[link for link in links_in(mail) if path in link][0]}"' in html_of(mail)
    assert "Association d’essai" in text_of(mail)
    assert visitor.read(path).status_code == 200


def test_who_signed_for_organisations_alone_gets_one_mail_and_the_same_answer(petition, visitor, mailbox):
    endorsement(petition)
    endorsement(petition, PublishedEndorsementFactory, name="Fédération d’essai")
    known = visitor.send("/signature/message/", {"email": ADDRESS})
    unknown = visitor.send("/signature/message/", {"email": "personne@asso.example.org"})
    assert (known.status_code, known["Location"]) == (unknown.status_code, unknown["Location"])
    drain_outbox()
    [mail] = mailbox.messages
    assert mail["To"] == ADDRESS
    assert len(page_paths(mail)) == 2
    assert "soutien de votre organisation" in str(mail["Subject"])
    assert "/signature/" not in text_of(mail)
    assert {visitor.read(path).status_code for path in page_paths(mail)} == {200}


def test_the_mail_repeats_nothing_of_what_no_mailbox_has_confirmed(petition, visitor, mailbox):
    received(petition, name="Gagnez sur example.org", role="Cliquez")
    ask(visitor)
    [mail] = mailbox.messages
    assert len(page_paths(mail)) == 1
    assert "Gagnez" not in text_of(mail) + html_of(mail)


def test_what_went_before_its_mail_left_brings_none(petition, visitor, mailbox):
    row = endorsement(petition)
    visitor.send("/signature/message/", {"email": ADDRESS})
    row.delete()
    drain_outbox()
    assert not mailbox.messages
    assert not OutboxTask.objects.filter(kind="own_links_mail", subject="").exists()


@pytest.mark.parametrize("act", ["withdraw", "erase"])
def test_erasing_everything_takes_all_but_what_is_published_which_it_says(petition, visitor, my_path, act):
    endorsement(petition)
    received(petition)
    endorsement(petition, state=EndorsementState.REFUSED)
    shown = endorsement(petition, PublishedEndorsementFactory, name="Fédération d’essai")
    other = endorsement(petition, email="autre@asso.example.org")
    words = words_of(visitor.read(my_path))
    assert "reste sur le site tant que" in words
    assert "<bdi>Fédération d’essai</bdi></a>" in words
    visitor.send(my_path, {"act": act})
    assert not Signature.objects.exists()
    assert set(Endorsement.objects.all()) == {shown, other}


def test_the_personal_page_says_so_too_and_names_no_organisation(petition, visitor, signature):
    endorsement(petition, PublishedEndorsementFactory)
    words = words_of(visitor.read(f"/signature/page/{personal_token(signature.uuid)}/"))
    assert "reste sur le site tant que" in words
    assert "Association d’essai" not in words


def test_the_page_of_whoever_sent_nothing_for_an_organisation_says_nothing_of_it(visitor, my_path):
    assert "organisation" not in words_of(visitor.read(my_path)).partition("<main")[2].partition("</main")[0]


def test_who_erases_a_request_that_somebody_else_may_have_sent_keeps_the_organisation(petition, visitor):
    row = endorsement(petition)
    pending = PendingSignatureFactory(petition=petition, email=ADDRESS)
    visitor.send(f"/signature/page/{personal_token(pending.uuid)}/", {"act": "withdraw"})
    assert Endorsement.objects.get() == row


def test_a_backup_from_before_lets_them_go_again(petition, signature):
    row = endorsement(petition)
    withdrawal.erase(signature.uuid)
    row.pk = None
    row.save()
    assert replay(erasures.entries())["endorsements"] == 1
    assert not Endorsement.objects.exists()
