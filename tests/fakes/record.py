"""What the server wrote down of a request."""

from dataclasses import asdict, dataclass
from typing import Any


@dataclass
class Request:
    """One request, in the order of arrival. `status` is what was answered, None while or when nothing was."""

    index: int
    method: str
    path: str
    query: dict[str, str]
    body: Any  # as parsed from JSON; None without a body, or when it couldn't be read
    authorised: bool
    status: int | None = None
    fault: str | None = None

    def as_dict(self) -> dict:
        """For the control address."""
        return asdict(self)
