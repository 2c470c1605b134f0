"""The Mailchimp adapter against the loopback server that answers as the provider's documentation says."""

import pytest

from petition.enums import ListState, Refusal
from petition.errors import ProviderError
from petition.mailing import mailchimp
from petition.mailing.base import ContactData
from petition.mailing.mailchimp import Mailchimp, base_address
from tests.fakes.mailchimp import refusing_port
from tests.petition.mailing.conftest import KEY, LIST

EMAIL = "Marie.Curie@Example.org"
MARIE = ContactData(EMAIL, "Marie", "fr")


@pytest.fixture
def adapter(chimp) -> Mailchimp:
    return Mailchimp(api_key=KEY, list_id=LIST, api_url=chimp.url)


def refusal_of(act) -> ProviderError:
    with pytest.raises(ProviderError) as caught:
        act()
    return caught.value


def status_of(chimp, email: str = EMAIL) -> str | None:
    member = chimp.member(email)
    return member.status if member else None


class TestSubscribing:
    def test_somebody_new_is_subscribed_with_first_name_and_language_and_nothing_else(self, adapter, chimp):
        assert adapter.subscribe(MARIE) == ListState.ON_LIST
        [request] = chimp.requests
        assert (request.method, request.authorised) == ("PUT", True)
        assert request.path.endswith(f"/lists/{LIST}/members/{adapter.reference_of(EMAIL)}")
        assert request.body == {
            "email_address": EMAIL,
            "status_if_new": "subscribed",
            "language": "fr",
            "merge_fields": {"FNAME": "Marie"},
        }
        assert status_of(chimp) == "subscribed"

    def test_a_repeat_and_another_case_update_the_same_member(self, adapter, chimp):
        for _ in range(2):
            assert adapter.subscribe(MARIE) == ListState.ON_LIST
        assert adapter.subscribe(ContactData(EMAIL.lower(), "Maria", "en")) == ListState.ON_LIST
        [member] = chimp.members(LIST).values()
        assert (member.merge_fields["FNAME"], member.language) == ("Maria", "en")

    def test_a_field_that_the_audience_requires_of_others_stops_nobody(self, adapter, chimp):
        chimp.require_merge_field("COMPANY")
        assert adapter.subscribe(MARIE) == ListState.ON_LIST

    @pytest.mark.parametrize("by_themselves", [True, False])
    def test_who_had_left_is_asked_and_not_put_back(self, adapter, chimp, by_themselves):
        chimp.add_member(EMAIL, status="unsubscribed", by_themselves=by_themselves)
        assert adapter.subscribe(MARIE) == ListState.ASKED
        assert status_of(chimp) == "pending"
        assert chimp.mailed == [EMAIL.lower()] or chimp.mailed == [EMAIL]

    def test_who_had_left_is_left_alone_without_a_fresh_yes(self, adapter, chimp):
        chimp.add_member(EMAIL, status="unsubscribed")
        stale = ContactData(EMAIL, "Marie", "fr", fresh=False)
        assert adapter.subscribe(stale) == ListState.LEFT
        assert status_of(chimp) == "unsubscribed"
        assert chimp.mailed == []

    def test_who_waits_for_the_lists_own_mail_is_not_asked_twice(self, adapter, chimp):
        chimp.add_member(EMAIL, status="pending")
        assert adapter.subscribe(MARIE) == ListState.ASKED
        assert chimp.mailed == []

    @pytest.mark.parametrize("status", ["archived", "transactional"])
    def test_who_was_put_away_without_having_left_comes_back(self, adapter, chimp, status):
        chimp.add_member(EMAIL, status=status)
        assert adapter.subscribe(MARIE) == ListState.ON_LIST
        assert status_of(chimp) == "subscribed"

    def test_whose_mail_comes_back_is_refused_for_good(self, adapter, chimp):
        chimp.add_member(EMAIL, status="cleaned")
        error = refusal_of(lambda: adapter.subscribe(MARIE))
        assert (error.refusal, error.permanent) == (Refusal.BOUNCES, True)

    def test_an_address_that_looks_fake_is_refused_for_good_without_repeating_it(self, adapter, chimp):
        chimp.looks_fake(EMAIL)
        error = refusal_of(lambda: adapter.subscribe(MARIE))
        assert (error.refusal, error.permanent) == (Refusal.ADDRESS, True)
        assert "curie" not in f"{error} {error.said} {error!r}".lower()

    def test_an_address_that_signed_up_everywhere_today_is_asked_for_again_later(self, adapter, chimp):
        chimp.signed_up_too_often(EMAIL)
        assert not refusal_of(lambda: adapter.subscribe(MARIE)).permanent
        chimp.signed_up_too_often(EMAIL, over=True)
        assert adapter.subscribe(MARIE) == ListState.ON_LIST

    def test_who_was_deleted_for_good_can_only_come_back_by_the_lists_own_form(self, adapter, chimp):
        chimp.forget(EMAIL)
        error = refusal_of(lambda: adapter.subscribe(MARIE))
        assert (error.refusal, error.permanent) == (Refusal.OWN_HAND, True)
        assert error.url.startswith("http")
        assert "curie" not in f"{error} {error.said}".lower()


