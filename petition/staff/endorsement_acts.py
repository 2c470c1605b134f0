"""What staff decide about an organisation, in words: each is a service, and a line of history with who and why."""

from collections.abc import Callable
from dataclasses import dataclass

from django.db import transaction
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _
from wagtail.admin import messages
from wagtail.log_actions import LogFormatter, log

from petition.enums import EndorsementState
from petition.errors import AlreadyEndorsed
from petition.models import Endorsement
from petition.services import reviewing

TOO_LATE = _("This can't be done any more: it is decided already, or withdrawn.")
THERE_ALREADY = _(
    "Not published: another endorsement with this SIREN number is published. Take that one off first."
)


@dataclass(frozen=True)
class Act:
    """One decision: from which state, by which service; the words on its button, what follows, what is said after."""

    name: str
    state: EndorsementState
    do: Callable[..., bool]
    button: object
    follows: object
    done: object
    history: object
    needs_reason: bool = False

    @property
    def logged_as(self) -> str:
        return f"endorsement.{self.name}"


ACTS = {
    act.name: act
    for act in (
        Act(
            "publish",
            EndorsementState.CONFIRMED,
            reviewing.publish,
            _("Publish"),
            _(
                "The organisation stands among those that endorse the petition; the representative gets a mail."
            ),
            _("The organisation is published, and its representative gets a mail."),
            _("Published the organisation"),
        ),
        Act(
            "refuse",
            EndorsementState.CONFIRMED,
            reviewing.refuse,
            _("Refuse"),
            _(
                "The representative gets a mail with the reason, word for word. Everything is erased after six months."
            ),
            _("The endorsement is refused, and the representative gets a mail with the reason."),
            _("Refused the organisation: %(reason)s"),
            needs_reason=True,
        ),
        Act(
            "unpublish",
            EndorsementState.PUBLISHED,
            reviewing.unpublish,
            _("Take it off the page"),
            _("It waits to be read again. Nobody gets a mail: write to the representative yourself."),
            _("The organisation isn't shown any more; it waits to be read again."),
            _("Took the organisation off the page: %(reason)s"),
            needs_reason=True,
        ),
    )
}


def acts_on(row: Endorsement) -> list[Act]:
    """Return what may be decided about an organisation as it stands."""
    return [act for act in ACTS.values() if act.state == row.state]


def decide(request: HttpRequest, row: Endorsement, act: Act, *, reason: str) -> None:
    """Take a decision, write it down, and say what came of it."""
    given = {"reason": reason} if act.needs_reason else {}
    try:
        with transaction.atomic():
            done = act.do(row, by=request.user, **given)
            if done:
                log(row, act.logged_as, user=request.user, title=str(row), data=given)
    except AlreadyEndorsed:
        messages.error(request, THERE_ALREADY)
        return
    if done:
        messages.success(request, act.done)
    else:
        messages.info(request, TOO_LATE)


def register_history(actions) -> None:
    """Name the decisions for the site's history."""
    for act in ACTS.values():
        actions.register_action(act.logged_as)(_formatter(act))


def _formatter(act: Act) -> type[LogFormatter]:
    def format_message(self, log_entry) -> str:
        return str(act.history) % {"reason": log_entry.data.get("reason", "")}

    return type("Decision", (LogFormatter,), {"label": act.button, "format_message": format_message})
