"""The worker: what it does with a task, by the clock, when the database goes, when it is killed."""

from tests.drills.sabotage.entry import Sabotage, tests_in

WORKER = tests_in("tests/campaign/outbox/test_worker.py")
SCHEDULES = tests_in("tests/campaign/outbox/test_schedules.py")
COMMAND = tests_in("tests/campaign/outbox/test_run_outbox.py")
RESTART = tests_in("tests/campaign/outbox/test_database_restart.py")
KILL = tests_in("tests/drills/test_kill_worker.py")

CODE = "campaign/outbox/worker.py"
CLOCK = "campaign/outbox/schedules.py"
RUN = "campaign/outbox/management/commands/run_outbox.py"
FREE = "return self.active().filter(Q(lease_until=None) | Q(lease_until__lt=now), due__lte=now)"
RESTED = '& (Q(last_ended__gte=F("last_started")) | Q(last_started__lte=now - known.longest))'
DOWN = "test_a_mail_server_that_is_down_for_everybody_does_not_use_up_an_attempt_of_each_task_at_once"
SAYS_WHEN_TOLD = "test_a_running_worker_takes_tasks_as_they_come_and_ends_cleanly_when_told"
OUTLIVES = "test_a_worker_outlives_a_database_that_goes_away_and_says_so_once"
KILLED = "test_a_worker_killed_at_any_point_loses_no_mail_and_repeats_at_most_the_one_in_flight"