class TestLeaving:
    def test_unsubscribing_takes_effect_and_can_be_repeated(self, adapter, chimp):
        adapter.subscribe(MARIE)
        for _ in range(2):
            adapter.unsubscribe(adapter.reference_of(EMAIL))
        assert status_of(chimp) == "unsubscribed"

    def test_unsubscribing_somebody_unknown_is_no_error(self, adapter):
        adapter.unsubscribe(adapter.reference_of("nobody@example.org"))

    @pytest.mark.parametrize("status", ["cleaned", "archived", "pending", "transactional", "unsubscribed"])
    def test_unsubscribing_works_from_every_state(self, adapter, chimp, status):
        chimp.add_member(EMAIL, status=status)
        adapter.unsubscribe(adapter.reference_of(EMAIL))
        assert status_of(chimp) not in {"subscribed", "pending"}

    @pytest.mark.parametrize(
        "status", ["subscribed", "unsubscribed", "cleaned", "archived", "pending", "transactional"]
    )
    def test_forgetting_deletes_for_good_from_every_state(self, adapter, chimp, status):
        chimp.add_member(EMAIL, status=status)
        for _ in range(2):
            adapter.forget(adapter.reference_of(EMAIL))
        assert chimp.member(EMAIL) is None
        assert chimp.is_forgotten(EMAIL)

    def test_a_list_that_is_not_there_is_not_taken_for_somebody_who_is_gone(self, chimp):
        elsewhere = Mailchimp(api_key=KEY, list_id="another", api_url=chimp.url)
        for act in (elsewhere.unsubscribe, elsewhere.forget):
            error = refusal_of(lambda act=act: act(elsewhere.reference_of(EMAIL)))
            assert (error.refusal, error.permanent) == (Refusal.NO_LIST, False)
        assert refusal_of(lambda: elsewhere.subscribe(MARIE)).refusal == Refusal.NO_LIST


FAULTS = [
    ("429", Refusal.BUSY),
    ("429-text", Refusal.BUSY),
    ("403-html", Refusal.BUSY),
    ("403-empty", Refusal.BUSY),
    ("503-html", Refusal.BUSY),
    ("500", Refusal.TROUBLE),
    ("503", Refusal.TROUBLE),
    ("502-html", Refusal.UNREACHABLE),
    ("half", Refusal.UNREACHABLE),
    ("drop", Refusal.UNREACHABLE),
    ("timeout", Refusal.UNREACHABLE),
]


class TestFaults:
    """Each is one ProviderError that will pass, and the same act afterwards does its work."""

    @pytest.mark.parametrize(("fault", "refusal"), FAULTS)
    @pytest.mark.parametrize("act", ["subscribe", "unsubscribe", "forget"])
    def test_every_act_meets_every_fault_with_the_one_error(self, chimp, monkeypatch, fault, refusal, act):
        monkeypatch.setattr(mailchimp, "TIMEOUT", 0.2)
        adapter = Mailchimp(api_key=KEY, list_id=LIST, api_url=chimp.url)
        argument = MARIE if act == "subscribe" else adapter.reference_of(EMAIL)
        if act != "subscribe":
            chimp.add_member(EMAIL)
        chimp.fault(fault)
        error = refusal_of(lambda: getattr(adapter, act)(argument))
        assert (error.refusal, error.permanent) == (refusal, False)
        assert "curie" not in f"{error} {error.said}".lower()

        chimp.clear_faults()
        getattr(adapter, act)(argument)
        expected = {"subscribe": "subscribed", "unsubscribe": "unsubscribed", "forget": None}
        assert status_of(chimp) == expected[act]

    @pytest.mark.parametrize("act", ["subscribe", "unsubscribe", "forget"])
    def test_a_refused_connection_is_the_one_error(self, act):
        adapter = Mailchimp(api_key=KEY, list_id=LIST, api_url=f"http://127.0.0.1:{refusing_port()}")
        argument = MARIE if act == "subscribe" else adapter.reference_of(EMAIL)
        error = refusal_of(lambda: getattr(adapter, act)(argument))
        assert (error.refusal, error.permanent) == (Refusal.UNREACHABLE, False)

    @pytest.mark.parametrize("fault", ["half", "drop", "timeout", "502-html"])
    def test_an_answer_that_was_lost_is_no_second_member(self, chimp, monkeypatch, fault):
        monkeypatch.setattr(mailchimp, "TIMEOUT", 0.2)
        adapter = Mailchimp(api_key=KEY, list_id=LIST, api_url=chimp.url)
        chimp.fault(fault, times=1, carried_out=True)
        refusal_of(lambda: adapter.subscribe(MARIE))
        chimp.release()
        assert adapter.subscribe(MARIE) == ListState.ON_LIST
        assert len(chimp.members(LIST)) == 1

    def test_a_key_that_is_not_accepted_waits_for_the_administrator(self, chimp):
        stranger = Mailchimp(api_key="f" * 32 + "-us21", list_id=LIST, api_url=chimp.url)
        error = refusal_of(lambda: stranger.subscribe(MARIE))
        assert (error.refusal, error.permanent) == (Refusal.NO_KEY, False)


@pytest.mark.parametrize(
    ("key", "url", "address"),
    [
        (KEY, "", "https://us21.api.mailchimp.com/3.0"),
        (KEY, "http://127.0.0.1:8123", "http://127.0.0.1:8123/3.0"),
        (KEY, "http://127.0.0.1:8123/3.0", "http://127.0.0.1:8123/3.0"),
    ],
)
def test_the_key_names_the_data_centre_unless_the_settings_name_an_address(key, url, address):
    assert base_address(key, url) == address
