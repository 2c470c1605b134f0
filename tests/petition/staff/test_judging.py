"""Staff look at signatures: what is set aside and why, act by act, for one, for those ticked, for all listed."""

import re
from datetime import UTC, datetime, timedelta
from html import unescape

import pytest
from django.contrib.auth import get_user_model
from django.contrib.auth.models import Permission
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone
from django.utils.html import escape
from wagtail.models import ModelLogEntry

from campaign.roles import Role
from petition.enums import (
    BounceKind,
    EventKind,
    PetitionState,
    Reason,
    SignatureState,
    SuppressionReason,
    SuppressionScope,
)
from petition.models import Bounce, Petition, Signature, SignatureEvent, Suppression
from petition.services import invalidation
from petition.services.confirmation import confirm
from petition.services.counting import progress
from petition.services.invalidation import ACTS
from tests.factories import OpenPetitionFactory, PendingSignatureFactory, SignatureFactory
from tests.people import words_of

WHY = "Adresses d’une même série."
HELD = "to_look_at:index"


@pytest.fixture
def signed(petition):
    """Return a function that signs and confirms, perhaps with reasons."""

    def make(*reasons: Reason, **values) -> Signature:
        row = PendingSignatureFactory.create(**{"petition": petition, "reasons": list(reasons), **values})
        confirm(row.petition, row.uuid, row.nonce)
        return Signature.objects.get(uuid=row.uuid)

    return make


def page_of(act: str, signature: Signature) -> str:
    return reverse("signatures:judge", args=[signature.pk, act])


def many(act: str, screen: str = "to_look_at") -> str:
    return reverse(f"{screen}:judge_many", args=[act])


def states() -> list[str]:
    return list(Signature.objects.order_by("pk").values_list("state", flat=True))


class TestOne:
    def test_the_page_of_a_held_signature_says_why_and_what_can_be_done(self, manager, signed):
        signature = signed(Reason.TRAP, Reason.NO_SCRIPT)
        html = words_of(manager.get(reverse("signatures:inspect", args=[signature.pk])))
        for words in (SignatureState.HELD.label, Reason.TRAP.label, Reason.NO_SCRIPT.label):
            assert escape(str(words)) in html
        offered = {name for name in ACTS if page_of(name, signature) in html}
        assert offered == {"release", "set_aside"}

    def test_the_page_of_an_act_says_what_the_count_becomes_and_changes_nothing(self, manager, signed):
        signed()
        html = words_of(manager.get(page_of("set_aside", signed())))
        assert "passe de 2 à 1" in html
        assert states() == ["confirmed", "confirmed"]

    def test_setting_aside_takes_it_from_the_count_and_says_who_and_why(self, manager, signed, petition):
        signature = signed()
        answer = manager.post(page_of("set_aside", signature), {"reason": f" {WHY} "})
        assert answer["Location"] == reverse("signatures:inspect", args=[signature.pk])
        assert progress(petition).count == 0
        html = words_of(manager.get(answer["Location"]))
        assert html.count(escape(WHY)) == 2, "beside the state, and in what happened"
        assert Role.PETITION_MANAGER.name.lower() in html
        assert page_of("restore", signature) in html
        manager.post(page_of("restore", signature), {"reason": "Erreur."})
        assert progress(petition).count == 1

    def test_the_history_of_the_site_tells_it_without_the_person(self, manager, signed):
        signature = signed()
        manager.post(page_of("hold", signature), {"reason": WHY})
        html = words_of(manager.get(reverse("wagtailadmin_reports:site_history")))
        assert escape(WHY) in html
        assert signature.last_name not in html
        assert "camille" not in html

    @pytest.mark.parametrize(
        "reason",
        ["", "   ", "Deux\nlignes", "Nul\x00", "Cloche\x07", "Voir camille@example.org", "x" * 301],
    )
    def test_a_reason_that_is_none_is_refused_in_words_and_nothing_happens(self, manager, signed, reason):
        signature = signed()
        answer = manager.post(page_of("set_aside", signature), {"reason": reason})
        assert answer.status_code == 422
        assert answer.context["form"].errors["reason"]
        assert states() == ["confirmed"]
        assert SignatureEvent.objects.count() == 1

    def test_what_is_no_longer_possible_leads_back_and_says_so(self, manager, signed):
        signature = signed()
        invalidation.hold(signature, reason=WHY, by=get_user_model().objects.get())
        for ask in (manager.get, manager.post):
            answer = ask(page_of("hold", signature), {"reason": "Encore."}, follow=True)
            assert list(answer.context["messages"])
        assert Signature.objects.get().state_reason == WHY

    def test_after_delivery_the_pages_say_that_the_number_is_final(self, manager, signed, petition):
        signature = signed()
        Petition.objects.update(state=PetitionState.DELIVERED)
        html = words_of(manager.get(reverse("signatures:inspect", args=[signature.pk])))
        assert "son nombre est définitif" in html
        assert page_of("set_aside", signature) not in html
        answer = manager.post(page_of("set_aside", signature), {"reason": WHY}, follow=True)
        assert "définitif" in str(next(iter(answer.context["messages"])))
        assert progress(petition).count == 1

    def test_an_act_that_there_is_not_is_no_page(self, manager, signed):
        assert manager.get(page_of("vanish", signed())).status_code == 404

    def test_mails_that_came_back_and_mails_held_back_stand_on_the_page(self, manager, signed):
        signature = signed()
        address = reverse("signatures:inspect", args=[signature.pk])
        assert escape(str(BounceKind.HARD.label)) not in words_of(manager.get(address))
        now = timezone.now()
        Bounce.objects.create(
            email_key=signature.email_key, kind=BounceKind.HARD, happened_at=now, said="550 no such user"
        )
        Suppression.objects.create(
            email_key=signature.email_key,
            scope=SuppressionScope.ALL_MAIL,
            reason=SuppressionReason.BOUNCE,
            created_at=now,
        )
        html = words_of(manager.get(address))
        for words in (BounceKind.HARD.label, "550 no such user", SuppressionReason.BOUNCE.label):
            assert escape(str(words)) in html

    def test_a_longer_history_costs_no_more_statements(self, manager, signed, statements_of):
        signature = signed(Reason.TRAP)
        by = get_user_model().objects.get()
        address = reverse("signatures:inspect", args=[signature.pk])
        invalidation.release(signature, reason=WHY, by=by)
        short = statements_of(manager, address)
        for act in (invalidation.hold, invalidation.set_aside, invalidation.restore):
            act(signature, reason=WHY, by=by)
        assert statements_of(manager, address) == short


