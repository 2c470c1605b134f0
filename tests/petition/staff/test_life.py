"""What staff see and press in a petition's life: trial links, « Ouvrir », « Clôturer », « Rouvrir »."""

import html
import re
from datetime import timedelta

import pytest
import time_machine
from django.contrib.auth import get_user_model
from django.urls import reverse
from django.utils import timezone
from wagtail.models import ModelLogEntry

from campaign.roles import Role
from petition.enums import PetitionState
from petition.models import Petition, PetitionText, ServiceSettings, Signature
from petition.services.closing import close_petition
from petition.services.confirmation import confirm
from petition.services.opening import open_petition
from petition.services.texts import add_text
from petition.staff.forms import PetitionForm
from tests.factories import OpenPetitionFactory, PendingSignatureFactory, PreparedPetitionFactory
from tests.people import path_of
from tests.petition.staff.test_petitions import edit

READY = ["petition.services.checklist.texts_are_written"]


@pytest.fixture
def petition(db):
    return PreparedPetitionFactory()


@pytest.fixture
def all_done(settings):
    """Only points that are done."""
    settings.OPENING_CHECKS = READY


@pytest.fixture
def one_undone(settings):
    settings.OPENING_CHECKS = [*READY, "petition.services.checklist.list_is_chosen"]


def address(step: str, petition) -> str:
    return reverse(f"petitions:{step}", args=[petition.pk])


def shown(client, path: str) -> str:
    return html.unescape(client.get(path).content.decode())


def state_of(petition) -> str:
    return Petition.objects.get(pk=petition.pk).state


def logged(action: str) -> list[ModelLogEntry]:
    return list(ModelLogEntry.objects.filter(action=action))


def trial_links(page: str) -> list[str]:
    return re.findall(r"http\S+/petitions/[^/]+/test/[^<\"/]+/", page.split('id="trial"')[1])


class TestTrialLinks:
    def test_each_text_has_a_link_that_works_for_seven_days(self, manager, petition, visitor):
        with time_machine.travel("2026-11-25T09:30:00Z", tick=False):
            page = shown(manager, address("edit", petition))
            links = sorted({path_of(link) for link in trial_links(page)})
            assert [link.split("/test/")[0] for link in links] == [
                f"/en/petitions/{petition.slug}",
                f"/petitions/{petition.slug}",
            ]
            assert [visitor.read(link).status_code for link in links] == [200, 200]
        assert "Valable jusqu’au 02/12/2026 10:30 (heure de Paris)" in page

    def test_a_language_without_a_text_has_none(self, manager, petition):
        petition.texts.filter(language="en").delete()
        page = shown(manager, address("edit", petition))
        assert not [link for link in trial_links(page) if "/en/" in link]

    def test_before_the_first_text_the_panel_says_what_is_missing(self, manager, petition):
        petition.texts.all().delete()
        page = shown(manager, address("edit", petition))
        assert trial_links(page) == []
        assert "Écrivez d’abord un texte" in page

    def test_an_opened_petition_shows_none(self, manager, petition):
        open_petition(petition)
        assert 'id="trial"' not in shown(manager, address("edit", petition))

    def test_the_form_of_a_new_petition_shows_none(self, manager):
        assert 'id="trial"' not in shown(manager, reverse("petitions:add"))


