"""System checks: a list that doesn't tell who receives what stops the start; one that lost its key is named."""

from dataclasses import replace

import pytest

from petition import checks
from petition.mailing.local import LocalList
from petition.mailing.mailchimp import Mailchimp
from petition.models import ServiceSettings


class Silent:
    """A list that says nothing of who receives what."""


class HalfTold(Mailchimp):
    """One that leaves the country out."""

    assert Mailchimp.disclosure
    disclosure = replace(Mailchimp.disclosure, country="", hosting=lambda: " ")


def lists(settings, *adapters: type) -> None:
    settings.MAILING_LISTS = {
        adapter.__name__.lower(): {"BACKEND": f"{adapter.__module__}.{adapter.__name__}"}
        for adapter in adapters
    }


def test_a_list_that_does_not_tell_is_an_error(settings):
    lists(settings, LocalList, Mailchimp, Silent)
    [error] = checks.every_list_tells_who_receives_what(None)
    assert error.id == "petition.E002"
    assert "silent" in error.msg


def test_a_list_that_tells_half_is_an_error_that_names_what_is_missing(settings):
    lists(settings, LocalList, HalfTold)
    [error] = checks.every_list_tells_who_receives_what(None)
    assert error.id == "petition.E003"
    assert "country, hosting" in error.msg


@pytest.mark.django_db
def test_a_list_that_is_on_and_lost_its_key_is_named_with_the_variable():
    ServiceSettings.objects.create(pk=1, mailing="mailchimp")
    [warning] = checks.the_list_that_is_on_has_its_key(None, databases=["default"])
    assert warning.id == "petition.W001"
    assert "MAILCHIMP_API_KEY" in warning.hint
    assert not warning.is_serious()


@pytest.mark.django_db
def test_nothing_is_said_of_a_list_that_is_off():
    assert checks.the_list_that_is_on_has_its_key(None, databases=["default"]) == []


def test_the_database_is_asked_only_where_it_may_be():
    assert checks.the_list_that_is_on_has_its_key(None, databases=None) == []
