"""What deserves a look besides pace: the field that nobody sees, the mail domain, no JavaScript, a full network."""

from datetime import timedelta

import pytest
import time_machine
from disposable_email_domains import blocklist
from django.utils import timezone

from petition import limits
from petition.domains import in_one_spelling, is_disposable, is_under, listed_in
from petition.enums import Reason
from petition.models import PendingSignature, TokenBucket
from tests.people import Form, words_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def signed(petition, visitor):
    """Sign by a form that was open for a while; return what deserves a look."""

    def sign(**values) -> list[str]:
        with time_machine.travel(timezone.now() - timedelta(minutes=1)):
            data = visitor.form_of(petition, **values)
        assert visitor.send(f"/petitions/{petition.slug}/signature/", data).status_code == 303
        return PendingSignature.objects.get(email=data["email"]).reasons

    return sign


class TestTheFieldThatNobodySees:
    def test_whoever_fills_it_in_is_taken_and_looked_at(self, signed):
        assert signed(remark="https://exemple.fr") == [Reason.TRAP]
        assert signed(remark=" ", email="b@exemple.fr") == []

    def test_nobody_comes_upon_it_and_nothing_fills_it_in_by_itself(self, petition, visitor):
        html = visitor.sign(petition, first_name="").content.decode()
        field = html.split('name="remark"')[1].split(">")[0]
        assert 'tabindex="-1"' in field
        assert 'autocomplete="off"' in field
        around = html.split('name="remark"')[0].rsplit("<div", 1)[1]
        assert 'class="sign-form__unseen" aria-hidden="true"' in around
        assert "Laissez ce champ vide" in around
        assert Form(html, "sign-form").values["remark"] == ""


class TestTheMailDomain:
    def test_an_address_made_for_an_hour_is_noted_and_nothing_more(self, signed):
        domain = sorted(blocklist)[0]
        assert signed(email=f"a@{domain}") == [Reason.DISPOSABLE]
        assert signed(email=f"a@sous.{domain.upper()}") == [Reason.DISPOSABLE]
        assert signed(email="a@exemple.fr") == []

    @pytest.mark.parametrize(
        ("watched", "email"),
        [
            ("exemple.fr", "a@exemple.fr"),
            ("autre.fr\n  Exemple.FR \n", "a@EXEMPLE.fr"),
            ("exemple.fr", "a@poste.interne.exemple.fr"),
            ("@exemple.fr", "a@exemple.fr"),
            ("société.fr", "a@xn--socit-esab.fr"),
            ("xn--socit-esab.fr", "a@poste.SOCIÉTÉ.fr"),
        ],
    )
    def test_what_staff_look_at_is_found_in_every_spelling(self, petition, signed, watched, email):
        petition.watched_domains = watched
        petition.save()
        assert signed(email=email) == [Reason.MATCHED]

    @pytest.mark.parametrize("email", ["a@monexemple.fr", "a@exemple.fr.example.net", "exemple.fr@autre.fr"])
    def test_what_only_looks_like_it_is_left_alone(self, petition, signed, email):
        petition.watched_domains = "exemple.fr\n\n"
        petition.save()
        assert signed(email=email) == []

    def test_domains_have_one_spelling(self):
        assert in_one_spelling(" Société.FR. ") == "xn--socit-esab.fr"
        assert in_one_spelling("a_b.fr") == "a_b.fr"
        assert listed_in(" \n@\nB.fr\r\n") == {"b.fr"}
        assert is_under("a.b.fr", frozenset({"b.fr"}))
        assert not is_under("fr", frozenset({"b.fr"}))
        assert not is_disposable("laposte.net")


class TestNetworks:
    def test_without_javascript_half_as_many_may_come_from_one_network(self, signed, monkeypatch):
        monkeypatch.setattr(limits, "NETWORK_SOFT_PER_HOUR", 4)
        for number in range(2):
            assert signed(email=f"{number}@exemple.fr", altcha=None) == [Reason.NO_SCRIPT]
        assert signed(email="c@exemple.fr") == []
        assert signed(email="d@exemple.fr", altcha=None) == [Reason.NO_SCRIPT, Reason.BUSY_NETWORK]
        assert signed(email="e@exemple.fr") == [Reason.BUSY_NETWORK]

    def test_the_numbers_are_those_that_are_told(self, settings):
        assert limits.network_limits() == (30, 600)
        assert limits.network_limits(proven=False) == (15, 300)
        settings.DEMO = True
        assert limits.network_limits() == (30_000, 600_000)
        assert limits.challenges_per_network() == 1_200_000

    def test_networks_of_one_48_may_together_what_ten_of_them_may(self, monkeypatch):
        monkeypatch.setattr(limits, "WIDER_FACTOR", 2)
        now = timezone.now()
        told = [limits.count_network(f"6:20010db80001{number:04x}", now) for number in range(6)]
        assert told == [1, 1, 1, 2, 2, 3]
        assert limits.count_network("6:20010db800020000", now) == 1
        assert limits.count_network("4:cb0071", now) == 1
        assert TokenBucket.objects.count() == 6 + 1 + 2 + 1

    def test_a_full_network_gets_429_with_all_that_was_typed(self, petition, visitor, monkeypatch):
        monkeypatch.setattr(limits, "NETWORK_HARD_PER_HOUR", 1)
        visitor.sign(petition)
        full = visitor.sign(petition, email="b@exemple.fr", agree_public="on", postcode="75011")
        assert full.status_code == 429
        form = Form(full.content.decode(), "sign-form")
        kept = {name: form.values[name] for name in ("first_name", "email", "postcode")}
        assert kept == {"first_name": "Élise", "email": "b@exemple.fr", "postcode": "75011"}
        assert form.checked == {"agree_sign", "agree_public"}
        assert "de votre réseau" in words_of(full)
        elsewhere = visitor.form_of(petition, email="c@exemple.fr")
        sent = visitor.send(f"/petitions/{petition.slug}/signature/", elsewhere, REMOTE_ADDR="203.0.113.7")
        assert sent.status_code == 303