class TestTheListOfThoseToBeLookedAt:
    def test_the_oldest_comes_first_with_its_reasons_in_words(self, manager, signed):
        signed(Reason.TRAP, last_name="Premier")
        signed(Reason.TOO_FAST, Reason.BUSY_NETWORK, last_name="Second")
        signed(Reason.TOO_FAST, last_name="Comptée")
        html = words_of(manager.get(reverse(HELD)))
        assert html.index("Premier") < html.index("Second")
        assert "Comptée" not in html
        for reason in (Reason.TRAP, Reason.TOO_FAST, Reason.BUSY_NETWORK):
            assert escape(str(reason.label)) in html

    def test_menu_and_dashboard_say_how_many_wait(self, manager, signed, something_of_everything):
        home = reverse("wagtailadmin_home")
        assert "À vérifier (" not in words_of(manager.get(home))
        signed(Reason.TRAP)
        signed(Reason.TRAP)
        html = words_of(manager.get(home))
        assert "À vérifier (2)" in html or r"\u00c0 v\u00e9rifier (2)" in html
        [number] = re.findall(rf'{reverse(HELD)}\?petition=\d+">\s*<strong>(\d+)</strong>', html)
        assert number == "2"

    def test_when_nobody_waits_it_says_so(self, manager, petition):
        assert "to-look-at__none" in words_of(manager.get(reverse(HELD)))
        assert "to-look-at__none" not in words_of(manager.get(reverse(HELD), {"reason": "trap"}))

    def test_three_rows_cost_no_more_statements_than_one(self, manager, signed, statements_of):
        signed(Reason.TRAP)
        one = statements_of(manager, reverse(HELD))
        signed(Reason.TRAP)
        signed(Reason.TRAP)
        assert statements_of(manager, reverse(HELD)) == one

    def test_it_leaves_as_no_file(self, manager, signed):
        signed(Reason.TRAP)
        for form in ("csv", "xlsx"):
            assert manager.get(reverse(HELD), {"export": form})["Content-Type"].startswith("text/html")

    def test_a_mailbox_is_found_in_it(self, manager, signed):
        row = signed(Reason.TRAP, last_name="Cherchée")
        signed(Reason.TRAP, last_name="Voisine")
        html = words_of(manager.get(reverse(HELD), {"mailbox": row.email_key}))
        assert "Cherchée" in html
        assert "Voisine" not in html

    @pytest.mark.postgresql_only
    def test_its_number_and_a_signature_s_history_are_read_from_indexes_of_their_own(self, petition, signed):
        crowd = [
            SignatureFactory.build(petition=petition, text=petition.texts.get(language="fr"))
            for _ in range(2000)
        ]
        Signature.objects.bulk_create(crowd)
        SignatureFactory(petition=petition, state=SignatureState.HELD)
        with connection.cursor() as cursor:
            cursor.execute("ANALYZE petition_signature")
        plan = Signature.objects.to_be_looked_at().explain()
        assert "signature_not_counted" in plan
        events = SignatureEvent.objects.filter(
            signature_uuid=signed(Reason.TRAP, email="seule@example.org").uuid
        )
        with connection.cursor() as cursor:
            cursor.execute("SET LOCAL enable_seqscan = off")
        for asked in (events.exclude(kind=EventKind.CONFIRMED), events.filter(kind=EventKind.WITHDRAWN)):
            assert "event_after_confirmation" in asked.explain()


