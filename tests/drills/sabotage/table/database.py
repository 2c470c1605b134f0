"""The database keeps the truth."""

from tests.drills.sabotage.entry import Database, Sabotage, tests_in

DATABASE = tests_in("tests/petition/test_database.py")

TABLES = "petition/migrations/0001_initial.py"
TRIGGERS = "petition/migrations/0002_immutable.py"
COUNTING = "petition/services/counting.py"
STATES = "test_states_outside_the_list_are_refused"
FROZEN = "test_a_frozen_text_changes_neither_by_save_nor_by_sql"
NEVER_CHANGE = "test_consent_words_and_events_never_change"
TRIGGERS_THERE = "test_the_triggers_are_there_and_their_loss_is_reported"
NO_NAME = "test_rows_of_people_stay_out_of_wagtails_reference_index_and_show_no_name"
EVENT_NUMBER = "test_an_event_carries_its_transactions_number"
AGREE = "TestRecount::test_all_three_tellings_agree_after_signing_and_leaving"
MENDED = "TestRecount::test_a_difference_is_told_and_mended_by_adding_it"
SNAPSHOT = "TestRecount::test_it_reads_one_snapshot_outside_a_transaction"
NEXT_GOAL = "test_the_next_goal_shows_when_the_last_is_nearly_reached"
EXPIRY = "test_expiry_deletes_unconfirmed_rows_after_14_days_and_nothing_else"

