"""« Ma signature », thirty minutes long: see, correct, choose, take along, leave; without an account or JavaScript."""

import csv
import io
import json
from datetime import timedelta

import pytest
import time_machine
from django.utils import timezone

from petition.enums import ContactState, PetitionState, SignatureState
from petition.models import Bounce, Consent, ConsentText, Contact, PendingSignature, Petition, Signature
from petition.services.counting import progress
from petition.services.wording import publish_consent_texts
from tests.factories import OpenPetitionFactory, PreparedPetitionFactory, SignatureFactory
from tests.people import (
    Form,
    confirm_path,
    drain_outbox,
    html_of,
    links_in,
    path_of,
    personal_path,
    text_of,
    words_of,
)

pytestmark = pytest.mark.django_db

THREE_BOXES = {"agree_public": "on", "agree_newsletter": "on", "agree_addressee": "on"}


def data_paths(message) -> list[str]:
    return [path_of(link) for link in links_in(message) if "/signature/rectification/" in link]


def data_path(message) -> str:
    return data_paths(message)[0]


@pytest.fixture
def my_path(visitor, mailbox, signed):
    """Élise, who gets the news, asks from her personal page for the link of thirty minutes; return its path."""
    visitor.send(signed[1], {"act": "ask"})
    drain_outbox()
    return data_path(mailbox.messages[-1])


def form_at(visitor, path: str, form_id: str) -> dict:
    form = Form(words_of(visitor.read(path)), form_id)
    assert form.found
    return form.values


def choose(visitor, path: str, *, keep: list[str]):
    return visitor.send(path, form_at(visitor, path, "choices-form") | {"act": "choices", "keep": keep})


def follow(visitor, answer) -> str:
    assert answer.status_code == 303
    return words_of(visitor.read(answer["Location"]))


def in_force() -> set[str]:
    return set(Consent.objects.filter(withdrawn_at=None).values_list("text__purpose", flat=True))


class TestAskingForIt:
    def test_the_personal_page_sends_it_to_the_address_and_says_how_many_mails_there_are(
        self, visitor, mailbox, signed
    ):
        before = len(mailbox.messages)
        words = follow(visitor, visitor.send(signed[1], {"act": "ask"}))
        assert "Un e-mail est en route" in words
        assert "3 e-mails par jour" in words
        assert "elise@example.org" not in words
        drain_outbox()
        (mail,) = mailbox.messages[before:]
        assert mail["To"] == "elise@example.org"
        assert "30 minutes" in text_of(mail)

    def test_reading_the_personal_page_sends_nothing(self, visitor, mailbox, signed):
        visitor.read(signed[1])
        visitor.read(f"{signed[1]}?act=ask")
        before = len(mailbox.messages)
        drain_outbox()
        assert len(mailbox.messages) == before

    def test_by_address_one_mail_lists_all_that_it_has_signed_closed_petitions_included(
        self, petition, visitor, mailbox
    ):
        petitions = [petition, OpenPetitionFactory(), OpenPetitionFactory()]
        for signed in petitions:
            SignatureFactory(petition=signed, email="elise@example.org", first_name="Élise")
        Petition.objects.filter(pk=petitions[1].pk).update(state=PetitionState.CLOSED)
        Signature.objects.filter(petition=petitions[2]).update(state=SignatureState.INVALIDATED)
        visitor.send("/signature/message/", {"email": "ELISE@example.org"})
        drain_outbox()
        (mail,) = mailbox.messages
        assert len(data_paths(mail)) == 3
        assert text_of(mail).count("/signature/page/") == 3
        assert "Votre signature a été écartée" in text_of(mail)
        assert {visitor.read(path).status_code for path in data_paths(mail)} == {200}

    def test_another_spelling_of_the_mailbox_gets_its_own_signatures_alone(self, petition, visitor, mailbox):
        other = OpenPetitionFactory()
        SignatureFactory(petition=petition, email="dora@example.org")
        SignatureFactory(petition=other, email="dora+x@example.org")
        visitor.send("/signature/message/", {"email": "dora@example.org"})
        drain_outbox()
        for address in ("dora@example.org", "dora+x@example.org"):
            (mail,) = mailbox.to(address)
            assert len(data_paths(mail)) == 1

    def test_a_strangers_address_in_the_form_brings_a_mail_and_nothing_else(self, petition, visitor, signed):
        for _ in range(3):
            visitor.send("/signature/message/", {"email": "elise@example.org", "act": "withdraw"})
            drain_outbox()
        assert progress(petition).count == 1
        assert Contact.objects.get().state == ContactState.SUBSCRIBED

    def test_it_counts_among_the_three_mails_a_day(self, visitor, mailbox, signed):
        before = len(mailbox.messages)  # one to confirm, which counts, and one of thanks, which doesn't
        for _ in range(4):
            visitor.send(signed[1], {"act": "ask"})
            drain_outbox()
        assert len(mailbox.messages) - before == 2

    def test_its_links_are_short_and_the_same_in_both_parts(self, my_path, mailbox):
        mail = mailbox.messages[-1]
        for link in links_in(mail):
            assert len(link) < 200
            assert link in text_of(mail).splitlines()
            assert f'href="{link}"' in html_of(mail)

    def test_in_the_language_of_signing(self, petition, visitor, mailbox):
        SignatureFactory(petition=petition, language="en", email="english@example.org")
        visitor.send("/signature/message/", {"email": "english@example.org"})
        drain_outbox()
        (mail,) = mailbox.messages
        assert mail["Subject"] == "Your links: see, correct or withdraw what you have signed"
        assert all(path_of(link).startswith("/en/") for link in links_in(mail))
        assert '<html lang="en">' in words_of(visitor.read(data_path(mail)))


