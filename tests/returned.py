"""Returned mail as servers write it: reports of delivery (RFC 3464), complaints (RFC 5965), holiday replies."""

from datetime import UTC, datetime
from email.utils import format_datetime

WHEN = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)


def delivery_report(
    to: str,
    *,
    action: str = "failed",
    status: str = "5.1.1",
    diagnosis: str = "smtp; 550 5.1.1 <elise@example.org>: user unknown",
    when: datetime = WHEN,
) -> bytes:
    """Return a report as Postfix writes it, sent to the return address `to`."""
    return _crlf(f"""\
Return-Path: <>
Date: {format_datetime(when)}
From: MAILER-DAEMON@mx.example.net (Mail Delivery System)
Subject: Undelivered Mail Returned to Sender
To: {to}
Auto-Submitted: auto-replied
MIME-Version: 1.0
Content-Type: multipart/report; report-type=delivery-status; boundary="b1"

--b1
Content-Type: text/plain; charset=us-ascii

I'm sorry to have to inform you that your message could not be delivered.

--b1
Content-Type: message/delivery-status

Reporting-MTA: dns; mx.example.net
Arrival-Date: {format_datetime(when)}

Final-Recipient: rfc822; elise@example.org
Action: {action}
Status: {status}
Diagnostic-Code: {diagnosis}

--b1
Content-Type: message/rfc822

Subject: Confirmez votre signature
To: elise@example.org

Bonjour
.
--b1--
""")


def complaint(quoted: str, *, kind: str = "abuse", when: datetime = WHEN) -> bytes:
    """Return a complaint as a provider writes it: sent to whoever registered, and quoting our envelope's sender."""
    return _crlf(f"""\
Date: {format_datetime(when)}
From: feedback@provider.example.net
Subject: FW: Confirmez votre signature
To: abuse@asso.example.org
MIME-Version: 1.0
Content-Type: multipart/report; report-type=feedback-report; boundary="b2"

--b2
Content-Type: text/plain

This is an email abuse report.

--b2
Content-Type: message/feedback-report

Feedback-Type: {kind}
User-Agent: Essai/1
Version: 1
Original-Mail-From: <{quoted}>

--b2
Content-Type: message/rfc822

Subject: Confirmez votre signature

Bonjour
--b2--
""")


def holiday_reply(to: str) -> bytes:
    """Return what a mailbox answers by itself."""
    return _crlf(f"""\
Date: {format_datetime(WHEN)}
From: elise@example.org
To: {to}
Subject: Absente
Auto-Submitted: auto-replied
Content-Type: text/plain; charset=utf-8

Je suis absente. 550 5.1.1
""")


def _crlf(text: str) -> bytes:
    return text.replace("\n", "\r\n").encode()
