"""What about a sent form deserves a look: by what it came with, its age, its network and its mail domain.

Nothing here refuses a signature but the hard limit of a network, and nothing asks what is known of the address.
"""

from datetime import datetime

from petition import limits
from petition.captcha.base import Judgement, Verdict
from petition.captcha.ticket import Ticket
from petition.captcha.used import serve_once
from petition.domains import domain_of, is_disposable, is_under, listed_in
from petition.email_address import email_key
from petition.enums import Reason
from petition.errors import TooManyFromNetwork
from petition.models import Petition


def look_at(
    petition: Petition, *, email: str, ticket: Ticket, check: Judgement, network: str, now: datetime
) -> list[Reason]:
    """Return what deserves a look, in the transaction that stores the signature: an answer serves once.

    A form without a good answer of its own is looked at more closely: it must be older, and half as many may come from
    one network. Raises TooManyFromNetwork.
    """
    reasons = _of_check(check, email)
    return reasons + _of_pace(ticket, network, now, proven=not reasons) + _of_domain(petition, email)


def _of_check(check: Judgement, email: str) -> list[Reason]:
    if check.verdict == Verdict.ABSENT:
        return [Reason.NO_SCRIPT]
    return [] if check.verdict == Verdict.GOOD and serve_once(check, email_key(email)) else [Reason.PROOF]


def _of_pace(ticket: Ticket, network: str, now: datetime, *, proven: bool) -> list[Reason]:
    soft, hard = limits.network_limits(proven=proven)
    sent_this_hour = limits.count_network(network, now)
    if sent_this_hour > hard:
        raise TooManyFromNetwork
    reasons = []
    if sent_this_hour > soft:
        reasons.append(Reason.BUSY_NETWORK)
    if now - ticket.issued_at < limits.least_age_of_form(proven=proven):
        reasons.append(Reason.TOO_FAST)
    return reasons


def _of_domain(petition: Petition, email: str) -> list[Reason]:
    domain = domain_of(email)
    reasons = []
    if is_disposable(domain):
        reasons.append(Reason.DISPOSABLE)
    if is_under(domain, listed_in(petition.watched_domains)):
        reasons.append(Reason.MATCHED)
    return reasons