class TestThirtyMinutes:
    def test_then_the_page_says_so_shows_nothing_and_sends_a_fresh_link(self, visitor, mailbox, my_path):
        with time_machine.travel(timezone.now() + timedelta(minutes=31)):
            answer = visitor.read(my_path)
            assert answer.status_code == 410
            assert "<h1>Ce lien a expiré</h1>" in words_of(answer)
            assert "Élise" not in words_of(answer)
            assert visitor.send(my_path, {"act": "withdraw"}).status_code == 303
            assert Signature.objects.exists(), "an old link sends a fresh one and does nothing else"
            assert visitor.read(f"{my_path}signature.json").status_code == 302
            drain_outbox()
            assert visitor.read(data_path(mailbox.messages[-1])).status_code == 200

    def test_an_altered_link_or_one_of_another_purpose_opens_nothing(self, visitor, signed, my_path):
        token, personal = my_path.split("/")[3], signed[1].split("/")[3]
        for wrong in (f"A{token[1:]}", personal, "nonsense"):
            assert visitor.read(f"/signature/rectification/{wrong}/").status_code == 404
            assert visitor.read(f"/signature/rectification/{wrong}/signature.csv").status_code == 404
        assert visitor.read(f"/signature/page/{token}/").status_code == 404

    def test_another_site_can_change_nothing_by_it(self, visitor, my_path):
        answer = visitor.send(my_path, {"act": "withdraw"}, {"Sec-Fetch-Site": "cross-site"})
        assert answer.status_code == 403
        assert Signature.objects.exists()

    def test_reading_changes_nothing(self, visitor, my_path):
        before = list(Signature.objects.values()), list(Consent.objects.values())
        for query in ("", "?act=withdraw", "?done=name", "?done=x"):
            visitor.read(my_path + query)
        assert (list(Signature.objects.values()), list(Consent.objects.values())) == before


