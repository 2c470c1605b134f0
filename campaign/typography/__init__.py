"""French typography, put in where a text is shown and never stored; and texts compared without it.

Pure functions, which import nothing of the project: rooms and letter-box alike may use them.
"""

from campaign.typography.folding import fold, fold_with_map, plain_spaces, span

__all__ = ["fold", "fold_with_map", "plain_spaces", "span"]
