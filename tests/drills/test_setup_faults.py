"""The faults of the set-up that need neither network nor minutes, caused by `make demo` in a copy of the project."""

import pytest

from tests.drills import setup_faults
from tests.drills.processes import copy_project, make, own_lines


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    return copy_project(tmp_path_factory.mktemp("setup") / "clone")


@pytest.mark.parametrize("cause", setup_faults.WITHOUT_NETWORK, ids=lambda cause: cause.__name__)
def test_a_fault_of_the_setup_is_told_in_one_line_and_leaves_nothing_half_made(cause, folder):
    # In one folder, one after the other: each next try gets past the fault before it.
    outcome = cause(folder)
    outcome.check()
    assert not (folder / "var" / "venv").exists()
    assert not (folder / "var" / "demo.sqlite3").exists()


@pytest.mark.parametrize("port", ["0", "65536", "http", "-1"])
def test_what_is_no_port_is_told_in_one_line(port, folder):
    run = make(folder, "demo", f"PORT={port}")
    assert run.returncode != 0
    (line,) = own_lines(run.stderr)
    assert f"PORT={port}" in line


def test_a_python_that_is_not_there_is_told_in_one_line(folder):
    run = make(folder, "demo", "PYTHON=no-such-python")
    assert run.returncode != 0
    (line,) = own_lines(run.stderr)
    assert "no-such-python" in line