class TestOpening:
    def test_the_petition_leads_there_and_to_the_next_step_later(self, manager, petition):
        for expected, act in (
            ({"open"}, open_petition),
            ({"close", "postpone"}, close_petition),
            ({"reopen", "deliver", "postpone"}, None),
        ):
            page = shown(manager, address("edit", petition))
            steps = re.findall(rf"/admin/petition/petitions/{petition.pk}/(\w+)/", page)
            assert set(steps) - {"days"} == expected
            if act:
                act(petition)

    def test_it_says_what_is_done_what_is_not_and_where_that_is_put_right(self, manager, petition):
        petition.texts.filter(language="en").delete()
        page = shown(manager, address("open", petition))
        points = re.findall(r'<li class="check( check--done)?">(.*?)</li>', page, re.DOTALL)
        told = {re.sub(r"<[^>]+>|\s+", " ", body).strip(): (bool(done), body) for done, body in points}
        french = next(value for words, value in told.items() if "écrit (Français)" in words)
        english = next(value for words, value in told.items() if "manque (Anglais)" in words)
        assert french[0]
        assert not english[0]
        assert f'href="{reverse("petition_texts:add")}?petition={petition.pk}&language=en"' in english[1]
        assert f'href="{reverse("services:index")}"' in page

    def test_it_says_what_opening_does(self, manager, petition):
        petition.opens_at = timezone.now() + timedelta(days=30)
        petition.closes_at = timezone.now() + timedelta(days=60)
        petition.save()
        page = shown(manager, address("open", petition))
        assert "Il n’y a aucune signature d’essai à effacer." in page
        assert "Les textes (Français, Anglais) sont figés" in page
        assert "Le formulaire reçoit les signatures à partir du" in page
        assert "Elle se clôture d’elle-même le" in page
        for number, words in (
            (1, "1 signature d’essai est effacée"),
            (2, "2 signatures d’essai sont effacées"),
        ):
            PendingSignatureFactory(petition=petition, trial=True)
            assert words in shown(manager, address("open", petition)), number

    def test_without_a_text_in_the_main_language_there_is_no_button_and_a_press_opens_nothing(
        self, manager, petition
    ):
        petition.texts.filter(language="fr").delete()
        page = shown(manager, address("open", petition))
        assert "Elle ne peut pas encore être ouverte" in page
        assert f'action="{address("open", petition)}"' not in page
        answer = manager.post(address("open", petition), {"anyway": "on"})
        assert answer.status_code == 422
        assert state_of(petition) == PetitionState.PREPARATION

    def test_a_closing_moment_that_has_passed_forbids_it_too(self, manager, petition, settings):
        settings.OPENING_CHECKS = ["petition.services.checklist.it_ends_later"]
        Petition.objects.update(closes_at=timezone.now() - timedelta(days=1))
        assert manager.post(address("open", petition), {"anyway": "on"}).status_code == 422
        assert state_of(petition) == PetitionState.PREPARATION

    @pytest.mark.usefixtures("one_undone")
    def test_what_is_undone_asks_for_a_box_and_says_so_beside_it(self, manager, petition):
        assert 'name="anyway"' in shown(manager, address("open", petition))
        answer = manager.post(address("open", petition))
        page = html.unescape(answer.content.decode())
        assert answer.status_code == 422
        assert "Cochez cette case pour l’ouvrir alors que 1 point n’est pas fait." in page
        assert page.index('name="anyway"') > page.index("Ce que fait l’ouverture")
        assert state_of(petition) == PetitionState.PREPARATION

    @pytest.mark.usefixtures("one_undone")
    def test_the_box_opens_it_and_the_history_says_how_many_points_were_undone(self, desk, petition):
        client = desk(Role.PETITION_MANAGER)
        PendingSignatureFactory(petition=petition, trial=True)
        answer = client.post(address("open", petition), {"anyway": "on"})
        assert answer["Location"] == address("edit", petition)
        assert state_of(petition) == PetitionState.OPEN
        [entry] = logged("petition.open")
        assert entry.data == {"undone": 1, "trials": 1}
        assert entry.user == get_user_model().objects.get()
        history = shown(client, reverse("petitions:history", args=[petition.pk]))
        assert "A ouvert la pétition alors que 1 point n’était pas fait" in history

    @pytest.mark.usefixtures("all_done")
    def test_with_all_points_done_there_is_no_box(self, manager, petition):
        assert 'name="anyway"' not in shown(manager, address("open", petition))
        manager.post(address("open", petition))
        assert state_of(petition) == PetitionState.OPEN
        assert logged("petition.open")[0].message == "A ouvert la pétition"

    @pytest.mark.usefixtures("all_done")
    def test_a_second_press_is_harmless_and_says_so(self, manager, petition):
        manager.post(address("open", petition))
        first = Petition.objects.get().opened_at
        answer = manager.post(address("open", petition), follow=True)
        assert "Cette pétition a déjà été ouverte." in html.unescape(answer.content.decode())
        assert Petition.objects.get().opened_at == first
        assert len(logged("petition.open")) == 1
        assert manager.get(address("open", petition))["Location"] == address("edit", petition)

    def test_looking_opens_nothing(self, manager, petition):
        manager.get(address("open", petition))
        manager.head(address("open", petition))
        assert state_of(petition) == PetitionState.PREPARATION

    def test_whoever_may_not_change_petitions_opens_none(self, editor, petition):
        assert editor.post(address("open", petition), {"anyway": "on"}).status_code in {302, 403}
        assert state_of(petition) == PetitionState.PREPARATION

    def test_all_points_of_the_settings_can_be_told_of_a_new_petition(self, manager, petition):
        ServiceSettings.objects.create(pk=1)
        petition.texts.all().delete()
        assert manager.get(address("open", petition)).status_code == 200


