"""A petition that is tried before it opens."""

from tests.drills.sabotage.entry import Sabotage, tests_in

TRIAL = tests_in("tests/petition/test_trial.py")
STORY = tests_in("tests/stories/test_staff_open_a_petition.py")(
    "test_staff_try_a_petition_open_it_and_close_it"
)

VIEW = "petition/views/trial.py"
LINKS = "petition/links.py"
SIGNING = "petition/services/signing.py"
CONFIRMATION = "petition/services/confirmation.py"
FOLLOWING = "petition/services/following.py"
PAGE = "templates/petition/trial.html"
BANNER = "templates/components/trial_banner.html"
BEHIND_LINKS = "test_every_page_behind_its_links_shows_the_banner_and_none_says_that_it_counts"
ALTERED = "test_an_altered_link_and_one_of_another_petition_are_answered_in_words"
AGAIN = "test_a_form_with_a_mistake_comes_back_with_its_message_and_goes_to_the_same_address"
LIFE = "test_a_link_is_good_for_seven_days"
ONCE_OPEN = "test_once_open_the_link_leads_to_the_petition_and_takes_nothing"
SERVICES = "test_the_services_take_no_trial_of_an_open_petition_and_nothing_else_before"

THE_PAGE = [
    Sabotage(
        BANNER,
        "{% if trial %}",
        "{% if False %}",
        "nothing says that it is a trial",
        TRIAL("test_the_link_shows_what_is_signed_and_a_form_of_its_own_under_a_banner", BEHIND_LINKS)
        + STORY,
    ),
    Sabotage(
        PAGE,
        "{% for demand in text.demand_list %}",
        "{% for demand in text.no_list %}",
        "the demands are missing",
        TRIAL("test_the_link_shows_what_is_signed_and_a_form_of_its_own_under_a_banner"),
    ),
    Sabotage(
        VIEW,
        'context |= {"trial": True, "form_action": request.path}',
        'context |= {"trial": True}',
        "the form goes where everybody signs",
        TRIAL(AGAIN, "test_a_network_that_sends_too_much_is_refused_with_the_form_kept"),
    ),
    Sabotage(
        VIEW,
        "@private_page",
        "",
        "the page may be cached and indexed",
        TRIAL("test_its_page_is_nobody_elses"),
    ),
    Sabotage(
        VIEW,
        "@only_from_our_pages",
        "",
        "other sites may send the form",
        TRIAL("test_a_trial_needs_the_forms_ticket_and_our_own_page"),
    ),
    Sabotage(
        LINKS,
        'return absolute("trial", petition.slug, trial_token(petition), language=language)',
        'return absolute("trial", petition.slug, trial_token(petition), language="fr")',
        "every link is French",
        TRIAL("test_each_language_with_a_text_has_its_link"),
    ),
    Sabotage(
        VIEW,
        'return _no_form(request, refusal or "words")',
        'return _no_form(request, refusal or "altered")',
        "a language without a text is taken for an altered link",
        TRIAL("test_a_language_without_a_text_is_answered_in_words"),
    ),
    Sabotage(
        "petition/services/texts.py",
        'return petition.texts.filter(language=language).order_by("-version").first()',
        'return petition.texts.filter(language=language).order_by("version").first()',
        "the oldest text is shown",
        TRIAL("test_a_text_may_still_change_and_the_link_shows_the_newest"),
    ),
]
THE_LINK = [
    Sabotage(
        VIEW,
        'return expired if named == petition.pk else "altered"',
        "return expired",
        "a link opens every petition",
        TRIAL(ALTERED),
    ),
    Sabotage(
        LINKS,
        'return _open("trial", token, int, TRIAL_LIFE)',
        'return _open("trial", token, int)',
        "a link never grows old",
        TRIAL(LIFE),
    ),
    Sabotage(
        VIEW,
        'named, expired = error.link, "expired"',
        'return "altered"',
        "a link that has grown old is taken for an altered one",
        TRIAL(LIFE, "test_an_expired_link_leads_to_the_petition_too_once_it_is_open"),
    ),
    Sabotage(
        LINKS,
        'salt=f"petition.links.{purpose}"',
        'salt="petition.links"',
        "a link of one purpose opens every page",
        TRIAL("test_a_link_of_another_purpose_opens_no_trial"),
    ),
    Sabotage(
        VIEW,
        'if refusal != "altered" and petition.state != PetitionState.PREPARATION:',
        "if False:",
        "an open petition goes on being tried",
        TRIAL(ONCE_OPEN),
    ),
    Sabotage(
        "home/links.py",
        'return absolute("/")',
        'raise ValueError("no page")',
        "a petition without a page is a fault of the server",
        TRIAL("test_a_petition_without_a_page_leads_to_the_home_page"),
    ),
]
THE_SIGNATURE = [
    Sabotage(
        SIGNING,
        "        trial=trial,",
        "        trial=False,",
        "what is tried is kept as a real signature",
        TRIAL("test_a_sent_form_is_kept_as_a_trial_and_leads_to_the_mailbox") + STORY,
    ),
    Sabotage(
        SIGNING,
        "hold_in_preparation(petition)",
        "pass",
        "a trial is taken of an open petition, if need be",
        TRIAL("test_a_trial_of_an_open_petition_is_not_taken"),
    ),
    Sabotage(
        "petition/models/petition.py",
        "if self.state != PetitionState.OPEN or (self.opens_at and moment < self.opens_at):",
        "if self.opens_at and moment < self.opens_at:",
        "everybody may sign before the opening",
        TRIAL("test_the_public_address_takes_nothing_before_opening_link_or_not"),
    ),
    Sabotage(
        CONFIRMATION,
        "if pending.trial != trial or not pending.is_good(nonce):",
        "if not pending.is_good(nonce):",
        "a trial is confirmed of an open petition",
        TRIAL(SERVICES),
    ),
    Sabotage(
        CONFIRMATION,
        "if not (signature.trial or held) and ConsentPurpose.NEWSLETTER in agreed:",
        "if not held and ConsentPurpose.NEWSLETTER in agreed:",
        "whoever tries the form gets the news",
        TRIAL("test_a_confirmed_trial_leaves_no_event_no_total_no_contact_and_nothing_for_a_list") + STORY,
    ),
    Sabotage(
        FOLLOWING,
        "return Behind.TRIED if row.trial else",
        "return Behind.COUNTED if row.trial else",
        "a confirmed trial is called counted",
        TRIAL(BEHIND_LINKS),
    ),
    Sabotage(
        FOLLOWING,
        "if not pending.petition.takes_confirmations(trial=pending.trial):",
        "if not pending.petition.takes_confirmations():",
        "a trial is called delivered",
        TRIAL("test_an_expired_link_of_a_trial_offers_a_fresh_mail", BEHIND_LINKS),
    ),
    Sabotage(
        "petition/emails.py",
        '"trial": row.trial,',
        '"trial": False,',
        "the mails of a trial say nothing of it",
        TRIAL("test_both_mails_leave_and_say_that_it_is_a_trial"),
    ),
    Sabotage(
        "petition/emails.py",
        '"trial": row.trial,',
        '"trial": True,',
        "every mail calls itself a trial",
        TRIAL("test_the_mails_of_a_real_signature_say_nothing_of_trials"),
    ),
    Sabotage(
        "templates/petition/_leave.html",
        'value="withdraw">{% if trial %}',
        'value="withdraw">{% if False %}',
        "the button withdraws a signature that was none",
        TRIAL("test_a_trial_is_erased_by_its_personal_link"),
    ),
    Sabotage(
        "petition/handlers.py",
        "        send(task, emails.already_signed_mail(signature, pending.nonce, kind_of(signature)))",
        "        pass",
        "whoever tries twice hears nothing",
        TRIAL("test_signing_again_by_the_link_says_that_the_address_has_signed"),
    ),
]

TABLE = THE_PAGE + THE_LINK + THE_SIGNATURE
