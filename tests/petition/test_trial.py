"""A petition in preparation is tried by whoever holds the link of staff, and nothing of it ever counts."""

from datetime import timedelta

import pytest
import time_machine
from django.utils import timezone

from petition import limits
from petition.enums import PetitionState
from petition.errors import PetitionClosed
from petition.links import TRIAL_LIFE, trial_token, trial_url
from petition.models import Contact, PendingSignature, Signature, SignatureEvent, Total
from petition.services.confirmation import Confirmed, confirm
from petition.services.opening import hold_in_preparation, open_petition
from petition.views import trial as trial_view
from tests.factories import (
    OpenPetitionFactory,
    PendingSignatureFactory,
    PetitionTextFactory,
    PreparedPetitionFactory,
)
from tests.people import Form, confirm_path, drain_outbox, html_of, path_of, personal_path, text_of, words_of

pytestmark = pytest.mark.django_db
BANNER = "Essai : cette signature ne comptera pas"
ALL_BOXES = {"agree_public": "on", "agree_newsletter": "on", "agree_addressee": "on"}


@pytest.fixture
def petition(db):
    return PreparedPetitionFactory()


@pytest.fixture
def link(petition):
    return path_of(trial_url(petition, "fr"))


def try_it(visitor, link, **values):
    """Fill in the form of the trial page as it is shown, and send it."""
    form = Form(visitor.read(link).content.decode(), "sign-form")
    return visitor.send(form.action, {**form.values, **visitor.filled, "agree_sign": "on", **values})


@pytest.fixture
def sent(visitor, mailbox, link):
    """Try the form; return the mail that comes of it."""
    assert try_it(visitor, link, **ALL_BOXES).status_code == 303
    drain_outbox()
    return mailbox.messages[-1]


@pytest.fixture
def tried(visitor, mailbox, sent):
    """Try and confirm; return the mail of thanks."""
    visitor.send(confirm_path(sent))
    drain_outbox()
    return mailbox.messages[-1]


def test_the_link_shows_what_is_signed_and_a_form_of_its_own_under_a_banner(petition, visitor, link):
    answer = visitor.read(link)
    html = words_of(answer)
    assert answer.status_code == 200
    assert BANNER in html
    for words in ("Une demande", "Seconde demande.", "le ministère des essais"):
        assert words in html
    assert Form(html, "sign-form").action == link
    assert not PendingSignature.objects.exists()


def test_its_page_is_nobody_elses(visitor, link):
    answer = visitor.read(link)
    assert answer["Cache-Control"] == "no-store, private"
    assert answer["X-Robots-Tag"] == "noindex, nofollow"
    assert answer["Referrer-Policy"] == "strict-origin"
    assert '<meta name="robots" content="noindex, nofollow">' in answer.content.decode()


def test_each_language_with_a_text_has_its_link(petition, visitor):
    html = visitor.read(path_of(trial_url(petition, "en"))).content.decode()
    assert "A demand" in html
    assert "Trial: this signature will not count" in html


def test_a_language_without_a_text_is_answered_in_words(visitor):
    only_french = PreparedPetitionFactory()
    only_french.texts.filter(language="en").delete()
    answer = visitor.read(path_of(trial_url(only_french, "en")))
    assert answer.status_code == 404
    assert "no text in this language" in answer.content.decode()


def test_a_sent_form_is_kept_as_a_trial_and_leads_to_the_mailbox(petition, visitor, link):
    answer = try_it(visitor, link)
    assert answer.status_code == 303
    assert answer["Location"] == f"/petitions/{petition.slug}/signature/message/"
    assert PendingSignature.objects.get().trial
    assert BANNER in words_of(visitor.read(answer["Location"]))


def test_a_form_with_a_mistake_comes_back_with_its_message_and_goes_to_the_same_address(visitor, link):
    answer = try_it(visitor, link, email="elise@")
    html = words_of(answer)
    assert answer.status_code == 422
    assert 'id="id_email_error"' in html
    assert Form(html, "sign-form").action == link
    assert BANNER in html
    assert not PendingSignature.objects.exists()


