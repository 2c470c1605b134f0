"""Supporters asked again, and the end of what is kept of them."""

from tests.drills.sabotage.entry import Sabotage, tests_in

NEWS = tests_in("tests/petition/test_news.py")
RETENTION = tests_in("tests/petition/test_retention.py")
PAGE, YES, NO, LETTER, STAFF = (
    f"{name}::" for name in ("TestThePage", "TestAYes", "TestANo", "TestTheMail", "TestWhomStaffMayAsk")
)
PEOPLE, LEFT, PROOF = (f"{name}::" for name in ("TestSupporters", "TestThoseWhoLeft", "TestTheProof"))

SERVICE = "petition/services/news.py"
END = "petition/services/retention.py"
HANDLERS = "petition/news_handlers.py"
VIEW = "petition/views/news.py"
TEMPLATE = "templates/petition/news_question.html"
TEXT = "templates/emails/news_question.txt"
LINKS = "petition/links.py"

THE_PAGE = [
    Sabotage(
        TEMPLATE,
        "<dd>{{ petition.organiser }}</dd>",
        "<dd>{{ words.petition.slug }}</dd>",
        "nobody says who writes",
        NEWS(f"{PAGE}test_it_shows_the_words_who_writes_and_since_when_and_no_data"),
    ),
    Sabotage(
        "petition/context.py",
        '"petition": contact.consent_text.petition,',
        '"petition": Petition.objects.first(),',
        "every question is put in one organiser's name",
        NEWS("test_another_petition_s_words_are_another_question"),
    ),
    Sabotage(
        VIEW,
        "@private_page",
        "",
        "the page may be cached and indexed",
        NEWS(f"{PAGE}test_it_is_kept_out_of_caches_and_search_engines"),
    ),
    Sabotage(
        VIEW,
        'if request.method != "POST":',
        'if request.method != "POST" and not news.stop(contact_uuid):',
        "whoever reads the page has left",
        NEWS(f"{PAGE}test_reading_it_changes_nothing"),
    ),
    Sabotage(
        SERVICE,
        "newest = wording.current_consent_texts(agreed.petition, contact.language)",
        'newest = wording.current_consent_texts(agreed.petition, "fr")',
        "everybody is asked in French",
        NEWS(
            f"{PAGE}test_in_english_it_speaks_english_and_shows_the_words_in_the_language_of_the_person",
        ),
    ),
    Sabotage(
        "petition/context.py",
        '"after_years": question.reason == QuestionReason.YEARS,',
        '"after_years": False,',
        "nobody learns that silence has an end",
        NEWS(f"{PAGE}test_what_silence_means_depends_on_the_question"),
    ),
    Sabotage(
        LINKS,
        "return read(signer.unsign(token, max_age=life))",
        'return read(token.partition("~")[0])',
        "the signature of the link is not looked at",
        NEWS(
            f"{PAGE}test_an_altered_link_is_said_to_be_one",
            f"{PAGE}test_a_link_of_another_purpose_opens_nothing",
            f"{PAGE}test_after_sixty_days_it_takes_no_yes_and_still_lets_people_go",
        ),
    ),
    Sabotage(
        SERVICE,
        "if words.discloses and words.discloses == mailing.chosen_alias() != contact.consent_text.discloses:",
        "if True:",
        "something is always asked",
        NEWS(
            f"{PAGE}test_where_nothing_is_asked_any_more_it_says_so",
            f"{YES}test_the_page_then_says_thank_you_and_still_lets_people_go",
            f"{YES}test_a_second_press_is_harmless",
            f"{LETTER}test_a_list_switched_off_again_is_not_asked_about",
        ),
    ),
]
THE_ANSWERS = [
    Sabotage(
        SERVICE,
        "        consent_text=question.words,",
        "        consent_text=question.contact.consent_text,",
        "a yes to new words is kept as one to the old",
        NEWS(
            f"{YES}test_it_records_the_words_that_were_shown_and_the_list_is_told",
            f"{STAFF}test_supporters_of_a_petition_that_is_over_are_asked_with_words_that_name_the_list",
        ),
    ),
    Sabotage(
        SERVICE,
        "if str(question.words.pk) != str(text_id):",
        "if False:",
        "a yes counts for words that nobody showed",
        NEWS(
            f"{YES}test_words_that_changed_meanwhile_are_shown_before_anything_is_recorded",
            f"{YES}test_a_yes_to_no_words_is_none",
        ),
    ),
    Sabotage(
        SERVICE,
        "contacts.filter(state=ContactState.SUBSCRIBED).select_related(",
        "contacts.select_related(",
        "a link brings back who left",
        NEWS(
            f"{YES}test_it_brings_nobody_back_who_left",
            f"{NO}test_it_stops_the_news_as_my_signature_does_and_says_so",
        ),
    ),
    Sabotage(
        VIEW,
        "    if question is None:",
        "    if False:",
        "nobody says that nothing is there",
        NEWS(f"{YES}test_somebody_erased_stays_erased"),
    ),
    Sabotage(
        VIEW,
        "@only_from_our_pages",
        "",
        "another site presses the button",
        NEWS(f"{YES}test_another_site_or_an_unknown_act_changes_nothing"),
    ),
    Sabotage(
        SERVICE,
        "    now = timezone.now()",
        "    now = timezone.now(); withdrawal.stop_news_of(question.contact.email_key)",
        "the consents of the signature are touched",
        NEWS(f"{YES}test_what_was_agreed_to_when_signing_stays_as_it_was"),
    ),
    Sabotage(
        SERVICE,
        "withdrawal.stop_news_of(key)",
        "subscription.stop(key)",
        "the consents of the signature still say yes",
        NEWS(f"{NO}test_it_stops_the_news_as_my_signature_does_and_says_so"),
        times=2,
    ),
    Sabotage(
        VIEW,
        'if act == "stop":',
        'if act == "leave":',
        "the button that stops does nothing",
        NEWS(
            f"{NO}test_the_list_is_told",
            f"{PAGE}test_after_sixty_days_it_takes_no_yes_and_still_lets_people_go",
        ),
    ),
]
THE_MAIL = [
    Sabotage(
        TEXT,
        "{% blocktranslate with words=words.sentence %}“{{ words }}”{% endblocktranslate %}",
        "{{ words.label }}",
        "the mail asks without saying what",
        NEWS(f"{LETTER}test_about_a_list_it_is_whole"),
    ),
    Sabotage(
        "templates/emails/news_question.html",
        '<a href="{{ news_url }}"',
        '<a href="{{ news_url }}?from=mail"',
        "the two parts lead to different addresses",
        NEWS(f"{LETTER}test_it_has_one_link_the_same_in_both_parts_which_leads_to_yes_and_no"),
    ),
    Sabotage(
        "petition/emails.py",
        '"answer_until": timezone.now() + ANSWER_TIME,',
        '"answer_until": timezone.now(),',
        "the mail names a day that is over",
        NEWS(f"{LETTER}test_after_three_years_it_names_the_day_until_which_an_answer_counts"),
    ),
    Sabotage(
        "petition/emails.py",
        '"news_url": news_url(contact.uuid, contact.language),',
        '"news_url": news_url(contact.uuid, "fr"),',
        "every link leads to the French page",
        NEWS(f"{LETTER}test_in_english_it_is_english_and_leads_to_the_english_page"),
    ),
    Sabotage(
        SERVICE,
        "same.update(asked_at=moment)",
        "same.update(asked_at=None)",
        "nobody knows who was asked",
        NEWS(
            f"{LETTER}test_it_leaves_when_nothing_else_waits_and_its_leaving_is_written_down",
            f"{LETTER}test_a_failure_is_tried_again_and_counts_as_asked_only_once_it_left",
        ),
    ),
    Sabotage(
        HANDLERS,
        "if question is None or question.reason != reason:",
        "if question is None:",
        "questions that are void are asked all the same",
        NEWS(
            f"{LETTER}test_a_question_that_has_become_void_is_not_asked",
            f"{LETTER}test_a_list_switched_off_again_is_not_asked_about",
        ),
    ),
    Sabotage(
        HANDLERS,
        "if Suppression.objects.in_force(contact.email_key, question.words.petition_id, now).exists():",
        "if False:",
        "who must not be written to is",
        NEWS(f"{LETTER}test_a_suppressed_address_gets_none"),
    ),
    Sabotage(
        HANDLERS,
        "raise Later(tomorrow(now))",
        "return None",
        "who had three mails today is never asked",
        NEWS(f"{LETTER}test_who_had_three_mails_today_is_asked_tomorrow"),
    ),
    Sabotage(
        SERVICE,
        "filter(pk=question.contact.pk, confirmed_at=question.contact.confirmed_at)",
        "filter(pk=question.contact.pk)",
        "an answer is overwritten by its question",
        NEWS(f"{LETTER}test_an_answer_faster_than_the_worker_stays_an_answer"),
    ),
]
WHOM_STAFF_ASK = [
    Sabotage(
        SERVICE,
        ").exclude(consent_text__discloses=alias)",
        ")",
        "those who agreed are asked again",
        NEWS(f"{STAFF}test_those_whose_words_dont_name_the_list_that_is_on"),
    ),
    Sabotage(
        SERVICE,
        "if mailing.chosen().disclosure is None:",
        "if False and mailing.chosen().disclosure is None:",
        "people are asked about this site's own list",
        NEWS(f"{STAFF}test_while_this_site_s_own_list_is_on_nobody"),
    ),
    Sabotage(
        SERVICE,
        "                idempotency_key=key_of(pk),",
        "",
        "a second press asks twice",
        NEWS(f"{STAFF}test_pressing_twice_asks_once"),
    ),
    Sabotage(
        SERVICE,
        "Q(asked_at__isnull=True) | Q(asked_at__lt=since)",
        "Q(asked_at__isnull=True)",
        "who was asked something else before is never asked",
        NEWS(f"{STAFF}test_who_was_asked_before_the_list_was_named_is_asked_about_it"),
    ),
    Sabotage(
        END,
        'asked_at__lt=now - ANSWER_TIME, asked_at__gte=F("confirmed_at") + periods.supporter()',
        "asked_at__lt=now - ANSWER_TIME",
        "silence about a list deletes people",
        RETENTION(f"{PEOPLE}test_a_question_about_a_list_left_without_an_answer_deletes_nobody"),
    ),
    Sabotage(
        "petition/periods.py",
        "settings.KEEP_SUPPORTERS_YEARS * YEAR",
        "YEAR",
        "people are asked and deleted after a year",
        NEWS(f"{STAFF}test_no_answer_leaves_everybody_where_they_were")
        + RETENTION(f"{PEOPLE}test_within_three_years_nobody_is_asked"),
    ),
    Sabotage(
        SERVICE,
        "naming, ~Exists(forbidden), state=ContactState.SUBSCRIBED",
        "naming, state=ContactState.SUBSCRIBED",
        "who can't be written to is counted",
        NEWS(f"{STAFF}test_a_suppressed_address_is_not_counted"),
    ),
    Sabotage(
        SERVICE,
        "        wording.publish_consent_texts(petition)",
        "        pass",
        "the words of a petition that is over stay those of the past",
        NEWS(f"{STAFF}test_supporters_of_a_petition_that_is_over_are_asked_with_words_that_name_the_list"),
    ),
    Sabotage(
        SERVICE,
        "        last = keys[-1]",
        "        return",
        "only the first thousand are asked",
        NEWS(f"{STAFF}test_many_are_asked_a_thousand_a_statement")
        + RETENTION("test_many_go_in_batches_each_once"),
    ),
    Sabotage(
        "petition/services/subscription.py",
        "    _keep_proof(contact, timezone.now())",
        "    pass",
        "nobody can prove that the person had agreed",
        NEWS("test_erasing_while_a_question_waits_leaves_the_fingerprint_alone")
        + RETENTION(
            f"{PEOPLE}test_without_an_answer_they_are_deleted_after_thirty_days_and_the_proof_is_kept",
            f"{PROOF}test_erasing_leaves_the_fingerprint_alone_and_that_for_three_years",
        ),
    ),
]
THE_END = [
    Sabotage(
        END,
        'Q(asked_at__lt=F("confirmed_at") + periods.supporter())',
        "Q(asked_at__isnull=False)",
        "they are asked again and again, so that the time to answer never ends",
        RETENTION(f"{PEOPLE}test_after_three_years_they_are_asked_once"),
    ),
    Sabotage(
        SERVICE,
        "        confirmed_at=now,",
        "",
        "a yes doesn't begin three years anew",
        RETENTION(f"{PEOPLE}test_a_yes_keeps_them_for_three_more_years")
        + NEWS(f"{YES}test_it_records_the_words_that_were_shown_and_the_list_is_told"),
    ),
    Sabotage(
        VIEW,
        "    question = news.question_to(contact_uuid)",
        "    question = news.question_to(contact_uuid); news.keep(contact_uuid, question and question.words.pk)",
        "whoever opens the page, or whatever scans it, says yes",
        RETENTION(f"{PEOPLE}test_opening_the_mail_or_its_page_is_no_yes"),
    ),
    Sabotage(
        SERVICE,
        "if contact.confirmed_at <= now - periods.supporter():",
        "if contact.confirmed_at <= now - periods.supporter() and not words.discloses:",
        "a question about a list goes out when its silence would delete",
        RETENTION(
            f"{PEOPLE}test_a_question_about_a_list_that_comes_late_leaves_it_to_the_retention",
            f"{PEOPLE}test_the_question_shows_the_words_of_today_and_a_yes_moves_to_the_list_they_name",
        ),
    ),
    Sabotage(
        END,
        "    subscription.forget(held.email_key)",
        "    held.delete()",
        "the list keeps whom this site has deleted",
        RETENTION(f"{PEOPLE}test_the_list_is_told_to_forget_who_did_not_answer"),
    ),
    Sabotage(
        END,
        "held = contacts.filter(pk=pk).select_for_update().first()",
        "held = Contact.objects.filter(pk=pk).select_for_update().first()",
        "who answers at the last moment is deleted",
        RETENTION(f"{PEOPLE}test_an_answer_that_comes_while_they_are_being_deleted_counts"),
    ),
    Sabotage(
        HANDLERS,
        "return note if years else None",
        "return None",
        "who can't be written to is kept for ever",
        RETENTION(f"{PEOPLE}test_whoever_cannot_be_asked_is_not_kept_for_ever[suppressed]"),
    ),
    Sabotage(
        HANDLERS,
        "            note()",
        "            pass",
        "who has no mailbox any more is kept for ever",
        RETENTION(f"{PEOPLE}test_whoever_cannot_be_asked_is_not_kept_for_ever[refused]"),
    ),
    Sabotage(
        END,
        "        state_changed_at__lt=now - periods.refusal()",
        "        state_changed_at__lt=now - 2 * periods.refusal()",
        "who left is kept for six years",
        RETENTION(f"{LEFT}test_their_fingerprint_goes_after_three_years"),
    ),
    Sabotage(
        END,
        "Suppression.objects.filter(until__lte=now)",
        "Suppression.objects.all()",
        "a refusal is forgotten with the proofs",
        RETENTION(f"{PROOF}test_other_suppressions_stay"),
    ),
    Sabotage(
        "petition/services/following.py",
        "proof_stays=state is not None,",
        "proof_stays=False,",
        "nobody says that a fingerprint stays",
        RETENTION(
            f"{PROOF}test_my_signature_says_so_where_there_is_something_to_prove",
            f"{PROOF}test_in_english_too",
        ),
    ),
    Sabotage(
        "petition/services/following.py",
        "proof_stays=state is not None,",
        "proof_stays=True,",
        "a fingerprint is announced that nobody keeps",
        RETENTION(f"{PROOF}test_my_signature_says_nothing_of_it_to_whoever_never_agreed"),
    ),
    Sabotage(
        HANDLERS,
        '@schedule("retire_contacts", every=timedelta(hours=24), deletes=True)',
        '@schedule("retire_contacts", every=timedelta(hours=1), deletes=True)',
        "it is done every hour",
        RETENTION("test_the_worker_does_it_once_a_day_and_says_what_it_did"),
    ),
]
TABLE = [*THE_PAGE, *THE_ANSWERS, *THE_MAIL, *WHOM_STAFF_ASK, *THE_END]
