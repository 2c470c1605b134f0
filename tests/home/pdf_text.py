"""The text of a PDF as a program that copies or reads it aloud finds it: by each font's own table of letters."""

import re
from io import BytesIO

import pikepdf

_RANGE = re.compile(rb"<([0-9a-fA-F]+)>\s*<([0-9a-fA-F]+)>\s*(<[0-9a-fA-F]+>|\[[^\]]*\])")
_CHAR = re.compile(rb"<([0-9a-fA-F]+)>\s*<([0-9a-fA-F]+)>")
_SECTION = re.compile(rb"begin(bfchar|bfrange)(.*?)endbf(?:char|range)", re.DOTALL)


def letters_of(font) -> dict[int, str]:
    """Return what each glyph of a font stands for."""
    table: dict[int, str] = {}
    for kind, body in _SECTION.findall(font.ToUnicode.read_bytes()):
        if kind == b"bfchar":
            for glyph, letters in _CHAR.findall(body):
                table[int(glyph, 16)] = _decoded(letters)
        else:
            for first, last, target in _RANGE.findall(body):
                start = int(first, 16)
                wanted = re.findall(rb"<([0-9a-fA-F]+)>", target)
                for number in range(int(last, 16) - start + 1):
                    if len(wanted) > 1:
                        table[start + number] = _decoded(wanted[number])
                    else:
                        base = _decoded(wanted[0])
                        table[start + number] = base[:-1] + chr(ord(base[-1]) + number)
    return table


def _decoded(hexadecimal: bytes) -> str:
    return bytes.fromhex(hexadecimal.decode()).decode("utf-16-be")


def text_of(content: bytes) -> str:
    """Return the text of all pages in the order of drawing; a glyph that stands for nothing is U+FFFD.

    Glyph 0 is the box that is drawn where a font lacks a letter: it is U+FFFD, too.
    """
    said: list[str] = []
    with pikepdf.open(BytesIO(content)) as document:
        for page in document.pages:
            tables = {name: letters_of(font) for name, font in page.Resources.Font.items()}
            said.append(_page_text(page, tables))
    return "\n".join(said)


def _page_text(page, tables: dict[str, dict[int, str]]) -> str:
    words: list[str] = []
    table: dict[int, str] = {}
    for instruction in pikepdf.parse_content_stream(page):
        operands = instruction.operands
        match str(instruction.operator):
            case "Tf":
                table = tables[str(operands[0])]
            case "Tj":
                words.append(_shown(bytes(operands[0]), table))
            case "TJ":
                words += [
                    _shown(bytes(part), table) for part in operands[0] if isinstance(part, pikepdf.String)
                ]
            case "BT" | "Td" | "TD" | "T*" | "Tm":
                words.append("\n" if not words or words[-1] != "\n" else "")
    return "".join(words)


def _shown(raw: bytes, table: dict[int, str]) -> str:
    glyphs = [int.from_bytes(raw[at : at + 2], "big") for at in range(0, len(raw), 2)]
    return "".join("\ufffd" if glyph == 0 else table.get(glyph, "\ufffd") for glyph in glyphs)
