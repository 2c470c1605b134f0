"""Search text for a word in whatever form a program may have written it."""

import base64


def forms_of(word: str) -> set[str]:
    """Return the word as it may stand in a dump or a log: plain, in hexadecimal, or inside something in Base64.

    In lower case, so compare with text in lower case.
    """
    data = word.encode()
    forms = {word, data.hex()}
    for written in {word, word.lower(), word.title(), word.upper()}:
        for before in range(3):
            # Base64 takes three bytes at a time: leave out the ends, which depend on the neighbours.
            inside = base64.b64encode(b"\0" * before + written.encode()).decode().rstrip("=")
            forms.add(inside[4 if before else 0 : -1])
    return {form.lower() for form in forms}


def traces(words: tuple[str, ...] | list[str], text: str, context: int = 120) -> dict[str, str]:
    """Return each word that the text holds in some form, with what stands around it."""
    text = text.lower()
    found = {}
    for word in words:
        for form in forms_of(word):
            at = text.find(form)
            if at >= 0:
                found[word] = f"…{text[max(0, at - context) : at + context]}…"
    return found
