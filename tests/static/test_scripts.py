"""What the scripts promise: browsers of 2018 (docs/design.md names them) read and run them, and they stay small."""

import re
import subprocess
from pathlib import Path

import pytest
from django.conf import settings

from tests import npm

SCRIPTS = sorted((Path(settings.BASE_DIR) / "static" / "js").glob("*.js"))
# Edge 16 is the oldest; modules themselves, by which older ones are left without any script, it knows.
READ_BY_ALL = "--ecma2017"
# What reads like any other call, and came later to one of them.
NEWER = re.compile(
    r"\.(?:at|flat|flatMap|matchAll|replaceAll|replaceChildren|toSorted|checkVisibility)\("
    r"|Object\.(?:fromEntries|groupBy|hasOwn)\b|Promise\.(?:allSettled|any|withResolvers)\b"
    r"|\b(?:globalThis|structuredClone|queueMicrotask|ResizeObserver|AbortSignal\.timeout)\b"
)


def accepts(script: Path) -> str:
    """Return what a parser of the older language has against a script, or nothing."""
    acorn = npm.ready() / "acorn" / "bin" / "acorn"
    command = ["node", str(acorn), READ_BY_ALL, "--module", "--silent", str(script)]
    return subprocess.run(command, capture_output=True, text=True, check=False).stderr


@pytest.mark.parametrize("script", SCRIPTS, ids=lambda script: script.name)
def test_a_browser_of_2018_reads_every_script(script):
    assert accepts(script) == ""


@pytest.mark.parametrize("script", SCRIPTS, ids=lambda script: script.name)
def test_a_script_calls_nothing_that_a_browser_of_2018_lacks(script):
    text = re.sub(r"//.*|/\*.*?\*/", "", script.read_text(encoding="utf-8"))
    assert NEWER.findall(text) == []


@pytest.mark.parametrize(
    "newer", ["a?.b", "a ?? b", "a ||= b", "({ ...a })", "try {} catch {}", "class A { #b }"]
)
def test_newer_syntax_would_be_noticed(newer, tmp_path):
    script = tmp_path / "newer.js"
    script.write_text(newer)
    assert accepts(script)
