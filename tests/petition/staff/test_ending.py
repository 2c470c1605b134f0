"""What staff see and press at the end: « Remise », « Conserver les noms plus longtemps », deletions that are late."""

import html
from datetime import UTC, datetime, timedelta

import pytest
import time_machine
from django.urls import reverse
from django.utils import timezone
from wagtail.models import ModelLogEntry

from campaign.outbox import registry
from campaign.outbox.models import ScheduledRun
from petition.enums import PetitionState
from petition.models import FormRendering, PendingSignature, Petition
from petition.services import ending
from petition.services.closing import close_petition
from petition.staff.ending import DELIVER, POSTPONE, TAKE_DELIVERY_BACK
from tests.factories import OpenPetitionFactory, PendingSignatureFactory

WHY = "Le ministère reçoit en avril."


@pytest.fixture(autouse=True)
def today():
    """Eleven days before the names end."""
    with time_machine.travel("2028-10-20T09:00:00Z", tick=False):
        yield


@pytest.fixture
def petition(db, today):
    with time_machine.travel("2027-01-31T09:00:00Z", tick=False):
        return OpenPetitionFactory()


@pytest.fixture
def closed(petition):
    close_petition(petition)
    return petition


def address(step: str, petition) -> str:
    return reverse(f"petitions:{step}", args=[petition.pk])


def shown(client, path: str) -> str:
    return html.unescape(client.get(path).content.decode()).replace("\u00a0", " ").replace("\u202f", " ")


def reloaded(petition) -> Petition:
    return Petition.objects.get(pk=petition.pk)


def logged(action: str) -> ModelLogEntry:
    return ModelLogEntry.objects.get(action=action)


class TestDelivery:
    def test_the_page_says_what_follows_and_the_button_writes_it_down(self, manager, closed):
        assert address("deliver", closed) in shown(manager, address("edit", closed))
        page = shown(manager, address("deliver", closed))
        assert "définitif" in page
        assert "1 mois après ce jour" in page
        assert manager.post(address("deliver", closed), {"day": "2028-10-12"}).status_code == 302
        petition = reloaded(closed)
        assert petition.state == PetitionState.DELIVERED
        assert timezone.localdate(petition.delivered_at).isoformat() == "2028-10-12"
        assert (logged(DELIVER).user.username, logged(DELIVER).data["day"]) == (
            "petition_manager@essai",
            "2028-10-12",
        )
        assert "12 octobre 2028" in shown(manager, reverse("petitions:history", args=[closed.pk]))

    @pytest.mark.parametrize("day", ["2028-10-21", "2027-01-30", "hier", ""])
    def test_a_day_that_cannot_be_is_refused_beside_the_field(self, manager, closed, day):
        assert manager.post(address("deliver", closed), {"day": day}).status_code == 422
        assert reloaded(closed).state == PetitionState.CLOSED

    def test_an_open_one_leads_back(self, manager, petition):
        assert manager.post(address("deliver", petition), {"day": "2028-10-12"}).status_code == 302
        assert reloaded(petition).state == PetitionState.OPEN

    def test_it_can_be_taken_back(self, manager, closed):
        manager.post(address("deliver", closed), {"day": "2028-10-12"})
        assert "nouveau clôturée" in shown(manager, address("take_delivery_back", closed))
        manager.post(address("take_delivery_back", closed))
        assert reloaded(closed).state == PetitionState.CLOSED
        assert logged(TAKE_DELIVERY_BACK).user is not None

    def test_the_public_page_names_the_day_and_the_number_stands(self, manager, closed, visitor):
        manager.post(address("deliver", closed), {"day": "2028-10-12"})
        PendingSignatureFactory(petition=closed)
        assert not reloaded(closed).takes_confirmations()
        assert PendingSignature.objects.exists()

    @pytest.mark.parametrize("step", ["deliver", "take_delivery_back", "postpone"])
    def test_editors_have_no_part_in_it(self, editor, closed, step):
        editor.post(address(step, closed), {"day": "2028-10-12", "until": "2029-03-01", "why": WHY})
        assert reloaded(closed).state == PetitionState.CLOSED
        assert reloaded(closed).names_kept_until is None

    @pytest.mark.parametrize("step", ["deliver", "take_delivery_back", "postpone"])
    def test_reading_changes_nothing(self, manager, closed, step):
        before = Petition.objects.filter(pk=closed.pk).values().get()
        manager.get(address(step, closed))
        assert Petition.objects.filter(pk=closed.pk).values().get() == before


