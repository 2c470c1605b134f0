"""The letter-box's queue: put, claim, settle."""

from tests.drills.sabotage.entry import Sabotage, tests_in

QUEUE = tests_in("tests/campaign/outbox/test_queue.py")

CODE = "campaign/outbox/queue.py"
MODELS = "campaign/outbox/models.py"
TABLES = "campaign/outbox/migrations/0001_initial.py"
HELD = "held = OutboxTask.objects.active().filter(pk=task.pk, lease_until=task.lease_until)"
FREE = "return self.active().filter(Q(lease_until=None) | Q(lease_until__lt=now), due__lte=now)"
LEFT_ALONE = "test_claim_leaves_what_is_not_due_what_is_taken_and_what_has_ended"

TABLE = [
    Sabotage(
        CODE,
        "    put_many([Task(kind,",
        "    OutboxTask.objects.filter(idempotency_key=idempotency_key).exists() or put_many([Task(kind,",
        "whether it is there is asked first",
        QUEUE("test_put_is_one_statement"),
    ),
    Sabotage(
        CODE,
        "OutboxTask.objects.bulk_create(rows, ignore_conflicts=any(row.idempotency_key for row in rows))",
        "[row.save() for row in rows]",
        "many tasks are many statements",
        QUEUE("test_put_many_is_one_statement", "test_the_same_idempotency_key_is_owed_once"),
    ),
    Sabotage(
        CODE,
        "ignore_conflicts=any(row.idempotency_key for row in rows))",
        "ignore_conflicts=any(row.idempotency_key for row in rows)); connection.connection.commit()",
        "putting ends the caller's transaction",
        QUEUE("test_a_task_put_in_a_transaction_that_is_rolled_back_was_never_owed"),
    ),
    Sabotage(
        CODE,
        "idempotency_key=task.idempotency_key,",
        "idempotency_key=task.idempotency_key or task.kind,",
        "one task of each kind",
        QUEUE("test_tasks_without_a_key_are_owed_as_often_as_they_are_put"),
    ),
    Sabotage(
        CODE,
        "if not task.kind:",
        "if False:",
        "a task without a kind is swallowed",
        QUEUE("test_a_task_without_a_kind_is_refused_and_not_swallowed"),
    ),
    Sabotage(
        TABLES,
        'models.Q(("done_at", None), ("failed_at", None), _connector="OR")',
        'models.Q(("attempts__gte", 0))',
        "a task may be done and given up",
        QUEUE("test_the_database_itself_refuses_a_task_that_is_done_and_given_up"),
    ),
    Sabotage(
        TABLES,
        'models.Q(("kind", ""), _negated=True)',
        'models.Q(("attempts__gte", 0))',
        "the table takes a task without a kind",
        QUEUE("test_the_database_itself_refuses_a_task_without_a_kind"),
    ),
    # --- claim ---
    Sabotage(
        CODE,
        'order_by("priority", "due", "id")',
        'order_by("due", "id")',
        "priorities are not looked at",
        QUEUE("test_claim_takes_the_first_priority_first_then_the_oldest"),
    ),
    Sabotage(
        CODE,
        'order_by("priority", "due", "id")',
        'order_by("priority", "id")',
        "the older one waits",
        QUEUE("test_claim_takes_the_first_priority_first_then_the_oldest"),
    ),
    Sabotage(
        MODELS,
        FREE,
        "return self.active().filter(Q(lease_until=None) | Q(lease_until__lt=now))",
        "what is not due is taken",
        QUEUE(LEFT_ALONE),
    ),
    Sabotage(
        MODELS,
        FREE,
        "return self.active().filter(due__lte=now)",
        "what another has is taken",
        QUEUE(LEFT_ALONE),
    ),
    Sabotage(
        MODELS,
        FREE,
        "return self.filter(Q(lease_until=None) | Q(lease_until__lt=now), due__lte=now, done_at=None)",
        "what was given up is taken",
        QUEUE(LEFT_ALONE),
    ),
    Sabotage(
        MODELS,
        FREE,
        "return self.active().filter(lease_until=None, due__lte=now)",
        "a dead worker keeps its tasks",
        QUEUE("test_a_lease_that_ran_out_is_taken_again"),
    ),
    # --- work ---
    Sabotage(
        CODE,
        '_change(task, attempts=F("attempts") + 1, lease_until=lease_until)',
        '_change(task, attempts=F("attempts") + 1)',
        "the lease is not renewed",
        QUEUE("test_begin_counts_the_attempt_and_renews_the_lease"),
    ),
    Sabotage(
        CODE,
        '_change(task, attempts=F("attempts") + 1, lease_until=lease_until)',
        "_change(task, lease_until=lease_until)",
        "attempts are not counted",
        QUEUE("test_begin_counts_the_attempt_and_renews_the_lease"),
    ),
    Sabotage(
        CODE,
        "if finish is not None:",
        "if False:",
        "what belongs to a task's end is not done",
        QUEUE("test_settle_runs_finish_and_marks_the_task_as_done"),
    ),
    Sabotage(
        CODE,
        "with transaction.atomic():",
        "if True:",
        "finish and done are two transactions",
        QUEUE("test_a_finish_that_fails_leaves_the_task_owed"),
        times=2,
    ),
    Sabotage(
        CODE,
        HELD,
        "held = OutboxTask.objects.active().filter(pk=task.pk)",
        "a late worker writes over another's work",
        QUEUE(
            "test_a_worker_that_lost_its_lease_neither_settles_nor_finishes",
            *(
                f"test_a_worker_that_lost_its_lease_changes_nothing[{act}]"
                for act in ("begin", "retry", "give_up", "postpone", "remember")
            ),
        ),
    ),
    Sabotage(
        CODE,
        HELD,
        "held = OutboxTask.objects.filter(pk=task.pk)",
        "a late worker settles what is done",
        QUEUE("test_a_worker_that_comes_back_after_the_task_was_done_does_not_settle_it_again"),
    ),
    Sabotage(
        CODE,
        "OutboxTask.objects.filter(pk=task.pk, lease_until=task.lease_until).update(lease_until=None)",
        "OutboxTask.objects.filter(pk=task.pk).update(lease_until=None)",
        "a late worker gives back what another has",
        QUEUE("test_a_worker_that_lost_its_lease_gives_nothing_back"),
    ),
    Sabotage(
        CODE,
        "_change(task, due=due, lease_until=None, last_error=describe(error))",
        "_change(task, due=due, lease_until=None)",
        "the error is not kept",
        QUEUE("test_retry_puts_the_task_back_with_its_error"),
    ),
    Sabotage(
        CODE,
        "        give_up(task, error)",
        "        pass",
        "after the last attempt nobody says so",
        QUEUE("test_after_the_last_attempt_the_task_stays_in_sight"),
    ),
    Sabotage(
        CODE,
        "update(due=timezone.now(), failed_at=None, attempts=0)",
        "update(due=timezone.now(), failed_at=None)",
        "a task that is tried again has no attempts left",
        QUEUE("test_try_again_makes_a_failed_task_due_with_all_attempts_before_it"),
    ),
    Sabotage(
        CODE,
        "chosen.filter(done_at=None).update(",
        "chosen.update(",
        "what is done is done again",
        QUEUE("test_try_again_takes_a_whole_list_and_leaves_what_is_done"),
    ),
    Sabotage(
        CODE,
        "attempts=max(task.attempts - 1, 0)",
        "attempts=task.attempts",
        "waiting uses up an attempt",
        QUEUE("test_postpone_does_not_count_the_attempt"),
    ),
    Sabotage(
        CODE,
        "lease_until=task.lease_until).update(lease_until=None)",
        "lease_until=task.lease_until).update(attempts=0)",
        "what is given back stays taken",
        QUEUE("test_release_gives_a_claimed_task_to_the_next_worker"),
    ),
    Sabotage(
        CODE,
        "merged = {**task.parameters, **parameters}",
        "merged = parameters",
        "the rest of the parameters is lost",
        QUEUE("test_remember_adds_to_the_parameters_and_keeps_the_rest"),
    ),
    Sabotage(
        CODE,
        "_change(task, parameters=merged)",
        "_change(task, parameters=merged); connection.connection.commit()",
        "remembering ends the caller's transaction",
        QUEUE("test_remember_is_undone_with_the_callers_transaction"),
    ),
    Sabotage(
        MODELS,
        'return f"{self.kind} {self.pk}"',
        'return f"{self.kind} {self.pk} {self.parameters}"',
        "a task tells its parameters to the log",
        QUEUE("test_a_task_calls_itself_by_kind_and_number_alone"),
    ),
]
