"""Supporters reach their list after confirming, and leave it with their data."""

from tests.drills.sabotage.entry import Sabotage, tests_in

CONTRACT = tests_in("tests/petition/mailing/test_contract.py")
CHIMP = tests_in("tests/petition/mailing/test_mailchimp.py")
WORKER = tests_in("tests/petition/test_list_handlers.py")
PROMISE = tests_in("tests/promises/test_lists.py")

SERVICE = "petition/services/subscription.py"
HANDLERS = "petition/list_handlers.py"
ADAPTER = "petition/mailing/mailchimp.py"
PACE = "petition/mailing/pace.py"
WHO = "TestWhoIsPassedOn::"
LEAVES = "TestSomebodyLeavesWhileTheListIsBeingTold::"
AWAY = "TestAListThatIsAway::"
FORGETTING = "TestForgetting::"
SUBSCRIBING = "TestSubscribing::"
LEAVING = "TestLeaving::"
FAULTS = "TestFaults::"
OTHERS_WORDS = f"{WHO}test_whose_words_dont_name_it_stays_on_this_site_and_is_never_passed"
MOVES_NOBODY = f"{WHO}test_switching_a_list_on_moves_nobody_who_was_there_before"
ANOTHER_LIST = f"{WHO}test_whoever_agrees_to_another_list_later_is_forgotten_by_the_first"
ERASED_MEANWHILE = f"{LEAVES}test_who_is_erased_meanwhile_is_forgotten_by_the_list_too"
WORKER_DIES = f"{LEAVES}test_who_is_erased_while_a_worker_dies_is_forgotten_once_its_task_is_free"
STAFF_ARE_LEFT = f"{FORGETTING}test_after_thirty_days_staff_are_left_with_fingerprint_and_name_alone"
SIGNED_UP_EVERYWHERE = (
    f"{SUBSCRIBING}test_an_address_that_signed_up_everywhere_today_is_asked_for_again_later"
)
OWN_FORM = f"{SUBSCRIBING}test_who_was_deleted_for_good_can_only_come_back_by_the_lists_own_form"
NO_SUCH_LIST = f"{LEAVING}test_a_list_that_is_not_there_is_not_taken_for_somebody_who_is_gone"

