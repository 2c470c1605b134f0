"""Made-up signers, the benchmark that needs them, and what it found."""

from tests.drills.sabotage.entry import Sabotage, tests_in

REHEARSAL = tests_in("tests/petition/test_rehearsal.py")
CHECK = tests_in("tests/bench/test_check.py")
COUNTRIES = tests_in("tests/petition/test_countries.py")
SCRIPTS = tests_in("tests/bench/test_scripts.py")
BESIDE, REFUSED = "TestBesideRealSignatures::", "TestWhatIsRefused::"

SERVICE = "petition/services/rehearsal.py"
COMMAND = "petition/management/commands/seed_signatures.py"
SENDING = "petition/sending.py"
ROWS = "tests/bench/check.py"
SCRIPT = "tests/bench/pgbench.py"
SERVER = "tests/bench/server.py"

MADE = [
    Sabotage(
        SERVICE,
        "sql.add_to_total(petition.pk, numbers.start // AT_ONCE % SLOTS, len(signatures))",
        "pass",
        "made-up signers are missing from the total",
        REHEARSAL(
            "test_made_up_signers_count_in_all_three_tellings",
            "test_of_another_petition_nothing_is_removed",
        ),
    ),
    Sabotage(
        SERVICE,
        "            channel=Channel.SEEDED,",
        "            channel=Channel.WEB,",
        "the record takes them for real",
        REHEARSAL(
            "test_each_is_marked_in_its_address_its_name_and_its_event",
            "test_removed_nothing_of_them_is_left",
        ),
    ),
    Sabotage(
        SERVICE,
        "text_id=words[signature.language][1],",
        'text_id=words["fr"][1],',
        "all have agreed in French",
        REHEARSAL("test_each_has_agreed_to_sign_in_the_language_of_what_it_signs_and_to_nothing_else"),
    ),
    Sabotage(
        SERVICE,
        "place=places[number % len(places)],",
        'place="FR-75",',
        "all live in Paris",
        REHEARSAL("test_they_come_from_everywhere_and_from_many_days_none_of_them_to_come"),
    ),
    Sabotage(
        SERVICE,
        "confirmed_at = now - timedelta(days=number % DAYS, seconds=number * 7_919 % 86_400)",
        "confirmed_at = now + timedelta(days=number % DAYS, seconds=number * 7_919 % 86_400)",
        "they sign in days to come",
        REHEARSAL("test_they_come_from_everywhere_and_from_many_days_none_of_them_to_come"),
    ),
    Sabotage(
        SERVICE,
        "numbers = range(first, first + min(AT_ONCE, count - there))",
        "numbers = range(first, first + AT_ONCE)",
        "repeating it adds more than was asked for",
        REHEARSAL("test_repeated_it_adds_only_what_is_missing_and_takes_nothing_away"),
    ),
    Sabotage(
        SERVICE,
        "@transaction.atomic",
        "",
        "what is interrupted stays half done",
        REHEARSAL("test_interrupted_it_leaves_whole_batches_and_goes_on_from_there"),
        times=2,
    ),
]

GONE = [
    Sabotage(
        SERVICE,
        "sql.add_to_total(petition.pk, 0, -removed)",
        "pass",
        "the total keeps those who have gone",
        REHEARSAL(
            "test_removed_nothing_of_them_is_left",
            f"{BESIDE}test_removing_leaves_the_real_one_with_its_consents_and_its_event",
        ),
    ),
    Sabotage(
        SERVICE,
        'return Signature.objects.filter(petition=petition, email__endswith=f"@{DOMAIN}")',
        'return Signature.objects.filter(email__endswith=f"@{DOMAIN}")',
        "other petitions lose theirs too",
        REHEARSAL("test_of_another_petition_nothing_is_removed"),
    ),
    Sabotage(
        SERVICE,
        'return Signature.objects.filter(petition=petition, email__endswith=f"@{DOMAIN}")',
        "return Signature.objects.filter(petition=petition)",
        "real signatures are taken for made-up ones",
        REHEARSAL(
            f"{BESIDE}test_removing_leaves_the_real_one_with_its_consents_and_its_event",
            f"{BESIDE}test_what_staff_tried_out_and_what_waits_are_in_nobodys_way",
        ),
    ),
    Sabotage(
        SERVICE,
        'petition=petition, channel=Channel.SEEDED, signature_uuid__in=counted.values("uuid")',
        "petition=petition, channel=Channel.SEEDED",
        "the record becomes uneven",
        REHEARSAL("test_one_that_was_set_aside_goes_too_and_the_record_stays_even"),
    ),
]

NEVER = [
    Sabotage(
        SERVICE,
        '    if others.exclude(email__endswith=f"@{DOMAIN}").exists():',
        "    if False:",
        "real signatures are mixed with made-up ones",
        REHEARSAL(
            f"{BESIDE}test_no_more_are_added",
            f"{BESIDE}test_a_real_signature_in_any_state_is_in_the_way",
            f"{BESIDE}test_one_whose_name_was_erased_is_real",
        ),
    ),
    Sabotage(
        SERVICE,
        "others = Signature.objects.filter(petition=petition, trial=False)",
        "others = Signature.objects.filter(petition=petition)",
        "what staff tried out forbids a rehearsal",
        REHEARSAL(f"{BESIDE}test_what_staff_tried_out_and_what_waits_are_in_nobodys_way"),
    ),
    Sabotage(
        SERVICE,
        "    if not words:",
        "    if False:",
        "a petition without words is signed",
        REHEARSAL(f"{REFUSED}test_a_petition_without_words"),
    ),
    Sabotage(
        COMMAND,
        "        if petition is None:",
        "        if False:",
        "an unknown petition is a fault of the program",
        REHEARSAL(f"{REFUSED}test_an_unknown_petition_by_naming_those_that_exist"),
    ),
    Sabotage(
        COMMAND,
        "        if count < 1:",
        "        if False:",
        "none at all are asked for, and nobody says so",
        REHEARSAL(f"{REFUSED}test_fewer_than_one"),
    ),
    Sabotage(
        COMMAND,
        "what = parser.add_mutually_exclusive_group(required=True)",
        "what = parser.add_argument_group()",
        "nobody says what is to be done",
        REHEARSAL(f"{REFUSED}test_neither_both_and_what_is_no_number"),
    ),
    Sabotage(
        SENDING,
        "    if all(reaches_nobody(address) for address in mail.recipients()):",
        "    if False:",
        "mail leaves for people who don't exist",
        REHEARSAL("test_no_mail_ever_leaves_for_them_whichever_task_asks_for_it"),
    ),
    Sabotage(
        "petition/fields.py",
        "            validate_email(address, check_deliverability=False, allow_smtputf8=False)",
        "            pass",
        "anybody can sign under their domain",
        REHEARSAL("test_the_public_form_refuses_their_addresses"),
    ),
]

