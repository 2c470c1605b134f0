"""The database goes away in the middle of a task and comes back."""

import logging
import sqlite3
from collections.abc import Iterator
from contextlib import ExitStack, closing, contextmanager

import psycopg2
import pytest
from django.db import connection

from campaign.outbox import queue, registry
from campaign.outbox.models import OutboxTask
from campaign.outbox.worker import Worker


@contextmanager
def database_gone() -> Iterator[None]:
    """Really takes the database away, from open connections and from new ones."""
    name = connection.settings_dict["NAME"]
    if connection.vendor == "postgresql":
        parameters = {**connection.get_connection_params(), "dbname": "postgres"}
        with closing(psycopg2.connect(**parameters)) as other:
            other.autocommit = True
            cursor = other.cursor()
            cursor.execute(f'ALTER DATABASE "{name}" ALLOW_CONNECTIONS false')
            cursor.execute(
                "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = %s", [name]
            )
            try:
                yield
            finally:
                cursor.execute(f'ALTER DATABASE "{name}" ALLOW_CONNECTIONS true')
    else:
        # SQLite has no server to lose; what it has is another program that holds the file.
        patience = connection.settings_dict["OPTIONS"]["timeout"]
        connection.settings_dict["OPTIONS"]["timeout"] = 0
        connection.close()
        other = sqlite3.connect(name, isolation_level=None)
        other.execute("BEGIN IMMEDIATE")
        try:
            yield
        finally:
            other.close()
            connection.settings_dict["OPTIONS"]["timeout"] = patience
            connection.close()


@pytest.mark.django_db(transaction=True)
def test_a_worker_outlives_a_database_that_goes_away_and_says_so_once(caplog, make_due):
    attempts = []
    pauses = 0

    with ExitStack() as gone:

        def handle(task):
            attempts.append(task.attempts)
            if len(attempts) == 1:
                gone.enter_context(database_gone())

        def sleep(seconds):
            nonlocal pauses
            pauses += 1
            if pauses == 5:
                gone.close()
                make_due()
            if pauses > 5 and not OutboxTask.objects.owed().exists():
                this.stop()

        registry.handler("greet")(handle)
        queue.put("greet")
        this = Worker(sleep=sleep)
        with caplog.at_level(logging.INFO, logger="campaign.outbox"):
            this.run()

    assert attempts == [1, 2]
    assert OutboxTask.objects.get().done_at
    assert caplog.text.count("the database doesn't answer") == 1
    assert caplog.text.count("the database answers again") == 1
