"""Supporters are asked again: the page, its two buttons, the mail, and whom staff may ask about a list."""

from datetime import timedelta
from email.utils import parseaddr
from html import unescape

import pytest
import time_machine
from django.conf import settings as django_settings
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.formats import date_format

from campaign.outbox.models import OutboxTask, Priority
from petition import links, periods
from petition.enums import ContactState, ListState, PetitionState, SuppressionReason, SuppressionScope
from petition.limits import ANSWER_TIME, MAILS_PER_ADDRESS_AND_DAY
from petition.mailing import pace
from petition.models import Consent, ConsentText, Contact, PendingSignature, ServiceSettings, Suppression
from petition.services import news, subscription, wording
from petition.services.withdrawal import erase
from tests.factories import ContactFactory, OpenPetitionFactory
from tests.fakes.notebook import Notebook
from tests.people import Form, drain_outbox, html_of, links_in, path_of, text_of

pytestmark = pytest.mark.django_db
CONTACT_LIFE = periods.supporter()
SUBJECT = "Pouvons-nous continuer à vous écrire\u00a0?"


@pytest.fixture(autouse=True)
def notebook(settings):
    """A list abroad that the settings know; this site's own is on."""
    settings.MAILING_LISTS = {
        **settings.MAILING_LISTS,
        "notebook": {"BACKEND": "tests.fakes.notebook.Notebook"},
    }
    Notebook.clear()
    pace.paces.clear()
    yield Notebook
    Notebook.clear()
    pace.paces.clear()


def switch_on(alias: str) -> None:
    ServiceSettings.objects.update_or_create(pk=1, defaults={"mailing": alias})
    wording.publish_all()


@pytest.fixture
def supporter(petition) -> Contact:
    """Camille, who agreed to news before any list abroad was on, and is on this site's own."""
    return ContactFactory.create(petition=petition, provider="local", provider_state=ListState.ON_LIST)


@pytest.fixture
def asked(supporter) -> str:
    """The path of Camille's page, now that a list abroad is on."""
    switch_on("notebook")
    return page_of(supporter)


def page_of(contact: Contact, language: str = "fr") -> str:
    with translation.override(language):
        return reverse("news_question", args=[links.news_token(contact.uuid)])


def words_of(contact: Contact, language: str = "fr") -> ConsentText:
    boxes = contact.consent_text.petition.consent_texts
    return boxes.filter(purpose="newsletter", language=language).latest("version")


def press_keep(visitor, path: str):
    form = Form(visitor.read(path).content.decode(), "news-form")
    return visitor.send(path, {**form.values, "act": "keep"})


def row(contact: Contact) -> dict:
    return dict(Contact.objects.filter(pk=contact.pk).values().get())


