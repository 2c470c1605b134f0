"""seed_demo: safe to run twice, logins kept and readable by their owner alone, refused outside the demo."""

import stat

import pytest
from django.contrib.auth import authenticate, get_user_model
from django.core.management import CommandError, call_command

from petition.enums import PetitionState
from petition.models import Petition

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _demo(settings, tmp_path):
    settings.DEMO = True
    settings.VAR_DIR = tmp_path


def logins(path) -> dict[str, str]:
    lines = [line.split() for line in path.read_text().splitlines() if not line.startswith("#")]
    return {line[0]: line[1] for line in lines}


def test_it_makes_one_account_per_role_and_keeps_the_logins_private(tmp_path, capsys):
    call_command("seed_demo")
    path = tmp_path / "demo-accounts.txt"
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    accounts = logins(path)
    assert set(accounts) == {"redaction", "petition", "administration"}
    printed = capsys.readouterr().out
    for name, password in accounts.items():
        user = authenticate(username=name, password=password)
        assert user is not None
        assert user.groups.count() == 1
        assert not user.is_superuser
        assert password in printed
    assert Petition.objects.get().state == PetitionState.OPEN

    call_command("seed_demo")
    assert logins(path) == accounts
    assert get_user_model().objects.count() == 3


def test_a_password_changed_by_staff_stays_changed(tmp_path):
    call_command("seed_demo")
    user = get_user_model().objects.get(username="redaction")
    user.set_password("another-long-one-2")
    user.save()
    call_command("seed_demo")
    assert authenticate(username="redaction", password="another-long-one-2")


def test_a_petition_that_was_closed_is_not_opened_again():
    call_command("seed_demo")
    Petition.objects.update(state=PetitionState.CLOSED)
    call_command("seed_demo")
    assert Petition.objects.get().state == PetitionState.CLOSED


def test_outside_the_demo_it_refuses_and_makes_nothing(settings):
    settings.DEMO = False
    with pytest.raises(CommandError):
        call_command("seed_demo")
    assert not Petition.objects.exists()
    assert not get_user_model().objects.exists()
