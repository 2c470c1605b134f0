"""One mailbox signs a petition once, however its address is spelt and however often the form is sent."""

from datetime import timedelta

import pytest
import time_machine
from django.utils import timezone

from petition.models import PendingSignature, Signature
from tests.factories import OpenPetitionFactory
from tests.people import Form, confirm_path, drain_outbox, html_of, personal_path, text_of

pytestmark = pytest.mark.django_db


def confirm_newest(visitor, mailbox) -> None:
    drain_outbox()
    visitor.send(confirm_path(mailbox.messages[-1]))
    drain_outbox()


@pytest.mark.parametrize(
    ("spellings", "mailboxes"),
    [
        (
            [
                "test.dupont.0001@gmail.com",
                "testdupont0001+tva@gmail.com",
                "TestDupont0001@googlemail.com",
            ],
            1,
        ),
        (["j.dupont@example.org", "jdupont@example.org"], 2),
        (["Marie.Essai@Example.org", "marie.essai@example.org", "  marie.essai@example.org  "], 1),
        (["contact@société.example", "contact@xn--socit-esab.example", "CONTACT@SOCIÉTÉ.example"], 1),
        (["anne-marie@ville-essai.example", "annemarie@ville-essai.example"], 2),
    ],
)
def test_spellings_of_one_mailbox_are_one_and_mail_goes_to_the_address_as_typed(
    petition, visitor, mailbox, spellings, mailboxes
):
    for spelling in spellings:
        assert visitor.sign(petition, email=spelling).status_code == 303
        drain_outbox()
    assert PendingSignature.objects.count() == mailboxes
    recipients = [str(message["To"]).strip().lower() for message in mailbox.messages]
    ascii_domain = [spelling.strip().lower().replace("société", "xn--socit-esab") for spelling in spellings]
    assert recipients == ascii_domain


def test_a_later_try_replaces_the_name_before_it(petition, visitor, mailbox):
    visitor.sign(petition, last_name="Esai", email="famille@example.org")
    visitor.sign(petition, last_name="Essai", first_name="Lise", email="famille@example.org")
    drain_outbox()
    assert "Lise" in text_of(mailbox.messages[-1])
    visitor.send(confirm_path(mailbox.messages[-1]))
    assert [(row.first_name, row.last_name) for row in Signature.objects.all()] == [("Lise", "Essai")]


def test_who_signs_again_after_a_year_reads_that_it_is_done_and_loses_nothing(petition, visitor, mailbox):
    with time_machine.travel(timezone.now() - timedelta(days=365)):
        visitor.sign(petition)
        confirm_newest(visitor, mailbox)
    visitor.sign(petition)
    drain_outbox()
    mail = mailbox.messages[-1]
    assert "déjà signé" in text_of(mail)
    assert "déjà signé" in html_of(mail)
    assert visitor.read(personal_path(mail)).status_code == 200
    assert not PendingSignature.objects.exists()
    assert Signature.objects.count() == 1


def test_one_mailbox_signs_each_petition(petition, visitor, mailbox):
    other = OpenPetitionFactory()
    for each in (petition, other):
        visitor.sign(each)
        confirm_newest(visitor, mailbox)
    assert set(Signature.objects.values_list("petition", flat=True)) == {petition.pk, other.pk}


def test_a_hyphen_in_an_address_and_full_stops_in_a_name_are_usual(petition, visitor):
    sent = visitor.sign(petition, email="anne-marie@ville-essai.example", last_name="J. R. Le Goff")
    assert sent.status_code == 303


def test_a_form_sent_twice_at_once_is_one_request_with_one_mail(petition, visitor, mailbox):
    data = visitor.form_of(petition)
    path = f"/petitions/{petition.slug}/signature/"
    assert [visitor.send(path, data).status_code for _ in range(2)] == [303, 303]
    drain_outbox()
    assert PendingSignature.objects.count() == 1
    assert len(mailbox.messages) == 1


def test_back_and_sent_again_is_still_one_request_and_every_link_works(petition, visitor, mailbox):
    data = visitor.form_of(petition)
    path = f"/petitions/{petition.slug}/signature/"
    visitor.send(path, data)
    drain_outbox()
    visitor.send(path, data)
    drain_outbox()
    assert PendingSignature.objects.count() == 1
    assert visitor.read(confirm_path(mailbox.messages[-1])).status_code == 200
    visitor.send(confirm_path(mailbox.messages[-1]))
    assert Signature.objects.count() == 1


def test_an_empty_second_form_leaves_no_empty_row(petition, visitor):
    visitor.sign(petition)
    again = visitor.send(f"/petitions/{petition.slug}/signature/", {})
    assert again.status_code == 422
    assert PendingSignature.objects.count() == 1


def test_accents_before_the_at_sign_are_refused_politely(petition, visitor):
    response = visitor.sign(petition, email="josé@example.org")
    html = response.content.decode()
    assert response.status_code == 422
    assert "accents" in html.split('id="id_email_error"')[1].split("</p>")[0]
    assert Form(html, "sign-form").values["email"] == "josé@example.org"
    assert not PendingSignature.objects.exists()
