"""Mailchimp (United States), through its own client. Off until staff switch it on; visitors are told first.

Source: https://mailchimp.com/developer/marketing/api/list-members/ and /docs/errors/; what the client does with an
answer was read in mailchimp-marketing 3.0.80: all failures are one ApiClientError, a problem document arrives as
text, and an answer without a body comes back as the bare response, whatever its status.
"""

import hashlib
import json
from typing import Any, ClassVar
from urllib.parse import urlsplit

import mailchimp_marketing
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from mailchimp_marketing.api_client import ApiClientError

from campaign.disclosure import Disclosure
from campaign.outbox.errors import scrub
from petition.enums import ListState, Refusal
from petition.errors import ProviderError
from petition.mailing.base import ContactData

TIMEOUT = 10  # seconds for each of at most three calls; the client's own 120 would hold up the worker
OWN_ADDRESS = "https://{centre}.api.mailchimp.com"  # the data centre stands at the end of the key
ROOT = "/3.0"
SAID_LENGTH = 200

FORGOTTEN = "Forgotten Email Not Subscribed"
COMPLIANCE = "Member In Compliance State"
NOT_OPTED_OUT = {"archived", "transactional"}  # staff of the list put them away; they didn't leave


class Mailchimp:
    """One audience of one account."""

    label: ClassVar[str | Promise] = "Mailchimp"
    # Company, country and transfer: https://mailchimp.com/legal/terms/ and
    # https://mailchimp.com/help/mailchimp-european-data-transfers/
    disclosure: ClassVar[Disclosure | None] = Disclosure(
        service="Mailchimp",
        company="The Rocket Science Group LLC (Intuit Inc.)",
        country="US",
        country_name=lambda: _("the United States"),
        where=lambda: _("in the United States"),
        data=lambda: _("my e-mail address, my first name and my language"),
        purpose=lambda: _("to send me the news"),
        alternative=lambda: _(
            "Without this consent, nothing goes there, and my signature counts all the same."
        ),
        hosting=lambda: _("data lie in the United States; processing addendum with standard clauses"),
        terms_url="https://mailchimp.com/legal/data-processing-addendum/",
    )
    variables: ClassVar[dict[str, str]] = {"api_key": "MAILCHIMP_API_KEY", "list_id": "MAILCHIMP_LIST_ID"}

    def __init__(self, *, api_key: str, list_id: str, api_url: str = "") -> None:
        client = mailchimp_marketing.Client({"api_key": api_key, "timeout": TIMEOUT})
        # Set afterwards: the configuration rewrites both. Without a server it leaves the address as it is.
        client.api_client.server = ""
        client.api_client.host = base_address(api_key, api_url)
        self.host = urlsplit(client.api_client.host).hostname or ""
        self._lists = client.lists
        self._list_id = list_id

    def reference_of(self, email: str) -> str:
        """Return Mailchimp's subscriber hash: MD5 of the address in lower case."""
        return hashlib.md5(email.lower().encode(), usedforsecurity=False).hexdigest()

    def subscribe(self, contact: ContactData) -> ListState:
        """Add or update the member; somebody who had left is asked by Mailchimp, never put back."""
        reference = self.reference_of(contact.email)
        member = self._ask(
            "set_list_member",
            reference,
            {
                "email_address": contact.email,
                "status_if_new": "subscribed",
                "language": contact.language,
                "merge_fields": {"FNAME": contact.first_name},
            },
            # Whatever the audience asks of its own forms: nobody was asked for it here.
            skip_merge_validation="true",
        )
        if not isinstance(member, dict):
            raise ProviderError(Refusal.UNREACHABLE, permanent=False)
        return self._standing(member.get("status"), reference, fresh=contact.fresh)

    def unsubscribe(self, reference: str) -> None:
        """Set the member to unsubscribed; whom Mailchimp doesn't know, or has put away itself, has left."""
        try:
            self._ask("update_list_member", reference, {"status": "unsubscribed"})
        except _NotThere:
            self._be_sure_of_the_list()
        except ProviderError as error:
            if error.refusal != Refusal.OWN_HAND:
                raise

    def forget(self, reference: str) -> None:
        """Delete the member for good, which Mailchimp calls "permanently delete"."""
        try:
            self._ask("delete_list_member_permanent", reference)
        except _NotThere:
            self._be_sure_of_the_list()

    def _standing(self, status: object, reference: str, *, fresh: bool) -> ListState:
        if status == "subscribed":
            return ListState.ON_LIST
        if status == "pending":
            return ListState.ASKED
        if status == "cleaned":
            raise ProviderError(Refusal.BOUNCES, permanent=True)
        if status in NOT_OPTED_OUT:
            return self._bring_back(reference)
        if status != "unsubscribed":
            raise ProviderError(Refusal.OTHER, permanent=True, said=_scrubbed(str(status)))
        return self._ask_them(reference) if fresh else ListState.LEFT

    def _bring_back(self, reference: str) -> ListState:
        try:
            self._ask("update_list_member", reference, {"status": "subscribed"})
        except ProviderError as error:
            if error.refusal != Refusal.OWN_HAND:
                raise
            return self._ask_them(reference)
        return ListState.ON_LIST

    def _ask_them(self, reference: str) -> ListState:
        """Have Mailchimp ask by a mail of its own: the only way back that it leaves to who has left."""
        self._ask("update_list_member", reference, {"status": "pending"})
        return ListState.ASKED

    def _be_sure_of_the_list(self) -> None:
        """Tell a member that isn't there from a list that isn't: both answer 404."""
        try:
            self._call("get_list", fields=["id"])
        except _NotThere:
            raise ProviderError(Refusal.NO_LIST, permanent=False) from None

    def _form_of_the_list(self) -> str:
        """Return the address of the audience's own form, where people come back by themselves; or nothing."""
        try:
            audience = self._call("get_list", fields=["subscribe_url_short"])
        except ProviderError:
            return ""
        return str(audience.get("subscribe_url_short", "")) if isinstance(audience, dict) else ""

    def _ask(self, act: str, reference: str, body: dict[str, Any] | None = None, **query: str) -> Any:
        words = (reference,) if body is None else (reference, body)
        try:
            return self._call(act, *words, **query)
        except _NotThere:
            if act == "set_list_member":  # a member that isn't there is made: the list itself is missing
                raise ProviderError(Refusal.NO_LIST, permanent=False) from None
            raise
        except ProviderError as error:
            if error.refusal == Refusal.OWN_HAND and act != "get_list":
                error.url = self._form_of_the_list()
            raise

    def _call(self, act: str, *words: Any, **query: Any) -> Any:
        """Call the client and return a decoded answer, None for one without a body. Raises ProviderError alone."""
        try:
            answer = getattr(self._lists, act)(self._list_id, *words, **query)
        except ApiClientError as error:
            raise _in_our_words(error.status_code, error.text) from None
        except Exception as error:  # the client stumbles over what it doesn't expect
            raise ProviderError(Refusal.UNREACHABLE, permanent=False, said=type(error).__name__) from None
        status = getattr(answer, "status_code", None)
        if status is None:
            return answer
        if status == 204:
            return None
        raise _in_our_words(status, "")