class TestWhatIsHeld:
    def test_all_of_it_is_shown(self, petition, visitor, my_path):
        Bounce.objects.create(
            email_key=Signature.objects.get().email_key, kind="soft", happened_at=timezone.now()
        )
        words = words_of(visitor.read(my_path))
        for held in (
            "Votre signature est comptée",
            "Élise Essai",
            "elise@example.org",
            "France",
            "Une demande",
        ):
            assert held in words
        for consent in Consent.objects.all():
            assert consent.text.sentence.split(".")[0] in words
        assert "E-mails revenus" in words

    @pytest.mark.parametrize(
        ("state", "said"),
        [
            (SignatureState.HELD, "en cours de vérification"),
            (SignatureState.INVALIDATED, "écartée"),
        ],
    )
    def test_the_state_is_told_in_words(self, visitor, my_path, state, said):
        Signature.objects.update(state=state, state_reason="Motif d’essai" if said == "écartée" else "")
        words = words_of(visitor.read(my_path))
        assert said in words
        assert ("Motif d’essai" in words) == (said == "écartée")

    def test_a_request_that_waits_shows_its_data_and_can_be_erased(
        self, petition, visitor, mailbox, confirm_link
    ):
        visitor.send(personal_path(mailbox.messages[-1]), {"act": "ask"})
        drain_outbox()
        path = data_path(mailbox.messages[-1])
        words = words_of(visitor.read(path))
        assert "ne compte pas encore" in words
        assert "Élise Essai" in words
        assert not Form(words, "name-form").found
        assert not Form(words, "choices-form").found
        assert (
            json.loads(visitor.read(f"{path}signature.json").content)["signature"]["state"] == "not_confirmed"
        )
        visitor.send(path, {"act": "withdraw"})
        assert not PendingSignature.objects.exists()

    def test_a_trial_has_no_box_for_the_news(self, visitor, mailbox):
        prepared = PreparedPetitionFactory()
        SignatureFactory(petition=prepared, trial=True, email="essai@example.org")
        visitor.send("/signature/message/", {"email": "essai@example.org"})
        drain_outbox()
        words = words_of(visitor.read(data_path(mailbox.messages[-1])))
        assert "Essai confirmé" in words
        assert 'value="newsletter"' not in words

    def test_after_the_end_of_retention_the_links_say_that_the_name_was_erased(
        self, petition, visitor, signed, my_path, confirm_link
    ):
        Signature.objects.update(
            blanked_at=timezone.now(), first_name=None, last_name=None, email=None, email_key=None
        )
        assert visitor.read(my_path).status_code == 303
        for path in (signed[1], confirm_link):
            words = words_of(visitor.read(path))
            assert "Votre signature compte toujours" in words
            assert "None" not in words
            assert "<form" not in words
        visitor.send(signed[1], {"act": "withdraw"})
        assert progress(petition).count == 1


class TestTheNameIsCorrected:
    def test_everywhere_it_is_held_and_the_page_says_so(self, petition, visitor, my_path):
        filled = form_at(visitor, my_path, "name-form")
        assert (filled["first_name"], filled["last_name"]) == ("Élise", "Essai")
        answer = visitor.send(my_path, {"act": "name", "first_name": "Éloïse", "last_name": "d’Essai"})
        words = follow(visitor, answer)
        assert 'role="status"' in words
        assert "Votre nom est corrigé" in words
        assert "Éloïse d’Essai" in words
        signature = Signature.objects.get()
        assert (signature.first_name, signature.last_name) == ("Éloïse", "d’Essai")
        assert Contact.objects.get().first_name == "Éloïse"
        assert signature.state == SignatureState.CONFIRMED
        assert progress(petition).count == 1

    def test_by_the_rules_of_the_form_with_a_message_and_what_was_typed(self, visitor, my_path):
        answer = visitor.send(my_path, {"act": "name", "first_name": "", "last_name": "https://example.org"})
        assert answer.status_code == 422
        assert "https://example.org" in words_of(answer)
        assert words_of(answer).count('class="field__error"') == 2
        assert Signature.objects.get().first_name == "Élise"

    def test_the_name_of_another_spelling_stays_with_the_supporter_of_that_name(self, visitor, my_path):
        Contact.objects.update(first_name="Autre")
        visitor.send(my_path, {"act": "name", "first_name": "Éloïse", "last_name": "Essai"})
        assert Contact.objects.get().first_name == "Autre"


