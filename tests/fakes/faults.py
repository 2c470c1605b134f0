"""What can go wrong on the way: faults that a test switches on for all requests, for some, or for one.

429, 500 and 503 are documented (https://mailchimp.com/developer/marketing/docs/errors/), the others are what stands
between a client and the API: a gateway, a firewall, a line. docs/providers.md says who has met which.
"""

import threading
from dataclasses import dataclass, field

from . import problems

# kind: status, content type, body
PAGES = {
    # The gateway in front of the API answers itself when it gets no answer from behind it.
    "502-html": (
        502,
        "text/html",
        "<html>\r\n<head><title>502 Bad Gateway</title></head>\r\n<body>\r\n<center><h1>502 Bad Gateway</h1></center>"
        "\r\n<hr><center>openresty</center>\r\n</body>\r\n</html>\r\n",
    ),
    # The firewall in front of the API (Akamai) refuses the address of our server: DynamoMTL/spree_chimpy#91.
    "403-html": (
        403,
        "text/html",
        "<HTML><HEAD>\n<TITLE>Access Denied</TITLE>\n</HEAD><BODY>\n<H1>Access Denied</H1>\n\nYou don't have "
        "permission to access this resource on this server.<P>\nReference #18.00000000.0000000000.00000000\n"
        "</BODY>\n</HTML>\n",
    ),
    # The same firewall in another mood: status 503, drewm/mailchimp-api#184.
    "503-html": (
        503,
        "text/html",
        "<html><body><h1>Request Blocked.</h1><p>We had to block your request because of something that looked "
        "suspicious.</p><p>Reference Number: 00.00000000.0000000000.0000000</p></body></html>",
    ),
    # docs/errors/ gives the sentence and not the format; should it come as text alone, this is how.
    "429-text": (429, "text/plain", "You have exceeded the limit of 10 simultaneous connections."),
    # docs/fundamentals/: when throttled heavily, a 403 may come without a body in JSON.
    "403-empty": (403, "text/html", ""),
}
PROBLEMS = {
    "429": problems.too_many_requests,
    "500": problems.internal_server_error,
    "503": problems.compliance_related,
}
# timeout: the request is taken and no answer comes until `release` or the end of the server.
# half: status, headers and the first half of the answer's body, then the connection is cut.
# drop: the connection is cut without a byte.
LINE = ("timeout", "half", "drop")
KINDS = (*PROBLEMS, *PAGES, *LINE)


@dataclass
class Fault:
    """One fault, and for whom. `times` None is for ever; `carried_out`: the change is made and only the answer lost."""

    kind: str
    times: int | None = None
    email: str | None = None
    method: str | None = None
    path: str | None = None  # a part of the path
    carried_out: bool = False

    def __post_init__(self):
        if self.kind not in KINDS:
            raise ValueError(f"No fault {self.kind!r}; there are {', '.join(KINDS)}.")

    def meets(self, method: str, path: str, about: set[str]) -> bool:
        """Whether a request by this method, to this path, about these addresses (lower case) is to fail."""
        return (
            self.times != 0
            and (self.method is None or self.method.upper() == method)
            and (self.path is None or self.path in path)
            and (self.email is None or self.email.lower() in about)
        )


@dataclass
class Faults:
    """Those switched on, in order; the first that meets a request is taken. Safe among threads."""

    on: list[Fault] = field(default_factory=list)
    lock: threading.Lock = field(default_factory=threading.Lock)

    def add(self, fault: Fault) -> None:
        """Switch one on."""
        with self.lock:
            self.on.append(fault)

    def clear(self) -> None:
        """Switch all off."""
        with self.lock:
            self.on.clear()

    def take(self, method: str, path: str, about: set[str]) -> Fault | None:
        """The fault for this request, counted down by one."""
        with self.lock:
            fault = next((one for one in self.on if one.meets(method, path, about)), None)
            if fault is not None and fault.times is not None:
                fault.times -= 1
            return fault
