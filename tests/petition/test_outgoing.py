"""A list is called at the hosts that the settings name, and nowhere else."""

import pytest

from petition import mailing
from petition.enums import Refusal
from petition.errors import ProviderError


def mailchimp_at(settings, api_url: str) -> mailing.Entry:
    options = {"api_key": "0123456789abcdef-us21", "list_id": "essai", "api_url": api_url}
    entry = {**settings.MAILING_LISTS["mailchimp"], "OPTIONS": options}
    settings.MAILING_LISTS = {**settings.MAILING_LISTS, "mailchimp": entry}
    return mailing.entry("mailchimp")


@pytest.mark.parametrize(
    "address", ["", "https://relay.example.org", "https://us21.api.mailchimp.com.example.org/3.0"]
)
def test_a_list_at_a_host_that_the_settings_do_not_name_is_not_opened(settings, address):
    settings.OUTGOING_HOSTS = {"mail": "mail.example.org"}
    with pytest.raises(ProviderError) as refused:
        mailchimp_at(settings, address).open()
    assert (refused.value.refusal, refused.value.permanent) == (Refusal.NO_KEY, False)


def test_a_list_at_a_host_that_the_settings_name_is_opened(settings):
    settings.OUTGOING_HOSTS = {"mailchimp": "us21.api.mailchimp.com"}
    assert mailchimp_at(settings, "").open().host == "us21.api.mailchimp.com"


def test_this_site_s_own_list_calls_nobody(settings):
    settings.OUTGOING_HOSTS = {}
    assert mailing.entry("local").open().host == ""
