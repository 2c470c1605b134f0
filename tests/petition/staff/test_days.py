"""« Jour par jour »: what staff see of each day, as of when, and at what cost."""

import re
from datetime import UTC, datetime, timedelta

import pytest
import time_machine
from django.contrib.auth import get_user_model
from django.contrib.auth.models import Permission
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from petition.enums import TallyKind
from petition.models import HourlyTally, PendingSignature, RollUp
from petition.services import reminding, signing
from petition.services.tallying import add, compare, rebuild
from tests.factories import OpenPetitionFactory, PendingSignatureFactory
from tests.people import drain_outbox, words_of

pytestmark = pytest.mark.django_db

AS_OF = datetime(2026, 11, 25, 13, 30, tzinfo=UTC)  # 14:30 in Paris


@pytest.fixture
def rolled_up(db):
    RollUp.objects.create(pk=1, cursor=9, as_of=AS_OF)


def page_of(petition) -> str:
    return reverse("petitions:days", args=[petition.pk])


def rows(client, petition):
    """Return the table: the numbers of each day, or of all, by its first cell."""
    html = words_of(client.get(page_of(petition)))
    table = html.split('id="days"')[1].split("</thead>")[1].split("</table>")[0]
    found = {}
    for row in re.findall(r"<tr>(.*?)</tr>", table, re.DOTALL):
        first, *others = [re.sub(r"<[^>]+>", "", cell) for cell in re.findall(r"<t[hd].*?</t[hd]>", row)]
        found[first.strip()] = [int(re.sub(r"\s", "", cell)) for cell in others]
    return found


def mailed(petition) -> int:
    told = HourlyTally.objects.filter(petition=petition, kind=TallyKind.MAILED)
    return sum(told.values_list("number", flat=True))


def test_staff_see_per_day_how_many_were_received_mailed_came_back_and_were_confirmed(
    manager, petition, rolled_up
):
    yesterday = AS_OF - timedelta(days=1)
    for kind, number, moment in [
        (TallyKind.RECEIVED, 1_200, yesterday),
        (TallyKind.MAILED, 1_100, yesterday),
        (TallyKind.BOUNCED, 7, AS_OF),
        (TallyKind.CONFIRMED, 900, yesterday),
        (TallyKind.RELEASED, 2, AS_OF),
        (TallyKind.HELD, 5, yesterday),
        (TallyKind.TAKEN_OUT, 1, AS_OF),
        (TallyKind.INVALIDATED, 4, AS_OF),
        (TallyKind.HELD_ASIDE, 2, AS_OF),
        (TallyKind.RESTORED, 1, AS_OF),
        (TallyKind.WITHDRAWN, 3, AS_OF),
        (TallyKind.HELD_LEFT, 1, AS_OF),
        (TallyKind.EXPIRED, 40, AS_OF),
    ]:
        add(petition.pk, kind, "FR-75", moment, number)
    assert rows(manager, petition) == {
        "25 novembre 2026": [0, 0, 7, 2, 1, 5, 4, 40],
        "24 novembre 2026": [1_200, 1_100, 0, 900, 5, 0, 0, 0],
        "Au total": [1_200, 1_100, 7, 902, 6, 5, 4, 40],
    }
    as_of = re.search(r"Au (.*?) \(heure de Paris\)", words_of(manager.get(page_of(petition))))
    assert as_of and as_of.group(1) == "25 novembre 2026 à 14 h 30"


def test_days_are_those_of_paris_and_the_last_sixty(manager, petition, rolled_up):
    add(petition.pk, TallyKind.RECEIVED, "", datetime(2026, 11, 24, 23, 1, tzinfo=UTC))
    add(petition.pk, TallyKind.RECEIVED, "", datetime(2026, 11, 24, 22, 59, tzinfo=UTC))
    add(petition.pk, TallyKind.RECEIVED, "", datetime(2026, 9, 26, 22, 0, tzinfo=UTC))  # the 27th in Paris
    add(petition.pk, TallyKind.RECEIVED, "", datetime(2026, 9, 26, 21, 0, tzinfo=UTC))
    table = rows(manager, petition)
    assert (table["25 novembre 2026"][0], table["24 novembre 2026"][0]) == (1, 1)
    assert table["27 septembre 2026"][0] == 1
    assert len(table) == 60 + 1
    assert table["Au total"][0] == 3