TABLE = [
    # The way to the list
    Sabotage(
        "petition/handlers.py",
        "return lambda: signing.note_mailed(pending)",
        "return lambda: (signing.note_mailed(pending), __import__('campaign.outbox.queue', fromlist=['x']).put_many([__import__('petition.services.subscription', "
        "fromlist=['x']).subscribe(pending, pending.newsletter_text_id, pending.received_at)]))",
        "a supporter is passed on before the mailbox has confirmed",
        CONTRACT("test_nobody_is_on_the_list_before_the_mailbox_has_confirmed")
        + PROMISE("test_nobody_is_on_a_list_before_the_mailbox_has_confirmed"),
    ),
    Sabotage(
        SERVICE,
        "    return queue.Task(SYNC, str(contact.pk))",
        '    return queue.Task(SYNC, "0")',
        "the task names nobody",
        CONTRACT("test_whoever_ticked_the_box_is_on_the_list_after_confirming"),
    ),
    Sabotage(
        "petition/services/confirmation.py",
        "if not (signature.trial or held) and ConsentPurpose.NEWSLETTER in agreed:",
        "if not (signature.trial or held):",
        "nobody looks whether the box was ticked",
        CONTRACT("test_whoever_left_the_box_empty_is_not")
        + PROMISE("test_who_never_ticked_the_box_is_never_on_a_list"),
    ),
    Sabotage(
        SERVICE,
        "            state=state,",
        "            state=ContactState.SUBSCRIBED,",
        "stopping the news changes nothing",
        CONTRACT("test_stopping_the_news_takes_off_the_list_and_keeps_the_signature")
        + PROMISE("test_who_stops_the_news_is_taken_off_the_list_and_stays_a_signatory"),
    ),
    Sabotage(
        "petition/services/withdrawal.py",
        "subscription.forget(key)",
        "pass",
        "erasing leaves the contact",
        CONTRACT("test_erasing_deletes_from_the_list_for_good"),
    ),
    Sabotage(
        SERVICE,
        "    owe_forgetting(key, contact.provider, contact.provider_reference)",
        "    pass",
        "the list is not told of an erasure",
        CONTRACT(
            "test_erasing_deletes_from_the_list_for_good",
            "test_erasing_after_having_left_is_told_to_the_list_too",
        )
        + PROMISE(
            "test_after_erasure_the_list_was_told_and_nothing_remains_here",
            "test_a_list_that_is_away_is_told_of_the_erasure_once_it_is_back",
        ),
    ),
    Sabotage(
        HANDLERS,
        "return _take_off(contact)",
        "return _put_on(contact)",
        "who has left is put on the list by a task of before",
        CONTRACT("test_who_leaves_before_the_list_was_told_never_gets_on_it"),
    ),
    Sabotage(
        SERVICE,
        "subscribed = Contact.objects.filter(email_key=key, state=ContactState.SUBSCRIBED)",
        'subscribed = Contact.objects.filter(email_key="", state=ContactState.SUBSCRIBED)',
        "stopping finds nobody",
        CONTRACT("test_being_told_twice_changes_nothing"),
    ),
    Sabotage(
        HANDLERS,
        "fresh = contact.passed_at is None or contact.passed_at < contact.confirmed_at",
        "fresh = False",
        "a fresh yes counts for nothing",
        CONTRACT("test_a_fresh_and_confirmed_yes_brings_back_who_had_left"),
    ),
    Sabotage(
        ADAPTER,
        "return hashlib.md5(email.lower().encode(), usedforsecurity=False).hexdigest()",
        "return hashlib.md5(email.encode(), usedforsecurity=False).hexdigest()",
        "capitals make another member",
        CONTRACT("test_another_case_of_the_address_is_the_same_supporter")
        + CHIMP(f"{SUBSCRIBING}test_a_repeat_and_another_case_update_the_same_member"),
    ),
    Sabotage(
        HANDLERS,
        "if (contact.provider, contact.provider_reference) == (alias, reference):",
        "if contact.provider == alias:",
        "another spelling is a second entry",
        CONTRACT("test_another_spelling_of_the_mailbox_leaves_one_entry_on_the_list"),
    ),
    Sabotage(
        "petition/mailing/__init__.py",
        'LOCAL = "local"',
        'LOCAL = "mailchimp"',
        "a list abroad is on before anybody has switched it on",
        tests_in("tests/promises/test_off_by_default.py")("test_outside_services_are_off_by_default"),
    ),
    # Who is passed on
    Sabotage(
        SERVICE,
        "if chosen.disclosure is None or contact.consent_text.discloses == chosen.alias:",
        "if chosen.disclosure is None:",
        "nobody is passed to a list abroad, whatever they agreed to",
        WORKER(f"{WHO}test_whose_words_name_the_list_is_passed_on"),
    ),
    Sabotage(
        SERVICE,
        "if chosen.disclosure is None or contact.consent_text.discloses == chosen.alias:",
        "if True:",
        "everybody is passed to a list abroad, whatever they agreed to",
        WORKER(OTHERS_WORDS, MOVES_NOBODY)
        + PROMISE("test_who_agreed_to_words_without_the_list_is_never_told_to_it"),
    ),
    Sabotage(
        HANDLERS,
        "subscription.owe_forgetting(contact.email_key, contact.provider, contact.provider_reference)",
        "pass",
        "what the list was told of somebody who has gone stays there",
        WORKER(ANOTHER_LIST, ERASED_MEANWHILE),
        times=2,
    ),
    Sabotage(
        SERVICE,
        "owe_forgetting(key, contact.provider, contact.provider_reference, due=until)",
        "pass",
        "what a dead worker had sent is nobody's business",
        WORKER(WORKER_DIES),
    ),
    Sabotage(
        HANDLERS,
        "return Contact.objects.filter(pk=contact.pk, state_changed_at=contact.state_changed_at)",
        "return Contact.objects.filter(pk=contact.pk)",
        "a contact that has changed meanwhile is written over",
        WORKER(f"{LEAVES}test_who_stops_meanwhile_is_taken_off_again"),
    ),
    Sabotage(
        HANDLERS,
        "        raise Later(timezone.now())",
        "        pass",
        "the list is told of somebody who has just left",
        WORKER(f"{LEAVES}test_who_leaves_between_the_reading_and_the_telling_is_not_told_of"),
    ),
    Sabotage(
        SERVICE,
        "queue.put(SYNC, subject=str(pk), due=until)",
        "pass",
        "what a dead worker had sent outlives a stop",
        WORKER(f"{LEAVES}test_who_stops_while_a_worker_dies_is_taken_off_once_its_task_is_free"),
    ),
    Sabotage(
        HANDLERS,
        "subscription.tell_again(task.subject, alias, reference)",
        "pass",
        "a late forgetting costs a fresh yes its place",
        WORKER(f"{FORGETTING}test_who_agrees_afresh_meanwhile_is_told_of_again_once_the_list_has_forgotten"),
    ),
    # A list that is away
    Sabotage(
        HANDLERS,
        "        _unchanged(contact).update(**told)",
        "        pass",
        "nobody learns why somebody waits",
        WORKER(f"{AWAY}test_the_contact_waits_and_says_why_and_is_passed_on_afterwards"),
    ),
    Sabotage(
        PACE,
        "if refusal == Refusal.BUSY or self.failures >= FAILURES_IN_A_ROW:",
        "if refusal == Refusal.BUSY:",
        "a list that is away is besieged",
        WORKER(f"{AWAY}test_a_crowd_leaves_it_alone_after_three_failures_and_loses_nobody"),
    ),
    Sabotage(
        PACE,
        "if refusal == Refusal.BUSY or self.failures >= FAILURES_IN_A_ROW:",
        "if self.failures >= FAILURES_IN_A_ROW:",
        "a list that asks for patience is asked on",
        WORKER(f"{AWAY}test_a_list_that_asks_for_patience_is_left_alone_at_once"),
    ),
    Sabotage(
        PACE,
        "FAILURES_IN_A_ROW = 3",
        "FAILURES_IN_A_ROW = 1",
        "one contact's failure holds all others up",
        WORKER(f"{AWAY}test_one_contact_that_always_fails_holds_nobody_up"),
    ),
    Sabotage(
        "campaign/outbox/queue.py",
        '.order_by("priority", "due", "id")',
        '.order_by("due", "id")',
        "a mail waits behind a list",
        WORKER(f"{AWAY}test_mail_goes_before_what_a_list_is_owed"),
    ),
    Sabotage(
        HANDLERS,
        "    if not error.permanent:",
        "    if True:",
        "what was refused for good is asked again for a month",
        WORKER(f"{AWAY}test_a_refusal_for_good_is_written_down_and_not_repeated"),
    ),
    Sabotage(
        SERVICE,
        "queue.put_many(queue.Task(SYNC, str(pk)) for pk in some)",
        "pass",
        "trying again tries nothing",
        WORKER(f"{AWAY}test_staff_can_have_the_refused_and_the_waiting_tried_again"),
    ),
    # Forgetting
    Sabotage(
        HANDLERS,
        'OutboxTask.objects.filter(pk=task.pk).update(subject="", parameters={"list": alias})',
        "pass",
        "a task that has served still names the person",
        WORKER(f"{FORGETTING}test_what_the_task_held_of_the_person_is_wiped_on_success"),
    ),
    Sabotage(
        HANDLERS,
        "@handler(subscription.FORGET, retry=THIRTY_DAYS,",
        "@handler(subscription.FORGET,",
        "the list is told for some days only",
        WORKER(f"{FORGETTING}test_it_is_tried_for_thirty_days"),
    ),
    Sabotage(
        HANDLERS,
        'queue.drop(task, "reference")',
        "pass",
        "what the list knows the person by is kept for good",
        WORKER(STAFF_ARE_LEFT),
    ),
    Sabotage(
        HANDLERS,
        "except (ProviderError, Later) as error:",
        "except ProviderError as error:",
        "a list that is left alone has no end of the month",
        WORKER(f"{FORGETTING}test_a_list_left_alone_for_a_while_does_not_lengthen_the_month"),
    ),
    Sabotage(
        HANDLERS,
        "OWED_AT_MOST = timedelta(days=30)",
        "OWED_AT_MOST = timedelta(hours=1)",
        "staff are left with the matter within the hour",
        WORKER(f"{FORGETTING}test_a_list_that_lost_its_entry_in_the_settings_is_still_owed"),
    ),
    # The adapter
    Sabotage(
        ADAPTER,
        '"merge_fields": {"FNAME": contact.first_name},',
        '"merge_fields": {"FNAME": contact.first_name, "MMERGE5": "signed"},',
        "the list is told more than visitors read",
        CHIMP(f"{SUBSCRIBING}test_somebody_new_is_subscribed_with_first_name_and_language_and_nothing_else"),
    ),
    Sabotage(
        ADAPTER,
        'skip_merge_validation="true",',
        'skip_merge_validation="false",',
        "a field that somebody made required there stops everybody",
        CHIMP(f"{SUBSCRIBING}test_a_field_that_the_audience_requires_of_others_stops_nobody"),
    ),
    Sabotage(
        ADAPTER,
        "return self._ask_them(reference) if fresh else ListState.LEFT",
        "return self._bring_back(reference)",
        "who had left is put back",
        CHIMP(
            f"{SUBSCRIBING}test_who_had_left_is_asked_and_not_put_back",
            f"{SUBSCRIBING}test_who_had_left_is_left_alone_without_a_fresh_yes",
        ),
    ),
    Sabotage(
        ADAPTER,
        'if status == "pending":',
        'if status == "never":',
        "who is being asked by the list counts as refused",
        CHIMP(f"{SUBSCRIBING}test_who_waits_for_the_lists_own_mail_is_not_asked_twice"),
    ),
    Sabotage(
        ADAPTER,
        'NOT_OPTED_OUT = {"archived", "transactional"}',
        "NOT_OPTED_OUT = set()",
        "who was put away stays away",
        CHIMP(f"{SUBSCRIBING}test_who_was_put_away_without_having_left_comes_back"),
    ),
    Sabotage(
        ADAPTER,
        "raise ProviderError(Refusal.BOUNCES, permanent=True)",
        "raise ProviderError(Refusal.BOUNCES, permanent=False)",
        "an address that bounces is tried for a month",
        CHIMP(f"{SUBSCRIBING}test_whose_mail_comes_back_is_refused_for_good"),
    ),
    Sabotage(
        ADAPTER,
        "return ProviderError(Refusal.ADDRESS, permanent=True)",
        "return ProviderError(Refusal.ADDRESS, permanent=False)",
        "an address taken for a false one is tried for a month",
        CHIMP(f"{SUBSCRIBING}test_an_address_that_looks_fake_is_refused_for_good_without_repeating_it"),
    ),
    Sabotage(
        ADAPTER,
        "return ProviderError(Refusal.OTHER, permanent=False, said=_scrubbed(detail))",
        "return ProviderError(Refusal.OTHER, permanent=True, said=_scrubbed(detail))",
        "a refusal that passes is taken for a final one",
        CHIMP(SIGNED_UP_EVERYWHERE),
    ),
    Sabotage(
        ADAPTER,
        "error.url = self._form_of_the_list()",
        "pass",
        "nobody learns where the person could come back",
        CHIMP(OWN_FORM),
    ),
    Sabotage(
        ADAPTER,
        'self._ask("update_list_member", reference, {"status": "unsubscribed"})',
        'self._ask("update_list_member", reference, {"status": "subscribed"})',
        "leaving subscribes",
        CHIMP(
            f"{LEAVING}test_unsubscribing_takes_effect_and_can_be_repeated",
            f"{LEAVING}test_unsubscribing_works_from_every_state",
        ),
    ),
    Sabotage(
        ADAPTER,
        "            self._be_sure_of_the_list()",
        "            raise",
        "somebody whom the list doesn't know is an error",
        CHIMP(
            f"{LEAVING}test_unsubscribing_somebody_unknown_is_no_error",
            f"{LEAVING}test_forgetting_deletes_for_good_from_every_state",
        ),
        times=2,
    ),
    Sabotage(
        ADAPTER,
        'self._call("get_list", fields=["id"])',
        "pass",
        "a list that isn't there has forgotten everybody",
        CHIMP(NO_SUCH_LIST),
    ),
    Sabotage(
        ADAPTER,
        "return ProviderError(Refusal.BUSY, permanent=False)",
        "return ProviderError(Refusal.BUSY, permanent=True)",
        "a list that asks for patience is taken at its word for ever",
        CHIMP(f"{FAULTS}test_every_act_meets_every_fault_with_the_one_error"),
    ),
    Sabotage(
        ADAPTER,
        "raise _in_our_words(error.status_code, error.text) from None",
        "raise",
        "the client's own error gets out",
        CHIMP(f"{FAULTS}test_a_refused_connection_is_the_one_error"),
    ),
    Sabotage(
        ADAPTER,
        "return hashlib.md5(email.lower().encode(), usedforsecurity=False).hexdigest()",
        'return __import__("secrets").token_hex(16)',
        "each try is about somebody else",
        CHIMP(f"{FAULTS}test_an_answer_that_was_lost_is_no_second_member"),
    ),
    Sabotage(
        ADAPTER,
        "return ProviderError(Refusal.NO_KEY, permanent=False)",
        "return ProviderError(Refusal.NO_KEY, permanent=True)",
        "a key mistyped in the settings costs everybody their place",
        CHIMP(f"{FAULTS}test_a_key_that_is_not_accepted_waits_for_the_administrator"),
    ),
    Sabotage(
        ADAPTER,
        "return address if address.endswith(ROOT) else address + ROOT",
        "return address",
        "the version is missing in the address",
        CHIMP("test_the_key_names_the_data_centre_unless_the_settings_name_an_address"),
    ),
]
