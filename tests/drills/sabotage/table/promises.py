"""The public promises and the stories, over the running site. Starting it takes long, so one sabotage serves several."""

from tests.drills.sabotage.entry import Database, Sabotage, tests_in

READS = tests_in("tests/promises/test_get_changes_nothing.py")
HOST = tests_in("tests/promises/test_host_header_changes_no_link.py")
NO_IP = tests_in("tests/promises/test_no_ip_is_stored.py")
ALONE = tests_in("tests/promises/test_no_third_party.py")
NOTHING_REMAINS = tests_in("tests/promises/test_nothing_remains_after_withdrawal.py")
ALIKE = tests_in("tests/promises/test_same_answer.py")
PHONE = tests_in("tests/stories/test_signing_on_a_phone.py")
NO_SCRIPT = tests_in("tests/stories/test_signing_without_javascript.py")
TAKING_BACK = tests_in("tests/stories/test_taking_it_back.py")
PRESS = tests_in("tests/stories/test_press_officer.py")

BASE = "templates/base.html"
LANGUAGE = "campaign/language.py"
SETTINGS = "campaign/settings.py"
LIMITS = "petition/limits.py"
LOGS = "campaign/logs.py"
WITHDRAWAL = "petition/services/withdrawal.py"
PHONE_STORY = "test_somebody_signs_in_french_on_a_phone_and_is_counted"
NO_SCRIPT_STORY = "test_somebody_signs_in_english_without_javascript_after_a_mistake"
WHOLE_WAY = "test_the_whole_way_of_a_signature_asks_nobody_else_and_keeps_nothing"
AFTER_ALL = "test_after_the_whole_way_and_a_withdrawal_only_the_event_is_kept"
SAME = "test_the_answer_is_the_same_whatever_is_known_of_an_address"

