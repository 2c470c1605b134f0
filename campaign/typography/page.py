"""French typography for HTML: over text alone, whichever element it stands in, one pass over a whole page.

No parser: what we render is well formed, a page is read for each visitor, and every byte that is no French text has to
come out as it went in.
"""

import re
from typing import NamedTuple

from campaign.typography.collected import Collected
from campaign.typography.edits import EDGE, OBJECT
from campaign.typography.text import apply, is_french

# Comments, elements whose content is no mark-up, declarations; tags: (name, with / where it closes)(attributes).
_TAG = re.compile(
    r"<(?:!--.*?-->|(?:script\b.*?</script|style\b.*?</style|textarea\b.*?</textarea)\s*>|[!?][^>]*>"
    r"|(/?[a-zA-Z][^\s/>]*)([^>\"']*(?:\"[^\"]*\"[^>\"']*|'[^']*'[^>\"']*)*)>)",
    re.DOTALL,
)
# Nothing in these is prose.
_SKIPPED = frozenset({"bdi", "code", "pre", "kbd", "samp", "script", "style", "textarea", "svg", "math"})
# In the first a sentence goes on, in the second stands something that is one word of it; at all others it ends.
_INLINE = (
    *("a", "abbr", "acronym", "b", "bdi", "bdo", "big", "cite", "data", "del", "dfn", "em", "font"),
    *("i", "ins", "mark", "q", "s", "small", "span", "strike", "strong", "time", "u", "var", "wbr"),
)
_IN_A_SENTENCE = ("bdi", "code", "kbd", "samp", "svg", "math", "img", "sub", "sup")
_SIGNS = {f"{slash}{name}": "" for name in _INLINE for slash in ("", "/")} | {
    f"{slash}{name}": OBJECT for name in _IN_A_SENTENCE for slash in ("", "/")
}
_NEVER_CLOSED = re.compile(r"(?:area|base|br|col|embed|hr|img|input|link|meta|param|source|track|wbr)$")

_TELLS = re.compile(
    r"(?:lang|translate|typo|alt|title|label|content)\s*="
)  # a quick look, which may be wrong
_TELLING = re.compile(
    r"\s(lang|translate|data-typo|alt|title|aria-label|content)\s*=\s*(?:\"([^\"]*)\"|'([^']*)'|([^\s>]+))"
)
_DESCRIPTION = re.compile(
    r"\s(?:name|property)=\"(?:description|(?:og|twitter):(?:title|description|site_name|image:alt))\""
)


def french_html(html: str) -> str:
    """Return French HTML with its typography: see `typeset()`."""
    return typeset(html, "fr")


def typeset(html: str, language: str) -> str:
    """Return a page or a piece of one with French typography in its French text, and nothing else changed.

    `language` (`fr`, `en`) is what holds outside any `lang`; an element with `lang`, `translate="no"` or
    `data-typo="off"` decides for what is in it. Code, scripts, forms' content and drawings stay; so do attributes, but
    for `alt`, `title`, `aria-label` and the descriptions in a page's head. Entities stay as they are written.
    Idempotent; without anything to change, the same object comes back.
    """
    text, asides = _Reading(html, speaks_french=is_french(language)).read()
    return apply(html, sorted(text.edits() + asides.edits()))


class _State(NamedTuple):
    """What holds at a place of the page."""

    speaks_french: bool
    is_translated: bool = True
    is_typeset: bool = True
    is_prose: bool = True


class _Reading:
    """A page read once: its French text, and that of the few attributes that are shown or read out."""

    def __init__(self, html: str, *, speaks_french: bool):
        self.html = html
        self.text = Collected(html)
        self.asides = Collected(html)
        self.state = _State(speaks_french)
        # Elements that changed the state: name, how many of that name are open from it on, state before.
        self.open: list[tuple[str, int, _State]] = []

    def read(self) -> tuple[Collected, Collected]:
        """Return the text and the attributes, each in the order of the page."""
        html, add, mark = self.html, self.text.add, self.text.mark
        last, is_on = 0, all(self.state)
        for tag in _TAG.finditer(html):
            start, end = tag.span()
            if is_on and start > last:
                add(last, start)
            last = end
            name, attributes = tag.groups()
            if name is None:  # a comment, or what has no mark-up in it
                if html[start + 1] not in "!?":
                    mark(EDGE, end)
                continue
            name = name.lower()
            sign = _SIGNS.get(name, EDGE)
            if is_on and sign:
                mark(sign, start)
            if self.open or name in _SKIPPED or (attributes and _TELLS.search(attributes)):
                self._enter_or_leave(name, tag)
                is_on, was_on = all(self.state), is_on
                if is_on != was_on:
                    mark(sign or OBJECT, start)
        if is_on and last < len(html):
            add(last, len(html))
        return self.text, self.asides

    def _enter_or_leave(self, name: str, tag: re.Match[str]) -> None:
        """Take note of a tag that may change what holds."""
        inner, depth, before = self.open[-1] if self.open else ("", 0, self.state)
        if name[0] == "/":
            if name[1:] == inner:
                self.open.pop()
                if depth > 1:
                    self.open.append((inner, depth - 1, before))
                else:
                    self.state = before
            return
        inside = self._inside(name, tag)
        if _NEVER_CLOSED.match(name) or tag[0].endswith("/>"):
            return
        if inside != self.state:
            self.open.append((name, 1, self.state))
            self.state = inside
        elif name == inner:
            self.open[-1] = (inner, depth + 1, before)

    def _inside(self, name: str, tag: re.Match[str]) -> _State:
        """Return what holds in an element; keep the places of those of its attributes that are shown."""
        inside, shown = self.state, []
        if name in _SKIPPED:
            inside = inside._replace(is_prose=False)
        for told in _TELLING.finditer(self.html, *tag.span(2)):
            value = told.lastindex or 2
            match told[1]:
                case "lang":
                    inside = inside._replace(speaks_french=is_french(told[value]))
                case "translate":
                    inside = inside._replace(is_translated=told[value] != "no")
                case "data-typo":
                    inside = inside._replace(is_typeset=told[value] != "off")
                case "content":
                    if name == "meta" and _DESCRIPTION.search(tag[2]):
                        shown.append(told.span(value))
                case _:
                    shown.append(told.span(value))
        if all(inside):
            for start, end in shown:
                self.asides.mark(EDGE, start)
                self.asides.add(start, end)
        return inside
