"""Each period is a setting with bounds, refused in words at the start; the deletion and the mails follow it."""

import os
import re
import subprocess
import sys
from datetime import UTC, datetime, timedelta

import pytest
from django.conf import settings as of_site
from django.utils import timezone

from petition import links, notice, periods
from petition.enums import ConsentPurpose, ContactState, SuppressionReason, SuppressionScope
from petition.models import ConsentText, Contact, PendingSignature, Suppression
from petition.services import ending, retention, wording
from petition.word_handlers import publish_words
from tests.factories import ContactFactory, OpenPetitionFactory, PendingSignatureFactory
from tests.people import confirm_path, drain_outbox

BOUNDS = {
    "KEEP_UNCONFIRMED_DAYS": (2, 31),
    "KEEP_NAMES_MONTHS_AFTER_OPENING": (2, 22),
    "KEEP_NAMES_MONTHS_AFTER_DELIVERY": (0, 13),
    "KEEP_SUPPORTERS_YEARS": (0, 4),
    "KEEP_REFUSALS_YEARS": (2, 11),
    "KEEP_PROOF_YEARS": (0, 7),
    "KEEP_STAFF_LOG_MONTHS": (5, 13),
    "SIGNING_AGE": (14, 19),
}


def starts(**variables: str) -> str:
    """Load the settings as a program of its own does; return what it says when it refuses to start."""
    program = f"""
import os, sys
from campaign import env
from django.core.exceptions import ImproperlyConfigured
names = {list(BOUNDS)!r}
source = open({str(of_site.BASE_DIR / "campaign" / "settings.py")!r}, encoding="utf-8").read()
import re
for name in names:
    found = re.search(rf"^{{name}} = (env.read\\(.*?\\))$", source, re.M | re.S)
    try:
        eval(found[1])
    except ImproperlyConfigured as error:
        print(error)
"""
    done = subprocess.run(
        [sys.executable, "-c", program],
        capture_output=True,
        text=True,
        cwd=of_site.BASE_DIR,
        env={**os.environ, **variables},
        check=True,
    )
    return done.stdout


@pytest.mark.parametrize("end", [0, 1])
def test_a_number_outside_its_bounds_stops_the_start_with_its_name_and_the_bounds(end):
    said = starts(**{name: str(bounds[end]) for name, bounds in BOUNDS.items()}).splitlines()
    assert [line.split()[0] for line in said] == list(BOUNDS)
    for line, (low, high) in zip(said, BOUNDS.values(), strict=True):
        assert f"from {low + 1} to {high - 1}" in line


def test_bounds_themselves_are_taken_and_words_are_not():
    assert starts(**{name: str(low + 1) for name, (low, _high) in BOUNDS.items()}) == ""
    assert "KEEP_PROOF_YEARS is wrong" in starts(KEEP_PROOF_YEARS="trois")


