"""French départements and the collectivities overseas, by their codes (INSEE, Code officiel géographique)."""

from pathlib import Path

_LIST = Path(__file__).with_suffix(".txt").read_text(encoding="utf-8")
NAMES = dict(line.split(" ", 1) for line in _LIST.splitlines())