class TestThePage:
    def test_it_shows_the_words_who_writes_and_since_when_and_no_data(self, visitor, supporter, asked):
        response = visitor.read(asked)
        html = response.content.decode()
        assert response.status_code == 200
        assert "Carnet" in html
        assert words_of(supporter).sentence.partition(".")[0] in html
        assert "<dd>Association des essais</dd>" in html
        assert f'datetime="{timezone.localdate():%Y-%m-%d}"' in html
        assert "J’accepte, continuer à m’écrire" in html
        assert "Ne plus recevoir les nouvelles" in html
        assert "Camille" not in html
        assert supporter.email not in html

    def test_it_is_kept_out_of_caches_and_search_engines(self, visitor, asked):
        response = visitor.read(asked)
        assert response["Cache-Control"] == "no-store, private"
        assert response["Referrer-Policy"] == "strict-origin"
        assert "noindex" in response["X-Robots-Tag"]
        assert not response.cookies

    def test_reading_it_changes_nothing(self, visitor, supporter, asked):
        before = row(supporter)
        visitor.read(asked)
        visitor.client.head(asked)
        visitor.read(asked, **{"Sec-Purpose": "prefetch"})
        assert row(supporter) == before
        assert not OutboxTask.objects.exists()

    def test_in_english_it_speaks_english_and_shows_the_words_in_the_language_of_the_person(
        self, visitor, petition
    ):
        contact = ContactFactory(petition=petition, language="en")
        switch_on("notebook")
        html = visitor.read(page_of(contact, "en")).content.decode()
        assert "May we go on writing to you?" in html
        assert '<blockquote class="words" lang="en">' in html
        assert "I agree that Association des essais writes to me" in html
        french = visitor.read(page_of(contact, "fr")).content.decode()
        assert "Pouvons-nous continuer à vous écrire" in french
        assert '<blockquote class="words" lang="en">' in french

    def test_what_silence_means_depends_on_the_question(self, visitor, supporter, asked):
        assert "Sans réponse, rien ne change" in visitor.read(asked).content.decode()
        with time_machine.travel(timezone.now() + CONTACT_LIFE, tick=False):
            html = visitor.read(page_of(supporter)).content.decode()
        assert "Sans réponse, rien ne change" not in html
        assert "empreinte illisible" in html

    def test_an_altered_link_is_said_to_be_one(self, visitor, asked):
        assert visitor.read(asked[:-3] + "xx/").status_code == 404

    def test_a_link_of_another_purpose_opens_nothing(self, visitor, supporter, asked):
        other = reverse("news_question", args=[links.personal_token(supporter.uuid)])
        assert visitor.read(other).status_code == 404

    def test_after_sixty_days_it_takes_no_yes_and_still_lets_people_go(self, visitor, supporter, asked):
        with time_machine.travel(timezone.now() + links.NEWS_LIFE + timedelta(days=1), tick=False):
            response = visitor.read(asked)
            assert response.status_code == 410
            assert 'value="keep"' not in response.content.decode()
            visitor.send(asked, {"act": "keep", "shown": words_of(supporter).pk})
            assert row(supporter)["consent_text_id"] == supporter.consent_text_id
            visitor.send(asked, {"act": "stop"})
        assert row(supporter)["state"] == ContactState.UNSUBSCRIBED

    def test_where_nothing_is_asked_any_more_it_says_so(self, visitor, supporter, asked):
        switch_on("local")
        html = visitor.read(asked).content.decode()
        assert 'value="keep"' not in html
        assert 'value="stop"' in html


class TestAYes:
    def test_it_records_the_words_that_were_shown_and_the_list_is_told(
        self, visitor, supporter, asked, notebook
    ):
        with time_machine.travel(timezone.now() + timedelta(days=3), tick=False):
            now = timezone.now()
            response = press_keep(visitor, page_of(supporter))
            drain_outbox()
        assert response.status_code == 303
        after = row(supporter)
        assert after["consent_text_id"] == words_of(supporter).pk
        assert (after["given_at"], after["confirmed_at"], after["asked_at"]) == (now, now, None)
        assert (after["state"], after["provider_state"]) == (ContactState.SUBSCRIBED, ListState.ON_LIST)
        assert list(notebook.members) == [after["provider_reference"]]
        assert after["provider"] == "notebook"

    def test_the_page_then_says_thank_you_and_still_lets_people_go(self, visitor, supporter, asked):
        html = visitor.read(press_keep(visitor, asked)["Location"]).content.decode()
        assert "Vous recevez les nouvelles de la campagne" in html
        assert 'value="keep"' not in html
        assert 'value="stop"' in html

    def test_words_that_changed_meanwhile_are_shown_before_anything_is_recorded(
        self, visitor, supporter, asked
    ):
        shown = Form(visitor.read(asked).content.decode(), "news-form").values["shown"]
        supporter.consent_text.petition.consent_wordings.create(
            purpose="newsletter", language="fr", label="Des nouvelles", sentence="De tout autres mots."
        )
        wording.publish_all()
        before = row(supporter)
        response = visitor.send(asked, {"act": "keep", "shown": shown})
        assert response.status_code == 409
        assert "De tout autres mots." in response.content.decode()
        assert row(supporter) == before
        assert not OutboxTask.objects.exists()

    @pytest.mark.parametrize("shown", ["", "x", "0", None])
    def test_a_yes_to_no_words_is_none(self, visitor, supporter, asked, shown):
        data = {"act": "keep"} | ({} if shown is None else {"shown": shown})
        assert visitor.send(asked, data).status_code == 409
        assert row(supporter)["consent_text_id"] == supporter.consent_text_id

    def test_a_second_press_is_harmless(self, visitor, supporter, asked):
        shown = Form(visitor.read(asked).content.decode(), "news-form").values["shown"]
        press_keep(visitor, asked)
        before = row(supporter)
        assert visitor.send(asked, {"act": "keep", "shown": shown}).status_code == 303
        assert row(supporter) == before
        assert OutboxTask.objects.filter(kind=subscription.SYNC).count() == 1

    @pytest.mark.parametrize("state", [state for state in ContactState if state != ContactState.SUBSCRIBED])
    def test_it_brings_nobody_back_who_left(self, visitor, supporter, asked, state):
        Contact.objects.update(state=state, email="", first_name="", provider_state=ListState.LEFT)
        before = row(supporter)
        response = visitor.send(asked, {"act": "keep", "shown": words_of(supporter).pk})
        assert visitor.read(response["Location"]).status_code == 410
        assert row(supporter) == before

    def test_somebody_erased_stays_erased(self, visitor, supporter, asked):
        subscription.forget(supporter.email_key)
        visitor.send(asked, {"act": "keep", "shown": words_of(supporter).pk})
        assert not Contact.objects.exists()
        assert visitor.read(asked).status_code == 410

    def test_another_site_or_an_unknown_act_changes_nothing(self, visitor, supporter, asked):
        before = row(supporter)
        shown = words_of(supporter).pk
        for act in ("keep", "stop"):
            headers = {"Sec-Fetch-Site": "cross-site"}
            assert visitor.send(asked, {"act": act, "shown": shown}, headers).status_code == 403
        visitor.send(asked, {"act": "forget", "shown": shown})
        assert row(supporter) == before

    def test_what_was_agreed_to_when_signing_stays_as_it_was(self, visitor, signed):
        contact, before = Contact.objects.get(), list(Consent.objects.order_by("pk").values())
        switch_on("notebook")
        press_keep(visitor, page_of(contact))
        assert row(contact)["consent_text_id"] != contact.consent_text_id
        assert list(Consent.objects.order_by("pk").values()) == before


