"""A link shows, a button acts, a second press succeeds."""

from tests.drills.sabotage.entry import Database, Sabotage, tests_in

CONFIRM = tests_in("tests/petition/test_confirm.py")

VIEW = "petition/views/confirm.py"
SERVICE = "petition/services/confirmation.py"
FOLLOWING = "petition/services/following.py"
LINKS = "petition/links.py"
DONT_WORK = "TestLinksThatDontWork::"
ALTERED = f"{DONT_WORK}test_an_altered_link_says_so_and_offers_a_fresh_mail"
EXPIRED = f"{DONT_WORK}test_an_expired_link_offers_a_fresh_mail_that_works_while_the_old_one_stays_refused"
SUPERSEDED = f"{DONT_WORK}test_a_superseded_link_says_that_a_newer_mail_was_sent_and_offers_another"
BUTTON = "test_the_button_confirms_and_the_page_says_so"
PRIVATE = "test_pages_behind_links_are_kept_out_of_caches_indexes_and_referers"
TRIAL = "test_a_trial_signature_gets_its_mail_and_leaves_no_trace_in_the_count"
AT_ONCE = "test_two_confirmations_at_the_same_instant_count_once"

TABLE = [
    Sabotage(
        VIEW,
        "return _page(request, found, token, STATUS.get(found.kind, HTTPStatus.OK))",
        "confirm_found(found, link, shown=None); return _page(request, found, token, STATUS.get(found.kind, HTTPStatus.OK))",
        "reading the page confirms",
        CONFIRM(
            "test_the_link_shows_a_page_with_one_form_and_changes_nothing",
            "test_gets_and_heads_of_a_scanner_leave_the_link_unspent",
        ),
    ),
    Sabotage(
        "templates/petition/confirm_waiting.html",
        "action=\"{% url 'confirm' token %}\"",
        'action="/"',
        "the button leads elsewhere",
        CONFIRM("test_the_link_shows_a_page_with_one_form_and_changes_nothing"),
    ),
    Sabotage(
        SERVICE, "        0 if held else +1,", "        0,", "a signature adds nothing", CONFIRM(BUTTON)
    ),
    Sabotage(
        SERVICE,
        "for text_id in agreed.values()",
        "for text_id in list(agreed.values())[:1]",
        "one consent alone is kept",
        CONFIRM(BUTTON),
    ),
    Sabotage(
        "templates/petition/confirm_counted.html",
        "Your signature is counted: you are the {{ which }}",
        "",
        "the page of thanks doesn't say that it counts",
        CONFIRM(BUTTON),
    ),
    Sabotage(
        SERVICE,
        'for field in ("uuid", ',
        "for field in (",
        "the signature gets another UUID",
        CONFIRM("test_the_uuid_and_what_was_sent_go_over_to_the_signature"),
    ),
    Sabotage(
        SERVICE,
        '"reasons", "trial")',
        '"trial")',
        "the reasons are lost",
        CONFIRM("test_the_uuid_and_what_was_sent_go_over_to_the_signature"),
    ),
    Sabotage(
        "petition/forms.py",
        "return {purpose for name, purpose in CONSENT_FIELDS.items() if self.cleaned_data[name]}",
        "return set(CONSENT_FIELDS.values())",
        "every box counts as ticked",
        CONFIRM("test_without_the_newsletter_box_no_contact_is_made"),
    ),
    Sabotage(
        VIEW,
        "return error.link, follow_confirm_link(error.link, expired=True)",
        "raise LinkInvalid from error",
        "a link older than a week is nobody's",
        CONFIRM("test_a_second_press_another_browser_and_later_visits_succeed_and_count_once", EXPIRED),
    ),
    Sabotage(
        FOLLOWING,
        "SignatureState.CONFIRMED: Behind.COUNTED,",
        "SignatureState.CONFIRMED: Behind.GONE,",
        "a second press finds nothing",
        CONFIRM("test_a_second_press_another_browser_and_later_visits_succeed_and_count_once"),
    ),
    Sabotage(
        "petition/views/guards.py",
        'response["Referrer-Policy"] = "strict-origin"',
        'response["Referrer-Policy"] = "unsafe-url"',
        "the link's address leaves in the Referer",
        CONFIRM(PRIVATE),
    ),
    Sabotage(
        "petition/views/guards.py",
        'response["Cache-Control"] = "no-store, private"',
        "",
        "a shared cache may keep the page",
        CONFIRM(PRIVATE),
    ),
    Sabotage(
        "petition/views/guards.py",
        'response["X-Robots-Tag"] = "noindex, nofollow"',
        "",
        "a search engine may keep the page",
        CONFIRM(PRIVATE),
    ),
    Sabotage(
        "petition/views/my_signature.py",
        "@private_page",
        "",
        "the personal page is a page like others",
        CONFIRM(PRIVATE),
    ),
    Sabotage(
        VIEW,
        "@only_from_our_pages",
        "",
        "another site may press the button",
        CONFIRM("test_a_post_from_another_site_confirms_nothing"),
        times=2,
    ),
    # --- links that don't work ---
    Sabotage(
        LINKS,
        "return read(signer.unsign(token, max_age=life))",
        'return read(token.partition("~")[0])',
        "the signature of a link is not checked",
        CONFIRM(ALTERED),
    ),
    Sabotage(
        VIEW,
        "status=HTTPStatus.NOT_FOUND)",
        "status=HTTPStatus.OK)",
        "an altered link is answered as if it were good",
        CONFIRM(
            ALTERED,
            f"{DONT_WORK}test_nonsense_is_answered_in_words",
        ),
    ),
    Sabotage(
        "templates/petition/_mailbox_form.html",
        "action=\"{% url 'mail_again' %}\"",
        'action=""',
        "the page of an altered link offers no mail",
        CONFIRM(ALTERED),
    ),
    Sabotage(
        "petition/services/asking.py",
        "signing.ask_again(pending, pending.email)",
        "pass",
        "asking by address brings no mail",
        CONFIRM(ALTERED),
    ),
    Sabotage(
        LINKS,
        '"confirm", token, _confirm_link, confirm_life())',
        '"confirm", token, _confirm_link)',
        "a link never grows old",
        CONFIRM(EXPIRED),
    ),
    Sabotage(
        VIEW,
        "asking.ask_for_fresh_mail(found.pending, address, network=network)",
        "pass",
        "the button for a fresh mail does nothing",
        CONFIRM(EXPIRED, SUPERSEDED),
    ),
    Sabotage(
        "templates/petition/confirm_expired.html",
        '<h1>{% translate "This link has expired" %}</h1>',
        '<h1>{% translate "Error:" %}</h1>',
        "the heading doesn't say that the link has expired",
        CONFIRM(EXPIRED),
    ),
    Sabotage(
        FOLLOWING,
        "if not pending.is_good(link.nonce):",
        "if False:",
        "a superseded link shows the button",
        CONFIRM(SUPERSEDED),
    ),
    Sabotage(
        "petition/models/pending.py",
        "return nonce == self.nonce or nonce in dict(self.mailed).values()",
        "return nonce == self.nonce",
        "a link dies before the newer mail has left",
        CONFIRM(SUPERSEDED),
    ),
    Sabotage(
        FOLLOWING,
        "return Found(Behind.WITHDRAWN if events.exists() else Behind.GONE)",
        "return Found(Behind.GONE)",
        "a withdrawal is not told from an expiry",
        CONFIRM(f"{DONT_WORK}test_the_link_of_a_withdrawn_signature_says_so"),
    ),
    Sabotage(
        VIEW,
        "    Behind.GONE: HTTPStatus.GONE,",
        "",
        "a page about nothing is answered with 200",
        CONFIRM(f"{DONT_WORK}test_a_link_whose_row_is_deleted_says_so"),
    ),
    Sabotage(
        "petition/models/petition.py",
        "return self.state in TAKES_CONFIRMATIONS",
        "return True",
        "a delivered petition goes on counting",
        CONFIRM(f"{DONT_WORK}test_a_delivered_petition_says_that_its_count_is_final"),
    ),
    Sabotage(
        SERVICE,
        "if not petition.takes_confirmations(trial=trial):",
        "if False:",
        "the service trusts the page about the delivery",
        CONFIRM(f"{DONT_WORK}test_a_delivered_petition_says_that_its_count_is_final"),
    ),
    Sabotage(
        "petition/models/petition.py",
        "return self.state in TAKES_CONFIRMATIONS",
        "return self.state == PetitionState.OPEN",
        "closing forgets who signed in time",
        CONFIRM(f"{DONT_WORK}test_a_signature_sent_before_closing_can_be_confirmed_after_it"),
    ),
    Sabotage(
        LINKS,
        "except BadSignature as error:",
        "except ZeroDivisionError as error:",
        "nonsense is a fault of the server",
        CONFIRM(f"{DONT_WORK}test_nonsense_is_answered_in_words", ALTERED),
    ),
    Sabotage(
        LINKS,
        'salt=f"petition.links.{purpose}"',
        'salt="petition.links"',
        "a link of one purpose opens every page",
        CONFIRM(f"{DONT_WORK}test_a_link_of_one_purpose_opens_no_other_page"),
    ),
    Sabotage(
        "campaign/language.py",
        "return first",
        "return settings.LANGUAGE_CODE",
        "every address speaks French",
        CONFIRM(f"{DONT_WORK}test_pages_speak_the_language_of_their_address"),
    ),
    Sabotage(
        LINKS,
        "key=settings.LINK_SECRET",
        "key=settings.SECRET_KEY",
        "links are not signed with their own secret",
        CONFIRM("test_a_link_made_by_somebody_else_is_worth_nothing"),
    ),
    # --- once ---
    Sabotage(
        "petition/migrations/0001_initial.py",
        "constraint=models.UniqueConstraint(fields=('petition', 'email_key'), name='signature_one_per_mailbox'),",
        "constraint=models.UniqueConstraint(fields=('uuid', 'email_key'), name='signature_one_per_mailbox'),",
        "the table takes a mailbox twice",
        CONFIRM("test_a_repeat_by_a_signed_mailbox_under_another_row_counts_nothing"),
    ),
    Sabotage(SERVICE, "if signature.trial:", "if False:", "a trial counts", CONFIRM(TRIAL)),
    Sabotage(
        SERVICE,
        "    queue.put_many(owed)",
        "    signature.trial or queue.put_many(owed)",
        "a trial gets no mail",
        CONFIRM(TRIAL),
    ),
    Sabotage(
        SERVICE,
        "    with transaction.atomic():",
        "    if True:",
        "taking the row and counting are no longer one transaction",
        CONFIRM(AT_ONCE),
        database=Database.POSTGRESQL,
    ),
    Sabotage(
        SERVICE,
        "return Confirmed.ALREADY if known else Confirmed.NOTHING",
        "return Confirmed.NOTHING",
        "who comes second is told that there is nothing",
        CONFIRM(AT_ONCE),
        database=Database.POSTGRESQL,
    ),
    Sabotage(
        "petition/sql.py",
        "SET value = petition_total.value + excluded.value",
        "SET value = excluded.value",
        "a second act on a slot forgets the first",
        CONFIRM(AT_ONCE),
        database=Database.POSTGRESQL,
    ),
    # --- what is confirmed was shown ---
    Sabotage(
        "petition/context.py",
        "ConsentText.objects.filter(pk__in=ids)",
        "ConsentText.objects.filter(petition=found.row.petition)",
        "the page repeats boxes that nobody ticked",
        CONFIRM(
            "TestWhatIsConfirmedWasShown::test_the_page_repeats_the_sentences_of_the_boxes_that_were_ticked_and_no_others"
        ),
    ),
    Sabotage(
        SERVICE,
        "if shown != pending.nonce:",
        "if False:",
        "whatever waits is confirmed, shown or not",
        CONFIRM(
            "TestWhatIsConfirmedWasShown::test_what_was_changed_after_the_page_was_opened_is_shown_again"
        ),
    ),
    Sabotage(
        "petition/emails.py",
        "min(timezone.now() + confirm_life(), deleted_on)",
        "timezone.now() + confirm_life()",
        "a mail promises days on which nothing is there",
        CONFIRM("test_a_fresh_mail_in_the_second_week_promises_no_day_after_the_deletion"),
    ),
    Sabotage(
        "petition/services/withdrawal.py",
        "    of_key(PendingSignature, key).delete()",
        "    pass",
        "who leaves does not wait for a confirmation under way",
        CONFIRM(
            "TestTwoAtTheSameInstant::test_leaving_while_a_confirmation_is_under_way_waits_for_it_and_finds_its_signature"
        ),
        database=Database.POSTGRESQL,
    ),
]
