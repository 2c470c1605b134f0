"""Pages that a colleague reads before they go live: off by default; switched on, both sides are told by mail."""

import html
import os
import subprocess
import sys

import pytest
from django.conf import settings
from django.contrib.auth import get_user_model
from django.urls import reverse
from wagtail.models import GroupApprovalTask, Page, Workflow
from wagtail.users.models import UserProfile

from campaign.outbox.models import OutboxTask
from campaign.roles import REVIEW, Role, ensure_roles
from home.models import NewsPage
from tests.home.edit_forms import edit_address, edit_form
from tests.people import drain_outbox, links_in, text_of

BACKEND = "django.contrib.auth.backends.ModelBackend"
TITLE = "Une nouvelle à relire"


@pytest.fixture
def switched_on(settings):
    settings.WAGTAIL_WORKFLOW_ENABLED = True


@pytest.fixture
def colleague(built_site):
    """A second editor, who reads the admin in English."""
    user = get_user_model().objects.create_user("relecteur", "relecteur@example.org", "a-long-password-2")
    user.groups.add(built_site[0][Role.EDITOR])
    UserProfile.objects.create(user=user, preferred_language="en")
    return user


@pytest.fixture
def news(page):
    made = NewsPage(title=TITLE, slug="a-relire", summary="Résumé d’essai", date="2026-11-20", live=False)
    page("NEWS_INDEX").add_child(instance=made)
    made.save_revision()
    return made


def press(client, page: Page, **buttons) -> None:
    form = edit_form(client, page)
    form.update(buttons)
    assert client.post(edit_address(page), form).status_code == 302


def hand_in(client, page: Page) -> None:
    press(client, page, **{"action-submit": "action-submit"})


def answer(client, page: Page, name: str, comment: str = "") -> None:
    """Accept a page or give it back, as the button in its editor does."""
    state = page.current_workflow_state.current_task_state
    address = reverse("wagtailadmin_pages:workflow_action", args=[page.pk, name, state.pk])
    assert client.post(address, {"comment": comment}).status_code in (200, 302)


def subjects(mailbox, address: str) -> list[str]:
    """Return the subjects of one mailbox's mails; a long one begins on the header's second line."""
    found = [str(message["Subject"]).strip() for message in mailbox.to(address)]
    return [subject.replace("\N{NO-BREAK SPACE}", " ") for subject in found]


def test_it_is_off_and_in_no_menu(staff_client, news):
    assert settings.WAGTAIL_WORKFLOW_ENABLED is False
    shown = staff_client.get(edit_address(news)).content.decode()
    assert "action-submit" not in shown
    home = staff_client.get(reverse("wagtailadmin_home")).content.decode()
    assert "workflows" not in home


def test_one_line_of_the_environment_switches_it_on():
    said = subprocess.run(
        [sys.executable, "-c", "from tests import settings; print(settings.WAGTAIL_WORKFLOW_ENABLED)"],
        env={**os.environ, "REVIEWS": "yes"},
        cwd=settings.BASE_DIR,
        capture_output=True,
        text=True,
        check=True,
    )
    assert said.stdout.strip() == "True"
    assert "# REVIEWS=no" in (settings.BASE_DIR / ".env.example").read_text()


def test_whoever_writes_pages_may_review_them(built_site):
    ensure_roles()
    assert Workflow.objects.get().name == REVIEW
    task = GroupApprovalTask.objects.get()
    assert task.name == REVIEW
    assert {group.name for group in task.groups.all()} == {Role.EDITOR, Role.ADMINISTRATOR}


