"""A mail whose long headers are read as they were written."""

from email.header import Header
from email.message import Message
from email.utils import parseaddr

from django.core.mail import EmailMultiAlternatives


class Letter(EmailMultiAlternatives):
    """Django's mail, with Subject and From folded for the header that they stand in (RFC 5322 §2.2.3).

    Django encodes them without its name, so that a long one is moved below an empty first line: some readers show a
    space before it, and some gateways refuse such a line.
    """

    def message(self, **kwargs):
        """Return the whole mail as it is sent."""
        whole = super().message(**kwargs)
        if not self.subject.isascii():
            _replace(whole, "Subject", Header(str(self.subject), "utf-8", header_name="Subject").encode())
        name, address = parseaddr(str(self.extra_headers.get("From", self.from_email)))
        if not name.isascii():
            encoded = Header(name, "utf-8", header_name="From").encode()
            _replace(whole, "From", f"{encoded} <{address}>")
        return whole


def _replace(whole: Message, name: str, value: str) -> None:
    del whole[name]
    Message.__setitem__(whole, name, value)  # folded already, which Django's own way would refuse
