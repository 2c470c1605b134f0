"""Opening and closing in Paris time, to the second, whether the clockwork has run or not."""

from datetime import UTC, datetime, timedelta

import pytest
import time_machine

from petition import lookups
from petition.enums import PetitionState
from petition.handlers import close_petitions
from petition.models import PendingSignature, Petition
from tests.people import words_of

pytestmark = pytest.mark.django_db

LAST_DAY_ENDS = datetime(
    2027, 3, 31, 22, tzinfo=UTC
)  # midnight in Paris, where summer time began on the 28th
SECOND = timedelta(seconds=1)


@pytest.fixture
def petition(campaign_petition):
    """The petition whose page is published; it closes when 31 March is over in Paris."""
    campaign_petition.closes_at = LAST_DAY_ENDS
    campaign_petition.save()
    return campaign_petition


def at(moment: datetime):
    """Go to a moment; what a process remembers for ten seconds is forgotten on the way."""
    lookups.forget_all()
    return time_machine.travel(moment, tick=False)


def test_the_last_second_is_still_open_and_the_next_one_is_closed(visitor, petition):
    with at(LAST_DAY_ENDS - SECOND):
        assert visitor.sign(petition).status_code == 303
    with at(LAST_DAY_ENDS + SECOND):
        answer = visitor.sign(petition, email="seconde@example.org")
        assert answer.status_code == 422
        assert "elle est clôturée" in words_of(answer)
    assert PendingSignature.objects.count() == 1


def test_a_form_that_was_open_and_is_sent_late_is_told_so(visitor, petition):
    with at(LAST_DAY_ENDS - SECOND):
        filled = visitor.form_of(petition)
    with time_machine.travel(LAST_DAY_ENDS + SECOND, tick=False):  # with all that the process remembers
        answer = visitor.send(f"/petitions/{petition.slug}/signature/", filled)
    assert answer.status_code == 422
    assert "Rien de ce que vous avez saisi n’a été conservé" in words_of(answer)
    assert not PendingSignature.objects.exists()


def test_the_page_names_the_last_day_and_not_when_the_clockwork_ran(visitor, petition):
    with at(LAST_DAY_ENDS - SECOND):
        page = words_of(visitor.read("/petition/"))
        assert "Jusqu’au 31 mars 2027 à 23 h 59 (heure de Paris)" in page
    with at(LAST_DAY_ENDS + SECOND):
        before = words_of(visitor.read("/petition/"))
    with at(LAST_DAY_ENDS + timedelta(hours=5)):
        close_petitions()
        after = words_of(visitor.read("/petition/"))
    assert Petition.objects.get(pk=petition.pk).state == PetitionState.CLOSED
    for page in (before, after):
        assert "31 mars 2027 à 23 h 59 (heure de Paris)" in page
        assert "1er avril" not in page.split('id="sign-title"')[1]
        assert 'id="sign-form"' not in page


def test_it_opens_at_its_second(visitor, petition):
    opens_at = datetime(2027, 1, 4, 7, tzinfo=UTC)
    Petition.objects.filter(pk=petition.pk).update(opens_at=opens_at)
    petition.refresh_from_db()
    with at(opens_at - SECOND):
        assert visitor.sign(petition).status_code == 422
    with at(opens_at):
        assert visitor.sign(petition).status_code == 303


def test_a_closing_at_another_hour_is_told_as_it_is(visitor, petition):
    petition.closes_at = datetime(2027, 3, 31, 16, 30, tzinfo=UTC)
    petition.save()
    with at(LAST_DAY_ENDS):
        assert "31 mars 2027 à 18 h 30" in words_of(visitor.read("/petition/"))
