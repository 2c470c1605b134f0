"""Every page and state, style sheet and drawing passes the Nu HTML checker, which is the W3C's."""

import json
import re
import shutil
import subprocess

import pytest

from tests import npm

pytestmark = pytest.mark.django_db

# The checker does not know what a custom property holds, and so not what a sum of two is.
NOT_COMPUTED = ".*The types are incompatible.*"


def checked(folder) -> list[str]:
    """Return the errors that the checker finds in a folder's files."""
    npm.ready()
    jar = npm.validator()
    command = ["java", "-Xss4m", "-jar", str(jar), "--errors-only", "--also-check-css", "--also-check-svg"]
    command += [
        "--format",
        "json",
        "--stdout",
        "--exit-zero-always",
        "--filterpattern",
        NOT_COMPUTED,
        str(folder),
    ]
    done = subprocess.run(command, capture_output=True, text=True, check=True)
    return [
        f"{one.get('url', '').rpartition('/')[2]}:{one.get('lastLine', '')} {one['message']} "
        f"«{one.get('extract', '').strip()[:120]}»"
        for one in json.loads(done.stdout)["messages"]
    ]


@pytest.fixture
def folder(tmp_path):
    return tmp_path


def save(answers, folder) -> None:
    for number, answer in enumerate(answers):
        name = re.sub(r"\W+", "-", str(answer).lower())
        (folder / f"{number:03}-{name}.html").write_text(answer.html, encoding="utf-8")


def test_every_page_sheet_and_drawing_is_valid(answers, files, folder):
    save(answers, folder)
    shutil.copy(files / "css" / "site.css", folder)
    for drawing in (files / "img").glob("*.svg"):
        shutil.copy(drawing, folder)
    assert len(list(folder.glob("*.html"))) == len(answers) > 80
    faults = checked(folder)
    assert not faults, "\n".join(faults)


def test_the_checker_would_find_something(folder):
    (folder / "wrong.html").write_text("<!doctype html><html lang=fr><title>x</title><p><div></p>")
    (folder / "wrong.css").write_text("p { colour: red }")
    assert len({fault.split(":")[0] for fault in checked(folder)}) == 2
