"""A busy office, a flood, forged headers, and a mailbox that somebody wants to fill: each gets what it should."""

import pytest
from django.test import RequestFactory

from campaign import env
from petition import limits
from petition.enums import Reason
from petition.models import PendingSignature
from tests.factories import OpenPetitionFactory
from tests.people import drain_outbox, links_in

pytestmark = pytest.mark.django_db
BROWSER = {"Origin": "http://testserver", "Sec-Fetch-Site": "same-origin"}


def send(petition, visitor, number: int, address: str = "203.0.113.7", forwarded: str = "") -> int:
    """Sign as one more person; return the status."""
    data = visitor.form_of(petition, email=f"essai{number}@exemple.fr")
    headers = BROWSER | ({"X-Forwarded-For": forwarded} if forwarded else {})
    path = f"/petitions/{petition.slug}/signature/"
    return visitor.send(path, data, headers=headers, REMOTE_ADDR=address).status_code


@pytest.mark.parametrize("proxy", ["127.0.0.1", "::ffff:127.0.0.1"])
def test_behind_a_proxy_each_client_has_a_number_of_its_own_however_its_address_is_written(settings, proxy):
    settings.TRUSTED_PROXIES = env.networks("127.0.0.1")
    requests = [
        RequestFactory().get("/", REMOTE_ADDR=proxy, headers={"X-Forwarded-For": client})
        for client in ("203.0.113.9", "198.51.100.9", "::ffff:203.0.113.77")
    ]
    first, other, first_as_ipv6 = map(limits.client_network, requests)
    assert first != other
    assert first == first_as_ipv6


def test_sixty_colleagues_sign_and_a_flood_is_slowed(petition, visitor, monkeypatch):
    monkeypatch.setattr(limits, "NETWORK_HARD_PER_HOUR", 70)
    colleagues = [send(petition, visitor, number) for number in range(60)]
    assert set(colleagues) == {303}
    noted = PendingSignature.objects.filter(reasons__contains=Reason.BUSY_NETWORK)
    assert sum(Reason.BUSY_NETWORK in row.reasons for row in PendingSignature.objects.all()) == 30, noted
    flood = [send(petition, visitor, number) for number in range(100, 160)]
    assert flood == [303] * 10 + [429] * 50


@pytest.mark.parametrize("forwarded", ["198.51.{0}.7", "198.51.{0}.7, 198.51.{0}.8", "2001:db8:{0}::1"])
def test_a_header_that_changes_with_each_form_is_no_way_round_the_limit(
    petition, visitor, monkeypatch, forwarded
):
    monkeypatch.setattr(limits, "NETWORK_HARD_PER_HOUR", 3)
    direct = [send(petition, visitor, n, forwarded=forwarded.format(n)) for n in range(6)]
    assert direct == [303] * 3 + [429] * 3


def test_through_the_proxy_each_client_has_a_limit_of_its_own_whatever_it_writes_before(
    petition, visitor, monkeypatch, settings
):
    monkeypatch.setattr(limits, "NETWORK_HARD_PER_HOUR", 3)
    settings.TRUSTED_PROXIES = env.networks("127.0.0.1")
    forged = [send(petition, visitor, n, "127.0.0.1", f"198.51.{n}.7, 203.0.113.7") for n in range(6)]
    assert forged == [303] * 3 + [429] * 3
    assert send(petition, visitor, 7, "127.0.0.1", "203.0.113.7, 192.0.2.1") == 303


def test_the_addresses_of_one_64_are_one_network(petition, visitor, monkeypatch):
    monkeypatch.setattr(limits, "NETWORK_HARD_PER_HOUR", 3)
    one = [send(petition, visitor, n, f"2001:db8:1:2:{n}::1") for n in range(5)]
    assert one == [303] * 3 + [429] * 2
    assert send(petition, visitor, 9, "2001:db8:1:3::1") == 303


def test_who_takes_a_new_64_for_each_form_is_held_up_by_the_48(petition, visitor, monkeypatch):
    monkeypatch.setattr(limits, "NETWORK_HARD_PER_HOUR", 1)
    monkeypatch.setattr(limits, "WIDER_FACTOR", 2)
    many = [send(petition, visitor, n, f"2001:db8:1:{n}::1") for n in range(6)]
    assert many == [303] * 3 + [429] * 3
    assert send(petition, visitor, 9, "2001:db8:2:1::1") == 303


def test_one_mailbox_named_in_many_petitions_gets_three_mails_a_day(petition, visitor, mailbox):
    petitions = [petition, *(OpenPetitionFactory() for _ in range(5))]
    for number in range(12):
        visitor.sign(petitions[number % 6], email=f"victime+{number}@exemple.fr")
        drain_outbox()
    assert len(mailbox.messages) == limits.MAILS_PER_ADDRESS_AND_DAY


def test_a_mail_asked_for_from_thirty_networks_leaves_three_times_a_day(petition, visitor, mailbox):
    visitor.sign(petition, email="victime@exemple.fr")
    for number in range(30):
        asked = visitor.send(
            "/signature/message/", {"email": "victime@exemple.fr"}, REMOTE_ADDR=f"198.51.{number}.7"
        )
        assert asked.status_code == 303
    drain_outbox()
    drain_outbox()
    assert len(mailbox.messages) <= limits.MAILS_PER_ADDRESS_AND_DAY


def test_strangers_who_are_signed_for_get_one_mail_each_that_lets_them_stop_it(petition, visitor, mailbox):
    for number in range(5):
        send(petition, visitor, number)
    drain_outbox()
    assert len(mailbox.messages) == 5
    assert any("/signature/contestation/" in link for link in links_in(mailbox.messages[0]))
