"""The shape of written content, the same in both languages, so that each sentence has its counterpart."""

from dataclasses import dataclass, field
from typing import Any

Block = tuple[str, Any]  # a kind of block, and its words (or a mapping of them, or nothing)


@dataclass(frozen=True)
class PageText:
    """One page in one language."""

    slug: str
    title: str
    search_description: str
    fields: dict[str, str] = field(default_factory=dict)
    body: tuple[Block, ...] = ()
    notes: tuple[str, ...] = ()  # of a position paper, whose text refers to them as [note 1], [note 2] …