class _NotThere(ProviderError):
    """404: the member or the list."""

    def __init__(self) -> None:
        super().__init__(Refusal.NO_LIST, permanent=False)


def base_address(api_key: str, api_url: str) -> str:
    """Return the address that the calls' paths are added to; `api_url` may leave out the version."""
    address = api_url or OWN_ADDRESS.format(centre=api_key.rpartition("-")[2])
    return address if address.endswith(ROOT) else address + ROOT


def _in_our_words(status: int | None, text: object) -> ProviderError:
    """Say what an error means for what comes next. Nothing of what names the person is kept."""
    if status is None or 200 <= status < 400:
        return ProviderError(Refusal.UNREACHABLE, permanent=False)
    problem = _problem(text)
    if status == 404 and problem:
        return _NotThere()
    if status == 429 or (status in {403, 503} and not problem):  # 403 in HTML: a wall before the service
        return ProviderError(Refusal.BUSY, permanent=False)
    if not problem:
        return ProviderError(Refusal.UNREACHABLE, permanent=False)
    if status >= 500:
        return ProviderError(Refusal.TROUBLE, permanent=False, said=_scrubbed(str(problem.get("title", ""))))
    if status in {401, 403}:
        return ProviderError(Refusal.NO_KEY, permanent=False)
    return _refusal_of(problem)


def _refusal_of(problem: dict[str, Any]) -> ProviderError:
    title, detail = str(problem.get("title", "")), str(problem.get("detail", ""))
    if title in {FORGOTTEN, COMPLIANCE}:
        return ProviderError(Refusal.OWN_HAND, permanent=True)
    if "looks fake or invalid" in detail:
        return ProviderError(Refusal.ADDRESS, permanent=True)
    if "signed up to a lot of lists" in detail:  # passes with time: JustFixNYC/tenants2#1576
        return ProviderError(Refusal.OTHER, permanent=False, said=_scrubbed(detail))
    if fields := _fields(problem):
        return ProviderError(Refusal.FIELDS, permanent=False, said=_scrubbed(", ".join(fields)))
    return ProviderError(Refusal.OTHER, permanent=True, said=_scrubbed(f"{title}: {detail}"))


def _fields(problem: dict[str, Any]) -> list[str]:
    errors = problem.get("errors")
    found = [error for error in errors if isinstance(error, dict)] if isinstance(errors, list) else []
    return [str(error["field"]) for error in found if error.get("field")]


def _problem(text: object) -> dict[str, Any]:
    """Return the problem document (RFC 9457), which the client hands on as text; empty where it is none."""
    if isinstance(text, dict):
        return text
    try:
        parsed = json.loads(text) if isinstance(text, str) else None
    except ValueError:
        parsed = None
    return parsed if isinstance(parsed, dict) else {}


def _scrubbed(text: str) -> str:
    return scrub(text)[:SAID_LENGTH]