def test_a_trial_needs_the_forms_ticket_and_our_own_page(petition, visitor, link):
    assert try_it(visitor, link, ticket="").status_code == 422
    elsewhere = {"Origin": "https://elsewhere.example.org"}
    assert visitor.send(link, visitor.form_of(petition), headers=elsewhere).status_code == 403
    assert not PendingSignature.objects.exists()


def test_both_mails_leave_and_say_that_it_is_a_trial(mailbox, tried):
    assert len(mailbox.messages) == 2
    for mail in mailbox.messages:
        assert "(Essai : cette signature ne comptera pas." in text_of(mail)
        assert "(Essai : cette signature ne comptera pas." in html_of(mail)


def test_the_mails_of_a_real_signature_say_nothing_of_trials(visitor, mailbox):
    visitor.sign(OpenPetitionFactory())
    drain_outbox()
    visitor.send(confirm_path(mailbox.messages[0]))
    drain_outbox()
    assert len(mailbox.messages) == 2
    for mail in mailbox.messages:
        assert "Essai : " not in text_of(mail) + html_of(mail)


def test_every_page_behind_its_links_shows_the_banner_and_none_says_that_it_counts(visitor, mailbox, sent):
    waiting = [words_of(visitor.read(path)) for path in (confirm_path(sent), personal_path(sent))]
    visitor.send(confirm_path(sent))
    confirmed = [words_of(visitor.read(path)) for path in (confirm_path(sent), personal_path(sent))]
    with time_machine.travel(timezone.now() + timedelta(days=8)):
        confirmed.append(words_of(visitor.read(confirm_path(sent))))
    for html in waiting + confirmed:
        assert BANNER in html
        for claim in ("est comptée", "votre signature compte", "verified"):
            assert claim not in html.split("<main")[1].replace("leur signature est comptée", "")
    assert "L’essai est terminé" in confirmed[0]


def test_an_expired_link_of_a_trial_offers_a_fresh_mail(visitor, mailbox, sent):
    with time_machine.travel(timezone.now() + timedelta(days=8)):
        answer = visitor.read(confirm_path(sent))
        assert answer.status_code == 410
        assert BANNER in words_of(answer)
        assert f'action="{confirm_path(sent)}message/"' in answer.content.decode()
        visitor.send(f"{confirm_path(sent)}message/")
        drain_outbox()
    assert len(mailbox.messages) == 2


def test_a_confirmed_trial_leaves_no_event_no_total_no_contact_and_nothing_for_a_list(
    petition, visitor, tried
):
    assert Signature.objects.get().trial
    assert visitor.read(f"/api/petitions/{petition.slug}/count.json").json()["count"] == 0
    for model in (SignatureEvent, Total, Contact):
        assert not model.objects.exists()


def test_a_trial_is_erased_by_its_personal_link(visitor, tried):
    html = visitor.read(personal_path(tried)).content.decode()
    assert "<h2>Effacer mon essai</h2>" in html
    assert "Effacer mon essai</button>" in html
    assert "etirer" not in html
    visitor.send(personal_path(tried), {"act": "withdraw"})
    assert not Signature.objects.exists()
    assert not SignatureEvent.objects.exists()


def test_signing_again_by_the_link_says_that_the_address_has_signed(visitor, mailbox, link, tried):
    try_it(visitor, link)
    drain_outbox()
    assert len(mailbox.messages) == 3
    assert "déjà signé" in text_of(mailbox.messages[-1])


@pytest.mark.parametrize("state", [state for state in PetitionState if state != PetitionState.PREPARATION])
def test_once_open_the_link_leads_to_the_petition_and_takes_nothing(petition, visitor, link, state):
    data = visitor.form_of(petition)
    petition.state, petition.opened_at = state, timezone.now()
    petition.save()
    for answer in (visitor.read(link), visitor.send(link, data)):
        assert answer.status_code == 303
        assert answer["Location"] == petition.get_absolute_url()
    assert not PendingSignature.objects.exists()


def test_the_public_address_takes_nothing_before_opening_link_or_not(petition, visitor):
    answer = visitor.sign(petition)
    assert answer.status_code == 422
    assert "ne reçoit pas de signatures" in answer.content.decode()
    assert not PendingSignature.objects.exists()


