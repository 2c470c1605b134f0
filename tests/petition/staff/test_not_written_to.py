"""Staff see which mail came back, why nothing leaves for an address, and let it be written to again."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone
from django.utils.html import escape
from wagtail.models import ModelLogEntry

from campaign.outbox.models import ScheduledRun
from petition.email_address import email_key
from petition.enums import BounceKind, SuppressionReason
from petition.models import Suppression
from petition.services import bounce_feed, returning
from tests.factories import ContactFactory, PendingSignatureFactory
from tests.people import words_of

LIST = "not_written_to:index"
ADDRESS = "revenue@example.org"
KEY = email_key(ADDRESS)


@pytest.fixture
def returned(db):
    returning.note_bounce(KEY, BounceKind.HARD, timezone.now(), "550 5.1.1")


def find(client, address: str = ADDRESS):
    return client.get(client.post(reverse("not_written_to:find"), {"email": address})["Location"])


def lift(client, reason: str = "Faute de frappe corrigée par la personne", key: str = KEY):
    return client.post(reverse("not_written_to:lift"), {"mailbox": key, "reason": reason}, follow=True)


def test_an_address_is_found_by_typing_it_and_its_reports_are_shown(manager, returned):
    answer = find(manager, " Revenue+x@EXAMPLE.org ")
    page = words_of(answer)
    assert ADDRESS not in answer.request["QUERY_STRING"]
    assert escape(str(SuppressionReason.BOUNCE.label)) in page
    assert escape(str(BounceKind.HARD.label)) in page
    assert "550 5.1.1" in page


def test_another_address_may_be_written_to(manager, returned):
    answer = find(manager, "autre@example.org")
    assert answer.context["held"] == []
    assert not answer.context["can_be_lifted"]


def test_the_page_says_how_many_there_are_for_each_reason_and_lists_none(manager, returned):
    returning.note_bounce(email_key("plainte@example.org"), BounceKind.COMPLAINT, timezone.now())
    answer = manager.get(reverse(LIST))
    assert dict(answer.context["numbers"]) == {
        str(SuppressionReason.BOUNCE.label): 1,
        str(SuppressionReason.COMPLAINT.label): 1,
    }
    assert KEY not in answer.content.decode()


def test_it_is_lifted_with_a_reason_that_stays_in_the_history(manager, returned):
    lift(manager)
    assert not Suppression.objects.in_force(KEY, 0, timezone.now()).exists()
    entry = ModelLogEntry.objects.get(action="suppression.lift")
    assert entry.data == {"reason": "Faute de frappe corrigée par la personne"}
    assert KEY not in f"{entry.label}{entry.data}"
    history = manager.get(reverse("wagtailadmin_reports:site_history")).content.decode()
    assert escape(str(entry.message)) in history


def test_an_address_in_the_reason_is_not_kept(manager, returned):
    lift(manager, f"elle écrit de {ADDRESS}")
    assert ADDRESS not in str(ModelLogEntry.objects.get(action="suppression.lift").data)


@pytest.mark.parametrize("reason", ["", "   "])
def test_without_a_reason_nothing_is_lifted(manager, returned, reason):
    lift(manager, reason)
    assert Suppression.objects.exists()
    assert not ModelLogEntry.objects.filter(action="suppression.lift").exists()


def test_a_complaint_is_nobodys_to_lift(manager, db):
    returning.note_bounce(KEY, BounceKind.COMPLAINT, timezone.now())
    assert not find(manager).context["can_be_lifted"]
    lift(manager)
    assert Suppression.objects.exists()


def test_what_is_no_fingerprint_changes_nothing_and_is_no_error(manager, returned):
    for key in ("", "x", "0" * 31, "\x00" * 32):
        assert lift(manager, key=key).status_code == 200
        assert manager.get(reverse(LIST), {"mailbox": key}).status_code == 200
    assert Suppression.objects.exists()


def test_reading_lifts_nothing_and_an_editor_neither(manager, editor, returned):
    assert manager.get(reverse("not_written_to:lift")).status_code == 405
    assert editor.post(reverse("not_written_to:lift"), {"mailbox": KEY, "reason": "x"}).status_code in {
        302,
        403,
    }
    assert Suppression.objects.exists()


def test_it_shows_where_one_waits_for_confirmation_and_on_the_supporter(
    manager, petition, returned, statements_of
):
    pending = PendingSignatureFactory(petition=petition, email=ADDRESS)
    contact = ContactFactory(petition=petition, email=ADDRESS)
    mark = "mark_of_mail"
    rows = manager.get(reverse("pending_signatures:index")).context["object_list"]
    assert [row.is_not_written_to for row in rows] == [True], mark
    for name, row in (("pending_signatures", pending), ("contacts", contact)):
        page = words_of(manager.get(reverse(f"{name}:inspect", args=[row.pk])))
        assert escape(str(BounceKind.HARD.label)) in page
    one = statements_of(manager, reverse("pending_signatures:index"))
    PendingSignatureFactory.create_batch(2, petition=petition)
    assert statements_of(manager, reverse("pending_signatures:index")) == one


def test_silence_is_told_on_the_dashboard_and_on_the_page(manager, petition, settings):
    settings.BOUNCE_MAILBOX = {"host": "127.0.0.1"}
    bounce_feed.heard()
    ScheduledRun.objects.filter(name=bounce_feed.NAME).update(last_ended=timezone.now() - timedelta(days=2))
    for address in (reverse("wagtailadmin_home"), reverse(LIST)):
        assert "messages revenus depuis" in words_of(manager.get(address))
    bounce_feed.heard()
    assert "messages revenus depuis" not in words_of(manager.get(reverse(LIST)))


def test_the_mailbox_is_disclosed_among_what_this_site_calls(manager, settings):
    settings.OUTGOING_HOSTS = {"returned_mail": "pop.example.org"}
    page = words_of(manager.get(reverse("outgoing:index")))
    assert "pop.example.org" in page
    assert "revenus" in page
