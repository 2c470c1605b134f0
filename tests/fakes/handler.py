"""The HTTP side of the Marketing API: who may, which resource, which answer; and the faults on its way."""

import base64
import binascii
import hmac
import json
import uuid
from http.server import BaseHTTPRequestHandler
from typing import TYPE_CHECKING, Any
from urllib.parse import parse_qsl, unquote, urlsplit

from . import control, problems, resources
from .faults import PAGES, PROBLEMS, Fault
from .problems import Problem
from .record import Request

if TYPE_CHECKING:
    from .mailchimp import Mailchimp

JSON = "application/json; charset=utf-8"
PROBLEM = "application/problem+json; charset=utf-8"  # docs/errors/, "Error format"
OURSELVES = {"127.0.0.1", "localhost"}


class Handler(BaseHTTPRequestHandler):
    """One connection. `fake` is set by the server that makes a class of its own of this one."""

    fake: "Mailchimp"
    protocol_version = "HTTP/1.1"
    server_version, sys_version = "openresty", ""

    def handle_any(self) -> None:
        """Take a request of any method."""
        raw = self.rfile.read(int(self.headers.get("Content-Length") or 0))
        url = urlsplit(self.path)
        if url.path.startswith("/control"):
            self.answer_control(url.path, raw)
        elif self.fake.begin():
            try:
                self.answer_api(url.path, dict(parse_qsl(url.query)), raw)
            except (BrokenPipeError, ConnectionResetError):
                self.close_connection = True  # the client had enough of waiting
            finally:
                self.fake.end()
        else:
            request = self.note(url.path, dict(parse_qsl(url.query)), raw)
            self.send_problem(problems.too_many_requests(), request)

    do_GET = do_POST = do_PUT = do_PATCH = do_DELETE = handle_any

    def note(self, path: str, query: dict[str, str], raw: bytes) -> Request:
        """Write the request into the record."""
        try:
            body = json.loads(raw) if raw else None
        except ValueError:
            body = None
        allowed = self.refusal_of_key() is None
        return self.fake.note(Request(0, self.command, path, query, body, allowed))

    def answer_api(self, path: str, query: dict[str, str], raw: bytes) -> None:
        """Answer a request to the API, or let it fail as a fault wants."""
        request = self.note(path, query, raw)
        fault = self.fake.fault_for(request)
        if fault is None:
            self.send(*self.outcome(request, raw), request)
            return
        request.fault = fault.kind
        if fault.kind in PAGES:
            status, content_type, page = PAGES[fault.kind]
            if fault.carried_out:
                self.outcome(request, raw)
            self.send(status, page.encode(), content_type, {}, request)
        elif fault.kind in PROBLEMS:
            if fault.carried_out:
                self.outcome(request, raw)
            self.send_problem(PROBLEMS[fault.kind](), request)
        else:
            self.break_line(fault, request, raw)

    def break_line(self, fault: Fault, request: Request, raw: bytes) -> None:
        """Answer late, half or not at all."""
        carried = self.outcome(request, raw) if fault.carried_out else None
        if fault.kind == "timeout":
            if self.fake.hang():  # let go by `release`: answered late
                self.send(*(carried or self.outcome(request, raw)), request)
                return
        elif fault.kind == "half":
            status, body, content_type, headers = carried or (200, b'{"id": "00000000"}', JSON, {})
            request.status = status
            body = body or b" " * 20
            self.send_head(status, content_type, headers, len(body))
            self.wfile.write(body[: len(body) // 2])
        self.close_connection = True

    def outcome(self, request: Request, raw: bytes) -> tuple[int, bytes, str, dict[str, str]]:
        """Carry the request out: status, body, content type, headers."""
        try:
            if refusal := self.refusal_of_key():
                raise refusal
            # "null" is what Mailchimp's own clients send with a call that takes no body: nothing there, and no object
            # where one is due (docs/providers.md).
            if raw.strip() not in {b"", b"null"} and request.body is None:
                raise problems.unreadable_json()
            if raw and self.command in {"PUT", "PATCH"} and not isinstance(request.body, dict):
                raise problems.no_object(request.body)
            with self.fake.lock:
                status, answer = resources.carry_out(self.fake, request)
        except Problem as problem:
            return problem.status, json.dumps(problem.document()).encode(), PROBLEM, problem.headers
        except resources.NotPartOfThis as missing:
            return 501, str(missing).encode(), "text/plain", {}
        return status, b"" if answer is None else json.dumps(answer).encode(), JSON, {}

    def refusal_of_key(self) -> Problem | None:
        """docs/fundamentals/, "Authenticate with an API key": Basic with any user name and the key, or Bearer."""
        scheme, _, value = self.headers.get("Authorization", "").partition(" ")
        if not value:
            return problems.api_key_missing()
        if scheme.lower() == "basic":
            try:
                value = base64.b64decode(value, validate=True).decode().partition(":")[2]
            except (binascii.Error, UnicodeDecodeError):
                return problems.api_key_invalid()
        elif scheme.lower() != "bearer":
            return problems.api_key_missing()
        right = hmac.compare_digest(value.encode(), self.fake.api_key.encode())
        return None if right else problems.api_key_invalid()

    def answer_control(self, path: str, raw: bytes) -> None:
        """Let tests and people look in and switch faults; a name that leads here from elsewhere is refused."""
        if self.headers.get("Host", "").rpartition(":")[0] not in OURSELVES:
            self.send(403, b"Loopback only.", "text/plain", {}, None)
            return
        status, answer = control.carry_out(self.fake, self.command, path, raw)
        self.send(status, json.dumps(answer, indent=1).encode(), JSON, {}, None)

    def send_problem(self, problem: Problem, request: Request) -> None:
        """Answer with a problem document."""
        body = json.dumps(problem.document()).encode()
        self.send(problem.status, body, PROBLEM, problem.headers, request)

    def send(
        self, status: int, body: bytes, content_type: str, headers: dict[str, str], request: Request | None
    ) -> None:
        """Answer; the record says with which status before the client can know it."""
        if request is not None:
            request.status = status
        self.send_head(status, content_type, headers, len(body))
        self.wfile.write(body)

    def send_head(self, status: int, content_type: str, headers: dict[str, str], length: int) -> None:
        """Status and headers, as the example in docs/errors/ has them."""
        self.send_response(status)
        self.send_header("Content-Type", content_type)
        self.send_header("X-Request-Id", str(uuid.uuid4()))
        for name, value in headers.items():
            self.send_header(name, value)
        if status != 204:
            self.send_header("Content-Length", str(length))
        self.end_headers()

    def log_message(self, format: str, *args: Any) -> None:
        """Say nothing: the record says all."""


def about(fake: "Mailchimp", request: Request) -> set[str]:
    """The addresses (lower case) that a request is about: named in its body, or by the hash or address in its path."""
    found = set()
    if isinstance(request.body, dict) and isinstance(request.body.get("email_address"), str):
        found.add(request.body["email_address"].lower())
    parts = request.path.split("/")
    if "members" in parts[:-1]:
        named = unquote(parts[parts.index("members") + 1])
        if "@" in named:
            found.add(named.lower())
        elif email := fake.known.get(named):
            found.add(email)
    return found
