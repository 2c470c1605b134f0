"""The shape of what the demo's petition asks for, the same in both languages."""

from dataclasses import dataclass


@dataclass(frozen=True)
class PetitionWords:
    """What is signed, in one language."""

    title: str
    demands: tuple[str, ...]
    addressee: str
