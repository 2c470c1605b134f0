"""Leave: withdraw, stop the news, erase."""

from tests.drills.sabotage.entry import Sabotage, tests_in

MINE = tests_in("tests/petition/test_my_signature.py")

SERVICE = "petition/services/withdrawal.py"
VIEW = "petition/views/my_signature.py"
PAGE = "templates/petition/my_signature.html"
SHOWS_NO_DATA = "test_the_page_shows_the_state_and_no_data_and_changes_nothing"
WITHDRAWING = "test_withdrawing_lowers_the_count_and_deletes_name_contact_and_row_at_once"
STOPPING = "test_stopping_the_news_keeps_the_signature_and_records_the_withdrawal_of_that_consent"
ERASING = "test_erasing_removes_everything_under_the_address"

TABLE = [
    Sabotage(
        PAGE,
        '<dl class="facts">',
        '<dl class="facts"><div><dt>{{ row.first_name }}</dt></div>',
        "whoever has the link reads the name",
        MINE(SHOWS_NO_DATA),
    ),
    Sabotage(
        "petition/services/following.py",
        "do_not_call_in_templates = nonmember(True)",
        "do_not_call_in_templates = nonmember(False)",
        "templates call the enum, and each comparison is false",
        MINE(SHOWS_NO_DATA),
    ),
    Sabotage(SERVICE, "-1 if counted else 0,", "0,", "the count stays as it was", MINE(WITHDRAWING)),
    Sabotage(
        SERVICE,
        "subscription.forget(key)",
        "pass",
        "the contact stays",
        MINE(WITHDRAWING, ERASING),
    ),
    Sabotage(
        SERVICE,
        "Consent.objects.filter(signature__petition=petition_id, signature__email_key=key).delete()",
        "pass",
        "the consents stay",
        MINE(WITHDRAWING),
    ),
    Sabotage(
        PAGE,
        "signs_elsewhere=found.signs_elsewhere",
        "signs_elsewhere=True",
        "two buttons that do the same",
        MINE("test_with_one_signature_withdraw_and_erase_are_one_button"),
    ),
    Sabotage(
        SERVICE,
        "if found is None:",
        "if False:",
        "what is gone is looked for",
        MINE("test_a_second_press_is_harmless"),
        times=2,
    ),
    Sabotage(
        "petition/sql.py",
        "statement = f'DELETE FROM \"{table}\" WHERE {where} RETURNING *'",
        "statement = f'SELECT * FROM \"{table}\" WHERE {where}'",
        "what is taken stays there",
        MINE("test_one_may_sign_again_after_withdrawing", WITHDRAWING),
    ),
    Sabotage(
        SERVICE,
        "if _petitions_of(key) == {petition_id}:",
        "if True:",
        "withdrawing one signature erases all",
        MINE("test_withdrawing_one_of_two_leaves_the_other_and_the_contact_alone"),
    ),
    Sabotage(
        SERVICE,
        "for petition_id in sorted(_petitions_of(key)):",
        "for petition_id in sorted(_petitions_of(key))[:1]:",
        "one petition alone is erased",
        MINE(ERASING),
    ),
    Sabotage(
        SERVICE,
        "    of_key(PendingSignature, key).delete()",
        "    pass",
        "what waits is not erased",
        MINE(ERASING, "test_a_try_that_waits_goes_with_the_signature_so_that_no_mail_follows"),
    ),
    Sabotage(
        "petition/services/subscription.py",
        "    _keep_proof(contact, timezone.now())",
        "    Contact.objects.all().delete()",
        "everybody's contact is erased",
        MINE("test_erasing_leaves_other_people_alone"),
    ),
    Sabotage(
        SERVICE,
        '\'"petition_id" = %s AND "email_key" = %s\', [("petition", petition_id), ("email_key", key)]',
        '\'"petition_id" = %s\', [("petition", petition_id)]',
        "everybody's signature is erased",
        MINE("test_erasing_leaves_other_people_alone"),
    ),
    Sabotage(
        SERVICE,
        'filter(petition__in=Petition.objects.values("pk"), email_key=key)',
        'filter(petition__in=Petition.objects.values("pk"))',
        "what waits of others is erased",
        MINE("test_erasing_leaves_other_people_alone"),
    ),
    Sabotage(
        SERVICE,
        "text__purpose=ConsentPurpose.NEWSLETTER,",
        "text__purpose=ConsentPurpose.SIGN,",
        "another consent is withdrawn",
        MINE(STOPPING),
    ),
    Sabotage(
        "petition/services/subscription.py",
        "            state=state,",
        "            state=ContactState.SUBSCRIBED,",
        "the news go on",
        MINE(STOPPING),
    ),
    Sabotage(
        SERVICE,
        "    for model in (PendingSignature, Signature):",
        "    for model in (Signature,):",
        "a request that waits can't be erased",
        MINE("test_a_pending_request_can_be_erased_by_the_link_in_its_mail"),
    ),
    Sabotage(
        VIEW,
        "elif act := ACTS.get(wanted):",
        "elif act := ACTS.get(wanted, withdrawal.withdraw):",
        "any press withdraws",
        MINE("test_an_unknown_act_or_another_site_changes_nothing"),
    ),
    Sabotage(
        VIEW,
        "@only_from_our_pages",
        "",
        "another site may erase",
        MINE("test_an_unknown_act_or_another_site_changes_nothing"),
    ),
    Sabotage(
        "templates/emails/already_signed.txt",
        "{{ personal_url }}",
        "",
        "a mail without the personal link",
        MINE("test_every_mail_carries_the_personal_link"),
    ),
]
