"""How the server listens: on loopback alone, each connection in a thread, all of them cut at its end."""

import socket
import sys
from http.server import ThreadingHTTPServer
from typing import TYPE_CHECKING

from .handler import Handler

if TYPE_CHECKING:
    from .mailchimp import Mailchimp

LOOPBACK = "127.0.0.1"


class Server(ThreadingHTTPServer):
    """Keeps its connections at hand, so that an end of the server is an end of all of them."""

    daemon_threads, block_on_close, request_queue_size = True, False, 64

    def __init__(self, port: int, fake: "Mailchimp"):
        self.connections: set[socket.socket] = set()
        super().__init__((LOOPBACK, port), type("Handler", (Handler,), {"fake": fake}))

    def server_bind(self) -> None:
        """Bind without asking a name server what this machine is called."""
        self.socket.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)  # the same port again after `stop`
        self.socket.bind(self.server_address)
        self.server_address = self.socket.getsockname()
        self.server_name, self.server_port = LOOPBACK, self.server_address[1]

    def process_request(self, request, client_address) -> None:
        """Remember the connection."""
        self.connections.add(request)
        super().process_request(request, client_address)

    def shutdown_request(self, request) -> None:
        """Forget it."""
        self.connections.discard(request)
        super().shutdown_request(request)

    def handle_error(self, request, client_address) -> None:
        """A connection that breaks is no news here; a mistake of the server's own is."""
        if not isinstance(sys.exception(), OSError):
            super().handle_error(request, client_address)

    def cut(self) -> None:
        """End all connections that are open."""
        for connection in list(self.connections):
            try:
                connection.shutdown(socket.SHUT_RDWR)
            except OSError:
                self.connections.discard(connection)