class TestFilters:
    @pytest.mark.parametrize("screen", [HELD, "signatures:index"])
    def test_they_are_offered_beside_the_buttons(self, manager, signed, screen):
        signed(Reason.TRAP)
        answer = manager.get(reverse(screen), {"state": "held"})
        assert 'name="reason"' in words_of(answer)
        assert "judge-many" in words_of(answer)

    def test_the_list_of_signatures_is_filtered_by_reason_also_a_note(self, manager, signed):
        signed(Reason.TRAP, last_name="Piégée")
        signed(Reason.TOO_FAST, last_name="Rapide")
        html = words_of(manager.get(reverse("signatures:index"), {"reason": "too_fast"}))
        assert "Rapide" in html
        assert "Piégée" not in html

    def test_a_batch_is_found_by_the_moment_of_its_confirmation(self, manager, petition):
        moment = datetime(2026, 7, 14, 22, 30, tzinfo=UTC)  # half past midnight in Paris
        SignatureFactory(petition=petition, last_name="Dedans", confirmed_at=moment)
        SignatureFactory(petition=petition, last_name="Avant", confirmed_at=moment - timedelta(hours=1))
        SignatureFactory(petition=petition, last_name="Plus-tard", confirmed_at=moment + timedelta(hours=1))
        found = {"confirmed_from": "2026-07-15 00:00", "confirmed_until": "2026-07-15 01:00"}
        html = words_of(manager.get(reverse("signatures:index"), found))
        assert "Dedans" in html
        assert "Avant" not in html
        assert "Plus-tard" not in html


