"""Staff switch the list on: who may, what must be said first, what is shown, and what the checks say."""

from tests.drills.sabotage.entry import Sabotage, tests_in

SWITCHING = tests_in("tests/petition/test_switching.py")
SCREEN = tests_in("tests/petition/staff/test_services.py")
CHECKS = tests_in("tests/petition/test_checks.py")
OUTGOING = tests_in("tests/petition/test_outgoing.py")
STORY = tests_in("tests/stories/test_staff_switch_mailchimp_on.py")

SERVICE = "petition/services/switching.py"
WORDING = "petition/services/wording.py"
VIEWS = "petition/staff/viewsets/services.py"
SHOWN = "petition/staff/services_shown.py"
CODE = "petition/checks.py"
CALLS = "templates/petition/staff/outgoing.html"
WHO_MAY = (
    "    return by.has_perm(MAY_SWITCH) and (not asks_for_its_name(entry) or by.has_perm(MAY_SWITCH_OUTSIDE))"
)

TABLE = [
    # The act
    Sabotage(
        SERVICE,
        "row.mailing, row.changed_by, row.reason = alias, by, reason.strip()",
        "row.mailing, row.reason = alias, reason.strip()",
        "nobody knows who switched it on",
        SWITCHING(
            "test_the_row_says_who_switched_it_on_when_and_why",
            "test_choosing_what_is_on_already_writes_down_who_chose_it_and_makes_no_new_words",
        ),
    ),
    Sabotage(
        SERVICE,
        'return " ".join(words.split()).casefold()',
        "return words",
        "a capital letter makes another name",
        SWITCHING("test_case_and_spaces_around_the_typed_name_are_forgiven"),
    ),
    Sabotage(
        SERVICE,
        "if asks_for_its_name(entry) and _bare(typed) != _bare(service_name(entry)):",
        "if False:",
        "any word confirms",
        SWITCHING("test_another_word_than_the_service_s_name_switches_nothing_on")
        + SCREEN("test_what_is_wrong_stands_beside_its_field_and_what_was_typed_stays"),
    ),
    Sabotage(
        SERVICE,
        "if not reason.strip():",
        "if False:",
        "no reason is asked for",
        SWITCHING("test_without_a_reason_nothing_is_switched_on"),
    ),
    Sabotage(
        SERVICE,
        WHO_MAY,
        "    return by.has_perm(MAY_SWITCH)",
        "the right of its own is nobody's business",
        SWITCHING("test_who_lacks_the_right_of_its_own_switches_on_nothing_outside_the_union")
        + SCREEN("test_a_manager_reads_who_may_and_finds_no_button"),
    ),
    Sabotage(
        SERVICE,
        WHO_MAY,
        "    return not asks_for_its_name(entry) or by.has_perm(MAY_SWITCH_OUTSIDE)",
        "whoever may read may switch",
        SWITCHING("test_who_may_not_change_services_switches_none")
        + SCREEN("test_whoever_may_only_read_switches_nothing"),
    ),
    Sabotage(
        SERVICE,
        "return entry.disclosure is not None and entry.disclosure.is_outside_the_union",
        "return True",
        "every list counts as one outside the Union",
        SWITCHING("test_this_site_s_own_list_asks_for_no_name_and_no_right_of_its_own")
        + SCREEN("test_a_manager_goes_back_to_this_site_s_own_list"),
    ),
    Sabotage(
        SERVICE,
        'return {"": _("The settings know no such list.")}',
        'entry = mailing.entry("local")',
        "a list that is none is taken for this site's own",
        SWITCHING("test_a_list_that_the_settings_do_not_know_is_refused"),
    ),
    Sabotage(
        SERVICE,
        "if entry.missing_variables:",
        "if False:",
        "the missing variable is not named",
        SWITCHING("test_a_list_without_its_key_is_refused_and_the_variable_named"),
    ),
    Sabotage(
        SERVICE,
        "if not entry.can_be_chosen:",
        "if False:",
        "a service that tells half may be switched on",
        SWITCHING("test_a_service_that_does_not_tell_all_is_refused"),
    ),
    Sabotage(
        SERVICE,
        "    publish_all()",
        "    pass",
        "visitors go on reading the words of before",
        SWITCHING("test_the_words_of_every_petition_name_the_service_in_each_of_its_languages"),
    ),
    Sabotage(
        SERVICE,
        "    publish_all()",
        '    publish_all() if alias != "local" else None',
        "the way back leaves the words as they are",
        SWITCHING("test_back_to_this_site_s_own_list_the_words_name_nobody"),
    ),
    Sabotage(
        WORDING,
        'petitions = Petition.objects.exclude(state__in=OVER).order_by("pk")',
        'petitions = Petition.objects.order_by("pk")',
        "petitions that are over get new words",
        SWITCHING("test_a_petition_that_is_over_keeps_its_words"),
    ),
    # The screens
    Sabotage(
        "templates/petition/staff/services.html",
        "<dd>{{ disclosure.hosting|capfirst }}</dd>",
        "<dd></dd>",
        "nobody reads where data lie",
        SCREEN("test_each_list_says_what_it_is_and_who_receives_what_where"),
    ),
    Sabotage(
        SHOWN,
        "ListNow(entry, alias == chosen, held",
        "ListNow(entry, alias != chosen, held",
        "on is off and off is on",
        SCREEN("test_at_first_this_site_s_own_list_is_on_and_nobody_has_chosen"),
    ),
    Sabotage(
        SHOWN,
        "on_list = Contact.objects.filter(state=ContactState.SUBSCRIBED, provider_state=ListState.ON_LIST)",
        "on_list = Contact.objects.filter(state=ContactState.SUBSCRIBED)",
        "who was refused counts as on the list",
        SCREEN("test_each_list_says_how_many_supporters_are_on_it"),
    ),
    Sabotage(
        SHOWN,
        'held = dict(on_list.values_list("provider").annotate(number=Count("pk")).order_by())',
        "held = {row.provider: Contact.objects.filter(provider=row.provider).count() for row in on_list}",
        "each supporter costs a statement",
        SCREEN("test_the_screen_costs_no_more_statements_with_more_supporters"),
    ),
    Sabotage(
        SHOWN,
        'return "\\n".join(f"{variable}=" for variable in self.entry.missing_variables)',
        'return ""',
        "the administrator is not told what to fill in",
        SCREEN("test_a_list_without_its_key_shows_variables_file_and_command_to_hand_on"),
    ),
    Sabotage(
        "petition/mailing/__init__.py",
        "if not self.options.get(option)",
        'if not self.options.get("api_key")',
        "half of what it needs is enough",
        SCREEN("test_a_list_without_its_key_is_not_switched_on_by_its_address_either"),
    ),
    Sabotage(
        SHOWN,
        "        if petition:",
        '        if petition and code == "fr":',
        "one language is shown",
        SCREEN("test_the_page_shows_what_visitors_will_read_in_both_languages"),
    ),
    Sabotage(
        VIEWS,
        "petitions=services_shown.petitions_asking().count(),",
        "petitions=1,",
        "one petition is spoken of, however many there are",
        SCREEN("test_the_page_says_what_changes"),
    ),
    Sabotage(
        VIEWS,
        'data={"before": before, "now": entry.name, "reason": row.reason},',
        'data={"before": before, "now": entry.name, "reason": ""},',
        "the history doesn't say why",
        SCREEN("test_an_administrator_switches_it_on_and_the_history_says_who_when_and_why"),
    ),
    Sabotage(
        SHOWN,
        "return row if row and row.reason else None",
        "return row if row and row.changed_by_id else None",
        "a choice goes with the account that made it",
        SCREEN("test_the_choice_of_somebody_whose_account_is_gone_is_still_told"),
    ),
    Sabotage(
        VIEWS,
        "            raise Http404",
        "            return mailing.chosen()",
        "another list answers for one that is none",
        SCREEN("test_a_list_that_the_settings_do_not_know_is_not_found"),
    ),
    Sabotage(
        "campaign/security.py",
        "return super().process_view(request, callback, callback_args, callback_kwargs)",
        "return None",
        "staff's forms are taken from any site",
        SCREEN("test_a_form_of_another_site_switches_nothing_on"),
    ),
    Sabotage(
        VIEWS,
        "    any_permission_required = [MAY_SEE]",
        "    any_permission_required = None",
        "everybody of the staff reads it",
        SCREEN("test_both_screens_are_closed_to_who_may_not_see_services"),
    ),
    Sabotage(
        CALLS,
        "<code>{{ call.host }}</code>",
        "<code></code>",
        "no host is printed",
        SCREEN("test_the_page_of_calls_prints_each_host_of_the_settings_and_no_secret"),
    ),
    Sabotage(
        SHOWN,
        "OutgoingCall(entry.name, host, name == chosen,",
        "OutgoingCall(entry.name, host, True,",
        "all seem to be on",
        SCREEN("test_the_page_of_calls_says_which_service_is_on"),
    ),
    Sabotage(
        CALLS,
        "{% if calls %}",
        "{% if True %}",
        "an empty table tells nothing",
        SCREEN("test_a_site_that_calls_nobody_says_so"),
    ),
    # The checks
    Sabotage(
        CODE,
        'if not hasattr(adapter, "disclosure"):',
        "if False:",
        "a list that says nothing passes",
        CHECKS("test_a_list_that_does_not_tell_is_an_error"),
    ),
    Sabotage(
        CODE,
        "elif adapter.disclosure and (missing := adapter.disclosure.missing()):",
        "elif False:",
        "a list that says half passes",
        CHECKS("test_a_list_that_tells_half_is_an_error_that_names_what_is_missing"),
    ),
    Sabotage(
        CODE,
        "    if not chosen.missing_variables:",
        "    if True:",
        "a key that has gone is not missed",
        CHECKS("test_a_list_that_is_on_and_lost_its_key_is_named_with_the_variable"),
    ),
    Sabotage(
        CODE,
        "        chosen = mailing.chosen()",
        '        chosen = mailing.entry("mailchimp")',
        "a list that is off is complained of",
        CHECKS("test_nothing_is_said_of_a_list_that_is_off"),
    ),
    Sabotage(
        CODE,
        "    if not databases:",
        "    if False:",
        "the database is asked whenever a check runs",
        CHECKS("test_the_database_is_asked_only_where_it_may_be"),
        times=2,
    ),
    # Whom the server calls
    Sabotage(
        "petition/mailing/__init__.py",
        "if opened.host and opened.host not in settings.OUTGOING_HOSTS.values():",
        "if False:",
        "any host is called",
        OUTGOING("test_a_list_at_a_host_that_the_settings_do_not_name_is_not_opened"),
    ),
    Sabotage(
        "petition/mailing/__init__.py",
        "if opened.host and opened.host not in settings.OUTGOING_HOSTS.values():",
        "if opened.host:",
        "nobody is called, not even whom the settings name",
        OUTGOING("test_a_list_at_a_host_that_the_settings_name_is_opened"),
    ),
    Sabotage(
        "petition/mailing/__init__.py",
        "if opened.host and opened.host not in settings.OUTGOING_HOSTS.values():",
        "if opened.host not in settings.OUTGOING_HOSTS.values():",
        "a list that calls nobody needs leave to do so",
        OUTGOING("test_this_site_s_own_list_calls_nobody"),
    ),
    # The whole way, in a browser
    Sabotage(
        "petition/services/subscription.py",
        "if chosen.disclosure is None or contact.consent_text.discloses == chosen.alias:",
        "if True:",
        "who read nothing of Mailchimp is passed on to it",
        STORY("test_an_administrator_switches_mailchimp_on_and_only_who_read_it_is_passed_on"),
    ),
]