class TestPostponing:
    def test_day_and_reason_are_kept_shown_and_logged(self, manager, petition):
        panel = shown(manager, address("edit", petition))
        assert "31 octobre 2028" in panel
        assert address("postpone", petition) in panel
        answer = manager.post(address("postpone", petition), {"until": "2029-05-02", "why": WHY})
        assert answer.status_code == 302
        assert ending.end_of_names(reloaded(petition)).date().isoformat() == "2029-05-02"
        panel = shown(manager, address("edit", petition))
        assert "2 mai 2029" in panel
        assert WHY in panel
        entry = logged(POSTPONE)
        assert (entry.user.username, entry.data["why"]) == ("petition_manager@essai", WHY)
        assert WHY in shown(manager, reverse("petitions:history", args=[petition.pk]))

    @pytest.mark.parametrize(
        "sent",
        [
            {"until": "2029-05-02", "why": ""},
            {"until": "2029-05-02", "why": "  "},
            {"until": "2028-10-20", "why": WHY},
            {"until": "2029-10-30", "why": WHY},
            {"until": "", "why": WHY},
        ],
    )
    def test_without_a_reason_or_with_a_day_that_cannot_be_it_is_refused(self, manager, petition, sent):
        answer = manager.post(address("postpone", petition), sent)
        assert answer.status_code == 422
        assert reloaded(petition).names_kept_until is None

    def test_visitors_read_until_when_and_why(self, manager, petition, visitor):
        manager.post(address("postpone", petition), {"until": "2029-05-02", "why": WHY})
        for path in (f"/petitions/{petition.slug}/signer/", f"/petitions/{petition.slug}/"):
            response = visitor.read(path)
            if response.status_code == 200:
                assert WHY in html.unescape(response.content.decode())

    def test_warnings_that_left_are_listed(self, manager, petition):
        ending.note_warned(petition.pk, "2028-10-31", timedelta(days=14), datetime(2028, 10, 19, tzinfo=UTC))
        panel = shown(manager, address("edit", petition))
        assert "prévenue le 19 octobre 2028" in panel
        assert "2 novembre 2028" in panel, "they wait two weeks from the warning"


class TestDeletions:
    def test_what_would_go_now_is_told_and_nothing_goes(self, superuser, petition):
        PendingSignatureFactory(petition=petition, received_at=timezone.now() - timedelta(days=20))
        page = shown(superuser, reverse("clockwork:deletions"))
        assert "Signatures non confirmées supprimées : 1" in page
        assert PendingSignature.objects.count() == 1
        assert reverse("clockwork:deletions") in shown(superuser, reverse("clockwork:index"))

    def test_it_is_for_those_who_see_the_clockwork(self, manager):
        assert manager.get(reverse("clockwork:deletions")).status_code == 302

    @pytest.mark.parametrize(
        ("run", "told"),
        [
            ({"last_ended": timedelta(hours=25)}, "dernier passage"),
            ({"last_ended": timedelta(0), "failed_at": timedelta(0)}, "échec le"),
        ],
    )
    def test_one_that_is_late_or_failed_stands_on_the_dashboard_without_any_worker(
        self, manager, petition, run, told
    ):
        ago = {name: timezone.now() - since for name, since in run.items()}
        ScheduledRun.objects.create(name="expire_signatures", last_started=timezone.now(), **ago)
        page = shown(manager, reverse("wagtailadmin_home"))
        assert "Données qui devraient déjà être supprimées" in page
        assert told in page

    def test_one_in_time_says_nothing(self, manager, petition):
        ScheduledRun.objects.create(name="expire_signatures", last_ended=timezone.now() - timedelta(hours=23))
        assert "devraient déjà" not in shown(manager, reverse("wagtailadmin_home"))

    def test_every_run_that_deletes_has_a_name_that_staff_read(self):
        from petition.staff.schedule_words import LABELS

        missing = {known.name for known in registry.deletions()} - set(LABELS)
        assert not missing


class TestFormsAsShown:
    def test_they_are_listed_read_as_source_and_saved_as_a_file(self, manager, petition):
        kept = FormRendering.objects.get(petition=petition, language="fr")
        assert kept.sha256[:12] in shown(manager, reverse("form_renderings:index"))
        page = manager.get(reverse("form_renderings:inspect", args=[kept.pk])).content.decode()
        assert "&lt;form class=&quot;sign-form" in page
        assert '<form class="sign-form' not in page
        file = manager.get(reverse("form_renderings:save", args=[kept.pk]))
        assert file["Content-Disposition"].startswith("attachment")
        assert file.content.decode() == kept.html

    def test_editors_do_not_see_them(self, editor, petition):
        kept = FormRendering.objects.first()
        assert editor.get(reverse("form_renderings:save", args=[kept.pk])).status_code == 302
