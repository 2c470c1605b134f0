"""The shape of the demo's content, the same in both languages, so that each sentence has its counterpart."""

from dataclasses import dataclass, field

Block = tuple[str, str]  # ("heading" | "subheading" | "paragraph" | "sign_link" | "outside_services", words)


@dataclass(frozen=True)
class PageText:
    """One page in one language."""

    slug: str
    title: str
    search_description: str
    fields: dict[str, str] = field(default_factory=dict)
    body: tuple[Block, ...] = ()


@dataclass(frozen=True)
class PetitionWords:
    """What is signed, in one language."""

    title: str
    demands: tuple[str, ...]
    addressee: str