def test_other_petitions_are_not_among_them(manager, petition, rolled_up):
    add(OpenPetitionFactory().pk, TallyKind.RECEIVED, "", AS_OF)
    assert "Il ne s’est rien passé" in words_of(manager.get(page_of(petition)))


def test_before_anything_is_counted_the_page_says_so(manager, petition):
    page = words_of(manager.get(page_of(petition)))
    assert "Rien n’est encore compté" in page
    assert 'id="days"' not in page


def test_thirty_days_cost_no_more_statements_than_one(manager, petition, rolled_up, statements_of):
    add(petition.pk, TallyKind.RECEIVED, "", AS_OF)
    one = statements_of(manager, page_of(petition))
    for ago in range(1, 30):
        for kind in TallyKind:
            add(petition.pk, kind, "FR-75", AS_OF - timedelta(days=ago))
    assert statements_of(manager, page_of(petition)) == one


def test_the_dashboard_and_the_petitions_own_page_lead_there(manager, petition):
    for page in (reverse("wagtailadmin_home"), reverse("petitions:edit", args=[petition.pk])):
        assert page_of(petition) in manager.get(page).content.decode()


def test_it_asks_for_the_right_to_see_petitions_and_no_other(editor, petition):
    assert editor.get(page_of(petition)).status_code == 302
    reader = get_user_model().objects.create_user("lecture@essai", password="a-long-enough-password")
    reader.user_permissions.add(
        *Permission.objects.filter(codename__in=("access_admin", "view_petition")),
    )
    client = Client()
    client.force_login(reader, backend="django.contrib.auth.backends.ModelBackend")
    assert client.get(page_of(petition)).status_code == 200
    assert client.post(page_of(petition)).status_code == 405


def test_the_mail_of_a_form_is_counted_once_as_it_leaves(petition, mailbox):
    row = PendingSignatureFactory(petition=petition, place="FR-75")
    signing.owe_signature_mail(row)
    assert mailed(petition) == 0
    drain_outbox()
    assert mailed(petition) == 1
    row.refresh_from_db()
    signing.ask_again(row, row.email)
    drain_outbox()
    reminding.note_reminded(row)
    assert mailed(petition) == 1
    assert HourlyTally.objects.get(kind=TallyKind.MAILED).place == "FR-75"


def test_a_later_form_of_the_same_mailbox_has_a_mail_of_its_own_counted(petition):
    row = PendingSignatureFactory(petition=petition)
    signing.note_mailed(row)
    with time_machine.travel(timezone.now() + timedelta(hours=1), tick=False):
        PendingSignature.objects.update(received_at=timezone.now() - timedelta(minutes=1), nonce="another")
        row.refresh_from_db()
        signing.note_mailed(row)
    assert mailed(petition) == 2


def test_the_mail_of_a_trial_is_not_counted(petition):
    signing.note_mailed(PendingSignatureFactory(petition=petition, trial=True))
    assert mailed(petition) == 0


def test_counting_the_events_anew_leaves_the_mails_that_left(petition):
    signing.note_mailed(PendingSignatureFactory(petition=petition))
    assert compare() == []
    rebuild(petition)
    assert mailed(petition) == 1


def test_what_the_public_reads_of_days_says_nothing_of_mails(visitor, petition, rolled_up):
    add(petition.pk, TallyKind.MAILED, "", AS_OF, 5)
    lines = visitor.read(f"/api/petitions/{petition.slug}/daily.csv").content.decode().splitlines()
    assert lines[0] == "date,received,confirmed,withdrawn,set_aside,total"
    assert all(line.endswith(",0,0,0,0,0") for line in lines[1:])
