"""What the worker does about lists: make the list agree with the contact as it is, and have it forget."""

import random
from collections.abc import Callable
from datetime import datetime, timedelta

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from campaign.outbox import queue
from campaign.outbox.errors import Later, Permanent
from campaign.outbox.models import OutboxTask
from campaign.outbox.registry import handler
from campaign.outbox.retry import THIRTY_DAYS
from petition import mailing
from petition.enums import ContactState, ListState, Refusal
from petition.errors import ProviderError
from petition.mailing import pace
from petition.mailing.base import ContactData
from petition.models import Contact
from petition.services import subscription

Finish = Callable[[], object]

OWED_AT_MOST = timedelta(days=30)  # then somebody of the staff must see to it
SPREAD = 60  # seconds over which tasks come back after a rest
SAID_LENGTH = 300
REFUSED_AS = {Refusal.OWN_HAND: ListState.OWN_HAND}


@handler(subscription.SYNC, retry=THIRTY_DAYS, label=_("Tell the mailing list"))
def sync_contact(task: OutboxTask) -> Finish | None:
    """Make the list agree with the contact: on it or off it. A contact that is gone owes nothing."""
    contact = Contact.objects.select_related("consent_text").filter(pk=task.subject).first()
    if contact is None or contact.provider_state == ListState.ON_LIST:
        return None
    if contact.provider_state == ListState.LEFT and not contact.provider_reference:
        return None
    try:
        if contact.state == ContactState.SUBSCRIBED:
            return _put_on(contact)
        return _take_off(contact)
    except ProviderError as error:
        return _refused(contact, error)


@handler(subscription.FORGET, retry=THIRTY_DAYS, label=_("Have a mailing list forget somebody"))
def forget_contact(task: OutboxTask) -> Finish:
    """Have a list delete somebody for good. After 30 days staff are left with the fingerprint and the list's name."""
    alias, reference = task.parameters["list"], task.parameters.get("reference")
    if not reference:
        raise Permanent(_over(alias))
    try:
        _ask(alias, lambda: mailing.entry(alias).open().forget(reference))
    except (ProviderError, Later) as error:
        if timezone.now() - task.created_at < OWED_AT_MOST:
            raise
        queue.drop(task, "reference")
        raise Permanent(_over(alias)) from error

    def finish() -> None:
        subscription.tell_again(task.subject, alias, reference)
        OutboxTask.objects.filter(pk=task.pk).update(subject="", parameters={"list": alias})

    return finish


def _put_on(contact: Contact) -> Finish:
    alias = subscription.where_it_belongs(contact)
    mailing_list = mailing.entry(alias).open()
    _write_where_it_goes(contact, alias, mailing_list.reference_of(contact.email))
    fresh = contact.passed_at is None or contact.passed_at < contact.confirmed_at
    data = ContactData(contact.email, contact.first_name, contact.language, fresh)
    standing = _ask(alias, lambda: mailing_list.subscribe(data))
    return lambda: _note(contact, standing, told_of_at=timezone.now())


def _take_off(contact: Contact) -> Finish:
    if contact.provider:
        alias, reference = contact.provider, contact.provider_reference
        _ask(alias, lambda: mailing.entry(alias).open().unsubscribe(reference))
    return lambda: _note(contact, ListState.LEFT, told_of_at=timezone.now())


@transaction.atomic
def _write_where_it_goes(contact: Contact, alias: str, reference: str) -> None:
    """Write down who is about to know them, before it is told; what another list or spelling knew is forgotten.

    Raises Later, and writes nothing, where they have stopped or been erased since they were read: then nobody is told.
    """
    if (contact.provider, contact.provider_reference) == (alias, reference):
        return
    subscription.owe_forgetting(contact.email_key, contact.provider, contact.provider_reference)
    if not _unchanged(contact).update(provider=alias, provider_reference=reference):
        raise Later(timezone.now())
    contact.provider, contact.provider_reference = alias, reference


def _ask(alias: str, act: Callable[[], ListState | None]) -> ListState | None:
    """Do one act at a list, unless it is being left alone. Raises Later, or ProviderError."""
    rest = pace.of(alias).rests_until(timezone.now())
    if rest:
        raise Later(rest + timedelta(seconds=random.uniform(0, SPREAD)))  # noqa: S311 (spread, not secrecy)
    try:
        standing = act()
    except ProviderError as error:
        if error.permanent:
            pace.answered(alias)
        else:
            pace.of(alias).failed(error.refusal, timezone.now())
        raise
    pace.answered(alias)
    return standing


def _refused(contact: Contact, error: ProviderError) -> Finish:
    """Write down why. For good: the task is done, and staff see it. Else it comes back by the timetable."""
    told = {
        "provider_refusal": error.refusal,
        "provider_said": " ".join(filter(None, [error.said, error.url]))[:SAID_LENGTH],
        "provider_said_at": timezone.now(),
    }
    if not error.permanent:
        _unchanged(contact).update(**told)
        raise error
    state = REFUSED_AS.get(error.refusal, ListState.REFUSED)
    return lambda: _unchanged(contact).update(provider_state=state, **told)


def _note(contact: Contact, standing: ListState | None, *, told_of_at: datetime) -> None:
    """Write down what the list now has. Where the contact has changed meanwhile, the list is told again."""
    changes = {
        "provider_state": standing,
        "provider_refusal": "",
        "provider_said": "",
        "provider_said_at": told_of_at,
        "passed_at": told_of_at,
    }
    if standing == ListState.LEFT:
        # Whoever has left is kept by fingerprint alone.
        changes |= {"state": contact.state, "email": "", "first_name": ""}
        if contact.state == ContactState.SUBSCRIBED:
            changes |= {"state": ContactState.UNSUBSCRIBED, "state_changed_at": told_of_at}
    if _unchanged(contact).update(**changes):
        return
    if Contact.objects.filter(pk=contact.pk).update(provider_state=ListState.WAITING):
        queue.put(subscription.SYNC, subject=str(contact.pk))
    else:  # erased while the list was being told
        subscription.owe_forgetting(contact.email_key, contact.provider, contact.provider_reference)


def _unchanged(contact: Contact):
    return Contact.objects.filter(pk=contact.pk, state_changed_at=contact.state_changed_at)


def _over(alias: str) -> str:
    known = mailing.entries().get(alias)
    return gettext(
        "%(list)s has not confirmed within 30 days that it has deleted this person: delete them there by hand."
    ) % {"list": known.name if known else alias}
