"""What people agree to and what they sign: the words of the boxes, corrections, a second petition beside the first."""

from tests.drills.sabotage.entry import Sabotage, tests_in

WORDING = tests_in("tests/petition/test_wording.py")
CORRECTIONS = tests_in("tests/petition/test_corrections.py")
SECOND = tests_in("tests/stories/test_staff_make_a_second_petition.py")
HOUSE = tests_in("tests/test_house.py")
SERVICE = "petition/services/wording.py"
TEXTS = "petition/services/texts.py"
BLOCK = "templates/components/corrections.html"
MADE_BY_CLICKS = SECOND("test_a_second_petition_is_made_signed_and_followed_by_clicks_alone")
ADDED = "test_the_sentence_about_an_outside_service_is_added_to_the_news_alone"
AT_DEMANDS = "test_a_correction_stands_below_the_demands_with_its_date_and_note"
ASKS_AGAIN = "test_the_form_that_is_shown_again_tells_the_corrections_too"

TABLE = [
    Sabotage(
        SERVICE,
        "            if purpose in own:",
        "            if False:",
        "staff's own words are never shown",
        WORDING("test_the_usual_words_stand_until_staff_write_their_own") + MADE_BY_CLICKS,
    ),
    Sabotage(
        SERVICE,
        '"destinataire": addressee}',
        '"recipient": addressee}',
        "a gap has no French name",
        WORDING("test_gaps_are_filled_in_by_any_of_their_names"),
    ),
    Sabotage(
        SERVICE,
        "return GAP.sub(lambda gap: known.get(gap[1], gap[0]), template)",
        "return GAP.sub(lambda gap: known.get(gap[1], gap[0]), GAP.sub(lambda gap: known.get(gap[1], gap[0]), template))",
        "what fills a gap is looked through for gaps again",
        WORDING("test_what_fills_a_gap_is_taken_as_it_is"),
    ),
    Sabotage(
        SERVICE,
        "rows = petition.consent_wordings.filter(language=language)",
        "rows = petition.consent_wordings.model.objects.filter(language=language)",
        "one petition's words stand in all",
        WORDING("test_another_petition_keeps_its_own_words"),
    ),
    Sabotage(
        SERVICE,
        "if newest and words == (newest.label, newest.sentence, newest.discloses):",
        "if False:",
        "every saving makes versions of all boxes",
        WORDING("test_a_new_version_is_made_only_of_the_box_whose_words_changed"),
    ),
    Sabotage(
        SERVICE,
        "if newest and words == (newest.label, newest.sentence, newest.discloses):",
        "if newest and words[1:] == (newest.sentence, newest.discloses):",
        "a new label goes unnoticed",
        WORDING("test_a_new_label_alone_is_a_new_version"),
    ),
    Sabotage(
        SERVICE,
        "if newest and words == (newest.label, newest.sentence, newest.discloses):",
        "if newest and words[:2] == (newest.label, newest.sentence):",
        "another list with the same sentence goes unnoticed",
        WORDING("test_the_same_sentence_about_another_list_is_a_new_version"),
    ),
    Sabotage(
        SERVICE,
        "        if words == usual[purpose]:",
        "        if False:",
        "the usual words are kept as staff's own",
        WORDING("test_the_usual_words_are_kept_by_no_row_so_that_they_follow_when_those_get_better"),
    ),
    Sabotage(
        SERVICE,
        "    if chosen.disclosure is None:",
        "    if chosen.disclosure is None or words.sentence.count('{') == 0:",
        "no outside service is named",
        WORDING(ADDED, "test_words_are_published_again_for_all_that_people_may_still_agree_to"),
    ),
    Sabotage(
        SERVICE,
        "OVER = (PetitionState.DELIVERED, PetitionState.ANSWERED)",
        "OVER = (PetitionState.ANSWERED, PetitionState.CLOSED)",
        "what is closed keeps words that name no service",
        WORDING("test_words_are_published_again_for_all_that_people_may_still_agree_to"),
    ),
    Sabotage(
        "petition/context.py",
        "    shown = current_consent_texts(petition, language)",
        "    from petition.services import wording; wording.publish_consent_texts(petition); shown = current_consent_texts(petition, language)",
        "a visitor's GET publishes words",
        WORDING("test_reading_a_page_publishes_nothing"),
    ),
    Sabotage(
        SERVICE,
        'return sorted(set(petition.texts.values_list("language", flat=True)))',
        'return ["en", "fr"]',
        "boxes are worded in languages that have no text",
        WORDING("test_a_petition_has_words_in_the_languages_of_its_texts"),
    ),
    Sabotage(
        "petition/mailing/mailchimp.py",
        'where=lambda: _("in the United States"),',
        'where=lambda: _("the United States"),',
        "the country has no preposition",
        WORDING("test_what_is_said_of_mailchimp_reads_in_the_first_person"),
    ),
    Sabotage(
        BLOCK,
        "{% if corrections %}<details",
        "{% if True %}<details",
        "an empty block of corrections",
        CORRECTIONS("test_a_text_that_was_never_corrected_says_nothing_of_corrections"),
    ),
    Sabotage(
        BLOCK,
        "{% if text.note %} – {{ text.note }}{% endif %}",
        "",
        "what was corrected isn't said",
        CORRECTIONS(AT_DEMANDS, "test_the_newest_correction_comes_first", ASKS_AGAIN),
    ),
    Sabotage(
        TEXTS,
        "texts = petition.texts.filter(language=language).annotate(",
        "texts = petition.texts.annotate(",
        "a correction of the French stands on the English page",
        CORRECTIONS(AT_DEMANDS),
    ),
    Sabotage(
        TEXTS,
        "mended = [text for text in versions if opened and text.frozen_at and text.frozen_at > opened]",
        "mended = [text for text in versions[::-1] if opened and text.frozen_at and text.frozen_at > opened]",
        "the oldest correction comes first",
        CORRECTIONS("test_the_newest_correction_comes_first"),
    ),
    Sabotage(
        "templates/petition/sign_again.html",
        '{% include "components/corrections.html" %}',
        "",
        "the form that is shown again hides corrections",
        CORRECTIONS(ASKS_AGAIN),
    ),
    Sabotage(
        TEXTS,
        "mended = [text for text in versions if opened and text.frozen_at and text.frozen_at > opened]",
        "mended = [text for text in versions if opened and text.frozen_at and text.version > 1]",
        "what was mended before opening is called a correction",
        CORRECTIONS("test_what_was_mended_before_opening_is_no_correction"),
    ),
    Sabotage(
        TEXTS,
        "return WhatIsSigned(versions[0] if versions else None, mended)",
        "return WhatIsSigned(current_text(petition, language), mended)",
        "the text is fetched a second time",
        CORRECTIONS("test_text_and_corrections_cost_one_statement"),
    ),
    Sabotage(
        "templates/petition/_form.html",
        '<input type="hidden" name="ticket"',
        '<p>{% translate "No health data are asked for." %}</p><input type="hidden" name="ticket"',
        "the first petition's subject stands in every form",
        HOUSE("test_the_first_association_and_its_subject_stand_in_the_demos_content_alone"),
    ),
    Sabotage(
        "petition/staff/forms.py",
        "initial=default_goal_steps,",
        "",
        "a new petition starts without goal steps",
        MADE_BY_CLICKS,
    ),
    Sabotage(
        "home/models/petition_page.py",
        'self.fields["petition"].queryset = public.petitions_by_title()',
        "pass",
        "a page chooses its petition by a short name that nobody knows",
        MADE_BY_CLICKS,
    ),
    Sabotage(
        "petition/emails.py",
        "return str(Address(petition.sender_name, addr_spec=petition.sender_address))",
        "first = Petition.objects.order_by('pk')[0]; return str(Address(first.sender_name, addr_spec=first.sender_address))",
        "all mails come from the first petition's sender",
        MADE_BY_CLICKS,
    ),
]