class TestChoicesAreChanged:
    def test_the_boxes_show_what_is_in_force(self, visitor, my_path):
        assert form_at(visitor, my_path, "choices-form")["keep"] == ["newsletter"]

    def test_what_is_switched_on_is_recorded_with_the_words_shown_and_this_moment(
        self, petition, visitor, my_path
    ):
        words = follow(visitor, choose(visitor, my_path, keep=["public", "addressee", "newsletter"]))
        assert "Vos choix sont enregistrés" in words
        assert in_force() == {"sign", "newsletter", "public", "addressee"}
        given = Consent.objects.get(text__purpose="public")
        assert given.given_at == given.confirmed_at >= timezone.now() - timedelta(minutes=1)
        assert given.text == petition.consent_texts.get(purpose="public", language="fr")
        assert Signature.objects.get().is_public
        assert progress(petition).count == 1
        again = form_at(visitor, my_path, "choices-form")
        assert again["keep"] == ["public", "newsletter", "addressee"]

    def test_what_is_cleared_is_withdrawn_and_its_proof_stays(self, petition, visitor, mailbox, my_path):
        choose(visitor, my_path, keep=["public", "addressee", "newsletter"])
        choose(visitor, my_path, keep=[])
        assert in_force() == {"sign"}
        assert Consent.objects.exclude(withdrawn_at=None).count() == 3
        assert not Signature.objects.get().is_public
        assert Contact.objects.get().state == ContactState.UNSUBSCRIBED
        assert progress(petition).count == 1

    def test_given_withdrawn_and_given_anew_are_three_facts_that_all_stay_true(self, visitor, my_path):
        choose(visitor, my_path, keep=["public", "newsletter"])
        first = Consent.objects.get(text__purpose="public")
        choose(visitor, my_path, keep=["newsletter"])
        choose(visitor, my_path, keep=["public", "newsletter"])
        old, new = Consent.objects.filter(text__purpose="public").order_by("pk")
        assert (old.given_at, old.text_id) == (first.given_at, first.text_id)
        assert first.given_at <= old.withdrawn_at <= new.given_at
        assert new.withdrawn_at is None
        assert Signature.objects.get().is_public

    def test_saving_without_a_change_changes_nothing(self, visitor, my_path):
        before = list(Consent.objects.order_by("pk").values())
        choose(visitor, my_path, keep=["newsletter"])
        assert list(Consent.objects.order_by("pk").values()) == before

    def test_the_news_come_back_by_a_fresh_yes(self, visitor, my_path):
        visitor.send(my_path, {"act": "stop_news"})
        assert Contact.objects.get().state == ContactState.UNSUBSCRIBED
        choose(visitor, my_path, keep=["newsletter"])
        contact = Contact.objects.get()
        assert contact.state == ContactState.SUBSCRIBED
        assert contact.given_at == contact.confirmed_at
        assert Consent.objects.filter(text__purpose="newsletter").count() == 2

    def test_of_a_signature_that_is_looked_at_nobody_is_put_on_the_list_before_it_counts(
        self, petition, visitor, mailbox
    ):
        SignatureFactory(petition=petition, state=SignatureState.HELD, email="tenue@example.org")
        visitor.send("/signature/message/", {"email": "tenue@example.org"})
        drain_outbox()
        path = data_path(mailbox.messages[-1])
        choose(visitor, path, keep=["newsletter"])
        assert in_force() == {"newsletter"}
        assert not Contact.objects.exists()
        assert form_at(visitor, path, "choices-form")["keep"] == ["newsletter"]
        choose(visitor, path, keep=[])
        assert in_force() == set()

    def test_words_that_were_changed_meanwhile_are_shown_first(self, petition, visitor, my_path):
        sent = form_at(visitor, my_path, "choices-form") | {
            "act": "choices",
            "keep": ["public", "newsletter"],
        }
        petition.organiser = "Une autre association d’essai"
        petition.save()
        publish_consent_texts(petition)
        answer = visitor.send(my_path, sent)
        assert answer.status_code == 409
        assert "Une autre association d’essai" in words_of(answer)
        assert in_force() == {"sign", "newsletter"}
        choose(visitor, my_path, keep=["public", "newsletter"])
        newest = ConsentText.objects.filter(purpose="public", language="fr").latest("version")
        assert Consent.objects.get(text__purpose="public").text == newest

    def test_to_sign_is_no_choice(self, visitor, my_path):
        choose(visitor, my_path, keep=["newsletter", "sign", "x"])
        assert in_force() == {"sign", "newsletter"}