@pytest.mark.django_db
class TestTheDeletionsFollow:
    def test_what_no_mailbox_confirmed(self, petition, settings):
        settings.KEEP_UNCONFIRMED_DAYS = 5
        now = timezone.now()
        for email, days in (("cinq@example.org", 5.1), ("quatre@example.org", 4.9)):
            PendingSignatureFactory(petition=petition, email=email, received_at=now - timedelta(days=days))
        assert retention.expire_pending(now, dry_run=True) == 1
        assert retention.expire_pending(now) == 1
        assert PendingSignature.objects.get().email == "quatre@example.org"

    def test_many_unconfirmed_go_in_batches(self, petition, monkeypatch):
        monkeypatch.setattr(retention, "AT_ONCE", 2)
        for _ in range(5):
            PendingSignatureFactory(petition=petition, received_at=timezone.now() - timedelta(days=15))
        assert retention.expire_pending(timezone.now()) == 5

    def test_the_link_lives_no_longer_than_what_it_confirms(self, petition, settings, visitor, mailbox):
        settings.KEEP_UNCONFIRMED_DAYS = 3
        assert links.confirm_life() == timedelta(days=3)
        visitor.sign(petition)
        drain_outbox()
        assert confirm_path(mailbox.messages[-1])
        settings.KEEP_UNCONFIRMED_DAYS = 30
        assert links.confirm_life() == timedelta(days=7)

    def test_supporters_are_asked_after_the_years_of_the_setting(self, petition, settings):
        now = timezone.now()
        ContactFactory(petition=petition, confirmed_at=now - timedelta(days=366))
        assert retention.retire_contacts(now, dry_run=True).asked == 0
        settings.KEEP_SUPPORTERS_YEARS = 1
        assert retention.retire_contacts(now, dry_run=True).asked == 1

    def test_who_left_is_kept_by_fingerprint_for_years_of_its_own(self, petition, settings):
        now = timezone.now()
        left = {"state": ContactState.UNSUBSCRIBED, "state_changed_at": now - timedelta(days=4 * 365)}
        ContactFactory(petition=petition, **left)
        settings.KEEP_SUPPORTERS_YEARS, settings.KEEP_REFUSALS_YEARS = 1, 5
        assert retention.retire_contacts(now).left == 0
        settings.KEEP_REFUSALS_YEARS = 3
        assert retention.retire_contacts(now).left == 1
        assert not Contact.objects.exists()

    def test_what_has_an_end_goes_when_it_has_come_and_what_has_none_stays(self, petition):
        now = timezone.now()
        whole = {"scope": SuppressionScope.ALL_MAIL, "created_at": now - timedelta(days=40)}
        over, ahead = now - timedelta(days=1), now + timedelta(days=1)
        for key, until in (("a", over), ("b", ahead), ("c", None)):
            Suppression.objects.create(email_key=key, reason=SuppressionReason.REFUSAL, until=until, **whole)
        assert retention.retire_contacts(now, dry_run=True).fingerprints == 1
        assert retention.retire_contacts(now).fingerprints == 1
        assert set(Suppression.objects.values_list("email_key", flat=True)) == {"b", "c"}

    def test_the_proof_of_a_consent(self, settings):
        settings.KEEP_PROOF_YEARS = 5
        assert periods.proof() == timedelta(days=5 * 365)

    def test_names(self, petition, settings):
        petition.opened_at = datetime(2027, 1, 15, 9, 0, tzinfo=UTC)
        settings.KEEP_NAMES_MONTHS_AFTER_OPENING = 6
        assert ending.end_of_names(petition).date().isoformat() == "2027-07-15"
        petition.delivered_at = datetime(2027, 2, 10, 9, 0, tzinfo=UTC)
        settings.KEEP_NAMES_MONTHS_AFTER_DELIVERY = 2
        assert ending.end_of_names(petition).date().isoformat() == "2027-04-10"


@pytest.mark.django_db
class TestTheAge:
    def test_the_worker_publishes_it_and_no_visitors_get_does(self, settings, client):
        petition = OpenPetitionFactory()
        before = ConsentText.objects.count()
        settings.SIGNING_AGE = 16
        client.get(f"/petitions/{petition.slug}/")
        assert ConsentText.objects.count() == before
        publish_words()
        newest = wording.current_consent_texts(petition, "fr")[ConsentPurpose.SIGN]
        assert "J’ai 16 ans ou plus" in newest.sentence
        assert newest.version == 2
        assert publish_words().endswith(": 0"), "once"

    def test_staff_may_name_no_lower_one(self, petition, settings):
        from petition.staff.consent_words import _explicit

        settings.SIGNING_AGE = 16
        _explicit("Je sais qu’une signature peut révéler une opinion ; j’ai 16 ans ou plus.")
        with pytest.raises(Exception, match="16 ans"):
            _explicit("Je sais qu’une signature peut révéler une opinion ; j’ai 15 ans ou plus.")


def test_months_are_told_as_people_say_them():
    assert [notice.in_months(months) for months in (1, 21)] == ["1 mois", "21 mois"]


def test_each_setting_is_in_the_example_of_an_environment():
    example = (of_site.BASE_DIR / ".env.example").read_text(encoding="utf-8")
    for name in BOUNDS:
        assert re.search(rf"^# {name}=\d+$", example, re.M), name
