"""A server on loopback that behaves as Mailchimp's Marketing API v3 does by its public documentation.

Written from https://mailchimp.com/developer/marketing/ alone, without a look at any client; docs/providers.md says of
each answer which page it comes from, and what no page proves. Nothing of it can be reached from another machine.

In tests:

    with Mailchimp(api_key="key-us1", list_id="essai") as server:
        ...  # server.url is http://127.0.0.1:PORT/3.0
        server.members(), server.member("a@example.org"), server.requests_about("a@example.org")

By itself, its address on the first line, a look into it at /control/ (see control.py):

    python -m tests.fakes.mailchimp --port 0 --key K --list L
"""

import argparse
import socket
import threading
from typing import Self

from .audience import STATUSES, Audience, Member, hash_of
from .faults import Fault, Faults
from .handler import about
from .listening import LOOPBACK, Server
from .problems import not_found
from .record import Request

# docs/fundamentals/: "10 simultaneous connections". Counted are requests that have no answer yet, also those that the
# client gave up: "could still be considered open" (docs/errors/, 429).
SIMULTANEOUS = 10


class Mailchimp:
    """The account with one list: server, record and switches. Every method may be called from any thread."""

    def __init__(
        self,
        api_key: str,
        list_id: str,
        port: int = 0,
        list_name: str = "Essai",
        leaving_by_api_counts: bool = False,
    ):
        self.api_key, self.list_id = api_key, list_id
        self.audience = Audience(list_id, list_name, leaving_by_api_counts=leaving_by_api_counts)
        self.requests: list[Request] = []
        self.faults = Faults()
        self.known: dict[str, str] = {}  # hash: address in lower case, of all addresses ever named
        self.lock = threading.RLock()
        self._port = port
        self._server: Server | None = None
        self._changed = threading.Condition(self.lock)
        self._open = 0
        self._hanging = 0
        self._releases = 0
        self._ends = 0

    # The server

    @property
    def url(self) -> str:
        """The base of the API, "/3.0" included, without a slash at its end."""
        return f"http://{LOOPBACK}:{self._port}/3.0"

    @property
    def control_url(self) -> str:
        """Where to look in from another process."""
        return f"http://{LOOPBACK}:{self._port}/control"

    def start(self) -> Self:
        """Listen; after a `stop` at the same port again, with all that was known."""
        self._server = Server(self._port, self)
        self._port = self._server.server_port
        threading.Thread(
            target=self._server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True
        ).start()
        return self

    def stop(self) -> None:
        """Refuse connections from now on; those that are open, and requests that wait, are cut."""
        server, self._server = self._server, None
        if server is None:
            return
        server.shutdown()
        server.server_close()
        with self._changed:
            self._ends += 1
            self._changed.notify_all()
        server.cut()

    def __enter__(self) -> Self:
        return self.start()

    def __exit__(self, *exception) -> None:
        self.stop()

    # The record

    def members(self, list_id: str | None = None) -> dict[str, Member]:
        """Everybody on the list, the archived too, by subscriber hash; KeyError for another list."""
        if list_id not in {None, self.list_id}:
            raise KeyError(list_id)
        with self.lock:
            return dict(self.audience.members)

    def member(self, email: str) -> Member | None:
        """Who has this address on the list, however it is written."""
        with self.lock:
            return self.audience.members.get(hash_of(email))

    def requests_about(self, email: str) -> list[Request]:
        """Requests that name this address, or its hash, in order."""
        with self.lock:
            self._know(email)
            return [request for request in self.requests if email.lower() in about(self, request)]

    @property
    def mailed(self) -> list[str]:
        """Who was sent a confirmation, in order; one entry per mail."""
        with self.lock:
            return list(self.audience.mailed)

    def is_forgotten(self, email: str) -> bool:
        """Whether the address was deleted for good."""
        with self.lock:
            return hash_of(email) in self.audience.forgotten

    # States that a test sets up, as people at Mailchimp's own pages would

    def add_member(
        self,
        email: str,
        status: str = "subscribed",
        by_themselves: bool = True,
        merge_fields: dict | None = None,
        language: str = "",
    ) -> Member:
        """Put somebody on the list without a request. Unsubscribed by themselves, or cleaned, is a compliance state."""
        if status not in STATUSES:
            raise ValueError(f"No status {status!r}; there are {', '.join(STATUSES)}.")
        compliance = status == "cleaned" or (status == "unsubscribed" and by_themselves)
        with self.lock:
            self._know(email)
            member = Member(email, status, compliance, dict(merge_fields or {}), language)
            self.audience.members[member.id] = member
            return member

    def confirm(self, email: str) -> None:
        """Let the person say yes to the confirmation that Mailchimp sent."""
        with self.lock:
            self.audience.confirm(email)

    def forget(self, email: str) -> None:
        """Delete the address for good, whether it is on the list or not."""
        with self.lock:
            self._know(email)
            self.audience.members.pop(hash_of(email), None)
            self.audience.forgotten.append(hash_of(email))

    def looks_fake(self, email: str) -> None:
        """Let the address be taken for an invented one."""
        with self.lock:
            self.audience.fake.add(hash_of(email))

    def signed_up_too_often(self, email: str, over: bool = False) -> None:
        """Let the address be refused for a while; `over` ends that."""
        with self.lock:
            (self.audience.too_often.discard if over else self.audience.too_often.add)(hash_of(email))

    def add_merge_field(self, tag: str) -> None:
        """Let the list have one more merge field; values for others are passed over."""
        with self.lock:
            if tag not in self.audience.tags:
                self.audience.tags.append(tag)

    def require_merge_field(self, tag: str) -> None:
        """Let the list demand a value for it."""
        with self.lock:
            self.add_merge_field(tag)
            self.audience.required.append(tag)

    # Faults

    def fault(
        self,
        kind: str,
        times: int | None = None,
        email: str | None = None,
        method: str | None = None,
        path: str | None = None,
        carried_out: bool = False,
    ) -> None:
        """Switch a fault on (faults.KINDS), for all requests or those named; ValueError for a kind that isn't."""
        if email is not None:
            with self.lock:
                self._know(email)
        self.faults.add(Fault(kind, times, email, method, path, carried_out))

    def clear_faults(self) -> None:
        """All well again; requests that wait for an answer get it."""
        self.faults.clear()
        self.release()

    def release(self) -> None:
        """Answer the requests that a "timeout" holds."""
        with self._changed:
            self._releases += 1
            self._changed.notify_all()

    def wait_for_hanging(self, number: int, seconds: float = 10) -> bool:
        """Wait until so many requests are held; False when it takes longer."""
        with self._changed:
            return self._changed.wait_for(lambda: self._hanging >= number, seconds)

    # For the handler

    def begin(self) -> bool:
        """Count a request in; False when it is one too many."""
        with self.lock:
            if self._open >= SIMULTANEOUS:
                return False
            self._open += 1
            return True

    def end(self) -> None:
        """Count it out."""
        with self.lock:
            self._open -= 1

    def hang(self) -> bool:
        """Wait; True when let go, False when the server ends."""
        with self._changed:
            releases, ends = self._releases, self._ends
            self._hanging += 1
            self._changed.notify_all()
            self._changed.wait_for(lambda: self._releases > releases or self._ends > ends)
            self._hanging -= 1
            return self._ends == ends

    def note(self, request: Request) -> Request:
        """Take a request into the record."""
        with self.lock:
            request.index = len(self.requests)
            for email in about(self, request):
                self._know(email)
            self.requests.append(request)
            return request

    def fault_for(self, request: Request) -> Fault | None:
        """The fault that meets this request."""
        with self.lock:
            return self.faults.take(request.method, request.path, about(self, request))

    def list_by_id(self, list_id: str) -> Audience:
        """The list, or the 404 for another one."""
        if list_id != self.list_id:
            raise not_found()
        return self.audience

    def _know(self, email: str) -> None:
        self.known[hash_of(email)] = email.lower()


def refusing_port() -> int:
    """A port on loopback where nobody listens: connections are refused."""
    with socket.socket() as free:
        free.bind((LOOPBACK, 0))
        return free.getsockname()[1]


def main() -> None:
    """Serve until interrupted."""
    parser = argparse.ArgumentParser(
        description="Mailchimp's Marketing API on loopback, for trying things out."
    )
    parser.add_argument("--port", type=int, default=0, help="0 takes a free one")
    parser.add_argument("--key", required=True, help="the API key to accept")
    parser.add_argument("--list", required=True, help="the id of the one list")
    given = parser.parse_args()
    with Mailchimp(given.key, given.list, given.port) as server:
        print(server.url, flush=True)
        print(f"Look in: {server.control_url}/", flush=True)
        try:
            threading.Event().wait()
        except KeyboardInterrupt:
            return


if __name__ == "__main__":
    main()
