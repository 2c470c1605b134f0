"""What leaves, when, and what happens when it can't."""

from tests.drills.sabotage.entry import Sabotage, tests_in

MAIL = tests_in("tests/petition/test_mail.py")

EMAILS = "petition/emails.py"
HANDLERS = "petition/handlers.py"
SENDING = "petition/sending.py"
LIMITS = "petition/limits.py"
ERRORS = "campaign/outbox/errors.py"
LINKS = "test_links_are_short_ours_alone_on_their_line_and_the_same_in_both_parts"
FIRST_NAME_ALONE = "test_nothing_that_was_typed_stands_in_a_mail_but_the_first_name"
MARKUP = "test_a_first_name_with_markup_stays_text"
CHOICE = "TestTheWorkerChoosesTheMail::"
THREE = "TestThreeMailsADay::"
TROUBLE = "TestTheServerIsInTrouble::"

TABLE = [
    Sabotage(
        EMAILS,
        "typeset_text(text, to.language)",
        'typeset_text(text, "fr")',
        "texts are set as French whatever their language",
        MAIL("test_mails_are_set_as_their_language_is"),
    ),
    Sabotage(
        EMAILS,
        "reply_to=[petition.reply_to],",
        "reply_to=[],",
        "answers go to the sender's address",
        MAIL("test_the_confirmation_mail_is_whole"),
    ),
    Sabotage(
        EMAILS,
        '"From": sender(petition),',
        "",
        "the site's own address is the sender",
        MAIL("test_the_confirmation_mail_is_whole"),
    ),
    Sabotage(
        EMAILS,
        '"Auto-Submitted": "auto-generated",',
        "",
        "holiday replies are invited",
        MAIL("test_the_confirmation_mail_is_whole"),
    ),
    Sabotage(
        EMAILS,
        'mail.attach_alternative(html, "text/html")',
        "",
        "the HTML is forgotten",
        MAIL("test_the_confirmation_mail_is_whole"),
    ),
    Sabotage(
        EMAILS,
        "with translation.override(to.language):",
        'with translation.override("fr"):',
        "every mail is French",
        MAIL("test_an_english_signature_gets_english_mails_and_english_links"),
    ),
    Sabotage(
        "templates/emails/confirm.html",
        '<a href="{{ confirm_url }}"',
        '<a href="{{ confirm_url }}?from=mail"',
        "the button's link is not the text's (mail to confirm)",
        MAIL(f"{LINKS}[0]"),
    ),
    Sabotage(
        "templates/emails/thank_you.txt",
        "{{ personal_url }}",
        "-> {{ personal_url }}",
        "the link is not alone on its line (mail of thanks)",
        MAIL(f"{LINKS}[2]"),
    ),
    Sabotage(
        "templates/emails/already_signed.html",
        '<a href="{{ personal_url }}"',
        '<img src="https://example.org/seen.gif"><a href="{{ personal_url }}"',
        "a picture counts who reads (mail to who has signed already)",
        MAIL(f"{LINKS}[1]"),
    ),
    Sabotage(
        "petition/links.py",
        "return base64.urlsafe_b64encode(value.bytes)",
        "return base64.urlsafe_b64encode(value.bytes * 5)",
        "a link is longer than 200 characters",
        MAIL(f"{LINKS}[0]"),
    ),
    Sabotage(
        "petition/links.py",
        "return settings.SITE_URL + reverse(name, args=args)",
        'return "http://example.org" + reverse(name, args=args)',
        "links lead to another host",
        MAIL(LINKS),
    ),
    Sabotage(
        EMAILS,
        '"first_name": to.first_name,',
        '"first_name": f"{to.first_name} {to.last_name}",',
        "the last name is repeated",
        MAIL(FIRST_NAME_ALONE),
    ),
    Sabotage(
        EMAILS,
        '"first_name": to.first_name,',
        '"first_name": f"{to.first_name} ({to.place} 75011)",',
        "the postcode is repeated",
        MAIL(FIRST_NAME_ALONE),
    ),
    Sabotage(
        "templates/emails/confirm.subject.txt",
        '{% translate "Confirm your signature" %}',
        '{{ first_name }}, {% translate "Confirm your signature" %}',
        "the first name stands in the subject",
        MAIL(FIRST_NAME_ALONE),
    ),
    Sabotage(
        "templates/emails/_base.html",
        "first_name=first_name|isolated %}",
        "first_name=first_name|safe %}",
        "a name can hold a link",
        MAIL(MARKUP),
    ),
    Sabotage(
        "templates/emails/confirm.txt",
        "{% autoescape off %}",
        "{% autoescape on %}",
        "the text part speaks HTML",
        MAIL(MARKUP),
    ),
    Sabotage(
        EMAILS,
        "to=[as_mailed(to.email)],",
        'to=[to.email.encode("ascii", "ignore").decode()],',
        "letters beyond ASCII are dropped from the recipient",
        MAIL("test_mail_to_an_internationalised_domain_leaves_in_ascii"),
    ),
    # --- which mail ---
    Sabotage(
        HANDLERS,
        ".filter(petition=pending.petition_id, email_key=pending.email_key)",
        ".filter(petition=pending.petition_id, email=pending.email)",
        "another spelling is another mailbox",
        MAIL(f"{CHOICE}test_an_address_that_has_signed_is_told_so_and_its_pending_row_goes"),
    ),
    Sabotage(
        HANDLERS,
        "return PendingSignature.objects.filter(pk=pending.pk).delete",
        "return None",
        "the row of who has signed already stays",
        MAIL(
            f"{CHOICE}test_an_address_that_has_signed_is_told_so_and_its_pending_row_goes",
            f"{CHOICE}test_a_signature_set_aside_gets_no_mail",
        ),
    ),
    Sabotage(
        HANDLERS,
        "if signature.state != SignatureState.INVALIDATED and may_mail(",
        "if may_mail(",
        "who was set aside is written to",
        MAIL(f"{CHOICE}test_a_signature_set_aside_gets_no_mail"),
    ),
    Sabotage(
        HANDLERS,
        "if pending is None or [pending.email, pending.nonce] in pending.mailed or _is_suppressed(pending):",
        "if pending is None or [pending.email, pending.nonce] in pending.mailed:",
        "suppressions are not looked at",
        MAIL(f"{CHOICE}test_a_suppressed_address_gets_no_mail"),
    ),
    Sabotage(
        "petition/models/suppression.py",
        "about = Q(scope=SuppressionScope.ALL_MAIL, petition__isnull=True) | Q(",
        "about = Q(scope=SuppressionScope.NEWSLETTER, petition__isnull=True) | Q(",
        "one scope is taken for another",
        MAIL(
            f"{CHOICE}test_a_suppressed_address_gets_no_mail[all_mail]",
            f"{CHOICE}test_a_suppression_of_the_newsletter_or_one_that_is_over_stops_no_confirmation",
        ),
    ),
    Sabotage(
        "petition/models/suppression.py",
        "return self.filter(about, Q(until__isnull=True) | Q(until__gt=now), email_key=email_key)",
        "return self.filter(about, email_key=email_key)",
        "a suppression never ends",
        MAIL(f"{CHOICE}test_a_suppression_of_the_newsletter_or_one_that_is_over_stops_no_confirmation"),
    ),
    Sabotage(
        HANDLERS,
        "if pending is None or [pending.email, pending.nonce] in pending.mailed or _is_suppressed(pending):",
        "if pending is None or _is_suppressed(pending):",
        "each task sends, whatever has left already",
        MAIL(f"{CHOICE}test_two_tries_before_the_worker_comes_are_answered_by_one_mail"),
    ),
    # --- three a day ---
    Sabotage(
        LIMITS,
        "MAILS_PER_ADDRESS_AND_DAY = 3",
        "MAILS_PER_ADDRESS_AND_DAY = 4",
        "a fourth mail leaves",
        MAIL(f"{THREE}test_at_most_three_leave_whoever_asks_and_nobodys_link_dies_of_it"),
    ),
    Sabotage(
        "petition/models/pending.py",
        "return nonce == self.nonce or nonce in dict(self.mailed).values()",
        "return nonce == self.nonce",
        "signing again kills the link that was sent",
        MAIL(f"{THREE}test_at_most_three_leave_whoever_asks_and_nobodys_link_dies_of_it"),
    ),
    Sabotage(
        LIMITS,
        'return _count_each("mail", f"{now:%Y%m%d}", [email_key], now)[0]',
        'return _count_each("mail", "ever", [email_key], datetime(2100, 1, 1, tzinfo=UTC))[0]',
        "three mails for ever instead of three a day",
        MAIL(f"{THREE}test_the_next_day_a_mail_leaves_again"),
    ),
    Sabotage(
        LIMITS,
        'f"{scope}:{name}".encode()',
        "scope.encode()",
        "all addresses share one counter",
        MAIL(f"{THREE}test_mail_to_one_address_leaves_the_others_free"),
    ),
    Sabotage(
        SENDING,
        'if "may_mail" not in task.parameters:',
        "if True:",
        "each attempt counts as a mail",
        MAIL(f"{THREE}test_a_mail_that_failed_and_is_tried_again_is_counted_once"),
    ),
    # --- the server is in trouble ---
    Sabotage(
        SENDING,
        "mail.send()",
        "mail.send(fail_silently=True)",
        "a failure counts as success",
        MAIL(
            f"{TROUBLE}test_absent_is_tried_again_by_the_timetable",
            f"{TROUBLE}test_a_passing_refusal_is_tried_again",
            f"{TROUBLE}test_a_refusal_after_the_text_is_tried_again",
            f"{TROUBLE}test_a_server_that_never_answers_is_cut_off_and_tried_again",
        ),
    ),
    Sabotage(
        SENDING,
        "if all(500 <= code < 600 for",
        "if all(400 <= code < 600 for",
        "a passing refusal is final",
        MAIL(f"{TROUBLE}test_a_passing_refusal_is_tried_again"),
    ),
    Sabotage(
        SENDING,
        "if all(500 <= code < 600 for",
        "if all(600 <= code < 700 for",
        "a final refusal is tried again and again",
        MAIL(f"{TROUBLE}test_a_final_refusal_of_the_address_stays_in_sight_and_repeats_it_nowhere"),
    ),
    Sabotage(
        ERRORS,
        'return ", ".join(sorted(codes))',
        "return str(error)",
        "the server's words about a mailbox are kept",
        MAIL(f"{TROUBLE}test_a_final_refusal_of_the_address_stays_in_sight_and_repeats_it_nowhere"),
    ),
    Sabotage(
        HANDLERS,
        "            block = blocking.block_on(pending, timezone.now())",
        "            signing.note_mailed(pending); block = blocking.block_on(pending, timezone.now())",
        "a mail counts as sent before it is",
        MAIL(f"{TROUBLE}test_a_refusal_after_the_text_is_tried_again"),
    ),
    Sabotage(
        "campaign/outbox/health.py",
        "STUCK_AFTER = timedelta(minutes=15)",
        "STUCK_AFTER = timedelta(minutes=20)",
        "the warning comes late",
        MAIL(f"{TROUBLE}test_staff_are_warned_when_nothing_has_left_for_15_minutes"),
    ),
    Sabotage(
        "campaign/settings.py",
        "EMAIL_TIMEOUT = 10 ",
        "EMAIL_TIMEOUT = 300 ",
        "a silent server is waited for",
        MAIL(f"{TROUBLE}test_the_product_gives_up_waiting_for_a_server_after_ten_seconds"),
    ),
    # --- several spellings of one mailbox ---
    Sabotage(
        "petition/models/pending.py",
        "return nonce == self.nonce or nonce in dict(self.mailed).values()",
        "return nonce in (self.nonce, *(mailed for _, mailed in self.mailed[-1:]))",
        "the last mail alone is good, whatever address it went to",
        MAIL(f"{THREE}test_another_spelling_kills_no_link_and_the_fresh_mail_goes_where_its_link_was_sent"),
    ),
    Sabotage(
        "petition/views/confirm.py",
        "address, network = found.pending.address_of(link.nonce), limits.client_network(request)",
        "address, network = found.pending.email, limits.client_network(request)",
        "a fresh mail goes to whatever was typed last",
        MAIL(f"{THREE}test_another_spelling_kills_no_link_and_the_fresh_mail_goes_where_its_link_was_sent"),
    ),
    Sabotage(
        "petition/services/confirmation.py",
        "pending.email = pending.address_of(nonce)",
        "pass",
        "the address typed last is kept, though another was confirmed",
        MAIL(f"{THREE}test_the_address_kept_is_the_one_whose_mail_was_followed"),
    ),
]