def test_who_hands_a_page_in_and_who_reviews_it_are_both_told_each_in_their_language(
    client, staff_client, editor, colleague, news, mailbox, switched_on
):
    hand_in(staff_client, news)
    assert not mailbox.messages  # nothing talks to the mail server inside a request
    drain_outbox()
    [asked] = mailbox.to(colleague.email)
    assert not mailbox.to(editor.email)
    assert subjects(mailbox, colleague.email) == [f"To be reviewed: “{TITLE}”"]
    assert f"redactrice asks for a review of the page “{TITLE}”" in text_of(asked)
    preview, edit, account = links_in(asked)
    assert edit == f"http://testserver{edit_address(news)}"
    assert asked["Auto-Submitted"] == "auto-generated"

    client.force_login(colleague, backend=BACKEND)
    for link in (preview, edit, account):
        assert client.get(link.removeprefix("http://testserver")).status_code == 200, link
    answer(client, news, "approve")
    assert len(mailbox.messages) == 1
    drain_outbox()
    [accepted] = mailbox.to(editor.email)
    assert subjects(mailbox, editor.email) == [f"Acceptée : « {TITLE} »"]
    assert f"http://testserver{news.url}" in links_in(accepted)
    assert client.get(news.url).status_code == 200
    assert len(mailbox.to(colleague.email)) == 1


def test_a_page_that_is_given_back_comes_with_what_was_said_and_may_be_handed_in_again(
    client, staff_client, editor, colleague, news, mailbox, switched_on
):
    for turn in (1, 2):
        client.force_login(editor, backend=BACKEND)
        if turn == 1:
            hand_in(client, news)
        else:
            press(client, news, **{"action-submit": "action-submit"})
        client.force_login(colleague, backend=BACKEND)
        answer(client, news, "reject", comment="Il manque une date d’essai.")
        drain_outbox()
        assert subjects(mailbox, editor.email) == [f"À reprendre : « {TITLE} »"] * turn
        assert len(mailbox.to(colleague.email)) == turn
    returned = mailbox.to(editor.email)[-1]
    assert "Il manque une date d’essai." in text_of(returned)
    assert "relecteur vous rend la page" in text_of(returned)
    assert f"http://testserver{edit_address(news)}" in links_in(returned)
    assert not NewsPage.objects.get(pk=news.pk).live


def test_what_is_owed_holds_keys_and_nobody_s_data(staff_client, editor, colleague, news, switched_on):
    hand_in(staff_client, news)
    [task] = OutboxTask.objects.filter(kind="review_mail")
    assert task.subject == str(colleague.pk)
    assert set(task.parameters) == {"notice", "state"}
    for words in (colleague.email, "relecteur", TITLE):
        assert words not in f"{task.parameters}{task.idempotency_key}"


def test_who_left_or_wants_no_mail_gets_none(staff_client, editor, colleague, news, mailbox, switched_on):
    UserProfile.objects.filter(user=colleague).update(submitted_notifications=False)
    hand_in(staff_client, news)
    assert not OutboxTask.objects.filter(kind="review_mail").exists()
    UserProfile.objects.filter(user=colleague).update(submitted_notifications=True)
    state = news.current_workflow_state
    state.cancel(user=editor)
    hand_in(staff_client, news)
    colleague.is_active = False
    colleague.save()
    drain_outbox()
    assert not mailbox.messages


def test_a_mail_server_that_refuses_holds_up_no_review(
    client, staff_client, colleague, news, mailbox, switched_on
):
    mailbox.answer_to_rcpt = "451 later"
    hand_in(staff_client, news)
    drain_outbox()
    client.force_login(colleague, backend=BACKEND)
    answer(client, news, "approve")
    assert NewsPage.objects.get(pk=news.pk).live
    assert OutboxTask.objects.filter(kind="review_mail", done_at=None, failed_at=None).exists()


def test_a_page_that_is_accepted_but_cannot_go_live_stays_a_draft_and_the_mail_says_why(
    client, staff_client, editor, colleague, news, mailbox, switched_on
):
    news.summary = "[À compléter : essai]"
    news.save_revision()
    hand_in(staff_client, news)
    client.force_login(colleague, backend=BACKEND)
    answer(client, news, "approve")
    assert not NewsPage.objects.get(pk=news.pk).live
    drain_outbox()
    told = text_of(mailbox.to(editor.email)[0])
    assert "Elle n’est pas encore publique." in told
    assert "À compléter" in told
    history = client.get(reverse("wagtailadmin_pages:history", args=[news.pk])).content.decode()
    assert "à compléter" in html.unescape(history).lower()
