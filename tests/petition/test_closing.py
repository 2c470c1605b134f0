"""A petition is closed by hand or by the clock, opened again, and what was sent in time may still be confirmed."""

from datetime import timedelta

import pytest
import time_machine
from django.core.management import call_command
from django.utils import timezone

from campaign.outbox.models import ScheduledRun
from petition import periods
from petition.enums import PetitionState
from petition.models import Petition, Signature
from petition.services.closing import (
    close_petition,
    close_those_due,
    reopen_petition,
    waiting_for_confirmation,
)
from tests.factories import OpenPetitionFactory, PendingSignatureFactory, PreparedPetitionFactory
from tests.people import Form, words_of

pytestmark = pytest.mark.django_db
HOUR = timedelta(hours=1)


@pytest.fixture
def page_of(campaign_petition, visitor):
    """Return a function that reads the page about the campaign's petition."""

    def read(path: str = "/petition/") -> str:
        return words_of(visitor.read(path))

    return read


def stored(petition) -> tuple[str, object]:
    found = Petition.objects.get(pk=petition.pk)
    return found.state, found.closes_at


def test_closing_takes_no_more_signatures_and_writes_the_moment_down(petition, visitor):
    before = timezone.now()
    assert close_petition(petition)
    state, closes_at = stored(petition)
    assert state == PetitionState.CLOSED
    assert before <= closes_at <= timezone.now()
    assert (petition.state, petition.closed_at) == (state, closes_at)
    assert visitor.sign(petition).status_code == 422


def test_a_closing_moment_that_is_past_stays_and_one_to_come_is_brought_forward(petition):
    now = timezone.now()
    for planned, is_kept in ((now - HOUR, True), (now + HOUR, False)):
        Petition.objects.update(state=PetitionState.OPEN, closes_at=planned)
        close_petition(petition)
        closes_at = stored(petition)[1]
        assert (closes_at == planned) == is_kept
        assert closes_at < now + HOUR


def test_what_never_began_keeps_its_dates_and_can_be_closed(petition):
    opens, closes = timezone.now() + HOUR, timezone.now() + 2 * HOUR
    Petition.objects.update(opens_at=opens, closes_at=closes)
    assert close_petition(petition)
    assert stored(petition) == (PetitionState.CLOSED, closes)
    assert petition.closed_at is None


@pytest.mark.parametrize("state", [state for state in PetitionState if state != PetitionState.OPEN])
def test_only_an_open_petition_is_closed(petition, state):
    Petition.objects.update(state=state)
    assert not close_petition(petition)
    assert stored(petition) == (state, None)
    assert petition.state == state


def test_opening_again_takes_signatures_and_empties_the_closing_moment(petition, visitor):
    close_petition(petition)
    assert reopen_petition(petition)
    assert stored(petition) == (PetitionState.OPEN, None)
    assert visitor.sign(petition).status_code == 303


@pytest.mark.parametrize("state", [state for state in PetitionState if state != PetitionState.CLOSED])
def test_only_a_closed_petition_is_opened_again(petition, state):
    Petition.objects.update(state=state)
    assert not reopen_petition(petition)
    assert stored(petition)[0] == state


def test_the_clock_closes_what_has_reached_its_closing_moment_and_nothing_else(petition):
    now = timezone.now()
    later, prepared, unlimited = OpenPetitionFactory(), PreparedPetitionFactory(), OpenPetitionFactory()
    for each, closes_at in ((petition, now), (later, now + HOUR), (prepared, now - HOUR)):
        Petition.objects.filter(pk=each.pk).update(closes_at=closes_at)
    assert close_those_due(now) == 1
    assert stored(petition) == (PetitionState.CLOSED, now)
    assert stored(later)[0] == stored(unlimited)[0] == PetitionState.OPEN
    assert stored(prepared)[0] == PetitionState.PREPARATION
    assert close_those_due(now) == 0


