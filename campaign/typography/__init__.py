"""French typography, put in where a text is shown and never stored; and texts compared without it.

Pure functions, which import nothing of the project: rooms and letter-box alike may use them.
"""

from campaign.typography.dates import day, moment
from campaign.typography.folding import fold, fold_with_map, plain_spaces, span
from campaign.typography.page import french_html, typeset
from campaign.typography.text import french_text, mail_subject, typeset_text

__all__ = [
    "day",
    "fold",
    "fold_with_map",
    "french_html",
    "french_text",
    "mail_subject",
    "moment",
    "plain_spaces",
    "span",
    "typeset",
    "typeset_text",
]
