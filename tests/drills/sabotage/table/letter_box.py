"""The letter-box: its banner, its health, its words about errors, its timetables."""

from tests.drills.sabotage.entry import Sabotage, tests_in

BANNER = tests_in("tests/campaign/outbox/test_banner.py")
ERRORS = tests_in("tests/campaign/outbox/test_errors.py")
HEALTH = tests_in("tests/campaign/outbox/test_health.py")
REGISTRY = tests_in("tests/campaign/outbox/test_registry.py")
RETRY = tests_in("tests/campaign/outbox/test_retry.py")

ERRORS_CODE = "campaign/outbox/errors.py"
HEALTH_CODE = "campaign/outbox/health.py"
REGISTRY_CODE = "campaign/outbox/registry.py"
RETRY_CODE = "campaign/outbox/retry.py"
GIVEN_UP = "test_given_up_ones_before_the_last_success_or_long_ago_do_not_count"

TABLE = [
    # --- banner ---
    Sabotage(
        "templates/wagtailadmin/base.html",
        "{% mail_banner %}",
        "",
        "no page has the banner",
        BANNER("test_each_admin_page_says_that_mail_is_owed_and_none_leaves"),
    ),
    Sabotage(
        "templates/wagtailadmin/mail_banner.html",
        '<code class="mail-banner__error">{{ trouble.last_error }}</code>',
        "",
        "the banner doesn't name the error",
        BANNER("test_each_admin_page_says_that_mail_is_owed_and_none_leaves"),
    ),
    Sabotage(
        HEALTH_CODE,
        "if last_success and last_success >= now - STUCK_AFTER:",
        "if False:",
        "that mail leaves is not looked at",
        BANNER("test_no_banner_while_the_post_goes_out"),
    ),
    Sabotage(
        "templates/wagtailadmin/mail_banner.html",
        "{% if trouble %}",
        "{% if True %}",
        "the banner is always there",
        BANNER("test_no_banner_where_nothing_is_owed"),
    ),
    Sabotage(
        "campaign/outbox/wagtail_hooks.py",
        '\'<link rel="stylesheet" href="{}">\'',
        '\'<link rel="stylesheet" href="{}"><div class="mail-banner" role="alert"></div>\'',
        "the banner comes with the sheet, which the login page has as well",
        BANNER("test_nobody_reads_the_banner_before_logging_in"),
    ),
    Sabotage(
        "templates/wagtailadmin/mail_banner.html",
        "{{ trouble.last_error }}",
        "{{ trouble.last_error|safe }}",
        "an error may hold markup",
        BANNER("test_an_error_in_the_banner_is_text_and_no_markup"),
    ),
    # --- words about errors ---
    Sabotage(
        ERRORS_CODE,
        '(_ADDRESS_WITH_NAME, " [address]"),',
        "",
        "the name before an address is kept",
        ERRORS("test_no_address_nor_the_name_before_it_is_kept"),
    ),
    Sabotage(
        ERRORS_CODE,
        '(_ADDRESS, "[address]"),',
        "",
        "an address without brackets is kept",
        ERRORS("test_no_address_nor_the_name_before_it_is_kept"),
    ),
    Sabotage(
        ERRORS_CODE, '(_TOKEN, "[token]"),', "", "tokens are kept", ERRORS("test_no_link_or_token_is_kept")
    ),
    Sabotage(
        ERRORS_CODE,
        '(_NETWORK_ADDRESS, "[address]"),',
        "",
        "network addresses are kept",
        ERRORS("test_no_network_address_is_kept"),
    ),
    Sabotage(
        ERRORS_CODE,
        '(text.strip().splitlines() or [""])[0][:_LONGEST_READ]',
        "text.strip()[:_LONGEST_READ]",
        "the database's second line is kept",
        ERRORS("test_the_values_that_a_database_appends_are_dropped"),
    ),
    Sabotage(
        ERRORS_CODE,
        "{24,}",
        "{4,}",
        "every word is a token",
        ERRORS("test_an_ordinary_message_stays_readable"),
    ),
    Sabotage(
        ERRORS_CODE,
        'return ", ".join(sorted(codes))',
        "return scrub(str(error))",
        "the server's words about a mailbox are kept",
        ERRORS(
            "test_of_a_refused_recipient_only_the_codes_are_kept",
            "test_an_error_without_words_speaks_through_its_cause",
        ),
    ),
    Sabotage(
        ERRORS_CODE,
        "return _codes(error.smtp_code, error.smtp_error)",
        "return scrub(str(error))",
        "the server's words about a text are kept",
        ERRORS("test_of_refused_content_only_the_codes_are_kept"),
    ),
    Sabotage(
        ERRORS_CODE,
        "if not str(error) and error.__cause__ is not None:",
        "if False:",
        "the cause stays unsaid",
        ERRORS("test_an_error_without_words_speaks_through_its_cause"),
    ),
    Sabotage(
        ERRORS_CODE,
        '.rstrip(": ")[:LAST_ERROR_LENGTH]',
        '.rstrip(": ")',
        "a description has any length",
        ERRORS("test_a_description_fits_its_column"),
    ),
    Sabotage(
        ERRORS_CODE,
        "[0][:_LONGEST_READ]",
        "[0][-_LONGEST_READ:]",
        "the end of a line is read, not its beginning",
        ERRORS("test_a_line_without_an_end_is_scrubbed_in_no_time"),
    ),
    Sabotage(
        ERRORS_CODE,
        '.rstrip(": ")[:LAST_ERROR_LENGTH]',
        "[:LAST_ERROR_LENGTH]",
        "a colon before nothing",
        ERRORS("test_an_error_without_any_words_is_its_class"),
    ),
    Sabotage(
        ERRORS_CODE,
        "for frame in reversed(frames[-3:]))",
        "for frame in reversed(frames[-3:])) + str(error)",
        "the place of an error repeats its message",
        ERRORS("test_the_place_of_an_error_names_files_and_lines_and_no_message"),
    ),
    Sabotage(
        ERRORS_CODE,
        "Path(frame.filename).name",
        "frame.filename",
        "the place of an error names folders",
        ERRORS("test_the_place_of_an_error_names_files_and_lines_and_no_message"),
    ),
    Sabotage(
        ERRORS_CODE,
        "%Y-%m-%d %H:%M %Z",
        "%H:%M",
        "the day is not said",
        ERRORS("test_later_says_until_when"),
    ),
    # --- health ---
    Sabotage(
        HEALTH_CODE,
        "return stuck.since if stuck else None",
        "return stuck.since if stuck else timezone.now()",
        "something is always stuck",
        HEALTH("test_nothing_owed_is_no_trouble"),
    ),
    Sabotage(
        HEALTH_CODE,
        "STUCK_AFTER = timedelta(minutes=15)",
        "STUCK_AFTER = timedelta(minutes=20)",
        "the warning comes late",
        HEALTH("test_a_mail_owed_for_more_than_fifteen_minutes_is_stuck"),
    ),
    Sabotage(
        HEALTH_CODE,
        "STUCK_AFTER = timedelta(minutes=15)",
        "STUCK_AFTER = timedelta(minutes=10)",
        "the warning comes early",
        HEALTH("test_a_mail_owed_for_less_is_not"),
    ),
    Sabotage(
        HEALTH_CODE,
        "filter(Q(due__lte=now) | Q(attempts__gt=0))",
        "filter(due__lte=now)",
        "what failed and waits for its next attempt is forgotten",
        HEALTH("test_a_mail_put_back_for_another_attempt_is_still_owed"),
    ),
    Sabotage(
        HEALTH_CODE,
        "return _mails().active().filter(Q(due__lte=now) | Q(attempts__gt=0))",
        "return _mails().active()",
        "what is to leave tomorrow is owed today",
        HEALTH("test_a_mail_that_is_to_leave_later_is_not_owed_yet"),
    ),
    Sabotage(
        HEALTH_CODE,
        "if last_success and last_success >= now - STUCK_AFTER:",
        "if False:",
        "that mail leaves is not looked at",
        HEALTH("test_when_another_mail_has_just_left_nothing_is_stuck"),
    ),
    Sabotage(
        HEALTH_CODE,
        "if last_success and last_success >= now - STUCK_AFTER:",
        "if last_success:",
        "a success of this morning proves that mail leaves now",
        HEALTH("test_a_mail_that_left_longer_ago_proves_nothing"),
    ),
    Sabotage(
        HEALTH_CODE,
        "return OutboxTask.objects.filter(kind__in=registry.mail_kinds())",
        "return OutboxTask.objects.all()",
        "every task is a mail",
        HEALTH("test_other_tasks_say_nothing_about_mail"),
    ),
    Sabotage(
        HEALTH_CODE,
        "FAILURES_IN_A_ROW = 3",
        "FAILURES_IN_A_ROW = 1",
        "one wrong address is an outage",
        HEALTH("test_one_wrong_address_is_no_outage"),
    ),
    Sabotage(
        HEALTH_CODE,
        "FAILURES_IN_A_ROW = 3",
        "FAILURES_IN_A_ROW = 4",
        "three refusals in a row are no outage",
        HEALTH("test_several_given_up_in_a_row_are_an_outage"),
    ),
    Sabotage(
        HEALTH_CODE,
        "failed_at__gte=last_success or a_day_ago",
        "failed_at__gte=a_day_ago",
        "failures before the last success count",
        HEALTH(GIVEN_UP),
    ),
    Sabotage(
        HEALTH_CODE,
        "FAILURES_COUNT_FOR = timedelta(days=1)",
        "FAILURES_COUNT_FOR = timedelta(days=2)",
        "failures of the day before yesterday count",
        HEALTH(GIVEN_UP),
    ),
    Sabotage(
        HEALTH_CODE,
        "waiting = _mails().failed() if stuck.given_up else _mails().active()",
        "waiting = _mails().owed()",
        "the last error is that of another matter",
        HEALTH("test_the_trouble_is_told_whole"),
    ),
    Sabotage(
        HEALTH_CODE,
        "    a_day_ago = now - FAILURES_COUNT_FOR",
        "    a_day_ago = now - FAILURES_COUNT_FOR; worker_silent_since()",
        "one statement more",
        HEALTH("test_asking_takes_at_most_three_statements"),
    ),
    Sabotage(
        HEALTH_CODE,
        "SILENT_AFTER = timedelta(minutes=3)",
        "SILENT_AFTER = timedelta(0)",
        "a worker is silent between two beats",
        HEALTH("test_a_worker_that_beats_is_not_silent"),
    ),
    Sabotage(
        HEALTH_CODE,
        "SILENT_AFTER = timedelta(minutes=3)",
        "SILENT_AFTER = timedelta(minutes=30)",
        "a dead worker is missed late",
        HEALTH("test_a_worker_that_stopped_is_silent_since_its_last_sign_of_life"),
    ),
    Sabotage(
        HEALTH_CODE,
        'return OutboxTask.objects.active().aggregate(first=Min("created_at"))["first"] or now',
        "return now",
        "where no worker ever ran, it is silent since this moment",
        HEALTH("test_where_no_worker_ever_ran_it_is_silent_since_the_oldest_task"),
    ),
    # --- registry ---
    Sabotage(
        REGISTRY_CODE,
        "if known is not None and known.function is not function:",
        "if False:",
        "a second one takes the first one's place",
        REGISTRY("test_two_handlers_of_one_kind_are_refused", "test_two_schedules_of_one_name_are_refused"),
        times=2,
    ),
    Sabotage(
        REGISTRY_CODE,
        "if known is not None and known.function is not function:",
        "if known is not None:",
        "a module loaded twice is refused",
        REGISTRY("test_registering_the_same_function_twice_is_harmless"),
        times=2,
    ),
    Sabotage(
        REGISTRY_CODE,
        "return str(known.label) if known else kind",
        "return kind",
        "staff read the kind, not its label",
        REGISTRY("test_a_kind_is_called_by_its_label_and_an_unknown_one_by_its_name"),
    ),
    # --- timetables ---
    Sabotage(
        RETRY_CODE,
        "if attempt > len(self.delays):",
        "if attempt >= len(self.delays):",
        "one attempt less",
        RETRY("test_the_waits_are_those_of_the_timetable_and_then_there_are_none"),
    ),
    Sabotage(
        RETRY_CODE,
        "* random.uniform(1, 1 + JITTER)",
        "",
        "what failed together comes back together",
        RETRY("test_tasks_that_failed_together_do_not_come_back_together"),
    ),
    Sabotage(
        RETRY_CODE,
        "timedelta(hours=12),",
        "timedelta(hours=1),",
        "a weekend's outage is not survived",
        RETRY("test_the_timetable_lasts_about_as_long_as_its_name"),
    ),
    Sabotage(
        RETRY_CODE,
        "    timedelta(minutes=1),",
        "    timedelta(minutes=10),",
        "a short fault costs ten minutes",
        RETRY("test_a_short_fault_is_tried_again_within_minutes"),
    ),
]