def test_the_worker_does_so_every_minute(petition):
    call_command("run_outbox", "--once", verbosity=0)
    Petition.objects.update(closes_at=timezone.now() + timedelta(seconds=30))
    with time_machine.travel(timezone.now() + timedelta(seconds=61)):
        call_command("run_outbox", "--once", verbosity=0)
    assert stored(petition)[0] == PetitionState.CLOSED
    assert ScheduledRun.objects.get(name="close_petitions").report.endswith(" 1")


def test_those_who_wait_are_counted_without_trials_until_the_last_of_them_is_deleted(petition):
    assert waiting_for_confirmation(petition).number == 0
    assert waiting_for_confirmation(petition).until is None
    newest = PendingSignatureFactory(petition=petition)
    PendingSignatureFactory(petition=petition, received_at=timezone.now() - timedelta(days=3))
    PendingSignatureFactory(petition=petition, trial=True, received_at=timezone.now())
    PendingSignatureFactory(petition=OpenPetitionFactory())
    waiting = waiting_for_confirmation(petition)
    assert waiting.number == 2
    assert waiting.until == newest.received_at + periods.unconfirmed()


def test_who_signed_in_time_confirms_after_the_closing_and_counts(petition, visitor, confirm_link):
    close_petition(petition)
    visitor.send(confirm_link)
    assert Signature.objects.confirmed().count() == 1
    assert visitor.read(f"/api/petitions/{petition.slug}/count.json").json()["count"] == 1


class TestItsPage:
    def test_it_says_when_it_closed_what_was_reached_and_where_news_are(self, campaign_petition, page_of):
        with time_machine.travel("2026-12-24T17:30:00Z", tick=False):
            close_petition(campaign_petition)
        with time_machine.travel("2026-12-26T10:00:00Z", tick=False):
            french, english = page_of(), page_of("/en/petition/")
        for html in (french, english):
            assert not Form(html, "sign-form").found
            assert "counter__number" in html
        assert "Elle a été clôturée le 24 décembre 2026 à 18 h 30 (heure de Paris)." in french
        assert "It closed on 24 December 2026, 18:30 (Paris time)." in english
        assert "Merci à toutes les personnes qui l’ont signée." in french
        assert 'href="/actualites/"' in french.split("<aside")[-1]
        assert 'href="/en/news/"' in english.split("<aside")[-1]

    def test_it_says_that_links_still_work_for_as_long_as_one_may(self, campaign_petition, page_of):
        with time_machine.travel("2026-12-24T17:30:00Z", tick=False):
            close_petition(campaign_petition)
        says = "Le lien de votre e-mail fonctionne jusqu’à son expiration, le 7 janvier 2027 au plus tard"
        for moment, still in (("2027-01-07T17:29:00Z", True), ("2027-01-07T17:31:00Z", False)):
            with time_machine.travel(moment, tick=False):
                html = page_of()
            assert (says in html) == still
            assert ("Le nombre ci-dessus est celui qui a été atteint." in html) != still

    def test_it_says_so_no_more_once_delivered(self, campaign_petition, page_of):
        close_petition(campaign_petition)
        assert "fonctionne jusqu’à son expiration" in page_of()
        campaign_petition.state = PetitionState.DELIVERED
        campaign_petition.save()
        assert "fonctionne jusqu’à son expiration" not in page_of()

    def test_it_is_the_same_before_the_clock_has_closed_it(self, campaign_petition, page_of):
        Petition.objects.update(closes_at=timezone.now() - HOUR)
        html = page_of()
        assert campaign_petition.state == PetitionState.OPEN
        assert "Cette pétition est clôturée" in html
        assert "Elle a été clôturée le" in html

    def test_a_petition_without_a_written_moment_names_none(self, campaign_petition, page_of):
        Petition.objects.update(state=PetitionState.CLOSED)
        html = page_of()
        assert "Elle ne reçoit plus de signatures." in html
        assert "Elle a été clôturée" not in html
