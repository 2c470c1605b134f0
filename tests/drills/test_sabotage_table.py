"""The table of sabotages keeps up with the code and with the tests; `make drill` makes the lines really wrong."""

import ast
from pathlib import Path

from tests.drills.sabotage.entry import function_of
from tests.drills.sabotage.table import TABLE

ROOT = Path(__file__).resolve().parents[2]
# Of these, each test has shown that it can fail: the spine that all else stands on.
PROVEN = (
    "tests/petition/test_checks.py",
    "tests/petition/test_closing.py",
    "tests/petition/test_confirm.py",
    "tests/petition/test_corrections.py",
    "tests/petition/test_countries.py",
    "tests/petition/test_database.py",
    "tests/petition/test_limits.py",
    "tests/petition/test_list_handlers.py",
    "tests/petition/test_mail.py",
    "tests/petition/test_my_signature.py",
    "tests/petition/test_news.py",
    "tests/petition/test_opening.py",
    "tests/petition/test_outgoing.py",
    "tests/petition/test_petition_page.py",
    "tests/petition/test_rehearsal.py",
    "tests/petition/test_retention.py",
    "tests/petition/test_same_answer.py",
    "tests/petition/test_sign.py",
    "tests/petition/test_statement_budgets.py",
    "tests/petition/test_switching.py",
    "tests/petition/test_trial.py",
    "tests/petition/test_wording.py",
    "tests/petition/mailing/test_*.py",
    "tests/petition/staff/test_services.py",
    "tests/campaign/outbox/test_*.py",
    "tests/promises/test_embargo.py",
    "tests/promises/test_get_changes_nothing.py",
    "tests/promises/test_host_header_changes_no_link.py",
    "tests/promises/test_lists.py",
    "tests/promises/test_no_ip_is_stored.py",
    "tests/promises/test_no_third_party.py",
    "tests/promises/test_nothing_remains_after_withdrawal.py",
    "tests/promises/test_off_by_default.py",
    "tests/promises/test_same_answer.py",
    "tests/stories/test_a_journalist_reads_under_embargo.py",
    "tests/stories/test_news_on_a_phone.py",
    "tests/stories/test_press_officer.py",
    "tests/stories/test_signing_on_a_phone.py",
    "tests/stories/test_signing_without_javascript.py",
    "tests/stories/test_staff_make_a_second_petition.py",
    "tests/stories/test_staff_open_a_petition.py",
    "tests/stories/test_staff_switch_mailchimp_on.py",
    "tests/stories/test_taking_it_back.py",
    "tests/test_house.py",
    "tests/drills/test_kill_worker.py",
    "tests/bench/test_check.py",
    "tests/bench/test_scripts.py",
)


def functions_of(path: Path) -> set[str]:
    """Return the node ids of the tests of one file, without their parameters."""
    file = path.relative_to(ROOT).as_posix()
    tree = ast.parse(path.read_text(encoding="utf-8"))
    classes = [node for node in tree.body if isinstance(node, ast.ClassDef) and node.name.startswith("Test")]
    holders = [(file, tree.body), *((f"{file}::{one.name}", one.body) for one in classes)]
    return {
        f"{holder}::{node.name}"
        for holder, body in holders
        for node in body
        if isinstance(node, ast.FunctionDef) and node.name.startswith("test_")
    }


def functions() -> set[str]:
    return {name for pattern in PROVEN for path in sorted(ROOT.glob(pattern)) for name in functions_of(path)}


def test_each_sabotage_still_finds_its_line():
    wrong = []
    for entry in TABLE:
        path = ROOT / entry.file
        if entry.old is None:
            found, wanted = int(path.exists()), 0
        else:
            found, wanted = path.read_text(encoding="utf-8").count(entry.old), entry.times
        if found != wanted:
            wrong.append(f"{entry.file}: {found} times instead of {wanted}: {entry.old}")
    assert not wrong, (
        "These lines have changed. Make them wrong in their new form, in tests/drills/sabotage/table/, and run "
        "`python -m tests.drills.sabotage --only WORD`:\n" + "\n".join(wrong)
    )


def test_each_sabotage_is_one_line_that_differs():
    for entry in TABLE:
        assert "\n" not in f"{entry.old}{entry.new}", entry.in_words()
        assert entry.old != entry.new, entry.in_words()
        assert entry.tests and entry.why, entry.in_words()


def test_each_test_has_shown_that_it_can_fail():
    named = {function_of(test) for entry in TABLE for test in entry.tests}
    missing = sorted(functions() - named)
    assert not missing, (
        "Nobody has seen these tests fail. Add a line of the product to tests/drills/sabotage/table/ that, made wrong, "
        "turns them red:\n" + "\n".join(missing)
    )


def test_each_named_test_is_there():
    named = {function_of(test) for entry in TABLE for test in entry.tests}
    gone = sorted(named - functions())
    assert not gone, "These are named in tests/drills/sabotage/table/ and gone:\n" + "\n".join(gone)
