"""The page that confirms repeats what was ticked; each optional choice can be cleared there, none switched on."""

import pytest

from petition.models import Consent, Contact, PendingSignature, Signature
from tests.people import Form, Visitor, confirm_path, drain_outbox, words_of

pytestmark = pytest.mark.django_db

ALL = {"agree_public": "on", "agree_newsletter": "on", "agree_addressee": "on"}


@pytest.fixture
def everything_ticked(petition, visitor, mailbox):
    """Sign with every box ticked; return the path of the link."""
    visitor.sign(petition, **ALL)
    drain_outbox()
    return confirm_path(mailbox.messages[-1])


def recorded() -> set[str]:
    return set(Consent.objects.values_list("text__purpose", flat=True))


def form_at(visitor, path: str) -> Form:
    form = Form(words_of(visitor.read(path)), "confirm-form")
    assert form.found
    return form


def test_each_optional_choice_is_a_ticked_box_and_to_sign_is_none(visitor, everything_ticked):
    assert form_at(visitor, everything_ticked).values["keep"] == ["public", "newsletter", "addressee"]


def test_left_as_they_are_all_are_recorded(visitor, everything_ticked):
    visitor.send(everything_ticked, form_at(visitor, everything_ticked).values)
    assert recorded() == {"sign", "public", "newsletter", "addressee"}
    assert Signature.objects.get().is_public
    assert Contact.objects.exists()


@pytest.mark.parametrize("cleared", ["public", "newsletter", "addressee"])
def test_what_is_cleared_is_never_recorded(visitor, everything_ticked, cleared):
    sent = form_at(visitor, everything_ticked).values
    sent["keep"].remove(cleared)
    visitor.send(everything_ticked, sent)
    assert recorded() == {"sign", "public", "newsletter", "addressee"} - {cleared}
    assert Signature.objects.get().is_public == (cleared != "public")
    assert Contact.objects.exists() == (cleared != "newsletter")


def test_all_cleared_still_signs(visitor, everything_ticked):
    sent = form_at(visitor, everything_ticked).values
    del sent["keep"]
    assert visitor.send(everything_ticked, sent).status_code == 303
    assert recorded() == {"sign"}
    assert not Contact.objects.exists()


def test_nothing_can_be_switched_on(petition, visitor, mailbox):
    visitor.sign(petition, agree_addressee="on")
    drain_outbox()
    path = confirm_path(mailbox.messages[-1])
    form = form_at(visitor, path)
    assert form.values["keep"] == ["addressee"]
    visitor.send(path, form.values | {"keep": ["public", "newsletter", "addressee", "sign", "x"]})
    assert recorded() == {"sign", "addressee"}
    assert not Signature.objects.get().is_public
    assert not Contact.objects.exists()


def test_who_ticked_nothing_optional_is_shown_no_box(petition, visitor, mailbox):
    visitor.sign(petition)
    drain_outbox()
    html = words_of(visitor.read(confirm_path(mailbox.messages[-1])))
    assert 'type="checkbox"' not in html


def test_of_two_tabs_the_first_press_decides_and_the_second_succeeds(visitor, everything_ticked):
    first, second = form_at(visitor, everything_ticked), form_at(Visitor(), everything_ticked)
    first.values["keep"].remove("public")
    visitor.send(everything_ticked, first.values)
    answer = Visitor().send(everything_ticked, second.values)
    assert answer.status_code == 303
    assert "Votre signature est comptée" in words_of(visitor.read(answer["Location"]))
    assert recorded() == {"sign", "newsletter", "addressee"}


def test_what_was_cleared_stays_cleared_where_the_page_must_be_shown_again(
    petition, visitor, everything_ticked
):
    sent = form_at(visitor, everything_ticked).values
    sent["keep"].remove("newsletter")
    visitor.sign(petition, first_name="Autre", **ALL)
    answer = visitor.send(everything_ticked, sent)
    assert answer.status_code == 409
    assert PendingSignature.objects.exists()
    assert Form(words_of(answer), "confirm-form").values["keep"] == ["public", "addressee"]
