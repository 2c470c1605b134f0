"""A visitor and a mailbox: the two ends that a signature passes."""

import re
from email import message_from_bytes, policy
from email.message import EmailMessage
from html.parser import HTMLParser
from typing import Any
from urllib.parse import urlsplit

from aiosmtpd.controller import Controller
from django.conf import settings
from django.core.management import call_command
from django.http import HttpResponse
from django.test import Client

from campaign.typography import plain_spaces

NORMAL_HEADERS = {"Origin": settings.SITE_URL, "Sec-Fetch-Site": "same-origin"}


class Form(HTMLParser):
    """Reads one form of a page, by its id: its action and the values that it holds."""

    def __init__(self, html: str, form_id: str):
        super().__init__()
        self.form_id, self.inside, self.found = form_id, False, False
        self.action = ""
        self.values: dict[str, Any] = {}
        self.checked: set[str] = set()
        self.feed(html)

    def handle_starttag(self, tag, attrs):
        attributes = dict(attrs)
        if tag == "form" and attributes.get("id") == self.form_id:
            self.inside = self.found = True
            self.action = attributes.get("action", "")
        elif self.inside and tag == "input" and attributes.get("type") == "checkbox":
            if "checked" in attributes:
                self.checked.add(attributes["name"])
                if "value" in attributes:  # several boxes of one name: a browser sends each that is ticked
                    self.values[attributes["name"]] = [
                        *self.values.get(attributes["name"], []),
                        attributes["value"],
                    ]
        elif self.inside and tag == "input":
            self.values[attributes["name"]] = attributes.get("value", "")

    def handle_endtag(self, tag):
        if tag == "form":
            self.inside = False


class Visitor:
    """Reads pages and sends forms as a browser does, with headers that browsers send, JavaScript's answer included."""

    filled = {"first_name": "Élise", "last_name": "Essai", "email": "elise@example.org", "country": "FR"}

    def __init__(self):
        self.client = Client(raise_request_exception=True)

    def read(self, path: str, **headers):
        return self.client.get(path, headers=headers)

    def send(self, path: str, data: dict | None = None, headers: dict | None = None, **extra):
        return self.client.post(
            path, data or {}, headers=NORMAL_HEADERS if headers is None else headers, **extra
        )

    def form_of(self, petition, language: str = "fr", **values) -> dict:
        """Return the data of a well-filled form with a fresh ticket; a value of None leaves a field out."""
        from petition.context import form_if_worded
        from tests.answers import worked_out

        form = form_if_worded(petition, language)
        assert form is not None
        data = {**self.filled, "agree_sign": "on", "ticket": form.fresh_ticket, **values}
        if "altcha" not in data and data["ticket"]:
            data["altcha"] = worked_out(data["ticket"])
        return {name: value for name, value in data.items() if value is not None}

    def sign(self, petition, language: str = "fr", headers: dict | None = None, **values):
        """Send a well-filled form; keyword values replace its own."""
        prefix = "" if language == "fr" else f"/{language}"
        path = f"{prefix}/petitions/{petition.slug}/signature/"
        return self.send(path, self.form_of(petition, language, **values), headers)


class OnAnyPort(Controller):
    """aiosmtpd's server on whichever port is free: it must learn the port before it tries itself out."""

    def _trigger_server(self):
        self.port = self.server.sockets[0].getsockname()[1]
        super()._trigger_server()


class Mailbox:
    """A real SMTP server on loopback that keeps what it is sent, or refuses as told."""

    def __init__(self) -> None:
        self.messages: list[EmailMessage] = []
        self.answer_to_rcpt: str | None = None
        self.answer_to_data: str | None = None

    def __enter__(self) -> "Mailbox":
        self.controller = OnAnyPort(self, hostname="127.0.0.1", port=0)
        self.controller.start()
        self.port = self.controller.port
        return self

    def __exit__(self, *exception):
        self.controller.stop()

    async def handle_RCPT(self, server, session, envelope, address, options):
        if self.answer_to_rcpt:
            return self.answer_to_rcpt
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server, session, envelope):
        if self.answer_to_data:
            return self.answer_to_data
        self.messages.append(message_from_bytes(envelope.content, policy=policy.default))
        return "250 OK"

    def to(self, address: str) -> list[EmailMessage]:
        """Return the messages to one address, oldest first."""
        return [message for message in self.messages if address in str(message["To"])]


def words_of(answer: HttpResponse) -> str:
    """Return a page as it came, with plain spaces for those of French typography, which has tests of its own."""
    return plain_spaces(answer.content.decode())


def text_of(message: EmailMessage) -> str:
    """Return the text part as a person reads it, with plain spaces for those of French typography."""
    return _part(message, "plain")


def html_of(message: EmailMessage) -> str:
    """Return the HTML part, with plain spaces as well."""
    return _part(message, "html")


def _part(message: EmailMessage, kind: str) -> str:
    part = message.get_body((kind,))
    assert part is not None, f"the message has no {kind} part"
    return plain_spaces(part.get_content())


def links_in(message: EmailMessage) -> list[str]:
    """Return the addresses in the text part, in order."""
    return re.findall(r"https?://\S+", text_of(message))


def path_of(url: str) -> str:
    """Return an address without its host."""
    return urlsplit(url).path


def confirm_path(message: EmailMessage) -> str:
    """Return the path of the confirmation link."""
    return next(path_of(link) for link in links_in(message) if "/confirmation/" in link)


def personal_path(message: EmailMessage) -> str:
    """Return the path of the personal link."""
    return next(path_of(link) for link in links_in(message) if "/signature/page/" in link)


def drain_outbox() -> None:
    """Do now what the worker would do later."""
    call_command("run_outbox", "--once", verbosity=0)