TABLE = [
    # --- reading changes nothing ---
    Sabotage(
        "petition/views/confirm.py",
        "return _page(request, found, token, STATUS.get(found.kind, HTTPStatus.OK))",
        "confirm_found(found, link, shown=None); return _page(request, found, token, STATUS.get(found.kind, HTTPStatus.OK))",
        "reading the page confirms",
        READS(
            "test_reading_any_address_in_any_manner_changes_no_row",
            "test_a_scanner_that_follows_every_link_twice_confirms_nobody",
            "test_a_page_left_open_with_its_scripts_running_confirms_and_withdraws_nothing",
        ),
    ),
    Sabotage(
        LANGUAGE,
        "        request.LANGUAGE_CODE = language_of(request.path_info)",
        '        request.LANGUAGE_CODE = language_of(request.path_info); request.method, request.POST = ("POST", request.GET) if request.GET else (request.method, request.POST)',
        "values in an address count as a sent form",
        READS("test_the_values_of_a_form_in_the_address_of_a_read_change_no_row"),
    ),
    Sabotage(
        "petition/services/counting.py",
        'total = Total.objects.filter(petition=petition).aggregate(sum=Sum("value"))["sum"] or 0',
        "total = secrets.randbelow(1_000_000_000)",
        "the count is invented",
        (
            *READS("test_reading_the_count_is_the_same_before_and_after"),
            *ALIKE("test_the_count_does_not_move_when_a_known_address_signs_again"),
        ),
    ),
    # --- the host ---
    Sabotage(
        "home/context.py",
        'return absolute(self.page.url) if self.page else ""',
        'return self.request.build_absolute_uri() if self.page else ""',
        "a page's own address is what the request says",
        HOST("test_every_page_is_the_same_under_every_host"),
    ),
    Sabotage(
        "home/context.py",
        'return absolute(self.page.url) if self.page else ""',
        'return self.request.META["RAW_URI"] if self.page else ""',
        "a page's own address is what stands in the request line",
        HOST("test_a_full_address_in_the_request_line_changes_no_link_either"),
    ),
    Sabotage(
        "home/links.py",
        "return settings.SITE_URL + path",
        'return "http://localhost" + path',
        "full addresses are those of another host",
        HOST(
            "test_every_full_address_in_pages_and_sitemap_is_the_sites_own_or_one_that_editors_wrote",
            "test_every_link_in_every_mail_comes_from_the_sites_own_address",
        ),
    ),
    Sabotage(
        SETTINGS,
        'ALLOWED_HOSTS = env.read("ALLOWED_HOSTS", env.words, "host names, separated by commas")',
        'ALLOWED_HOSTS = ["*"]',
        "the site answers to every name",
        HOST("test_a_host_that_is_not_ours_is_refused_and_stores_nothing"),
    ),
    # --- no address of anybody's machine ---
    Sabotage(
        LIMITS,
        'f"{scope}:{window}:{mark.hexdigest()[:32]}" for mark in marks',
        'f"{scope}:{window}:{name}" for name in names',
        "counters are named by the network itself",
        NO_IP(
            "test_who_comes_through_the_proxy_is_counted_and_written_down_nowhere",
            "test_an_address_of_the_same_network_shares_its_counter_and_is_written_down_nowhere",
        ),
    ),
    Sabotage(
        LIMITS,
        "    key = daily_key(now.astimezone(UTC).date())",
        "    print(names); key = daily_key(now.astimezone(UTC).date())",
        "a line left from looking for a fault",
        NO_IP("test_an_error_of_the_server_tells_of_no_address"),
    ),
    Sabotage(
        LOGS,
        'return IP.sub("[ip]", text)',
        "return text",
        "the log keeps addresses",
        NO_IP("test_who_comes_without_a_proxy_and_even_speaks_badly_is_written_down_nowhere"),
    ),
    # --- nobody else, and no cookie ---
    Sabotage(
        BASE,
        '{% include "components/site_footer.html" %}',
        '{% include "components/site_footer.html" %}<img src="https://example.org/seen.gif" alt="">',
        "each page asks another host for a picture",
        ALONE(
            "test_every_public_page_asks_nobody_else_and_keeps_nothing",
            WHOLE_WAY,
            "test_nothing_in_the_text_of_a_page_or_sheet_points_to_another_host",
        ),
    ),
    Sabotage(
        "templates/500.html",
        '<body class="page-error">',
        '<body class="page-error"><img src="https://example.org/seen.gif" alt="">',
        "the page about an error asks another host for a picture",
        ALONE("test_an_error_of_the_server_asks_nobody_else_either"),
    ),
    Sabotage(
        LANGUAGE,
        'response.headers.setdefault("Content-Language", request.LANGUAGE_CODE)',
        'response.set_cookie("language", request.LANGUAGE_CODE)',
        "the language is kept in a cookie",
        (
            *ALONE(
                "test_no_public_answer_sets_a_cookie_whatever_is_asked_and_how",
                "test_no_answer_to_a_form_sets_a_cookie",
                "test_every_public_page_asks_nobody_else_and_keeps_nothing",
            ),
            *PHONE(PHONE_STORY),
            *NO_SCRIPT(NO_SCRIPT_STORY),
        ),
    ),
    Sabotage(
        SETTINGS,
        'SESSION_COOKIE_PATH = CSRF_COOKIE_PATH = "/admin/"',
        'SESSION_COOKIE_PATH = CSRF_COOKIE_PATH = "/"',
        "staff's cookies go everywhere",
        ALONE("test_staff_pages_ask_nobody_else_and_their_cookies_stay_under_admin"),
    ),
    Sabotage(
        LANGUAGE,
        'response.headers.setdefault("Content-Language", request.LANGUAGE_CODE)',
        'response.headers.setdefault("Access-Control-Allow-Origin", "*")',
        "other sites may read every answer",
        ALONE("test_the_count_and_its_days_are_the_only_answers_that_other_sites_may_read"),
    ),
    # --- nothing remains ---
    Sabotage(
        "petition/views/sign.py",
        'last_name=filled["last_name"],',
        'last_name="",',
        "last names are not kept (so the search for them must fail)",
        NOTHING_REMAINS("test_the_search_finds_somebody_who_has_signed"),
    ),
    Sabotage(
        "petition/sql.py",
        "statement = f'DELETE FROM \"{table}\" WHERE {where} RETURNING *'",
        "statement = f'SELECT * FROM \"{table}\" WHERE {where}'",
        "what is taken stays there",
        NOTHING_REMAINS(
            AFTER_ALL,
            "test_who_signs_again_after_withdrawing_can_withdraw_again",
            "test_staff_who_looked_somebody_up_leave_nothing_either",
            "test_another_spelling_and_another_name_of_the_same_mailbox_go_with_it",
            "test_an_error_of_the_database_while_signing_leaves_nothing",
            "test_an_error_of_the_database_while_confirming_leaves_nothing",
            "test_an_error_of_the_database_while_withdrawing_leaves_nothing_once_it_works",
        ),
    ),
    Sabotage(
        WITHDRAWAL,
        "    of_key(PendingSignature, key).delete()",
        "    pass",
        "what waits is not erased",
        NOTHING_REMAINS("test_who_erases_a_request_never_confirmed_leaves_nothing"),
    ),
    Sabotage(
        WITHDRAWAL,
        "subscription.forget(key)",
        "pass",
        "the contact stays",
        (
            *NOTHING_REMAINS(AFTER_ALL),
            *TAKING_BACK("test_somebody_takes_the_signature_back_and_is_counted_no_more"),
        ),
    ),
    Sabotage(
        "campaign/outbox/errors.py",
        'return ", ".join(sorted(codes))',
        "return str(error)",
        "the server's words about a mailbox are kept",
        NOTHING_REMAINS("test_mails_that_failed_leave_nothing_either"),
    ),
    Sabotage(
        LOGS,
        r'text = QUOTED_VALUES.sub(r"\1[values]", text)',
        "",
        "the log keeps the row that the database quotes",
        NOTHING_REMAINS(
            "test_an_error_of_the_database_while_signing_leaves_nothing",
            "test_an_error_of_the_database_while_confirming_leaves_nothing",
        ),
        database=Database.POSTGRESQL,
    ),
    # --- the same answer ---
    Sabotage(
        "petition/views/sign.py",
        'return SeeOther(reverse("check_inbox", args=[form.petition.slug]))',
        'return SeeOther(reverse("check_inbox", args=[form.petition.slug]) + "?again" * form.petition.signature_set.filter(email=form.cleaned_data["email"]).count())',
        "who has signed already is led to another address",
        ALIKE(f"{SAME}[sign-fr]", f"{SAME}[sign-en]"),
    ),
    Sabotage(
        "petition/views/mail_again.py",
        'return SeeOther(reverse("mail_sent"))',
        'return SeeOther(reverse("mail_sent") + "?known" * asking.Signature.objects.filter(email=form.cleaned_data["email"]).count())',
        "who has signed is told so by the address of the answer",
        ALIKE(f"{SAME}[ask_for_the_mail_again-fr]"),
    ),
    Sabotage(
        "petition/fields.py",
        "address = super().clean(value)",
        'address = super().clean(value).partition("+")[0]',
        "a mailbox's second address is refused",
        ALIKE("test_a_second_address_of_the_same_mailbox_is_answered_like_any_other"),
    ),
    # --- stories ---
    Sabotage(
        "petition/services/signing.py",
        "    reasons = reasons + look_at(petition, email=email, ticket=ticket, check=check, network=network, now=now)",
        "    reasons = reasons + look_at(petition, email=email, ticket=ticket, check=check, network=network, now=now); sql.add_to_total(petition.pk, 0, 1)",
        "a signature counts before its mailbox has confirmed",
        (
            *PHONE(PHONE_STORY),
            *TAKING_BACK("test_somebody_takes_the_signature_back_and_is_counted_no_more"),
            *ALIKE("test_the_count_does_not_move_when_a_known_address_signs_again"),
        ),
    ),
    Sabotage(
        "templates/components/field.html",
        '<p class="field__error" id="{{ field.auto_id }}_error">',
        '<p class="field__error">',
        "a message can't be found from its field",
        NO_SCRIPT(NO_SCRIPT_STORY),
    ),
    Sabotage(
        "templates/home/_article.html",
        '<p class="lead">{{ page.summary }}</p>',
        "",
        "a press release shows no summary",
        PRESS("test_the_press_officer_publishes_a_press_release"),
    ),
    Sabotage(
        "campaign/roles.py",
        "Role.EDITOR: Rights(ADMIN_ACCESS + TRANSLATE + LEAD_ADDRESSES_ON,",
        "Role.EDITOR: Rights(ADMIN_ACCESS + TRANSLATE + LEAD_ADDRESSES_ON + MANAGE_PETITION,",
        "editors may do what petition managers may",
        PRESS("test_the_press_officer_finds_nothing_of_signatures_in_the_menu"),
    ),
]
