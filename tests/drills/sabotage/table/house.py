"""The house's own rules, broken in the house's own code."""

from tests.drills.sabotage.entry import Sabotage, tests_in

HOUSE = tests_in("tests/test_house.py")

TABLE = [
    Sabotage(
        "templates/petition/news_question.html",
        "{{ words.pk|unlocalize }}",
        "{{ words.pk }}",
        "a key from 1 000 on is written as a number for people",
        HOUSE("test_a_key_in_an_attribute_is_written_without_the_separators_of_a_language"),
    ),
    Sabotage(
        "petition/helpers.py",
        None,
        '"""What fits nowhere."""',
        "a module without a storey",
        HOUSE("test_every_module_of_petition_has_its_storey"),
    ),
    Sabotage(
        "petition/email_address.py",
        "local, _, domain = address.rpartition",
        "from petition import sql; local, _, domain = address.rpartition",
        "the lowest storey imports from above",
        HOUSE("test_petition_imports_downwards_only"),
    ),
    Sabotage(
        "petition/services/asking.py",
        "newest: dict[str, PendingSignature | Signature] = {}",
        "from petition import handlers; newest: dict[str, PendingSignature | Signature] = {}",
        "a service calls the worker's functions",
        HOUSE("test_services_put_tasks_and_never_import_handlers"),
    ),
    Sabotage(
        "petition/links.py",
        "return petition.get_absolute_url()",
        "from home import links; return links.petition_url(petition)",
        "petition knows the pages",
        HOUSE("test_petition_knows_nothing_of_home_nor_of_how_the_parts_are_put_together"),
    ),
    Sabotage(
        "petition/links.py",
        "return petition.get_absolute_url()",
        "from campaign import language; return petition.get_absolute_url()",
        "petition knows how the parts are put together",
        HOUSE("test_petition_knows_nothing_of_home_nor_of_how_the_parts_are_put_together"),
    ),
    Sabotage(
        "home/models/petition_page.py",
        "from petition import public",
        "from petition import models as petition_models, public",
        "a page goes past the door",
        HOUSE("test_home_knows_one_file_of_petition_the_door"),
    ),
    Sabotage(
        "campaign/outbox/worker.py",
        "        total = 0",
        "        from petition import enums; total = 0",
        "the letter-box knows a room",
        HOUSE("test_the_letter_box_knows_neither_room"),
    ),
    Sabotage(
        "templates/home/petition_page.html",
        "{% sign_form petition %}",
        '{% include "petition/_sign.html" %}',
        "a template goes past the door",
        HOUSE("test_templates_of_home_use_the_door_too"),
    ),
    Sabotage(
        "petition/models/pending.py",
        "mailed = models.JSONField(default=list)",
        "mailed = models.JSONField(default=list); ip = models.CharField(max_length=45)",
        "a column for the address of the client",
        HOUSE("test_no_table_has_a_place_for_an_ip_address_or_a_browser"),
    ),
    Sabotage(
        "petition/models/event.py",
        "signature_uuid = models.UUIDField()",
        "signature_uuid = models.UUIDField(); seen_from = models.GenericIPAddressField(null=True)",
        "a column for an address under another name",
        HOUSE("test_no_table_has_a_place_for_an_ip_address_or_a_browser"),
    ),
    Sabotage(
        "petition/models/consent.py",
        "wagtail_reference_index_ignore = True",
        "",
        "Wagtail's reference index takes consents",
        HOUSE("test_tables_of_people_stay_out_of_wagtails_reference_index"),
    ),
    *(
        Sabotage(
            f"petition/models/{module}.py",
            old,
            old.replace(", db_index=False", ""),
            "a foreign key with an index",
            HOUSE(f"test_large_tables_pay_for_no_index_on_foreign_keys[{model}]"),
        )
        for module, model, old in (
            (
                "pending",
                "PendingSignature",
                "text = models.ForeignKey(PetitionText, models.PROTECT, db_index=False)",
            ),
            (
                "signature",
                "Signature",
                "text = models.ForeignKey(PetitionText, models.PROTECT, db_index=False)",
            ),
            (
                "event",
                "SignatureEvent",
                "petition = models.ForeignKey(Petition, models.PROTECT, db_index=False",
            ),
        )
    ),
    Sabotage(
        "petition/models/contact.py",
        'provider_said_at = models.DateTimeField(_("said on"), null=True)',
        'provider_said_at = models.BooleanField(_("said on"), null=True)',
        "a flag where a moment belongs",
        HOUSE("test_times_are_moments_not_flags"),
    ),
    Sabotage(
        "petition/enums.py",
        '_("Set aside")',
        '_("Mise de côté")',
        "French in the code",
        HOUSE("test_code_speaks_english_and_french_stands_in_the_catalogues"),
        times=3,
    ),
    Sabotage(
        "templates/components/sign_line.html",
        '{% translate "I sign" %}',
        "Je signe",
        "a word past gettext",
        HOUSE("test_every_visible_word_of_a_template_goes_through_gettext"),
    ),
    Sabotage(
        "templates/components/field.html",
        '<div class="field__input">',
        '<div class="field__input" title="Your answer">',
        "a word past gettext, in an attribute",
        HOUSE("test_every_visible_word_of_a_template_goes_through_gettext"),
    ),
    Sabotage(
        "templates/petition/_form.html",
        '<p class="sign-form__note">',
        '<p class="sign-form__note" style="color: red">',
        "a style in the page",
        HOUSE("test_public_templates_hold_no_inline_style_or_script_and_load_nothing_from_elsewhere"),
    ),
    Sabotage(
        "templates/petition/_form.html",
        '<p class="sign-form__note">',
        '<img src="https://example.org/seen.gif" alt=""><p class="sign-form__note">',
        "a picture of another host",
        HOUSE("test_public_templates_hold_no_inline_style_or_script_and_load_nothing_from_elsewhere"),
    ),
]
