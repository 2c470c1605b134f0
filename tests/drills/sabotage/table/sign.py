"""What the form takes and refuses, and that its answer is the same for all."""

from tests.drills.sabotage.entry import Sabotage, tests_in

SIGN = tests_in("tests/petition/test_sign.py")
ALIKE = tests_in("tests/petition/test_same_answer.py")

SIGNING = "petition/services/signing.py"
ASSESSMENT = "petition/services/assessment.py"
FORMS = "petition/forms.py"
FIELDS = "petition/fields.py"
GUARDS = "petition/views/guards.py"
TICKET = "petition/captcha/ticket.py"
BAD_INPUT = "test_bad_input_is_answered_beside_its_field_with_what_was_typed_kept"
ELSEWHERE = "TestWhereTheFormCameFrom::test_a_post_that_another_site_caused_gets_a_403_page_in_words"
NOTED = "TestWhereTheFormCameFrom::test_silence_and_null_are_accepted_on_the_ticket_alone_and_noted"
OUR_OWN = "TestWhereTheFormCameFrom::test_our_own_page_is_accepted_without_a_note"


def bad_input(*parameters: str) -> tuple[str, ...]:
    return SIGN(*(f"{BAD_INPUT}[{each}]" for each in parameters))


TABLE = [
    Sabotage(
        SIGNING,
        "subject=str(pending.pk),",
        "subject=str(pending.uuid),",
        "the mail owed names another row",
        SIGN("test_submitting_stores_the_pending_signature_with_the_ticked_texts_and_the_mail_owed"),
    ),
    Sabotage(
        SIGNING,
        "        place=place,",
        '        place="",',
        "the place is not kept",
        SIGN("test_submitting_stores_the_pending_signature_with_the_ticked_texts_and_the_mail_owed"),
    ),
    Sabotage(
        SIGNING,
        "@transaction.atomic",
        "",
        "row and mail are no longer one transaction",
        SIGN("test_signature_and_owed_mail_are_stored_together_or_not_at_all"),
        times=2,
    ),
    Sabotage(
        FORMS,
        "return {purpose for name, purpose in CONSENT_FIELDS.items() if self.cleaned_data[name]}",
        "return set(CONSENT_FIELDS.values())",
        "every box counts as ticked",
        SIGN(
            "test_signing_works_with_only_the_required_box_and_records_nothing_else",
            "test_submitting_stores_the_pending_signature_with_the_ticked_texts_and_the_mail_owed",
        ),
    ),
    Sabotage(
        "petition/views/sign.py",
        "language=get_language(),",
        'language="fr",',
        "every signature is recorded as French",
        SIGN("test_english_signature_is_recorded_with_the_english_words"),
    ),
    Sabotage(
        FORMS,
        "self.signed_ticket = self._read(text)",
        "self.signed_ticket = self._read(self.fresh_ticket)",
        "what is shown now is recorded, not what was shown",
        SIGN("test_the_words_that_the_form_showed_are_recorded_even_when_they_changed_meanwhile"),
    ),
    # --- bad input ---
    Sabotage(
        FORMS,
        'error_messages={"required": _("Please enter your first name.")},',
        "required=False,",
        "a first name may be missing",
        bad_input(r"first_name--pr\xe9nom"),
    ),
    Sabotage(
        FORMS,
        'error_messages={"required": _("Please enter your last name.")},',
        "required=False,",
        "a last name may be missing",
        bad_input("last_name--nom"),
    ),
    Sabotage(
        FORMS,
        'help_text=_("To confirm that it is you. One address signs once."),',
        "required=False,",
        "an address may be missing",
        bad_input("email--adresse"),
    ),
    Sabotage(
        FORMS,
        "agree_sign = forms.BooleanField(",
        "agree_sign = forms.BooleanField(required=False,",
        "the one box need not be ticked",
        bad_input("agree_sign-None-case"),
    ),
    Sabotage(
        FIELDS,
        "super().__init__(max_length=max_length, widget=widget, **kwargs)",
        "super().__init__(widget=widget, **kwargs)",
        "names may have any length",
        (
            *bad_input("first_name-value4-100", "last_name-value5-100"),
            *SIGN("test_limits_of_length_are_the_same_in_form_model_and_database"),
        ),
    ),
    Sabotage(
        FIELDS,
        "super().__init__(max_length=EMAIL_LENGTH, widget=widget, **kwargs)",
        "super().__init__(widget=widget, **kwargs)",
        "the limit of an address is not said",
        bad_input("email-value6-254"),
    ),
    Sabotage(
        "petition/names.py",
        "if UNSHOWABLE.search(name):",
        "if False:",
        "control characters in names are taken",
        bad_input(
            r"first_name-a\x00b-caract\xe8re",
            r"last_name-a\x00b-caract\xe8re",
        ),
    ),
    Sabotage(
        FIELDS,
        "allow_smtputf8=False)",
        "allow_smtputf8=True)",
        "an address that mail can't reach is taken",
        bad_input(r"email-jos\xe9@exemple.fr-accents"),
    ),
    Sabotage(
        FIELDS,
        "if local and not local.isascii():",
        "if False:",
        "the reason for refusing an accent isn't said",
        bad_input(r"email-jos\xe9@exemple.fr-accents"),
    ),
    Sabotage(
        FIELDS,
        "            validate_email(address, check_deliverability=False, allow_smtputf8=False)",
        "            pass",
        "an address is not looked at",
        bad_input(
            r"email-a\x00b@exemple.fr-exemple",
            "email-jose@exemple-exemple",
            "email-pas une adresse-exemple",
            "email-a@b@exemple.fr-exemple",
            'email-"a b"@exemple.fr-exemple',
            r"email-jose@exemple.fr\nBcc: x@exemple.fr-exemple",
        ),
    ),
    Sabotage(
        FORMS,
        "if places.departement(postcode) is None:",
        "if False:",
        "any postcode is taken",
        bad_input(
            "postcode-99999-cinq chiffres",
            r"postcode-7501\x00-cinq chiffres",
            "postcode-123456789012-cinq chiffres",
        ),
    ),
    Sabotage(
        FORMS,
        "if country not in places.countries():",
        "if False:",
        "any country is taken",
        bad_input("country-XX-pays", r"country-F\x00-pays"),
    ),
    Sabotage(
        "petition/views/sign.py",
        "    context = petition_context(form.petition, form.text, form)",
        "    context = petition_context(form.petition, form.text, SignatureForm(form.petition, form.text, form.shown_texts))",
        "a refused form comes back empty",
        SIGN(
            BAD_INPUT,
            "test_a_closed_petition_refuses_in_words_and_keeps_what_was_typed",
            "test_a_form_older_than_a_day_is_offered_anew_with_what_was_typed",
            "test_a_form_without_a_good_ticket_is_offered_anew",
            "TestReasons::test_a_busy_network_is_noted_then_refused_with_the_form_kept",
        ),
    ),
    Sabotage(
        "campaign/language.py",
        "return first",
        "return settings.LANGUAGE_CODE",
        "every address speaks French",
        SIGN("test_error_messages_speak_the_language_of_the_page"),
    ),
    Sabotage(
        "templates/components/field.html",
        '<p class="field__error" id="{{ field.auto_id }}_error">',
        '<p class="field__error">',
        "a message can't be found from its field",
        SIGN("test_an_empty_form_names_every_required_field"),
    ),
    Sabotage(
        "petition/models/pending.py",
        'first_name = models.CharField(_("first name"), max_length=NAME_LENGTH)',
        'first_name = models.CharField(_("first name"), max_length=90)',
        "the table takes less than the form",
        SIGN("test_limits_of_length_are_the_same_in_form_model_and_database"),
    ),
    Sabotage(
        FIELDS,
        "address = super().clean(value)",
        'address = super().clean(value).encode("ascii", "ignore").decode()',
        "letters beyond ASCII are dropped from addresses",
        SIGN("test_an_internationalised_domain_is_accepted_and_kept_as_typed"),
    ),
    Sabotage(
        "petition/models/petition.py",
        "return not (self.closes_at and moment >= self.closes_at)",
        "return True",
        "the closing moment is not looked at",
        SIGN(
            "test_a_closed_petition_refuses_in_words_and_keeps_what_was_typed",
            "test_outside_its_dates_an_open_petition_takes_nothing_and_says_so_first[-2--1-plus]",
        ),
    ),
    Sabotage(
        "petition/models/petition.py",
        "if self.state != PetitionState.OPEN or (self.opens_at and moment < self.opens_at):",
        "if self.state != PetitionState.OPEN:",
        "the opening moment is not looked at",
        SIGN("test_outside_its_dates_an_open_petition_takes_nothing_and_says_so_first[1-None-pas]"),
    ),
    Sabotage(
        "petition/views/sign.py",
        "    form.errors.clear()",
        "    pass",
        "what doesn't matter any more is said beside the fields",
        SIGN("test_outside_its_dates_an_open_petition_takes_nothing_and_says_so_first"),
    ),
    Sabotage(
        GUARDS,
        'request.encoding = "utf-8"',
        "pass",
        "a body is read as it says itself",
        SIGN("test_a_body_in_an_odd_codec_is_read_as_our_pages_send_it"),
    ),
    Sabotage(
        FIELDS,
        "if wrong := why_not(name):",
        "if (wrong := why_not(name)) and wrong is NoName.UNSHOWABLE:",
        "dots and addresses of pages are names",
        bad_input("first_name-...-nom", "first_name-http://evil.example/ ici-nom"),
    ),
    # --- the ticket ---
    Sabotage(
        TICKET,
        "if timezone.now() - issued_at > FORM_LIFE:",
        "if False:",
        "a form never grows old",
        SIGN("test_a_form_older_than_a_day_is_offered_anew_with_what_was_typed"),
    ),
    Sabotage(
        TICKET,
        "except (signing.BadSignature, ValueError, TypeError) as error:",
        "except (ValueError, TypeError) as error:",
        "a false ticket is a fault of the server",
        SIGN(
            *(
                f"test_a_form_without_a_good_ticket_is_offered_anew[{each}]"
                for each in ("x", "a:b:c", r"\x00", r"\xe9")
            )
        ),
    ),
    Sabotage(
        FORMS,
        'text = self.cleaned_data["ticket"]',
        'text = self.cleaned_data["ticket"] or self.fresh_ticket',
        "a form without a ticket is believed",
        SIGN(
            "test_a_form_without_a_good_ticket_is_offered_anew[]",
            "TestWhereTheFormCameFrom::test_silence_without_a_ticket_is_refused",
        ),
    ),
    Sabotage(
        TICKET,
        "if petition_id is not None and of_petition != petition_id:",
        "if False:",
        "a ticket opens every petition",
        SIGN("test_the_ticket_of_another_petition_is_not_accepted"),
    ),
    Sabotage(
        FORMS,
        "if signed.text_id != self.text.pk and not self.petition.texts.filter(pk=signed.text_id).exists():",
        "if False:",
        "a text that is gone is believed to be there",
        SIGN("test_a_ticket_whose_words_are_gone_is_offered_anew_not_a_broken_row"),
    ),
    Sabotage(
        FORMS,
        "if earlier and self.petition.consent_texts.filter(pk__in=earlier).count() != len(earlier):",
        "if False:",
        "words of consent that are gone are believed to be there",
        SIGN("test_a_ticket_whose_words_are_gone_is_offered_anew_not_a_broken_row"),
    ),
    # --- a later try ---
    Sabotage(
        SIGNING,
        '        "first_name",',
        "",
        "a later try keeps the earlier name",
        SIGN("test_a_latest_try_replaces_the_earlier_one_and_keeps_its_uuid"),
    ),
    Sabotage(
        SIGNING,
        '        "text",',
        '        "text", "uuid",',
        "a later try gets another UUID",
        SIGN("test_a_latest_try_replaces_the_earlier_one_and_keeps_its_uuid"),
    ),
    # --- where the form came from ---
    Sabotage(
        GUARDS,
        'if request.headers.get("Sec-Fetch-Site", "none") not in OUR_OWN_FETCH:',
        "if False:",
        "Sec-Fetch-Site is not looked at",
        SIGN(*(f"{ELSEWHERE}[headers{number}]" for number in (2, 3, 4, 10))),
    ),
    Sabotage(
        GUARDS,
        'return origin not in {settings.SITE_URL, f"{request.scheme}://{request.get_host()}"}',
        "return False",
        "Origin is not looked at",
        SIGN(*(f"{ELSEWHERE}[headers{number}]" for number in (1, 5, 6, 7, 8, 9))),
    ),
    Sabotage(
        GUARDS,
        'return origin not in {settings.SITE_URL, f"{request.scheme}://{request.get_host()}"}',
        "return not origin.startswith(settings.SITE_URL)",
        "what begins like our address is ours",
        SIGN(f"{ELSEWHERE}[headers5]", f"{ELSEWHERE}[headers8]"),
    ),
    Sabotage(
        GUARDS,
        'if request.method == "POST" and _comes_from_elsewhere(request):',
        "if False:",
        "nobody is asked where a form comes from",
        SIGN(f"{ELSEWHERE}[headers0]"),
    ),
    Sabotage(
        GUARDS,
        'return [Reason.NO_ORIGIN] if silent or origin == "null" else []',
        "return []",
        "silence is not noted",
        SIGN(NOTED),
    ),
    Sabotage(
        GUARDS,
        'if origin is None or origin == "null":',
        "if origin is None:",
        "an origin that a browser hides is refused",
        SIGN(f"{NOTED}[headers1]", f"{NOTED}[headers2]"),
    ),
    Sabotage(
        GUARDS,
        'return [Reason.NO_ORIGIN] if silent or origin == "null" else []',
        "return [Reason.NO_ORIGIN]",
        "everybody is noted",
        SIGN(OUR_OWN),
    ),
    Sabotage(
        GUARDS,
        'OUR_OWN_FETCH = {"same-origin", "none"}',
        'OUR_OWN_FETCH = {"same-origin"}',
        "a form that the person reloaded is refused",
        SIGN(f"{OUR_OWN}[headers3]"),
    ),
    # --- reasons ---
    Sabotage(
        ASSESSMENT,
        "if now - ticket.issued_at < limits.least_age_of_form(proven=proven):",
        "if False:",
        "haste is not noted",
        SIGN("TestReasons::test_a_form_sent_within_three_seconds_is_noted"),
    ),
    Sabotage(
        ASSESSMENT,
        "if now - ticket.issued_at < limits.least_age_of_form(proven=proven):",
        "if True:",
        "everybody was hasty",
        SIGN("TestReasons::test_a_form_that_took_its_time_is_not_noted"),
    ),
    Sabotage(
        ASSESSMENT,
        "if sent_this_hour > soft:",
        "if False:",
        "a busy network is not noted",
        SIGN("TestReasons::test_a_busy_network_is_noted_then_refused_with_the_form_kept"),
    ),
    Sabotage(
        ASSESSMENT,
        "if sent_this_hour > hard:",
        "if False:",
        "a flood is not refused",
        SIGN("TestReasons::test_a_busy_network_is_noted_then_refused_with_the_form_kept"),
    ),
    # --- the same answer ---
    Sabotage(
        SIGNING,
        "if not petition.takes_signatures(now):",
        "if PendingSignature.objects.filter(email_key=email_key(email), mailed=[]).exists():",
        "an address that waits is refused",
        ALIKE("test_the_form_is_answered_alike"),
    ),
    Sabotage(
        SIGNING,
        "reasons = reasons + look_at(petition, email=email, ticket=ticket, check=check, network=network, now=now)",
        "reasons = reasons if PendingSignature.objects.filter(email_key=email_key(email)).exists() else reasons + look_at(petition, email=email, ticket=ticket, check=check, network=network, now=now)",
        "an address that waits is not asked about its network",
        ALIKE("test_the_form_is_answered_alike", "test_the_page_after_the_form_is_the_same_for_all"),
    ),
    Sabotage(
        "petition/services/asking.py",
        'queue.put("mails_for_address",',
        'PendingSignature.objects.filter(email_key=email_key(address)).exists() and queue.put("mails_for_address",',
        "nothing is owed to an address that nobody knows",
        ALIKE("test_asking_for_a_mail_again_is_answered_alike"),
    ),
    Sabotage(
        "tests/petition/test_same_answer.py",
        'return [LITERAL.sub("?", query["sql"]) for query in captured]',
        "return []",
        "the comparison itself is blind (the test is about it, so it is what is made wrong)",
        ALIKE("test_values_are_masked_and_statements_are_not", "test_the_form_is_answered_alike"),
    ),
]
