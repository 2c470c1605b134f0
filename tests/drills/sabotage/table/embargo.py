"""Press releases under embargo, over the running site. Starting it takes long, so one sabotage serves several."""

from tests.drills.sabotage.entry import Sabotage, tests_in

PROMISE = tests_in("tests/promises/test_embargo.py")
STORY = tests_in("tests/stories/test_a_journalist_reads_under_embargo.py")

TABLE = [
    Sabotage(
        "home/embargo.py",
        "    if ahead and (page.go_live_at is None or page.go_live_at < ahead):",
        "    if False:",
        "an embargo schedules nothing",
        (
            *PROMISE("test_nobody_reads_a_word_before_the_minute_and_everybody_from_it_on"),
            *STORY("test_a_journalist_reads_by_a_link_until_everybody_may"),
        ),
    ),
    Sabotage(
        "home/embargo_views.py",
        "    return view(request, release, token, **kwargs)",
        '    link.reader += " (lu)"; link.save(); return view(request, release, token, **kwargs)',
        "a link notes that it was read",
        PROMISE("test_reading_by_a_link_changes_no_row"),
    ),
    Sabotage(
        "static/js/copy-for-mail.js",
        '"text/html": new Blob([html], { type: "text/html" }),',
        '"text/html": new Blob([text.value], { type: "text/html" }),',
        "what is copied has no layout",
        STORY("test_a_release_is_copied_for_a_mail_as_text_and_with_its_layout"),
    ),
    Sabotage(
        "templates/home/press/_copy_for_mail.html",
        '<p id="mail-act" hidden>',
        '<p id="mail-act">',
        "a button that needs scripts stands there without them",
        STORY("test_without_scripts_the_text_is_there_to_be_selected"),
    ),
]