BENCH = [
    Sabotage(
        ROWS,
        "        if tables.after[name] != expected:",
        "        if tables.after[name] > expected:",
        "answers without rows are believed",
        CHECK("test_one_row_too_few_or_too_many_in_any_table_is_told"),
    ),
    Sabotage(
        ROWS,
        "    if load.sent != load.answered:",
        "    if False:",
        "requests without an answer are forgotten",
        CHECK("test_whatever_went_wrong_on_the_way_is_told_and_counts_as_an_error"),
    ),
    Sabotage(
        ROWS,
        "    if load.ran_out:",
        "    if False:",
        "a load that ended early is believed",
        CHECK("test_a_pool_that_ran_out_and_a_load_of_nothing_are_told"),
    ),
    Sabotage(
        SCRIPT,
        "    if left := [value for value in unique if value and value in script]:",
        "    if left := []:",
        "all transactions may write one value",
        SCRIPTS("test_a_value_in_a_place_that_nobody_thought_of_stops_the_run"),
    ),
    Sabotage(
        SCRIPT,
        'return f"u{client}-{turn}"',
        'return f"{client}-{turn}"',
        "pgbench confirms rows that nobody has made",
        SCRIPTS("test_pgbench_names_a_waiting_row_as_it_was_made"),
    ),
    Sabotage(
        SERVER,
        "        ours = bool(match and match[1] == database)",
        "        ours = bool(match)",
        "lines of others are taken for the site's",
        SCRIPTS("test_the_servers_log_is_read_by_database_and_with_its_broken_lines"),
    ),
]

MORE = [
    Sabotage(
        ROWS,
        '"sign": {"pending": 1, "signature_mail tasks": 1, "counters of networks": 1, "answers used": 1},',
        '"sign": {"pending": 1, "signature_mail tasks": 1, "counters of networks": 1},',
        "rows that belong to a signature are taken for a fault",
        CHECK("test_rows_that_equal_the_successes_are_believed"),
    ),
    Sabotage(
        "tests/bench/load.py",
        "return self.good / self.seconds if self.seconds > 0 else 0.0",
        "return self.good * self.seconds",
        "a figure is no rate",
        CHECK("test_a_load_without_a_mistake_has_no_fault"),
    ),
    Sabotage(
        SCRIPT,
        """f"'{captured.email_key}'": "md5('k:c-:n')",""",
        """f"'{captured.email_key}'": "md5('k:n')",""",
        "two clients write one mailbox",
        SCRIPTS("test_what_only_one_request_had_becomes_an_expression_and_the_rest_stays"),
    ),
    Sabotage(
        SCRIPT,
        'return " \\\\gset pending_"',
        'return ";"',
        "no transaction learns the key of its own row",
        SCRIPTS("test_a_key_that_the_database_gave_out_is_taken_from_where_it_gives_it"),
    ),
    Sabotage(
        SCRIPT,
        'statement = statement.replace(f"({captured.signature_pk}, ", "(:signature_id, ")',
        "pass",
        "all consents are those of one signature",
        SCRIPTS("test_consents_and_thanks_name_the_signature_of_their_own_transaction"),
    ),
    Sabotage(
        SCRIPT,
        r"""statement = re.sub(r"VALUES \((\d+), \d+, 1\)", r"VALUES (\1, :slot, 1)", statement)""",
        "pass",
        "all meet on one slot of the total",
        SCRIPTS("test_each_transaction_counts_on_a_network_and_on_a_slot_of_its_own"),
    ),
]

QUICK = [
    Sabotage(
        "petition/forms.py",
        '(code, mark_safe(" selected") if code == chosen else "", label)',
        '(code, "", label)',
        "the form that comes back has forgotten the country",
        COUNTRIES("test_the_list_is_what_the_usual_widget_would_show"),
    ),
    Sabotage(
        "petition/forms.py",
        'attributes = flatatt({"name": name, **self.build_attrs(self.attrs, attrs)})',
        'attributes = flatatt({"name": name})',
        "the list has lost its label",
        COUNTRIES("test_the_list_is_what_the_usual_widget_would_show"),
    ),
    Sabotage(
        "petition/forms.py",
        'listed = format_html_join("\\n", \'<option value="{}"{}>{}</option>\', options)',
        'listed = mark_safe("".join(f"<option value={code!r}{chosen}>{label}</option>" for code, chosen, label in options))',
        "names are taken for mark-up",
        COUNTRIES("test_a_name_is_never_taken_for_mark_up"),
    ),
]

TABLE = [*MADE, *GONE, *NEVER, *BENCH, *MORE, *QUICK]