class TestANo:
    def test_it_stops_the_news_as_my_signature_does_and_says_so(self, visitor, petition, signed):
        contact = Contact.objects.get()
        switch_on("notebook")
        visitor.sign(petition, agree_newsletter="on")
        response = visitor.send(page_of(contact), {"act": "stop"})
        assert row(contact)["state"] == ContactState.UNSUBSCRIBED
        assert PendingSignature.objects.get().newsletter_text is None
        withdrawn = Consent.objects.filter(withdrawn_at__isnull=False)
        assert [consent.text.purpose for consent in withdrawn] == ["newsletter"]
        page = visitor.read(response["Location"])
        assert page.status_code == 410
        assert "Vous ne recevez plus les nouvelles" in page.content.decode()

    def test_the_list_is_told(self, visitor, supporter, asked, notebook):
        press_keep(visitor, asked)
        drain_outbox()
        visitor.send(asked, {"act": "stop"})
        drain_outbox()
        assert notebook.members == {}
        assert row(supporter)["email"] == ""


class TestTheMail:
    def test_about_a_list_it_is_whole(self, petition, supporter, asked, mailbox):
        news.ask_those_not_named()
        drain_outbox()
        (message,) = mailbox.messages
        assert message["Subject"] == SUBJECT
        assert parseaddr(message["From"]) == (petition.sender_name, petition.sender_address)
        assert message["Reply-To"] == petition.reply_to
        assert message["To"] == supporter.email
        assert message["Auto-Submitted"] == "auto-generated"
        assert '<html lang="fr">' in html_of(message)
        for part in (text_of(message), unescape(html_of(message))):
            assert "Camille" in part
            assert words_of(supporter).sentence in part
            assert "Carnet" in part
            assert "Sans réponse, rien ne change" in part

    def test_it_has_one_link_the_same_in_both_parts_which_leads_to_yes_and_no(
        self, visitor, supporter, asked, mailbox
    ):
        news.ask_those_not_named()
        drain_outbox()
        (message,) = mailbox.messages
        (link,) = links_in(message)
        assert link.startswith(django_settings.SITE_URL + "/signature/information/")
        assert len(link) < 200
        assert link in text_of(message).splitlines()
        assert html_of(message).count('href="') == html_of(message).count(f'href="{link}"') == 1
        html = visitor.read(path_of(link)).content.decode()
        assert 'value="keep"' in html and 'value="stop"' in html

    def test_after_three_years_it_names_the_day_until_which_an_answer_counts(
        self, petition, supporter, mailbox
    ):
        with time_machine.travel(timezone.now() + CONTACT_LIFE + timedelta(hours=1), tick=False):
            drain_outbox()
            day = timezone.localdate() + ANSWER_TIME
            assert row(supporter)["asked_at"] == timezone.now()
        (message,) = mailbox.messages
        assert date_format(day, "j F Y") in text_of(message)
        assert "Carnet" not in text_of(message)
        assert "empreinte illisible" in text_of(message)

    def test_in_english_it_is_english_and_leads_to_the_english_page(self, petition, mailbox):
        ContactFactory(petition=petition, language="en")
        switch_on("notebook")
        news.ask_those_not_named()
        drain_outbox()
        (message,) = mailbox.messages
        assert message["Subject"] == "May we go on writing to you?"
        assert path_of(links_in(message)[0]).startswith("/en/signature/information/")

    def test_it_leaves_when_nothing_else_waits_and_its_leaving_is_written_down(
        self, supporter, asked, mailbox
    ):
        news.ask_those_not_named()
        assert OutboxTask.objects.get(kind=news.MAIL).priority == Priority.LAST
        assert row(supporter)["asked_at"] is None
        drain_outbox()
        assert row(supporter)["asked_at"] is not None

    def test_a_question_that_has_become_void_is_not_asked(self, visitor, petition, supporter, asked, mailbox):
        answered, left = (ContactFactory(consent_text=supporter.consent_text) for _ in range(2))
        news.ask_those_not_named()
        press_keep(visitor, page_of(answered))
        subscription.stop(left.email_key)
        drain_outbox()
        assert [message["To"] for message in mailbox.messages] == [supporter.email]

    def test_a_list_switched_off_again_is_not_asked_about(self, supporter, asked, mailbox):
        news.ask_those_not_named()
        switch_on("local")
        drain_outbox()
        assert mailbox.messages == []
        assert row(supporter)["asked_at"] is None

    def test_a_suppressed_address_gets_none(self, supporter, asked, mailbox):
        news.ask_those_not_named()
        Suppression.objects.create(
            email_key=supporter.email_key,
            scope=SuppressionScope.ALL_MAIL,
            reason=SuppressionReason.COMPLAINT,
            created_at=timezone.now(),
        )
        drain_outbox()
        assert mailbox.messages == []

    def test_who_had_three_mails_today_is_asked_tomorrow(self, petition, visitor, asked, supporter, mailbox):
        for _ in range(MAILS_PER_ADDRESS_AND_DAY):
            visitor.sign(petition, email=supporter.email)
            drain_outbox()
        news.ask_those_not_named()
        drain_outbox()
        assert len(mailbox.messages) == MAILS_PER_ADDRESS_AND_DAY
        assert row(supporter)["asked_at"] is None
        with time_machine.travel(timezone.now() + timedelta(days=1, minutes=10), tick=False):
            drain_outbox()
        assert mailbox.messages[-1]["Subject"] == SUBJECT

    def test_a_failure_is_tried_again_and_counts_as_asked_only_once_it_left(self, supporter, asked, mailbox):
        news.ask_those_not_named()
        mailbox.answer_to_rcpt = "451 later"
        drain_outbox()
        assert row(supporter)["asked_at"] is None
        mailbox.answer_to_rcpt = None
        with time_machine.travel(timezone.now() + timedelta(minutes=5), tick=False):
            drain_outbox()
        assert row(supporter)["asked_at"] is not None

    def test_an_answer_faster_than_the_worker_stays_an_answer(self, visitor, supporter, asked):
        question = news.question_to(supporter.uuid)
        press_keep(visitor, asked)
        news.note_asked(question, timezone.now())
        assert row(supporter)["asked_at"] is None


