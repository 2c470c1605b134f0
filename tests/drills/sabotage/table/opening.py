"""Opening and closing a petition."""

from tests.drills.sabotage.entry import Database, Sabotage, tests_in

OPENING = tests_in("tests/petition/test_opening.py")
CLOSING = tests_in("tests/petition/test_closing.py")
STORY = tests_in("tests/stories/test_staff_open_a_petition.py")(
    "test_staff_try_a_petition_open_it_and_close_it"
)
ACT, READY, RACE, PAGE = (
    f"{name}::" for name in ("TestOpening", "TestWhatIsReady", "TestAtTheSameInstant", "TestItsPage")
)

OPEN = "petition/services/opening.py"
POINTS = "petition/services/checklist.py"
CLOSE = "petition/services/closing.py"
MODEL = "petition/models/petition.py"
SIGN = "templates/petition/_sign.html"
REMAINS = f"{ACT}test_nothing_of_a_trial_remains_waiting_or_confirmed"
SECOND = f"{ACT}test_a_second_press_changes_nothing"
IN_TIME = f"{PAGE}test_it_says_that_links_still_work_for_as_long_as_one_may"

THE_ACT = [
    Sabotage(
        OPEN,
        "petition.texts.filter(frozen_at__isnull=True).update(frozen_at=now)",
        "pass",
        "what people sign may still change",
        OPENING(f"{ACT}test_it_freezes_the_texts_publishes_the_words_and_takes_signatures"),
    ),
    Sabotage(
        MODEL,
        "if self.state != PetitionState.OPEN or (self.opens_at and moment < self.opens_at):",
        "if self.state != PetitionState.OPEN:",
        "the opening moment is not looked at",
        OPENING(f"{ACT}test_before_its_opening_moment_an_opened_petition_takes_nothing"),
    ),
    Sabotage(
        OPEN,
        "removed = _remove_trials(petition)",
        "removed = trials_of(petition)",
        "trials stay",
        OPENING(REMAINS, f"{ACT}test_whoever_tried_signs_for_real_afterwards") + STORY,
    ),
    Sabotage(
        OPEN,
        "_drop_mails(MAILS_OF_SIGNATURES, signatures)",
        "pass",
        "mails to those who tried stay owed",
        OPENING(f"{ACT}test_the_mails_of_trials_are_no_longer_owed_and_others_are"),
    ),
    Sabotage(
        OPEN,
        "pending = PendingSignature.objects.filter(petition=petition, trial=True)",
        "pending = PendingSignature.objects.filter(trial=True)",
        "the trials of every petition go",
        OPENING(f"{ACT}test_what_was_tried_for_another_petition_stays"),
    ),
    Sabotage(
        OPEN,
        "if held.state != PetitionState.PREPARATION:",
        "if False:",
        "a petition is opened twice, or after its end",
        OPENING(SECOND, f"{ACT}test_a_petition_that_is_over_is_not_opened_by_it"),
    ),
    Sabotage(
        OPEN,
        "if not held.texts.filter(language=settings.LANGUAGE_CODE).exists():",
        "if False:",
        "a petition opens with nothing to sign",
        OPENING(f"{ACT}test_without_a_text_in_the_main_language_nothing_opens"),
    ),
    Sabotage(
        OPEN,
        "    held = Petition.objects.select_for_update(no_key=True).get(pk=petition.pk)",
        "    held = Petition.objects.get(pk=petition.pk)",
        "opening doesn't wait for a trial that is being confirmed",
        OPENING(f"{RACE}test_opening_waits_for_a_trial_that_is_being_confirmed_and_removes_it"),
        database=Database.POSTGRESQL,
    ),
    Sabotage(
        "petition/services/confirmation.py",
        "                hold_in_preparation(petition)",
        "                pass",
        "a trial is confirmed while the petition opens",
        OPENING(f"{RACE}test_a_trial_that_is_confirmed_while_the_petition_opens_waits_and_finds_it_open"),
        database=Database.POSTGRESQL,
    ),
    Sabotage(
        OPEN,
        "    held = Petition.objects.select_for_update(no_key=True).filter(",
        "    held = Petition.objects.filter(",
        "a trial is sent while the petition opens",
        OPENING(f"{RACE}test_a_trial_that_is_sent_while_the_petition_opens_is_not_taken"),
        database=Database.POSTGRESQL,
    ),
]
THE_POINTS = [
    Sabotage(
        POINTS,
        "functions: list[PointsOf] = [import_string(name) for name in settings.OPENING_CHECKS]",
        "functions: list[PointsOf] = [texts_are_written, list_is_chosen]",
        "the settings are not asked for the points",
        OPENING(f"{READY}test_every_point_of_the_settings_is_asked_in_order"),
    ),
    Sabotage(
        POINTS,
        "blocks=is_main,",
        "blocks=False,",
        "the main language is like any other",
        OPENING(f"{READY}test_each_language_has_its_text_and_the_main_one_is_needed"),
    ),
    Sabotage(
        POINTS,
        "done = Signature.objects.filter(petition=petition, trial=True).exists()",
        "done = Signature.objects.filter(trial=True).exists()",
        "a trial of another petition shows that mails arrive",
        OPENING(f"{READY}test_a_mail_has_arrived_once_somebody_confirmed_a_trial"),
    ),
    Sabotage(
        POINTS,
        "for address in (petition.sender_address, petition.reply_to) if is_reserved(address)]",
        "for address in (petition.sender_address,) if is_reserved(address)]",
        "nobody looks at the reply address",
        OPENING(f"{READY}test_an_address_for_examples_is_no_sender_and_no_reply_address"),
    ),
    Sabotage(
        POINTS,
        "elif settings.DEMO:",
        "elif False:",
        "the demo can't be opened with its addresses",
        OPENING(f"{READY}test_the_demo_may_send_from_an_address_for_examples_and_says_so"),
    ),
    Sabotage(
        POINTS,
        "done = ServiceSettings.objects.filter(changed_by__isnull=False).exists()",
        "done = ServiceSettings.objects.exists()",
        "a row that nobody saved is a choice",
        OPENING(f"{READY}test_the_list_is_chosen_once_somebody_of_the_staff_has_saved_it"),
    ),
    Sabotage(
        POINTS,
        "    if not number:",
        "    if True:",
        "made-up signers open with the petition",
        OPENING(f"{READY}test_a_rehearsal_that_was_not_taken_away_forbids_to_open"),
    ),
    Sabotage(
        POINTS,
        "done = petition.closes_at > timezone.now()",
        "done = True",
        "a petition may open after its end",
        OPENING(f"{READY}test_a_closing_moment_that_has_passed_forbids_to_open"),
    ),
    Sabotage(
        POINTS,
        "    except NoReverseMatch:",
        "    except ZeroDivisionError:",
        "a screen that isn't there is a fault",
        OPENING(f"{READY}test_a_screen_that_this_site_lacks_is_no_error"),
    ),
    Sabotage(
        "petition/email_address.py",
        'return parts[-1] in RESERVED_TOP_LEVELS or ".".join(parts[-2:]) in RESERVED_DOMAINS',
        "return parts[-1] in RESERVED_TOP_LEVELS",
        "example.org is a domain like any other",
        OPENING("test_addresses_for_examples_are_known_by_their_domain"),
    ),
]
THE_END = [
    Sabotage(
        CLOSE,
        "        held.closes_at = now",
        "        pass",
        "the moment of the closing is not written down",
        CLOSING(
            "test_closing_takes_no_more_signatures_and_writes_the_moment_down",
            f"{PAGE}test_it_says_when_it_closed_what_was_reached_and_where_news_are",
        ),
    ),
    Sabotage(
        CLOSE,
        "if has_begun and (held.closes_at is None or held.closes_at > now):",
        "if has_begun:",
        "an earlier closing moment is overwritten",
        CLOSING("test_a_closing_moment_that_is_past_stays_and_one_to_come_is_brought_forward"),
    ),
    Sabotage(
        CLOSE,
        "has_begun = held.opens_at is None or held.opens_at < now",
        "has_begun = True",
        "a petition closes before it opens",
        CLOSING("test_what_never_began_keeps_its_dates_and_can_be_closed"),
    ),
    Sabotage(
        CLOSE,
        "if held.state != PetitionState.OPEN:",
        "if False:",
        "whatever is there is closed",
        CLOSING("test_only_an_open_petition_is_closed"),
    ),
    Sabotage(
        CLOSE,
        "held.closes_at = None",
        "held.closes_at = held.closes_at",
        "an opened petition keeps the moment at which it closed",
        CLOSING("test_opening_again_takes_signatures_and_empties_the_closing_moment"),
    ),
    Sabotage(
        CLOSE,
        "if held.state != PetitionState.CLOSED:",
        "if False:",
        "whatever is there is opened again",
        CLOSING("test_only_a_closed_petition_is_opened_again"),
    ),
    Sabotage(
        CLOSE,
        "due = Petition.objects.filter(state=PetitionState.OPEN, closes_at__lte=now)",
        "due = Petition.objects.filter(closes_at__lte=now)",
        "the clock closes what never opened",
        CLOSING("test_the_clock_closes_what_has_reached_its_closing_moment_and_nothing_else"),
    ),
    Sabotage(
        "petition/handlers.py",
        '@schedule("close_petitions", every=timedelta(minutes=1))',
        '@schedule("close_petitions", every=timedelta(hours=1))',
        "the clock looks once an hour",
        CLOSING("test_the_worker_does_so_every_minute"),
    ),
    Sabotage(
        CLOSE,
        "pending = PendingSignature.objects.filter(petition=petition, trial=False)",
        "pending = PendingSignature.objects.filter(petition=petition)",
        "trials are counted among those who wait",
        CLOSING("test_those_who_wait_are_counted_without_trials_until_the_last_of_them_is_deleted"),
    ),
    Sabotage(
        MODEL,
        "return self.state in TAKES_CONFIRMATIONS",
        "return self.state == PetitionState.OPEN",
        "closing forgets who signed in time",
        CLOSING("test_who_signed_in_time_confirms_after_the_closing_and_counts", IN_TIME),
    ),
    Sabotage(
        "petition/context.py",
        '"confirmed_until": confirmed_until if confirmed_until and timezone.now() < confirmed_until else None,',
        '"confirmed_until": confirmed_until,',
        "links are said to work when none does",
        CLOSING(IN_TIME),
    ),
    Sabotage(
        "petition/context.py",
        "closed_at + periods.unconfirmed() if closed_at and petition.takes_confirmations() else None",
        "closed_at + periods.unconfirmed() if closed_at else None",
        "a delivered petition is said to take confirmations",
        CLOSING(f"{PAGE}test_it_says_so_no_more_once_delivered"),
    ),
    Sabotage(
        MODEL,
        "return self.closes_at if self.closes_at and self.closes_at <= timezone.now() else None",
        "return self.closes_at if self.state == PetitionState.CLOSED else None",
        "until the clock has been round, nobody reads when it closed",
        CLOSING(f"{PAGE}test_it_is_the_same_before_the_clock_has_closed_it"),
    ),
    Sabotage(
        SIGN,
        "<p>{% if petition.closed_at %}",
        "<p>{% if True %}",
        "a closing without a moment names an empty one",
        CLOSING(f"{PAGE}test_a_petition_without_a_written_moment_names_none"),
    ),
    Sabotage(
        "templates/home/petition_page.html",
        '{% if petition.is_over %}{% include "home/_after_closing.html" %}{% endif %}',
        "",
        "a closed page leads nowhere",
        CLOSING(f"{PAGE}test_it_says_when_it_closed_what_was_reached_and_where_news_are") + STORY,
    ),
]

TABLE = THE_ACT + THE_POINTS + THE_END
