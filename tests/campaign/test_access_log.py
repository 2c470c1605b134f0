"""Who came in, who didn't and what was refused stands in the log, by the account's key and nothing that was typed."""

import pytest
from django.contrib.auth import get_user_model

from campaign.roles import Role, ensure_roles

pytestmark = pytest.mark.django_db
PASSWORD = "a-long-password-1"


@pytest.fixture
def editor():
    user = get_user_model().objects.create_user("redactrice", "redactrice@example.org", PASSWORD)
    user.groups.add(ensure_roles()[Role.EDITOR])
    return user


def lines(caplog) -> list[str]:
    return [record.getMessage() for record in caplog.records if record.name == "campaign.access_log"]


def log_in(client, name: str, password: str):
    return client.post("/admin/login/", {"username": name, "password": password})


def test_coming_in_and_going_out(client, editor, caplog):
    caplog.set_level("INFO")
    log_in(client, "redactrice", PASSWORD)
    client.post("/admin/logout/")
    assert lines(caplog) == [f"login user={editor.pk}", f"logout user={editor.pk}"]


@pytest.mark.parametrize(("name", "told"), [("redactrice", None), ("un mot de passe", "unknown")])
def test_not_coming_in(client, editor, caplog, name, told):
    log_in(client, name, "faux")
    assert lines(caplog) == [f"login failed user={told or editor.pk}"]
    assert name not in caplog.text


def test_what_is_refused(client, editor, caplog):
    caplog.set_level("INFO")
    client.force_login(editor, backend="django.contrib.auth.backends.ModelBackend")
    client.get("/admin/petition/signatures/")
    client.post("/admin/petition/signatures/find/", {"email": "elise@example.org"})
    assert [line for line in lines(caplog) if "refused" in line] == [
        f"refused user={editor.pk} view=signatures:index method=GET",
        f"refused user={editor.pk} view=signatures:find method=POST",
    ]
    assert "elise" not in caplog.text
    client.get("/admin/")
    assert len([line for line in lines(caplog) if "refused" in line]) == 2
