"""The table of sabotages keeps up with the code and with the tests; `make drill` makes the lines really wrong."""

import ast
from pathlib import Path

from tests.drills.sabotage.entry import function_of
from tests.drills.sabotage.table import TABLE

ROOT = Path(__file__).resolve().parents[2]
# Of these, each test has shown that it can fail.
PROVEN = (
    "tests/petition/test_*.py",
    "tests/petition/mailing/test_*.py",
    "tests/petition/staff/test_services.py",
    "tests/campaign/outbox/test_*.py",
    "tests/promises/test_*.py",
    "tests/stories/test_*.py",
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
