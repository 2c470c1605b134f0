"""A mailbox that speaks POP3, written from RFC 1939, on loopback; it can refuse the login or break off."""

import socketserver
import ssl
import threading


class Pop3:
    """One user's maildrop. What was marked as deleted goes at QUIT alone (RFC 1939 §6); a break deletes nothing."""

    def __init__(
        self, messages: list[bytes] | None = None, *, user: str = "retours", password: str = "essai-essai"
    ):
        self.messages = list(messages or [])
        self.user, self.password = user, password
        self.break_at: str | None = None  # a command, such as "RETR 2", at which the connection is cut
        self.context: ssl.SSLContext | None = None
        self.heard: list[str] = []

    def __enter__(self) -> "Pop3":
        drop = self

        class Session(socketserver.StreamRequestHandler):
            def setup(self):
                if drop.context:
                    self.request = drop.context.wrap_socket(self.request, server_side=True)
                super().setup()

            def handle(self):
                Dialogue(drop, self.rfile, self.wfile).run()

        class Server(socketserver.ThreadingTCPServer):
            allow_reuse_address = daemon_threads = True

            def handle_error(self, request, client_address):
                """A client that refuses our certificate is no error of this server."""

        self.server = Server(("127.0.0.1", 0), Session)
        self.port = self.server.server_address[1]
        self.thread = threading.Thread(target=self.server.serve_forever, args=(0.02,), daemon=True)
        self.thread.start()
        return self

    def __exit__(self, *exception):
        self.server.shutdown()
        self.server.server_close()
        self.thread.join()

    @property
    def settings(self) -> dict:
        """What the product's settings hold of this mailbox."""
        return {
            "host": "127.0.0.1",
            "port": self.port,
            "user": self.user,
            "password": self.password,
            "is_secret": self.context is not None,
        }


class Dialogue:
    """One connection: authorization, transaction, update (RFC 1939 §3)."""

    def __init__(self, drop: Pop3, rfile, wfile):
        self.drop, self.rfile, self.wfile = drop, rfile, wfile
        self.user = ""
        self.in_transaction = False
        self.held = list(drop.messages)  # the maildrop is locked as it was
        self.deleted: set[int] = set()

    def run(self) -> None:
        self.say("+OK essai")
        while line := self.rfile.readline().decode().strip():
            self.drop.heard.append(line if not line.startswith("PASS") else "PASS")
            if line == self.drop.break_at:
                return
            word, _, rest = line.partition(" ")
            if word.upper() == "QUIT":
                self.update()
                return
            getattr(self, f"do_{word.lower()}", self.unknown)(*rest.split())

    def update(self) -> None:
        if self.in_transaction:
            kept = [message for number, message in enumerate(self.held, 1) if number not in self.deleted]
            self.drop.messages = kept + self.drop.messages[len(self.held) :]
        self.say("+OK")

    def say(self, line: str) -> None:
        self.wfile.write(f"{line}\r\n".encode())

    def say_lines(self, lines: list[bytes]) -> None:
        """A multi-line answer: a line that begins with a dot gets one more, a dot alone ends it (RFC 1939 §3)."""
        self.say("+OK")
        for line in lines:
            self.wfile.write((b"." if line.startswith(b".") else b"") + line + b"\r\n")
        self.say(".")

    def unknown(self, *arguments) -> None:
        self.say("-ERR unknown command")

    def do_user(self, name: str) -> None:
        self.user = name
        self.say("+OK")

    def do_pass(self, password: str) -> None:
        if (self.user, password) != (self.drop.user, self.drop.password):
            self.say(f"-ERR [AUTH] {self.user}: wrong")
            return
        self.in_transaction = True
        self.say("+OK")

    def do_stat(self) -> None:
        if self.ready():
            left = self.left()
            self.say(f"+OK {len(left)} {sum(len(message) for _number, message in left)}")

    def do_list(self) -> None:
        if self.ready():
            self.say_lines([f"{number} {len(message)}".encode() for number, message in self.left()])

    def do_retr(self, number: str) -> None:
        if self.ready() and self.exists(number):
            self.say_lines(self.held[int(number) - 1].split(b"\r\n"))

    def do_top(self, number: str, lines: str) -> None:
        if self.ready() and self.exists(number):
            head, _, body = self.held[int(number) - 1].partition(b"\r\n\r\n")
            self.say_lines([*head.split(b"\r\n"), b"", *body.split(b"\r\n")[: int(lines)]])

    def do_dele(self, number: str) -> None:
        if self.ready() and self.exists(number):
            self.deleted.add(int(number))
            self.say("+OK")

    def left(self) -> list[tuple[int, bytes]]:
        return [(n, message) for n, message in enumerate(self.held, 1) if n not in self.deleted]

    def ready(self) -> bool:
        if not self.in_transaction:
            self.say("-ERR not logged in")
        return self.in_transaction

    def exists(self, number: str) -> bool:
        there = number.isdigit() and int(number) in dict(self.left())
        if not there:
            self.say("-ERR no such message")
        return there
