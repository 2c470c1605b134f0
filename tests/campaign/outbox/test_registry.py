from datetime import timedelta

import pytest
from django.core.exceptions import ImproperlyConfigured

from campaign.outbox import registry


def test_two_handlers_of_one_kind_are_refused():
    registry.handler("greet")(lambda task: None)
    with pytest.raises(ImproperlyConfigured):
        registry.handler("greet")(lambda task: None)


def test_two_schedules_of_one_name_are_refused():
    registry.schedule("sweep", every=timedelta(hours=1))(lambda: None)
    with pytest.raises(ImproperlyConfigured):
        registry.schedule("sweep", every=timedelta(hours=1))(lambda: None)


def test_registering_the_same_function_twice_is_harmless():
    def greet(task):
        return None

    registry.handler("greet", is_mail=True)(greet)
    registry.handler("greet", is_mail=True)(greet)
    assert registry.mail_kinds() == ["greet"]


def test_a_kind_is_called_by_its_label_and_an_unknown_one_by_its_name():
    registry.handler("greet", label="Greeting")(lambda task: None)
    assert registry.label("greet") == "Greeting"
    assert registry.label("unknown") == "unknown"