TABLE = [
    Sabotage(
        CODE,
        "total += found",
        "return found",
        "one batch, then the end",
        WORKER(
            "test_drain_does_all_that_is_due_whatever_the_size_of_the_batch",
            "test_drain_does_the_tasks_that_tasks_put",
        ),
    ),
    Sabotage(
        "campaign/outbox/queue.py",
        "with transaction.atomic():",
        "if True:",
        "finish and done are two transactions",
        WORKER("test_finish_and_done_are_written_together_or_not_at_all"),
        times=2,
    ),
    Sabotage(
        CODE,
        "due = queue.retry(task, error, timetable)",
        "due = queue.retry(task, error, THREE_DAYS)",
        "each kind has the same timetable",
        WORKER("test_a_failure_is_tried_again_by_the_timetable_then_stays_in_sight"),
    ),
    Sabotage(
        CODE,
        "queue.give_up(task, error)",
        "queue.retry(task, error, timetable)",
        "what can't help is tried again",
        WORKER("test_a_permanent_error_stays_in_sight_at_once"),
    ),
    Sabotage(
        CODE,
        "queue.postpone(task, later.until)",
        "queue.retry(task, later, timetable)",
        "not yet counts as a failure",
        WORKER("test_later_comes_back_at_its_moment_and_counts_no_attempt"),
    ),
    Sabotage(
        CODE,
        "if known is None:",
        "if False:",
        "an unknown kind is a fault of the code",
        WORKER("test_a_kind_that_nobody_knows_stays_in_sight_with_an_error_in_words"),
    ),
    Sabotage(
        CODE,
        "self._refused = self._refused + 1 if isinstance(error, _NO_CONNECTION) else 0",
        "raise",
        "one failure ends the worker",
        WORKER("test_one_failure_does_not_keep_the_others"),
    ),
    Sabotage(
        CODE,
        "with translation.override(settings.LANGUAGE_CODE):",
        "if True:",
        "a task speaks the language of the one before",
        WORKER("test_a_handlers_language_does_not_reach_the_next_task"),
        times=2,
    ),
    Sabotage(
        CODE,
        'return f"{when}, {describe(error)} ({place(error)})"',
        'return f"{when}, {error}"',
        "the log repeats the error's words",
        WORKER("test_neither_log_nor_row_holds_an_address_or_a_name"),
    ),
    Sabotage(
        CLOCK,
        "report=describe(error) if error",
        "report=str(error) if error",
        "the clockwork repeats the error's words",
        WORKER("test_neither_log_nor_row_holds_an_address_or_a_name"),
    ),
    Sabotage(
        CODE,
        "queue.release(tasks[position:])",
        "pass",
        "a worker that stops keeps what it has not begun",
        WORKER("test_a_stop_lets_the_task_in_flight_end_and_gives_the_others_back"),
    ),
    Sabotage(
        CODE,
        "self._sleep(min(seconds, POLL))",
        "self._sleep(seconds / 2)",
        "an idle worker polls too often",
        WORKER("test_an_idle_worker_polls_and_a_stop_ends_it_within_one_pause"),
    ),
    Sabotage(
        CODE,
        "if self._stopping or self._refused >= CONNECTIONS_REFUSED:",
        "if self._stopping:",
        "each task knocks at the closed door",
        WORKER(DOWN),
    ),
    Sabotage(
        CODE,
        "            self._refused = 0",
        "            self._refused += 1",
        "an error of one task counts as the server's",
        WORKER("test_errors_that_are_one_tasks_own_do_not_slow_the_others"),
        times=2,
    ),
    Sabotage(
        CODE,
        "self._last_beat = heartbeat.beat()",
        "self._last_beat = now",
        "no sign of life",
        WORKER("test_a_worker_gives_a_sign_of_life"),
    ),
    Sabotage(
        CODE,
        'outcome = "left to another worker"',
        "raise",
        "a task taken over ends the worker",
        WORKER("test_a_worker_whose_task_was_taken_over_goes_on_with_the_others"),
    ),
    Sabotage(
        "campaign/outbox/models.py",
        FREE,
        "return self.active().filter(due__lte=now)",
        "what another has is taken",
        WORKER("test_two_workers_at_once_do_each_task_once"),
    ),
    Sabotage(
        CLOCK,
        "ScheduledRun.objects.filter(rested, name=known.name)",
        "ScheduledRun.objects.filter(name=known.name)",
        "whoever finds a run due begins it",
        WORKER("test_two_workers_at_once_run_a_schedule_once"),
    ),
    # --- by the clock ---
    Sabotage(
        CLOCK,
        "or run.last_started <= now - known.every",
        "or False",
        "each run is the last",
        SCHEDULES("test_a_schedule_runs_at_once_then_when_its_time_has_come"),
    ),
    Sabotage(
        CLOCK,
        'report=describe(error) if error else (report or "")[:LAST_ERROR_LENGTH],',
        "",
        "reports are not kept",
        SCHEDULES(
            "test_a_run_leaves_its_report",
            "test_a_run_that_fails_says_so_and_keeps_neither_worker_nor_next_run",
        ),
    ),
    Sabotage(
        CODE,
        "schedules.ended(known, None, error)",
        "raise",
        "a run that fails ends the worker",
        SCHEDULES("test_a_run_that_fails_says_so_and_keeps_neither_worker_nor_next_run"),
    ),
    Sabotage(
        CLOCK,
        RESTED,
        "",
        "a run under way is begun again",
        SCHEDULES("test_a_run_that_is_under_way_is_not_begun_again"),
    ),
    Sabotage(
        CLOCK,
        RESTED,
        '& Q(last_ended__gte=F("last_started"))',
        "the run of a dead worker is under way for ever",
        SCHEDULES("test_the_run_of_a_worker_that_was_killed_is_begun_again"),
    ),
    Sabotage(
        CLOCK,
        "_add_rows(name for name in registry.schedules if name not in runs)",
        "_add_rows(registry.schedules)",
        "looking at the clock writes",
        SCHEDULES("test_looking_at_schedules_that_are_not_due_is_one_statement"),
    ),
    Sabotage(
        CLOCK,
        "OutboxTask.objects.filter(done_at__lt=timezone.now() - KEEP_DONE)",
        "OutboxTask.objects.filter(created_at__lt=timezone.now() - KEEP_DONE)",
        "what is owed since long ago is deleted",
        SCHEDULES("test_tasks_done_more_than_a_week_ago_are_deleted_and_no_others"),
    ),
    Sabotage(
        CLOCK,
        'while not dry_run and (keys := list(old.values_list("pk", flat=True)[:PURGE_AT_ONCE])):',
        'if not dry_run and (keys := list(old.values_list("pk", flat=True)[:PURGE_AT_ONCE])):',
        "the purge stops half-way",
        SCHEDULES("test_the_purge_goes_on_until_nothing_is_left"),
    ),
    # --- the command ---
    Sabotage(
        RUN,
        "            signal.signal(name, handler)",
        "            pass",
        "the command keeps the signals",
        COMMAND("test_once_does_what_is_due_and_ends"),
    ),
    Sabotage(
        RUN,
        "number = worker.drain()",
        "number = 0",
        "the command does nothing",
        COMMAND("test_once_does_what_is_due_and_ends"),
    ),
    Sabotage(
        RUN,
        "for name in (signal.SIGTERM, signal.SIGINT)}",
        "for name in (signal.SIGINT,)}",
        "SIGTERM kills in the middle of a task",
        COMMAND(f"{SAYS_WHEN_TOLD}[15]"),
    ),
    Sabotage(
        RUN,
        "for name in (signal.SIGTERM, signal.SIGINT)}",
        "for name in (signal.SIGTERM,)}",
        "Ctrl-C kills in the middle of a task",
        COMMAND(f"{SAYS_WHEN_TOLD}[2]"),
    ),
    # --- the database goes, the worker is killed ---
    Sabotage(
        CODE,
        "_NO_DATABASE = (OperationalError, InterfaceError)",
        "_NO_DATABASE = (InterfaceError,)",
        "a worker dies with the database's restart",
        RESTART(OUTLIVES),
    ),
    Sabotage(
        CODE,
        "if not self._database_missing:",
        "if True:",
        "each attempt to reach the database fills the log",
        RESTART(OUTLIVES),
    ),
    Sabotage(
        CODE,
        "finish = known.function(task)",
        "queue.settle(task); finish = known.function(task)",
        "a task is done before its mail has left",
        KILL(f"{KILLED}[before_smtp-2]"),
    ),
    Sabotage(
        "campaign/outbox/models.py",
        FREE,
        "return self.active().filter(lease_until=None, due__lte=now)",
        "a dead worker keeps its tasks",
        KILL(f"{KILLED}[after_claim-1]", f"{KILLED}[between_data_and_answer-2]"),
    ),
    Sabotage(
        "petition/handlers.py",
        "return lambda: signing.note_mailed(pending)",
        "return None",
        "which link has left is not written down",
        KILL(f"{KILLED}[before_claim-1]", f"{KILLED}[after_settle-2]"),
    ),
    Sabotage(
        "campaign/outbox/models.py",
        "return self.filter(done_at=None, failed_at=None)",
        "return self.filter(failed_at=None)",
        "what is done is taken again",
        KILL(f"{KILLED}[before_settle-2]"),
    ),
]
