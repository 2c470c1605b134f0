"""The data of one mailbox as files: JSON for programs, CSV for a spreadsheet. Names of fields are the same in both."""

import json
from collections.abc import Iterator
from datetime import datetime
from typing import Any

from petition.models import ConsentText, Endorsement, Signature
from petition.services.own_data import OwnData
from petition.spreadsheet import csv_bytes

NOTHING_YET = None


def as_json(data: OwnData) -> bytes:
    """Return all of it as one object; moments in ISO 8601, UTC."""
    return json.dumps(told(data), ensure_ascii=False, indent=2).encode()


def as_csv(data: OwnData) -> bytes:
    """Return the same as a table: which part, which entry of it, which field, its value."""
    return csv_bytes(["part", "entry", "field", "value"], _rows(told(data)))


def told(data: OwnData) -> dict[str, Any]:
    """Return everything as plain values."""
    row = data.row
    return {
        "signature": _signature(data),
        "petition": _petition(data),
        "consents": [
            {
                **_words(consent.text),
                "given_at": _moment(consent.given_at),
                "confirmed_at": _moment(consent.confirmed_at),
                "withdrawn_at": _moment(consent.withdrawn_at),
            }
            for consent in data.consents
        ],
        "events": [
            {"kind": event.kind, "happened_at": _moment(event.happened_at), "channel": event.channel}
            for event in sorted(data.events, key=lambda event: event.pk)
        ],
        "news": [_news(data)] if data.contact else [],
        "returned_mail": [
            {"kind": bounce.kind, "happened_at": _moment(bounce.happened_at), "said": bounce.said}
            for bounce in data.returned
        ],
        "refusals": [
            {
                "scope": refusal.scope,
                "reason": refusal.reason,
                "created_at": _moment(refusal.created_at),
                "until": _moment(refusal.until),
                "this_petition": refusal.petition_id == row.petition_id,
            }
            for refusal in data.refusals
        ],
        "endorsements": [_endorsement(row) for row in data.endorsements],
    }


def _signature(data: OwnData) -> dict[str, Any]:
    row = data.row
    confirmed = row if isinstance(row, Signature) else None
    return {
        "id": str(row.uuid),
        "state": confirmed.state if confirmed else "not_confirmed",
        "reason_of_state": confirmed.state_reason if confirmed else "",
        "trial": row.trial,
        "first_name": row.first_name,
        "last_name": row.last_name,
        "email": row.email,
        "language": row.language,
        "place": row.place,
        "received_at": _moment(row.received_at),
        "confirmed_at": _moment(confirmed.confirmed_at) if confirmed else NOTHING_YET,
        "name_shown_on_the_site": confirmed.is_public if confirmed else False,
        "notes_on_how_it_was_sent": ", ".join(row.reasons),
    }


def _petition(data: OwnData) -> dict[str, Any]:
    text = data.row.text
    return {
        "title": text.title,
        "demands": text.demands,
        "addressee": text.addressee,
        "language": text.language,
        "version": text.version,
        "sha256": text.sha256,
        "organiser": data.row.petition.organiser,
    }


def _news(data: OwnData) -> dict[str, Any]:
    contact = data.contact
    assert contact is not None
    return {
        "state": contact.state,
        "state_changed_at": _moment(contact.state_changed_at),
        "email": contact.email,
        "first_name": contact.first_name,
        "language": contact.language,
        **_words(contact.consent_text),
        "given_at": _moment(contact.given_at),
        "confirmed_at": _moment(contact.confirmed_at),
        "source": contact.source,
        "list": contact.provider,
        "state_on_the_list": contact.provider_state,
        "passed_at": _moment(contact.passed_at),
        "asked_again_at": _moment(contact.asked_at),
    }


def _endorsement(row: Endorsement) -> dict[str, Any]:
    return {
        "id": str(row.uuid),
        "state": row.state,
        "organisation": row.name,
        "country": row.country,
        "siren": row.siren,
        "website": row.website,
        "logo_sha256": row.logo_digest,
        "first_name": row.first_name,
        "last_name": row.last_name,
        "role": row.role,
        "email": row.email,
        "language": row.language,
        "petition": row.petition.slug,
        "statement": row.statement,
        "statement_sha256": row.statement_sha256,
        "received_at": _moment(row.received_at),
        "confirmed_at": _moment(row.confirmed_at),
        "decided_at": _moment(row.decided_at),
        "published_at": _moment(row.published_at),
        "reason_given": row.note,
        "notes_on_how_it_was_sent": ", ".join(row.reasons),
    }


def _words(text: ConsentText) -> dict[str, Any]:
    return {
        "purpose": text.purpose,
        "label": text.label,
        "sentence": text.sentence,
        "version": text.version,
        "sha256": text.sha256,
    }


def _moment(moment: datetime | None) -> str | None:
    return moment.isoformat() if moment else None


def _rows(everything: dict[str, Any]) -> Iterator[tuple[str, int, str, Any]]:
    for part, found in everything.items():
        for number, entry in enumerate(found if isinstance(found, list) else [found], 1):
            for field, value in entry.items():
                yield part, number, field, value