class TestWhomStaffMayAsk:
    def test_those_whose_words_dont_name_the_list_that_is_on(self, petition, supporter, asked):
        named = ContactFactory(consent_text=words_of(supporter))
        left = ContactFactory(consent_text=supporter.consent_text)
        subscription.stop(left.email_key)
        assert news.waiting_to_be_asked() == 1
        assert news.ask_those_not_named() == 1
        subjects = OutboxTask.objects.filter(kind=news.MAIL).values_list("subject", flat=True)
        assert list(subjects) == [str(supporter.pk)]
        assert str(named.pk) not in subjects

    @pytest.mark.parametrize("state", [PetitionState.OPEN, PetitionState.DELIVERED])
    def test_while_this_site_s_own_list_is_on_nobody(self, petition, supporter, state):
        petition.state = state
        petition.save()
        assert news.waiting_to_be_asked() == 0
        assert news.ask_those_not_named() == 0

    def test_pressing_twice_asks_once(self, supporter, asked, mailbox):
        assert news.ask_those_not_named() == 1
        assert news.waiting_to_be_asked() == 0
        assert news.ask_those_not_named() == 0
        drain_outbox()
        assert news.ask_those_not_named() == 0
        with time_machine.travel(timezone.now() + timedelta(days=30), tick=False):
            drain_outbox()
            assert news.waiting_to_be_asked() == 0
            assert news.ask_those_not_named() == 0
        assert len(mailbox.messages) == 1

    def test_who_was_asked_before_the_list_was_named_is_asked_about_it(self, petition, supporter, mailbox):
        Contact.objects.update(asked_at=timezone.now() - timedelta(days=1))
        switch_on("notebook")
        assert news.ask_those_not_named() == 1

    def test_no_answer_leaves_everybody_where_they_were(self, supporter, asked, mailbox, notebook):
        news.ask_those_not_named()
        drain_outbox()
        for days in (400, 440):
            with time_machine.travel(timezone.now() + timedelta(days=days), tick=False):
                drain_outbox()
        after = row(supporter)
        assert (after["state"], after["provider"]) == (ContactState.SUBSCRIBED, "local")
        assert after["consent_text_id"] == supporter.consent_text_id
        assert notebook.acts == []

    def test_a_suppressed_address_is_not_counted(self, petition, supporter, asked):
        Suppression.objects.create(
            email_key=supporter.email_key,
            scope=SuppressionScope.PETITION,
            petition=petition,
            reason=SuppressionReason.NOT_ME,
            created_at=timezone.now(),
        )
        assert news.waiting_to_be_asked() == 0

    def test_supporters_of_a_petition_that_is_over_are_asked_with_words_that_name_the_list(
        self, visitor, petition, supporter, mailbox
    ):
        petition.state = PetitionState.DELIVERED
        petition.save()
        switch_on("notebook")
        assert words_of(supporter).discloses == ""
        assert news.waiting_to_be_asked() == 1
        assert news.ask_those_not_named() == 1
        drain_outbox()
        assert words_of(supporter).discloses == "notebook"
        press_keep(visitor, path_of(links_in(mailbox.messages[-1])[0]))
        assert row(supporter)["consent_text_id"] == words_of(supporter).pk

    def test_many_are_asked_a_thousand_a_statement(
        self, petition, supporter, asked, django_assert_max_num_queries, monkeypatch
    ):
        monkeypatch.setattr(news, "AT_ONCE", 10)
        for _ in range(24):
            ContactFactory(consent_text=supporter.consent_text)
        with django_assert_max_num_queries(40):
            assert news.ask_those_not_named() == 25
        assert OutboxTask.objects.filter(kind=news.MAIL).count() == 25


def test_erasing_while_a_question_waits_leaves_the_fingerprint_alone(visitor, signed, mailbox):
    contact = Contact.objects.get()
    switch_on("notebook")
    news.ask_those_not_named()
    before = len(mailbox.messages)
    erase(signed[0].uuid)
    drain_outbox()
    assert len(mailbox.messages) == before
    assert not Contact.objects.exists()
    proof = Suppression.objects.get()
    assert (proof.email_key, proof.consent_text_id) == (contact.email_key, contact.consent_text_id)


def test_another_petition_s_words_are_another_question(visitor, supporter, asked):
    other = ContactFactory(petition=OpenPetitionFactory(organiser="Autre association"))
    assert "Autre association" not in visitor.read(asked).content.decode()
    assert "Autre association" in visitor.read(page_of(other)).content.decode()