class TestClosing:
    @pytest.fixture
    def petition(self, db):
        return OpenPetitionFactory()

    def test_it_says_how_many_wait_and_until_when(self, manager, petition):
        assert "Aucune signature n’attend sa confirmation" in shown(manager, address("close", petition))
        with time_machine.travel("2026-11-20T09:30:00Z", tick=False):
            PendingSignatureFactory(petition=petition, received_at=timezone.now())
        one = shown(manager, address("close", petition))
        assert "1 signature attend sa confirmation." in one
        assert "jusqu’au 04/12/2026 10:30 (heure de Paris)" in one
        PendingSignatureFactory(petition=petition)
        assert "2 signatures attendent leur confirmation." in shown(manager, address("close", petition))
        assert state_of(petition) == PetitionState.OPEN

    def test_closing_and_opening_again_are_logged_with_who(self, manager, petition):
        manager.post(address("close", petition))
        assert state_of(petition) == PetitionState.CLOSED
        manager.post(address("reopen", petition))
        assert state_of(petition) == PetitionState.OPEN
        entries = logged("petition.close") + logged("petition.reopen")
        assert [entry.message for entry in entries] == ["A clôturé la pétition", "A rouvert la pétition"]
        assert all(entry.user == get_user_model().objects.get() for entry in entries)
        assert all(entry.label == "Une demande" for entry in entries)

    def test_a_second_press_is_harmless(self, manager, petition):
        manager.post(address("reopen", petition))
        assert not logged("petition.reopen")
        manager.post(address("close", petition))
        before = Petition.objects.get().closes_at
        manager.post(address("close", petition))
        assert Petition.objects.get().closes_at == before
        assert len(logged("petition.close")) == 1

    def test_the_closing_moment_of_a_closed_petition_is_no_field_any_more(self, manager, petition):
        manager.post(address("close", petition))
        before = Petition.objects.get().closes_at
        edit(manager, petition, closes_at="2030-01-01 10:00", organiser="Le nouveau comité")
        after = Petition.objects.get()
        assert (after.closes_at, after.organiser) == (before, "Le nouveau comité")
        assert "sauf si la pétition est rouverte" in shown(manager, address("edit", petition))

    def test_saving_the_form_keeps_a_state_that_changed_meanwhile(self, manager, petition, monkeypatch):
        clean = PetitionForm.clean

        def clean_while_it_closes(form):
            close_petition(Petition.objects.get(pk=petition.pk))
            return clean(form)

        monkeypatch.setattr(PetitionForm, "clean", clean_while_it_closes)
        edit(manager, petition, organiser="Le nouveau comité")
        after = Petition.objects.get()
        assert (after.state, after.organiser) == (PetitionState.CLOSED, "Le nouveau comité")


class TestMarks:
    @pytest.fixture
    def rows(self, petition):
        """A trial and a signature that counts, waiting and confirmed, in that order."""
        opened = OpenPetitionFactory()
        made = []
        for each, trial in ((petition, True), (opened, False)):
            waiting, confirmed = (
                PendingSignatureFactory(petition=each, trial=trial, first_name=name)
                for name in (f"Attend{trial}", f"Signe{trial}")
            )
            confirm(each, confirmed.uuid, confirmed.nonce)
            made.append((waiting, Signature.objects.get(uuid=confirmed.uuid)))
        return made

    @pytest.mark.parametrize(("screen", "word"), [("pending_signatures", "Attend"), ("signatures", "Signe")])
    def test_lists_mark_trials_and_can_show_them_alone(self, manager, rows, screen, word):
        page = shown(manager, reverse(f"{screen}:index"))
        lines = {
            name: line for line in page.split("<tr") if (name := re.search(rf"{word}(True|False)", line))
        }
        marks = {name[1]: bool(re.search(r"w-status[^>]*>\s*Essai", line)) for name, line in lines.items()}
        assert marks == {"True": True, "False": False}
        for wanted, other, words in (("true", "False", "Essais seuls"), ("false", "True", "Sans les essais")):
            page = shown(manager, f"{reverse(f'{screen}:index')}?trial={wanted}")
            assert re.search(rf"w-pill.*{words}", page, re.DOTALL)
            assert f"{word}{other}" not in page
            assert f"{word}{wanted.title()}" in page

    @pytest.mark.parametrize(("screen", "place"), [("pending_signatures", 0), ("signatures", 1)])
    def test_details_say_what_a_trial_is(self, manager, rows, screen, place):
        for row, says in zip(rows, (True, False), strict=True):
            page = shown(manager, reverse(f"{screen}:inspect", args=[row[place].pk]))
            assert ("elle ne compte jamais, et elle est effacée à l’ouverture" in page) == says


def test_a_text_added_on_the_way_is_frozen_with_the_others(manager, petition, all_done):
    petition.texts.filter(language="en").delete()
    add_text(PetitionText(petition=petition, language="en", title="T", demands="D", addressee="A"))
    manager.post(address("open", petition))
    assert not petition.texts.filter(frozen_at__isnull=True).exists()
