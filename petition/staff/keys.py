"""Keys of rows as forms and addresses of staff's screens name them."""

LONGEST = 18  # digits that both databases hold


def is_key(text: str) -> bool:
    """Whether a text may be a row's key; what is longer than any key isn't even read as a number."""
    return len(text) <= LONGEST and text.isdecimal()
