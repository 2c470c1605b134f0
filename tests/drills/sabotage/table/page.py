"""The form as a reader meets it, and what pages cost."""

from tests.drills.sabotage.entry import Sabotage, tests_in

PAGE = tests_in("tests/petition/test_petition_page.py")
COST = tests_in("tests/petition/test_statement_budgets.py")

TEMPLATE = "templates/home/petition_page.html"
FORM = "templates/petition/_form.html"
CHOICE = "templates/components/choice.html"
COUNTER = "templates/components/counter.html"
COUNT_VIEW = "petition/views/progress.py"
WORDING = "petition/services/wording.py"
SHOWS = "test_the_page_shows_demands_addressee_count_goal_and_form"
ONE_REQUIRED = "test_no_box_is_ticked_and_only_one_is_required"
LABELS = "test_labels_have_eight_words_at_most_and_the_full_sentence_stands_below"
SAYS = "test_it_says_that_one_address_signs_once_and_that_no_health_data_are_asked_for"
NO_FORM = "test_a_petition_that_takes_no_signatures_shows_why_and_no_form"
MOMENT = "test_the_count_names_its_moment"
COUNTRIES = "test_countries_are_the_249_of_iso_3166_with_france_first"

TABLE = [
    Sabotage(TEMPLATE, "<li>{{ demand }}</li>", "", "the demands are missing", PAGE(SHOWS)),
    Sabotage(
        TEMPLATE,
        "A petition addressed to: {{ addressee }}",
        "A petition addressed to: ",
        "the addressee is missing from the head of the page",
        PAGE(SHOWS),
    ),
    Sabotage(
        COUNTER,
        '<strong class="counter__number">{{ progress.count|intcomma }}</strong>',
        "",
        "the count is missing",
        PAGE(SHOWS),
    ),
    Sabotage(COUNTER, '<p class="counter__goal">', "<p>", "the goal is not marked as such", PAGE(SHOWS)),
    Sabotage(
        "templates/petition/_sign.html",
        '{% include "petition/_form.html" %}',
        "",
        "the form is missing",
        PAGE(SHOWS),
    ),
    Sabotage(
        CHOICE,
        "{% if field.value %} checked{% endif %}",
        " checked",
        "boxes come ticked",
        PAGE(ONE_REQUIRED),
    ),
    Sabotage(
        CHOICE,
        "{% if field.field.required %} required{% endif %}",
        " required",
        "every box is required",
        PAGE(ONE_REQUIRED),
    ),
    Sabotage(
        FORM,
        '<legend>{% translate "Optional: your signature counts without it" %}</legend>',
        "",
        "nobody says that the boxes are optional",
        PAGE("test_optional_boxes_stand_under_their_legend"),
    ),
    Sabotage(
        CHOICE,
        '<p class="choice__detail" id="{{ field.auto_id }}_detail">{{ detail }}</p>',
        "",
        "the sentence that is recorded is not shown",
        PAGE(LABELS),
    ),
    Sabotage(
        WORDING,
        '_("Show my first name on this site"),',
        '_("Show my first name on this site, to everybody who reads it"),',
        "a label is long",
        PAGE(LABELS),
    ),
    Sabotage(
        "petition/forms.py",
        'help_text=_("To confirm that it is you. One address signs once."),',
        "",
        "that one address signs once isn't said",
        PAGE(SAYS),
    ),
    Sabotage(
        "campaign/demo/french.py",
        "Aucune donnée de santé ne vous est demandée pour signer, ",
        "",
        "that no health data are asked for isn't said",
        PAGE(SAYS),
    ),
    Sabotage(
        "home/models/petition_page.py",
        'if request.method == "POST":',
        "if False:",
        "the page takes no form",
        PAGE("test_the_form_can_be_posted_to_the_page_itself_as_well"),
    ),
    Sabotage(
        "petition/views/sign.py",
        "return HttpResponseRedirect(petition_url(get_object_or_404(Petition, slug=slug)))",
        'return HttpResponseRedirect("/")',
        "the form's address leads home",
        PAGE("test_the_addresss_own_get_leads_to_the_page"),
    ),
    Sabotage(
        "petition/context.py",
        "form = _form(petition, text, language) if petition.open_now else None",
        "form = _form(petition, text, language)",
        "a petition shows its form always",
        PAGE(NO_FORM),
    ),
    Sabotage(
        "templates/petition/_sign.html",
        "{% elif petition.not_open_yet %}",
        "{% elif not petition.not_open_yet %}",
        "closed and not yet open are mixed up",
        PAGE(f"{NO_FORM}[preparation-pas encore ouverte]", rf"{NO_FORM}[closed-cl\xf4tur\xe9e]"),
    ),
    Sabotage(
        COUNT_VIEW,
        '"as_of": now.as_of.isoformat(timespec="seconds"),',
        "",
        "a count without its moment",
        PAGE(MOMENT),
    ),
    Sabotage(
        COUNT_VIEW,
        'response["Access-Control-Allow-Origin"] = "*"',
        "",
        "other sites can't read the count",
        PAGE(MOMENT),
    ),
    Sabotage(COUNT_VIEW, "CACHE_SECONDS = 10", "CACHE_SECONDS = 100", "the count is old", PAGE(MOMENT)),
    Sabotage(
        "petition/places.py",
        '"EU", ',
        "",
        "the European Union is a country",
        PAGE(COUNTRIES),
    ),
    Sabotage(
        "petition/places.py",
        "return first | dict(",
        "return dict(",
        "France is missing",
        PAGE(COUNTRIES),
    ),
    # --- statements ---
    Sabotage(
        "petition/services/signing.py",
        "    reasons = reasons + look_at(petition, email=email, ticket=ticket, check=check, network=network, now=now)",
        "    reasons = reasons + look_at(petition, email=email, ticket=ticket, check=check, network=network, now=now); petition.refresh_from_db(); petition.refresh_from_db()",
        "the petition is read again and again",
        COST("test_sign_costs_at_most_8_even_for_the_first_of_the_day"),
    ),
    Sabotage(
        "petition/services/confirmation.py",
        "    Consent.objects.bulk_create(",
        "    (lambda rows: [row.save() for row in rows])(",
        "each consent is stored by itself",
        COST("test_confirm_costs_at_most_10_with_every_box_ticked"),
    ),
    Sabotage(
        WORDING,
        'for text in petition.consent_texts.filter(language=language).order_by("version"):',
        'for text in (ConsentText.objects.get(pk=pk) for pk in petition.consent_texts.filter(language=language).order_by("version").values_list("pk", flat=True)):',
        "the words of each box are fetched one by one",
        COST("test_the_petition_page_costs_at_most_15"),
    ),
    Sabotage(
        "petition/services/counting.py",
        'total = Total.objects.filter(petition=petition).aggregate(sum=Sum("value"))["sum"] or 0',
        "total = Signature.objects.filter(petition=petition).count()",
        "signatures are counted",
        COST(
            "test_the_count_costs_at_most_2_and_never_counts_rows",
            "test_the_petition_page_never_counts_rows",
        ),
    ),
    Sabotage(
        "petition/services/counting.py",
        'total = Total.objects.filter(petition=petition).aggregate(sum=Sum("value"))["sum"] or 0',
        'total = sum(Total.objects.filter(petition=petition, slot=slot).values_list("value", flat=True).first() or 0 for slot in range(SLOTS))',
        "each slot is read by itself",
        COST(
            "test_the_count_costs_at_most_2_and_never_counts_rows",
            "test_the_petition_page_costs_at_most_15",
        ),
    ),
]
