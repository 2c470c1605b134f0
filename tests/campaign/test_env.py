"""A wrong or missing setting stops the start with its name and what is expected, never with its value."""

import os
import subprocess
import sys

import pytest
from django.conf import settings
from django.core.exceptions import ImproperlyConfigured

from campaign import env

WHOLE = {
    "SITE_URL": "https://petition.example.org",
    "ALLOWED_HOSTS": "petition.example.org",
    "DATABASE_URL": "sqlite:////nowhere/site.sqlite3",
    "EMAIL_URL": "smtp+tls://user:hidden-password@mail.example.org:587",
    **dict.fromkeys(
        ("SECRET_KEY", "EMAIL_KEY_SECRET", "LINK_SECRET", "FORM_SECRET"),
        "0123456789-abcdefghijklmnopqrstuvwxyz-0123456789-ABC",
    ),
}


def start(**changes) -> str:
    """Read the shipped settings in a process of its own; return what it says."""
    values = {name: value for name, value in {**WHOLE, **changes}.items() if value is not None}
    shown = "from campaign import settings as s; print('started', s.EMAIL_HOST, s.EMAIL_USE_TLS, s.SITE_URL, s.DEBUG)"
    done = subprocess.run(
        [sys.executable, "-c", shown],
        env={"PATH": os.environ["PATH"], **values},
        cwd=settings.BASE_DIR,
        capture_output=True,
        text=True,
    )
    return done.stdout + done.stderr.strip().rpartition("\n")[2]


def test_a_whole_environment_starts_without_debug():
    assert start() == "started mail.example.org True https://petition.example.org False\n"


@pytest.mark.parametrize("name", list(WHOLE))
def test_what_is_missing_is_named(name):
    assert f"{name} is missing" in start(**{name: None})


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("SITE_URL", "petition.example.org"),
        ("SITE_URL", "https://petition.example.org/path"),
        ("DATABASE_URL", "mysql://user:hidden-password@host/name"),
        ("DATABASE_URL", "nonsense"),
        ("EMAIL_URL", "carrier-pigeon://hidden-password"),
        ("SECRET_KEY", "hidden-password"),
        ("LINK_SECRET", "hidden-password"),
        ("TRUSTED_PROXIES", "10.0.0.1,hidden-password"),
        ("DEBUG", "hidden-password"),
    ],
)
def test_what_is_wrong_is_named_without_its_value(name, value):
    said = start(**{name: value})
    assert f"{name} is wrong: expected" in said
    assert "hidden-password" not in said


def test_a_secret_may_come_from_a_file(tmp_path, monkeypatch):
    path = tmp_path / "secret"
    path.write_text("y" * 40 + "\n")
    monkeypatch.setenv("TRIED_SECRET_FILE", str(path))
    assert env.secret("TRIED_SECRET") == "y" * 40
    monkeypatch.setenv("TRIED_SECRET_FILE", str(tmp_path / "missing"))
    with pytest.raises(ImproperlyConfigured, match="TRIED_SECRET_FILE"):
        env.secret("TRIED_SECRET")


def test_the_demo_refuses_to_answer_to_other_hosts_than_this_machine(settings):
    from campaign.checks import demo_stays_on_loopback

    settings.DEMO, settings.ALLOWED_HOSTS = True, ["127.0.0.1", "petition.example.org"]
    assert [error.id for error in demo_stays_on_loopback(None)] == ["campaign.E001"]
    settings.ALLOWED_HOSTS = ["127.0.0.1", "localhost"]
    assert demo_stays_on_loopback(None) == []


@pytest.mark.django_db
def test_the_shipped_settings_pass_djangos_deployment_check():
    done = subprocess.run(
        [sys.executable, "manage.py", "check", "--deploy", "--fail-level", "WARNING"],
        env={"PATH": os.environ["PATH"], **WHOLE},
        cwd=settings.BASE_DIR,
        capture_output=True,
        text=True,
    )
    assert done.returncode == 0, done.stderr
