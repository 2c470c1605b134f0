"""Tables that a spreadsheet opens without running anything: CSV in UTF-8 with its mark, each cell harmless."""

import io
from collections.abc import Iterable, Sequence

from defusedcsv import csv

BYTE_ORDER_MARK = "\ufeff"  # without it Excel reads UTF-8 as the machine's own code page


def csv_bytes(header: Sequence[str], rows: Iterable[Sequence[object]]) -> bytes:
    """Return a whole file: a line of names, then the rows (RFC 4180).

    A cell that a spreadsheet would take for a formula (=, +, -, @ first) is written with an apostrophe before it.
    """
    text = io.StringIO(newline="")
    text.write(BYTE_ORDER_MARK)
    writer = csv.writer(text)
    writer.writerow(header)
    writer.writerows([_cell(cell) for cell in row] for row in rows)
    return text.getvalue().encode()


def _cell(value: object) -> object:
    """Return a value as it may be written: nothing for none, and no tab before what would then be a formula."""
    return value.lstrip("\t\r\n") if isinstance(value, str) else "" if value is None else value