def test_a_petition_without_a_page_leads_to_the_home_page(petition, visitor, settings):
    answer = visitor.read(f"/petitions/{petition.slug}/signature/")
    assert (answer.status_code, answer["Location"]) == (302, f"{settings.SITE_URL}/")


def test_an_altered_link_and_one_of_another_petition_are_answered_in_words(petition, visitor, link):
    other = PreparedPetitionFactory()
    token = trial_token(petition)
    wrong = [link[:-4] + "x/", "/petitions/" + other.slug + f"/test/{token}/"]
    wrong += [
        f"/petitions/{petition.slug}/test/{bad}/" for bad in ("x", "1~a~b", "é", "A" * 300, "%00", "~~")
    ]
    for path in wrong:
        for answer in (visitor.read(path), visitor.send(path, visitor.form_of(petition))):
            assert answer.status_code == 404
            assert "Ce lien d’essai ne fonctionne pas" in answer.content.decode()
    assert visitor.read(f"/petitions/nowhere/test/{token}/").status_code == 404
    assert not PendingSignature.objects.exists()


def test_a_link_is_good_for_seven_days(petition, visitor, link):
    data = visitor.form_of(petition)
    assert timedelta(days=7) == TRIAL_LIFE
    with time_machine.travel(timezone.now() + TRIAL_LIFE - timedelta(minutes=1)):
        assert visitor.read(link).status_code == 200
    with time_machine.travel(timezone.now() + TRIAL_LIFE + timedelta(minutes=1)):
        for answer in (visitor.read(link), visitor.send(link, data)):
            assert answer.status_code == 410
            assert "sept jours" in answer.content.decode()
    assert not PendingSignature.objects.exists()


def test_an_expired_link_leads_to_the_petition_too_once_it_is_open(petition, visitor, link):
    petition.state, petition.opened_at = PetitionState.OPEN, timezone.now()
    petition.save()
    with time_machine.travel(timezone.now() + TRIAL_LIFE + timedelta(minutes=1)):
        assert visitor.read(link)["Location"] == petition.get_absolute_url()


def test_a_link_of_another_purpose_opens_no_trial(petition, visitor, mailbox, sent):
    for path in (confirm_path(sent), personal_path(sent)):
        token = path.split("/")[-2]
        assert visitor.read(f"/petitions/{petition.slug}/test/{token}/").status_code == 404
    assert visitor.read(f"/signature/page/{trial_token(petition)}/").status_code == 404


def test_the_services_take_no_trial_of_an_open_petition_and_nothing_else_before(petition):
    opened = OpenPetitionFactory()
    with pytest.raises(PetitionClosed):
        hold_in_preparation(opened)
    late = PendingSignatureFactory(petition=opened, trial=True)
    assert confirm(opened, late.uuid, late.nonce) == Confirmed.NOTHING
    early = PendingSignatureFactory(petition=petition)
    assert confirm(petition, early.uuid, early.nonce) == Confirmed.NOTHING
    assert not Signature.objects.exists()
    assert PendingSignature.objects.count() == 2


def test_a_trial_of_an_open_petition_is_not_taken(visitor, link, petition, monkeypatch):
    """Opened between the look at it and the act: the service asks again, under a lock."""
    data = visitor.form_of(petition)
    take = trial_view.take

    def take_after_opening(*args, **kwargs):
        open_petition(petition)
        return take(*args, **kwargs)

    monkeypatch.setattr(trial_view, "take", take_after_opening)
    answer = visitor.send(link, data)
    assert (answer.status_code, answer["Location"]) == (303, petition.get_absolute_url())
    assert not PendingSignature.objects.exists()


def test_a_network_that_sends_too_much_is_refused_with_the_form_kept(petition, visitor, link, monkeypatch):
    monkeypatch.setattr(limits, "network_limits", lambda **_: (0, 0))
    answer = try_it(visitor, link)
    assert answer.status_code == 429
    form = Form(answer.content.decode(), "sign-form")
    assert (form.action, form.values["first_name"]) == (link, "Élise")


def test_a_text_may_still_change_and_the_link_shows_the_newest(petition, visitor, link):
    PetitionTextFactory(petition=petition, version=2, title="Une demande mieux dite")
    assert "Une demande mieux dite" in visitor.read(link).content.decode()
