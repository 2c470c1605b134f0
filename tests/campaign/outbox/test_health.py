from datetime import datetime, timedelta

import pytest
from django.utils import timezone

from campaign.outbox import health, heartbeat, registry
from campaign.outbox.models import OutboxTask, ScheduledRun

pytestmark = pytest.mark.django_db

MINUTE = timedelta(minutes=1)


@pytest.fixture(autouse=True)
def kinds(only_own_kinds):
    registry.handler("mail", is_mail=True)(lambda task: None)
    registry.handler("push")(lambda task: None)


def ago(minutes: int) -> datetime:
    return timezone.now() - minutes * MINUTE


def mail(minutes: int, kind: str = "mail", **fields) -> OutboxTask:
    """A mail that was asked for so many minutes ago."""
    moment = ago(minutes)
    return OutboxTask.objects.create(kind=kind, **{"created_at": moment, "due": moment, **fields})


def test_nothing_owed_is_no_trouble():
    assert health.mail_is_stuck() is None
    assert health.mail_trouble() is None


def test_a_mail_owed_for_more_than_fifteen_minutes_is_stuck():
    task = mail(16)
    assert health.mail_is_stuck() == task.created_at


def test_a_mail_owed_for_less_is_not():
    mail(14)
    assert health.mail_is_stuck() is None


def test_a_mail_put_back_for_another_attempt_is_still_owed():
    task = mail(16, attempts=3, due=timezone.now() + 30 * MINUTE, last_error="ConnectionRefusedError")
    assert health.mail_is_stuck() == task.created_at


def test_a_mail_that_is_to_leave_later_is_not_owed_yet():
    mail(60, due=timezone.now() + MINUTE)
    assert health.mail_is_stuck() is None
    mail(60)
    trouble = health.mail_trouble()
    assert trouble is not None
    assert trouble.owed == 1


def test_when_another_mail_has_just_left_nothing_is_stuck():
    mail(60, attempts=4)
    mail(30, done_at=ago(5))
    assert health.mail_is_stuck() is None


def test_a_mail_that_left_longer_ago_proves_nothing():
    task = mail(60, attempts=4)
    mail(70, done_at=ago(20))
    assert health.mail_is_stuck() == task.created_at


def test_other_tasks_say_nothing_about_mail():
    mail(60, kind="push")
    assert health.mail_is_stuck() is None
    task = mail(60)
    mail(60, kind="push", done_at=ago(1))
    assert health.mail_is_stuck() == task.created_at


def test_one_wrong_address_is_no_outage():
    mail(60, failed_at=ago(50))
    assert health.mail_is_stuck() is None


def test_several_given_up_in_a_row_are_an_outage():
    for minutes in (50, 49, 48):
        last = mail(60, failed_at=ago(minutes), last_error="Permanent: 554 5.7.1")
    trouble = health.mail_trouble()
    assert trouble.given_up
    assert trouble.owed == 3
    assert trouble.last_error == last.last_error


def test_given_up_ones_before_the_last_success_or_long_ago_do_not_count():
    for minutes in (50, 49, 48):
        mail(60, failed_at=ago(minutes))
    mail(60, done_at=ago(30))
    assert health.mail_is_stuck() is None
    OutboxTask.objects.exclude(done_at=None).delete()
    OutboxTask.objects.update(failed_at=ago(25 * 60))
    assert health.mail_is_stuck() is None


def test_the_trouble_is_told_whole():
    oldest = mail(90, attempts=3, last_error="ConnectionRefusedError: old")
    mail(60, attempts=2, last_error="ConnectionRefusedError: new")
    mail(95, failed_at=ago(80), last_error="Permanent: another matter")
    heartbeat.beat()
    assert health.mail_trouble() == health.MailTrouble(
        since=oldest.created_at,
        owed=2,
        given_up=False,
        last_error="ConnectionRefusedError: new",
        worker_silent_since=None,
    )


def test_asking_takes_at_most_three_statements(django_assert_max_num_queries):
    mail(1)
    with django_assert_max_num_queries(3):
        health.mail_is_stuck()


def test_a_worker_that_beats_is_not_silent():
    heartbeat.beat()
    assert health.worker_silent_since() is None


def test_a_worker_that_stopped_is_silent_since_its_last_sign_of_life():
    heartbeat.beat()
    ScheduledRun.objects.update(last_ended=ago(5))
    assert health.worker_silent_since() == ScheduledRun.objects.get().last_ended


def test_where_no_worker_ever_ran_it_is_silent_since_the_oldest_task():
    assert timezone.now() - health.worker_silent_since() < MINUTE
    task = mail(7)
    assert health.worker_silent_since() == task.created_at