TABLE = [
    Sabotage(
        TABLES,
        "constraint=models.UniqueConstraint(fields=('petition', 'email_key'), name='signature_one_per_mailbox'),",
        "constraint=models.UniqueConstraint(fields=('uuid', 'email_key'), name='signature_one_per_mailbox'),",
        "the table takes a mailbox twice",
        DATABASE("test_one_signature_per_mailbox_and_petition"),
    ),
    Sabotage(
        TABLES,
        "constraint=models.UniqueConstraint(fields=('petition', 'email_key'), name='signature_one_per_mailbox'),",
        "constraint=models.UniqueConstraint(fields=('email_key',), name='signature_one_per_mailbox'),",
        "a mailbox signs one petition only",
        DATABASE("test_one_signature_per_mailbox_and_petition"),
    ),
    Sabotage(
        TABLES,
        "models.Q(('blanked_at__isnull', True), ('email__isnull', False),",
        "models.Q(('uuid__isnull', False)), models.Q(('blanked_at__isnull', True), ('email__isnull', False),",
        "a signature may be half erased",
        DATABASE("test_a_signature_is_whole_or_blank"),
    ),
    Sabotage(
        TABLES,
        "models.Q(('state__in', ['preparation', 'open', 'closed', 'delivered', 'answered']))",
        "models.Q(('slug__isnull', False))",
        "a petition may be in any state",
        DATABASE(f"{STATES}[Petition-values0]"),
    ),
    Sabotage(
        TABLES,
        "models.Q(('state', 'preparation'), ('opened_at__isnull', False), _connector='OR')",
        "models.Q(('slug__isnull', False))",
        "a petition may be open without having been opened",
        DATABASE(f"{STATES}[Petition-values1]"),
    ),
    Sabotage(
        TABLES,
        "models.Q(('state__in', ['confirmed', 'held', 'invalidated']))",
        "models.Q(('uuid__isnull', False))",
        "a signature may be in any state",
        DATABASE(f"{STATES}[Signature-values2]"),
    ),
    Sabotage(
        "petition/models/text.py",
        "if self.pk and PetitionText.objects.filter(pk=self.pk, frozen_at__isnull=False).exists():",
        "if False:",
        "no words say why a frozen text stays",
        DATABASE(FROZEN),
    ),
    Sabotage(
        "petition/models/text.py",
        "if self.pk and PetitionText.objects.filter(pk=self.pk, frozen_at__isnull=False).exists():",
        "if self.pk:",
        "a text in preparation can't be changed",
        DATABASE(FROZEN),
    ),
    Sabotage(
        TRIGGERS,
        '"petition_petitiontext": "OLD.frozen_at IS NOT NULL",',
        '"petition_petitiontext": "1 = 0",',
        "the trigger of texts never fires",
        DATABASE(FROZEN),
    ),
    Sabotage(
        TRIGGERS,
        '"petition_consenttext": "1 = 1",',
        '"petition_consenttext": "1 = 0",',
        "the trigger of consent words never fires",
        DATABASE(NEVER_CHANGE),
    ),
    Sabotage(
        TRIGGERS,
        '"petition_signatureevent": "1 = 1",',
        '"petition_signatureevent": "1 = 0",',
        "the trigger of events never fires",
        DATABASE(NEVER_CHANGE),
    ),
    Sabotage(
        TABLES,
        "models.Q(('delta__in', [-1, 0, 1]))",
        "models.Q(('delta__gte', -1))",
        "an event may count twice",
        DATABASE(NEVER_CHANGE),
    ),
    Sabotage(
        TRIGGERS,
        '"petition_signatureevent": "1 = 1",',
        "",
        "a table has no trigger",
        DATABASE(TRIGGERS_THERE),
    ),
    Sabotage(
        "petition/checks.py",
        "missing = set(PROTECTED_TABLES) - protected_tables()",
        "missing = set()",
        "a trigger may be lost unseen",
        DATABASE(TRIGGERS_THERE),
    ),
    Sabotage(
        "petition/models/signature.py",
        'petition = models.ForeignKey(Petition, models.PROTECT, db_index=False, verbose_name=_("petition"))',
        'petition = models.ForeignKey(Petition, models.CASCADE, db_index=False, verbose_name=_("petition"))',
        "signatures go with their petition",
        DATABASE("test_a_petition_with_signatures_can_not_be_deleted"),
    ),
    Sabotage(
        TABLES,
        "('text', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, to='petition.petitiontext')),",
        "('text', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, to='petition.petitiontext')),",
        "a fourth index",
        DATABASE("test_signatures_have_few_indexes_since_each_is_paid_for_six_million_times"),
        times=2,
    ),
    Sabotage(
        "petition/models/signature.py",
        "wagtail_reference_index_ignore = True",
        "wagtail_reference_index_ignore = False",
        "Wagtail's reference index takes signatures",
        DATABASE(NO_NAME),
    ),
    Sabotage(
        "petition/models/signature.py",
        "return str(self.uuid)",
        'return f"{self.first_name} {self.last_name}"',
        "a row calls itself by the person's name",
        DATABASE(NO_NAME),
    ),
    Sabotage(
        "petition/models/event.py",
        'return "0", []',
        'return "7", []',
        "SQLite invents a number",
        DATABASE(EVENT_NUMBER),
    ),
    Sabotage(
        "petition/models/event.py",
        'return "pg_current_xact_id()::text::bigint", []',
        'return "0", []',
        "PostgreSQL's number is not taken",
        DATABASE(EVENT_NUMBER),
        database=Database.POSTGRESQL,
    ),
    # --- recount ---
    Sabotage(
        COUNTING,
        '_of_each(SignatureEvent.objects.all(), Sum("delta"))',
        '_of_each(SignatureEvent.objects.all(), Count("pk"))',
        "a withdrawal counts as one more",
        DATABASE(AGREE),
    ),
    Sabotage(
        COUNTING,
        "if fix and telling.total != telling.signatures:",
        "if False:",
        "nothing is mended",
        DATABASE(MENDED),
    ),
    Sabotage(
        COUNTING,
        "if fix and telling.total != telling.signatures:",
        "if telling.total != telling.signatures:",
        "looking mends",
        DATABASE(MENDED),
    ),
    Sabotage(
        COUNTING,
        "telling.signatures - telling.total)",
        "telling.signatures)",
        "the total is added, not the difference",
        DATABASE(MENDED),
    ),
    Sabotage(
        "petition/management/commands/recount.py",
        'raise CommandError("The tellings differ.")',
        "return",
        "a difference ends with status 0",
        DATABASE(MENDED),
    ),
    Sabotage(
        COUNTING,
        "counted = Signature.objects.confirmed()",
        "counted = Signature.objects.filter(trial=False)",
        "held and invalidated ones count",
        DATABASE("TestRecount::test_signatures_that_do_not_count_are_not_counted"),
    ),
    Sabotage(
        COUNTING,
        "counted = Signature.objects.confirmed()",
        'counted = Signature.objects.filter(state="confirmed")',
        "trials count",
        DATABASE("TestRecount::test_signatures_that_do_not_count_are_not_counted"),
    ),
    Sabotage(
        COUNTING,
        "each.told_by_totals) for each in petitions",
        "progress(each).count) for each in petitions",
        "each telling is of another moment",
        DATABASE(SNAPSHOT),
        database=Database.POSTGRESQL,
    ),
    # --- goal and bar ---
    Sabotage(
        COUNTING,
        "NEXT_GOAL_FROM = 0.9",
        "NEXT_GOAL_FROM = 1.0",
        "the next goal shows only when the last is reached",
        DATABASE(NEXT_GOAL),
    ),
    Sabotage(
        COUNTING,
        "steps[-1] if steps else 0",
        "steps[0] if steps else 0",
        "beyond the last goal the first one shows",
        DATABASE(f"{NEXT_GOAL}[2000-1000]"),
    ),
    Sabotage(
        COUNTING,
        "return max(0, min(100, self.count * 100 // self.goal)) if self.goal else 100",
        "return self.count * 100 // self.goal if self.goal else 100",
        "the bar runs over",
        DATABASE("test_the_bar_never_passes_100"),
    ),
    Sabotage(
        TABLES,
        "models.UniqueConstraint(fields=('petition', 'as_of'), name='officeholder_one_a_day')",
        "models.UniqueConstraint(fields=('petition', 'name'), name='officeholder_one_a_day')",
        "two holders on one day",
        DATABASE("test_holders_of_an_office_are_dated"),
    ),
    Sabotage(
        "petition/services/retention.py",
        "received_at__lt=now - periods.unconfirmed()",
        "received_at__lt=now",
        "nobody has fourteen days",
        DATABASE(EXPIRY),
    ),
    Sabotage(
        "petition/periods.py",
        "timedelta(days=settings.KEEP_UNCONFIRMED_DAYS)",
        "timedelta(days=settings.KEEP_UNCONFIRMED_DAYS + 1)",
        "what isn't confirmed is kept longer",
        DATABASE(EXPIRY),
    ),
    Sabotage(
        TRIGGERS,
        'NEVER_DELETED = {"petition_signatureevent"}',
        "NEVER_DELETED: set[str] = set()",
        "events may be deleted",
        DATABASE("test_an_event_is_never_deleted"),
        database=Database.POSTGRESQL,
    ),
    Sabotage(
        TABLES,
        "models.Q(('scope__in', ['all_mail', 'newsletter', 'petition']))",
        "models.Q(('email_key__isnull', False))",
        "a suppression may have any scope",
        DATABASE("test_a_suppression_has_a_known_scope_and_reason[values0]"),
    ),
    Sabotage(
        TABLES,
        "models.Q(('reason__in', ['bounce', 'complaint', 'refusal', 'not_me', 'erasure']))",
        "models.Q(('email_key__isnull', False))",
        "a suppression may have any reason",
        DATABASE("test_a_suppression_has_a_known_scope_and_reason[values1]"),
    ),
    Sabotage(
        TABLES,
        "models.Q(('slot__gte', 0), ('slot__lt', 16))",
        "models.Q(('slot__gte', 0))",
        "a total may have any slot",
        DATABASE("test_the_total_has_sixteen_slots"),
    ),
    Sabotage(
        COUNTING,
        "Petition.objects.select_for_update(no_key=True)",
        "Petition.objects.all()",
        "two that mend don't wait for each other",
        DATABASE("TestRecount::test_two_that_mend_at_once_mend_once"),
        database=Database.POSTGRESQL,
    ),
]