class TestTakingItAlong:
    def test_json_holds_everything_with_the_words_and_the_dates(self, petition, visitor, my_path):
        answer = visitor.read(f"{my_path}signature.json")
        assert answer["Content-Type"] == "application/json"
        told = json.loads(answer.content)
        assert told["signature"]["email"] == "elise@example.org"
        assert told["signature"]["last_name"] == "Essai"
        assert {consent["purpose"] for consent in told["consents"]} == {"sign", "newsletter"}
        for consent in told["consents"]:
            text = petition.consent_texts.get(purpose=consent["purpose"], language="fr")
            assert (consent["sentence"], consent["sha256"]) == (text.sentence, text.sha256)
            assert consent["given_at"] <= consent["confirmed_at"]
        assert [event["kind"] for event in told["events"]] == ["confirmed"]
        assert told["news"][0]["state"] == "subscribed"

    def test_csv_says_the_same_opens_in_a_spreadsheet_and_runs_nothing(self, visitor, my_path):
        Signature.objects.update(first_name='=HYPERLINK("https://example.org")', last_name="@SUM(1)")
        answer = visitor.read(f"{my_path}signature.csv")
        assert answer["Content-Type"] == "text/csv; charset=utf-8"
        assert answer.content.startswith("\ufeff".encode())
        rows = list(csv.reader(io.StringIO(answer.content.decode("utf-8-sig"))))
        assert rows[0] == ["part", "entry", "field", "value"]
        cells = {(part, field): value for part, _, field, value in rows[1:]}
        assert cells["signature", "email"] == "elise@example.org"
        assert cells["signature", "first_name"].startswith("'=")
        assert cells["signature", "last_name"].startswith("'@")

    @pytest.mark.parametrize("kind", ["json", "csv"])
    def test_the_files_name_says_nothing_of_anybody_and_no_cache_keeps_it(self, visitor, my_path, kind):
        answer = visitor.read(f"{my_path}signature.{kind}")
        assert answer["Content-Disposition"] == f'attachment; filename="signature.{kind}"'
        assert answer["Cache-Control"] == "no-store, private"
        assert "noindex" in answer["X-Robots-Tag"]

    def test_there_are_no_other_kinds(self, visitor, my_path):
        assert visitor.read(f"{my_path}signature.exe").status_code == 404


class TestLeaving:
    def test_withdrawing_from_here_leads_to_the_page_that_says_so(self, petition, visitor, my_path):
        words = follow(visitor, visitor.send(my_path, {"act": "withdraw"}))
        assert "Votre signature est retirée" in words
        assert "Vous pouvez signer à nouveau" in words
        assert progress(petition).count == 0
        assert visitor.read(my_path).status_code == 303
        assert visitor.read(f"{my_path}signature.json").status_code == 302

    def test_with_several_signatures_one_can_be_withdrawn_or_everything_erased(
        self, petition, visitor, mailbox, my_path
    ):
        other = OpenPetitionFactory()
        visitor.sign(other)
        drain_outbox()
        visitor.send(confirm_path(mailbox.messages[-1]))
        assert 'value="erase"' in words_of(visitor.read(my_path))
        visitor.send(my_path, {"act": "erase"})
        assert not Signature.objects.exists()
        assert progress(other).count == progress(petition).count == 0

    def test_stopping_the_news_says_so_and_keeps_the_signature(self, petition, visitor, my_path):
        words = words_of(visitor.read(my_path))
        assert "Ne plus recevoir de nouvelles (ma signature reste)" in words
        words = follow(visitor, visitor.send(my_path, {"act": "stop_news"}))
        assert "Vous ne recevez plus de nouvelles. Votre signature reste." in words
        assert progress(petition).count == 1

    def test_on_the_personal_page_as_well(self, petition, visitor, signed):
        words = follow(visitor, visitor.send(signed[1], {"act": "stop_news"}))
        assert "Vous ne recevez plus de nouvelles. Votre signature reste." in words

    def test_an_unknown_act_changes_nothing(self, visitor, my_path):
        assert visitor.send(my_path, {"act": "x"}).status_code == 303
        assert visitor.send(my_path).status_code == 303
        assert Signature.objects.count() == 1


def test_who_ticked_everything_sees_every_box_ticked(petition, visitor, mailbox):
    visitor.sign(petition, **THREE_BOXES)
    drain_outbox()
    visitor.send(confirm_path(mailbox.messages[-1]))
    visitor.send("/signature/message/", {"email": "elise@example.org"})
    drain_outbox()
    boxes = form_at(visitor, data_path(mailbox.messages[-1]), "choices-form")["keep"]
    assert boxes == ["public", "newsletter", "addressee"]