class TestMany:
    @pytest.fixture
    def three(self, signed):
        return [signed(Reason.TRAP, last_name=f"Retenu{number}") for number in range(3)]

    def ask(self, client, act: str, screen: str = "to_look_at", **data):
        return client.post(many(act, screen), data)

    def test_first_a_page_says_how_many_and_what_follows_and_nothing_happens(self, manager, three):
        ticked = [three[0].pk, three[2].pk]
        answer = self.ask(manager, "release", which="ticked", pk=ticked)
        html = words_of(answer)
        assert answer.status_code == 200
        assert "2 signatures" in html
        assert "passe de 0 à 2" in html
        assert states() == ["held"] * 3

    def test_those_ticked_are_judged_and_no_other(self, manager, three, petition):
        ticked = [three[0].pk, three[2].pk]
        answer = self.ask(manager, "release", which="ticked", pk=ticked, number=2, reason=WHY)
        assert answer["Location"] == reverse(HELD)
        assert states() == ["confirmed", "held", "confirmed"]
        assert progress(petition).count == 2
        assert ModelLogEntry.objects.filter(action="signature.release", data={"reason": WHY}).count() == 2

    def test_all_that_the_filter_shows_are_judged(self, manager, three, signed):
        signed(Reason.PROOF)
        data = {"which": "all", "filters": "reason=trap", "number": 3, "reason": WHY}
        answer = self.ask(manager, "set_aside", **data)
        assert answer["Location"] == f"{reverse(HELD)}?reason=trap"
        assert states() == ["invalidated"] * 3 + ["held"]

    def test_more_than_fit_are_done_in_turn_each_asked_for(self, manager, three, monkeypatch):
        monkeypatch.setattr(invalidation, "AT_ONCE", 2)
        answer = self.ask(manager, "release", which="all", filters="", number=3, reason=WHY)
        assert states() == ["confirmed", "confirmed", "held"]
        html = unescape(words_of(answer))
        assert 'name="number" value="1"' in html
        assert f'value="{WHY}"' in html
        self.ask(manager, "release", which="all", filters="", number=1, reason=WHY)
        assert states() == ["confirmed"] * 3

    def test_a_number_that_has_changed_is_shown_again_first(self, manager, three):
        answer = self.ask(manager, "release", which="all", filters="", number=2, reason=WHY)
        assert answer.status_code == 409
        assert states() == ["held"] * 3

    def test_without_a_reason_nothing_happens(self, manager, three):
        answer = self.ask(manager, "release", which="all", filters="", number=3, reason="")
        assert answer.status_code == 422
        assert states() == ["held"] * 3

    @pytest.mark.parametrize(
        "data",
        [
            {"which": "ticked"},
            {"which": "ticked", "pk": ["x", "-1", "99999999"]},
            {"which": "all", "filters": "petition=nonsense"},
            {"which": "all", "filters": "reason=nonsense"},
        ],
    )
    def test_where_nothing_was_chosen_it_leads_back_and_says_so(self, manager, three, data):
        answer = manager.post(many("release"), {**data, "number": 3, "reason": WHY}, follow=True)
        assert list(answer.context["messages"])
        assert states() == ["held"] * 3

    def test_the_screen_of_those_held_judges_no_other(self, manager, signed):
        signature = signed()
        self.ask(manager, "set_aside", which="ticked", pk=signature.pk, number=1, reason=WHY)
        assert states() == ["confirmed"]

    def test_a_suspicious_batch_is_found_among_all_and_set_aside_at_once(self, manager, signed, petition):
        for number in range(3):
            signed(Reason.TOO_FAST if number else Reason.NO_SCRIPT)
        found = {"state": "confirmed", "reason": "too_fast"}
        html = words_of(manager.get(reverse("signatures:index"), found))
        [filters] = re.findall(r'name="filters" value="([^"]*)"', html)
        assert many("set_aside", "signatures") in html
        assert many("restore", "signatures") not in html
        data = {"which": "all", "filters": unescape(filters), "number": 2, "reason": WHY}
        self.ask(manager, "set_aside", "signatures", **data)
        assert states() == ["confirmed", "invalidated", "invalidated"]
        assert progress(petition).count == 1

    def test_where_several_states_are_listed_nothing_is_offered(self, manager, three):
        html = words_of(manager.get(reverse("signatures:index")))
        assert "judge-many" not in html

    def test_each_petition_s_count_is_told(self, manager, three, signed):
        other = OpenPetitionFactory()
        signed(Reason.TRAP, petition=other)
        html = words_of(self.ask(manager, "release", which="all", filters=""))
        assert "passe de 0 à 3" in html
        assert "passe de 0 à 1" in html

    def test_the_page_costs_no_more_statements_for_more_of_them(self, manager, three, signed):
        def cost() -> int:
            with CaptureQueriesContext(connection) as captured:
                assert self.ask(manager, "release", which="all", filters="").status_code == 200
            return len(captured)

        cost()
        before = cost()
        for _ in range(3):
            signed(Reason.TRAP)
        assert cost() == before


class TestWhoMay:
    @pytest.fixture
    def reader(self, db):
        user = get_user_model().objects.create_user("lectrice", password="a-long-enough-password")
        named = ["access_admin", "view_signature"]
        user.user_permissions.set(Permission.objects.filter(codename__in=named))
        client = Client()
        client.force_login(user, backend="django.contrib.auth.backends.ModelBackend")
        return client

    def test_whoever_may_only_read_finds_no_button_and_is_refused(self, reader, signed):
        signature = signed(Reason.TRAP)
        html = words_of(reader.get(reverse(HELD)))
        assert signature.last_name in html
        assert "judge-many" not in html
        details = words_of(reader.get(reverse("signatures:inspect", args=[signature.pk])))
        assert page_of("release", signature) not in details
        assert reader.get(page_of("release", signature)).status_code == 302
        for address in (page_of("release", signature), many("release")):
            data = {"reason": WHY, "which": "all", "number": 1}
            assert reader.post(address, data).status_code == 302
        assert states() == ["held"]

    def test_the_administrators_may_as_well(self, desk, signed):
        signature = signed()
        desk(Role.ADMINISTRATOR).post(page_of("hold", signature), {"reason": WHY})
        assert states() == ["held"]

    def test_reading_judges_nothing(self, manager, signed):
        signature = signed(Reason.TRAP)
        assert manager.get(page_of("release", signature), {"reason": WHY}).status_code == 200
        assert manager.get(many("release"), {"which": "all", "reason": WHY}).status_code == 405
        assert states() == ["held"]
