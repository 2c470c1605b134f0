"""A wrong or missing setting stops the start with its name and what is expected, never with its value."""

import json
import os
import re
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
    """Read the shipped settings in a process of its own; return all that it says."""
    values = {name: value for name, value in {**WHOLE, **changes}.items() if value is not None}
    shown = "from campaign import settings as s; print('started', s.EMAIL_HOST, s.EMAIL_USE_TLS, s.SITE_URL, s.DEBUG)"
    done = subprocess.run(
        [sys.executable, "-c", shown],
        env={"PATH": os.environ["PATH"], **values},
        cwd=settings.BASE_DIR,
        capture_output=True,
        text=True,
    )
    return done.stdout + done.stderr


def test_a_whole_environment_starts_without_debug():
    assert start() == "started mail.example.org True https://petition.example.org False\n"


@pytest.mark.parametrize("name", list(WHOLE))
def test_what_is_missing_is_named(name):
    assert f"{name} is missing" in start(**{name: None})


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("SITE_URL", "petition.example.org"),
        ("SITE_URL", "https://petition.example.org?hidden-password"),
        ("DATABASE_URL", "mysql://user:hidden-password@host/name"),
        ("DATABASE_URL", "carrier-pigeon://user:hidden-password@host/name"),
        ("DATABASE_URL", "postgres://"),
        ("CACHE_URL", "filecache:///hidden-password"),
        ("MEDIA_ROOT", ""),
        ("EMAIL_URL", "carrier-pigeon://hidden-password"),
        ("MAILCHIMP_API_KEY", "hidden-password without a data centre"),
        ("MAILCHIMP_API_KEY", "hiddenpassword"),
        ("MAILCHIMP_LIST_ID", "../hidden-password"),
        ("MAILCHIMP_API_URL", "http://mailchimp.example.org/?hidden-password"),
        ("MAILCHIMP_API_URL", "https://user:hidden-password@mailchimp.example.org"),
        ("SECRET_KEY", "hidden-password"),
        ("SECRET_KEY", "hidden-password-of-49-characters-0123456789-abcde"),
        ("SECRET_KEY", "hid" * 17),
        ("LINK_SECRET", "hidden-password"),
        ("LINK_SECRET", "hidden-password-of-31-character"),
        ("TRUSTED_PROXIES", "10.0.0.1,hidden-password"),
        ("DEBUG", "hidden-password"),
    ],
)
def test_what_is_wrong_is_named_without_its_value(name, value):
    said = start(**{name: value})
    assert f"{name} is wrong: expected" in said.strip().rpartition("\n")[2]
    assert "hidden-password" not in said


@pytest.mark.parametrize(
    ("parse", "text"),
    [
        (env.site_url, "https://petition.example.org/path"),
        (env.site_url, "https://petition.example.org/#fragment"),
        (env.site_url, "https://user:password@petition.example.org"),
        (env.site_url, "https://user@petition.example.org"),
        (env.site_url, "https://petition.example.org:99999"),
        (env.site_url, "https://petition.example.org:port"),
        (env.site_url, "https://petition.example.org:0"),
        (env.site_url, "https://petition.example.org:"),
        (env.site_url, "https://petition example.org"),
        (env.site_url, "https://"),
        (env.database, "nonsense"),
        (env.database, "postgres://user:password@host/"),
        (env.database, "postgres://user:password@host:99999/name"),
        (env.cache, "locmem://"),
        (env.cache, "memcache://127.0.0.1:11211"),
        (env.folder, " "),
    ],
)
def test_what_cannot_be_used_is_refused(monkeypatch, parse, text):
    monkeypatch.setenv("TRIED", text)
    with pytest.raises(ImproperlyConfigured, match=r"^TRIED is wrong: expected such and such\.$"):
        env.read("TRIED", parse, "such and such")


@pytest.mark.parametrize(
    ("parse", "text"),
    [
        (env.site_url, "http://127.0.0.1:8000/"),
        (env.site_url, "https://[::1]:8000"),
        (env.site_url, "https://petition.example.org"),
        (env.database, "postgres:///name"),
        (env.database, "postgres://user:password@host:5432/name?sslmode=require"),
        (env.database, "sqlite:///path"),
        (env.cache, "locmemcache://"),
        (env.folder, "/var/lib/petition/media"),
    ],
)
def test_what_can_be_used_is_taken(parse, text):
    assert parse(text)


def test_what_is_expected_of_the_cache_is_what_is_taken():
    assert "CACHE_URL is wrong: expected locmemcache:// or" in start(CACHE_URL="locmem://")


def test_each_value_that_the_example_proposes_is_taken():
    """Whoever copies the file and fills in the secrets has a site that starts."""
    lines = (settings.BASE_DIR / ".env.example").read_text().splitlines()
    pairs = [line.removeprefix("# ").split("=", 1) for line in lines if re.match(r"(# )?[A-Z_]+=.", line)]
    proposed = {name: value for name, value in pairs if not name.endswith("_FILE")}
    assert len(proposed) == 21
    assert start(**proposed).startswith("started")


def test_redis_is_for_whoever_has_its_package(monkeypatch):
    asked_for = []
    monkeypatch.setattr(env, "find_spec", lambda name: asked_for.append(name))
    with pytest.raises(ValueError, match="Redis"):
        env.cache("rediscache://127.0.0.1:6379/1")
    assert asked_for == ["redis"]
    monkeypatch.setattr(env, "find_spec", lambda name: object())
    for wrong in ("rediscache://", "rediscache://127.0.0.1:99999/1"):
        with pytest.raises(ValueError):
            env.cache(wrong)
    assert env.cache("rediscache://127.0.0.1:6379/1")["LOCATION"] == "redis://127.0.0.1:6379/1"


def test_a_secret_may_come_from_a_file(tmp_path, monkeypatch):
    path = tmp_path / "secret"
    path.write_text("from a file " * 4 + "\n")
    monkeypatch.setenv("TRIED_SECRET_FILE", str(path))
    assert env.secret("TRIED_SECRET") == ("from a file " * 4).strip()
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


def outgoing_hosts(**changes: str) -> dict[str, str]:
    """Return the hosts that the shipped settings let the server call."""
    shown = "import json; from campaign import settings as s; print(json.dumps(s.OUTGOING_HOSTS))"
    done = subprocess.run(
        [sys.executable, "-c", shown],
        env={"PATH": os.environ["PATH"], **WHOLE, **changes},
        cwd=settings.BASE_DIR,
        capture_output=True,
        text=True,
        check=True,
    )
    return json.loads(done.stdout)


def test_nobody_but_the_mail_server_is_called_while_no_service_has_a_key():
    assert outgoing_hosts() == {"mail": "mail.example.org"}


def test_the_demo_calls_nobody():
    assert outgoing_hosts(DEMO="1", ALLOWED_HOSTS="127.0.0.1") == {}


def test_a_service_with_a_key_may_be_called_at_its_own_host_alone():
    key = {"MAILCHIMP_API_KEY": "0123456789abcdef-us21", "MAILCHIMP_LIST_ID": "essai"}
    assert outgoing_hosts(**key)["mailchimp"] == "us21.api.mailchimp.com"
    address = {"MAILCHIMP_API_URL": "https://Relay.example.org/3.0"}
    assert outgoing_hosts(**key, **address)["mailchimp"] == "relay.example.org"
