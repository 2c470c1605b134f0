"""The answers, asked for once in a run, and a stage to show them on."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.access.pages import answers_of_pages, answers_of_states
from tests.access.stage import Stage, collect_files, files_as_in_production
from tests.access.world import Answer, built_world


@pytest.fixture(scope="session")
def files(tmp_path_factory) -> Path:
    """The folder with the public side's files as production has them."""
    folder = tmp_path_factory.mktemp("static")
    collect_files(folder)
    return folder


@pytest.fixture(scope="session")
def answers(django_db_setup, django_db_blocker, files) -> list[Answer]:
    """Every page and every state, in both languages."""
    with django_db_blocker.unblock(), files_as_in_production(files), built_world() as world:
        return answers_of_pages(world) + answers_of_states(world)


@pytest.fixture(scope="module")
def stage(chromium, files) -> Iterator[Stage]:
    """Windows that show answers; gone at the end of the file."""
    stage = Stage(chromium, files)
    yield stage
    stage.close()
