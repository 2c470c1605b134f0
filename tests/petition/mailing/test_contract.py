"""What every list does for a supporter, from the box on the form to the last button: one suite over all of them."""

import pytest

from campaign.outbox import queue
from petition.models import Contact, Signature
from tests.factories import OpenPetitionFactory
from tests.people import drain_outbox
from tests.petition.mailing.conftest import switch_to

pytestmark = pytest.mark.django_db


def test_nobody_is_on_the_list_before_the_mailbox_has_confirmed(mailing_list, supporter):
    supporter.sign()
    assert mailing_list.standing(supporter.email) == "nothing"
    assert mailing_list.size() == 0
    assert not Contact.objects.exists()


def test_whoever_ticked_the_box_is_on_the_list_after_confirming(mailing_list, supporter):
    supporter.join(first_name="Élise", language="en")
    assert mailing_list.standing(supporter.email) == "subscribed"
    assert mailing_list.told_of(supporter.email) == {"first_name": "Élise", "language": "en"}
    assert mailing_list.size() == 1
    contact = supporter.contact
    assert (contact.provider, contact.provider_state) == (mailing_list.alias, "on_list")


def test_whoever_left_the_box_empty_is_not(mailing_list, supporter):
    supporter.join(agree_newsletter=None)
    assert mailing_list.standing(supporter.email) == "nothing"
    assert mailing_list.size() == 0
    assert Signature.objects.count() == 1


def test_stopping_the_news_takes_off_the_list_and_keeps_the_signature(mailing_list, supporter):
    supporter.join()
    supporter.act("stop_news")
    assert mailing_list.standing(supporter.email) == "nothing"
    contact = supporter.contact
    assert (contact.state, contact.provider_state) == ("unsubscribed", "left")
    assert (contact.email, contact.first_name) == ("", "")
    assert Signature.objects.count() == 1


def test_erasing_deletes_from_the_list_for_good(mailing_list, supporter):
    supporter.join()
    supporter.act("erase")
    assert mailing_list.standing(supporter.email) == "nothing"
    assert mailing_list.size() == 0
    assert not Contact.objects.exists()


def test_erasing_after_having_left_is_told_to_the_list_too(mailing_list, supporter):
    supporter.join()
    supporter.act("stop_news")
    supporter.act("erase")
    assert mailing_list.size() == 0
    assert not Contact.objects.exists()


@pytest.mark.parametrize("act", ["stop_news", "erase"])
def test_who_leaves_before_the_list_was_told_never_gets_on_it(mailing_list, supporter, act):
    supporter.sign()
    supporter.press_confirm()
    supporter.act(act)
    assert mailing_list.standing(supporter.email) == "nothing"
    assert mailing_list.size() == 0


def test_being_told_twice_changes_nothing(mailing_list, supporter):
    supporter.join()
    Contact.objects.update(provider_state="waiting")
    queue.put("sync_contact", subject=str(supporter.contact.pk))
    drain_outbox()
    assert mailing_list.standing(supporter.email) == "subscribed"
    assert mailing_list.size() == 1
    for _ in range(2):
        supporter.act("stop_news")
    assert mailing_list.standing(supporter.email) == "nothing"


def test_a_fresh_and_confirmed_yes_brings_back_who_had_left(mailing_list, supporter):
    supporter.join()
    supporter.act("stop_news")
    supporter.petition = OpenPetitionFactory()
    if mailing_list.alias != "local":
        switch_to(mailing_list.alias, supporter.petition)
    supporter.join()
    assert mailing_list.standing(supporter.email) == mailing_list.after_a_fresh_yes


def test_another_case_of_the_address_is_the_same_supporter(mailing_list, supporter):
    mixed, supporter.email = supporter.email, supporter.email.lower()
    supporter.join()
    supporter.petition = OpenPetitionFactory()
    if mailing_list.alias != "local":
        switch_to(mailing_list.alias, supporter.petition)
    supporter.email = mixed
    supporter.join()
    assert mailing_list.size() == 1
    supporter.act("stop_news")
    assert mailing_list.standing(supporter.email) == "nothing"


def test_another_spelling_of_the_mailbox_leaves_one_entry_on_the_list(mailing_list, supporter):
    supporter.join()
    first = supporter.email
    supporter.petition = OpenPetitionFactory()
    if mailing_list.alias != "local":
        switch_to(mailing_list.alias, supporter.petition)
    supporter.email = first.replace("@", "+nouvelles@")
    supporter.join()
    assert mailing_list.standing(supporter.email) == "subscribed"
    assert mailing_list.standing(first) == "nothing"
    assert mailing_list.size() == 1
