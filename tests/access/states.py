"""Every state that a page can be in, once, as data: what it is called, which template shows it, how it comes about.

The pages of the CMS are added by `pages.py` from what the site holds. Who writes a new public template adds its states
here: a test asks for it.
"""

from datetime import timedelta
from uuid import uuid4

import time_machine
from django.http import HttpResponse
from django.test import RequestFactory
from django.urls import get_resolver
from django.utils import timezone

from petition import crowd, limits, links
from petition.enums import SignatureState
from petition.models import Bounce, Consent, Contact, Petition, Signature
from petition.services.blocking import say_not_me
from petition.services.confirmation import confirm
from petition.services.withdrawal import withdraw
from tests.access import counting_states, endorsement_states, published_states
from tests.access.state import Ask, State, home
from tests.access.world import World, list_abroad
from tests.factories import ContactFactory

ELSEWHERE = {"Origin": "https://elsewhere.example.org", "Sec-Fetch-Site": "cross-site"}
A_DAY_TOO_LATE = timedelta(days=1)


def _petition_page(petition: Petition, world: World, language: str) -> HttpResponse:
    return world.visitor.read(f"{home(language)}{petition.slug}/")


# --- The form ---------------------------------------------------------------------------------------------------


def _mistakes(world: World, language: str) -> HttpResponse:
    return world.visitor.sign(
        world.petition, language, first_name="", email="pas-une-adresse", agree_sign=None
    )


def _too_many(world: World, language: str) -> HttpResponse:
    network = limits.client_network(RequestFactory().get("/"))
    for _ in range(crowd.REFUSED_IN_FULL):
        crowd.note_refused(network, timezone.now(), answered=True)
    try:
        return world.visitor.sign(world.petition, language)
    finally:
        crowd.forget_all()


def _slip(world: World, language: str) -> HttpResponse:
    return world.visitor.sign(world.petition, language, email="elise@gmial.com")


def _with_a_list_abroad(world: World, language: str) -> HttpResponse:
    with list_abroad():
        return world.visitor.read(f"{home(language)}petition/")


def _trial(world: World, language: str) -> HttpResponse:
    return world.get("trial", world.prepared.slug, links.trial_token(world.prepared))


def _trial_mistakes(world: World, language: str) -> HttpResponse:
    return world.post("trial", world.prepared.slug, links.trial_token(world.prepared), data={"email": "x"})


def _trial_expired(world: World, language: str) -> HttpResponse:
    with time_machine.travel(timezone.now() - links.TRIAL_LIFE - A_DAY_TOO_LATE, tick=False):
        token = links.trial_token(world.prepared)
    return world.get("trial", world.prepared.slug, token)


# --- The link in the first mail ---------------------------------------------------------------------------------


def _waiting(world: World, language: str) -> HttpResponse:
    pending = world.pending(language)
    return world.get("confirm", links.confirm_token(pending.uuid, pending.nonce))


def _waiting_with_choices(world: World, language: str) -> HttpResponse:
    words = world.petition.consent_texts.filter(language=language).order_by("version")
    chosen = {f"{text.purpose}_text": text for text in words if text.purpose != "sign"}
    pending = world.pending(language, **chosen)
    return world.get("confirm", links.confirm_token(pending.uuid, pending.nonce))


def _changed(world: World, language: str) -> HttpResponse:
    pending = world.pending(language)
    return world.post("confirm", links.confirm_token(pending.uuid, pending.nonce), data={"shown": "before"})


def _counted(world: World, language: str) -> HttpResponse:
    pending = world.pending(language)
    confirm(world.petition, pending.uuid, pending.nonce)
    return world.get("confirm", links.confirm_token(pending.uuid, pending.nonce))


def _superseded(world: World, language: str) -> HttpResponse:
    return world.get("confirm", links.confirm_token(world.pending(language).uuid, "another"))


def _expired(world: World, language: str) -> HttpResponse:
    pending = world.pending(language)
    with time_machine.travel(timezone.now() - links.CONFIRM_LIFE - A_DAY_TOO_LATE, tick=False):
        token = links.confirm_token(pending.uuid, pending.nonce)
    return world.get("confirm", token)


def _delivered(world: World, language: str) -> HttpResponse:
    pending = world.pending(language, petition=world.delivered)
    return world.get("confirm", links.confirm_token(pending.uuid, pending.nonce))


def _withdrawn(world: World, language: str) -> HttpResponse:
    pending = world.pending(language)
    confirm(world.petition, pending.uuid, pending.nonce)
    withdraw(pending.uuid)
    return world.get("confirm", links.confirm_token(pending.uuid, pending.nonce))


def _signature_that_is(state: SignatureState) -> Ask:
    def ask(world: World, language: str) -> HttpResponse:
        row = world.signature(language, state=state)
        return world.get("confirm", links.confirm_token(row.uuid, "x"))

    return ask


def _left_out(world: World, language: str) -> HttpResponse:
    row = world.signature(language, petition=world.delivered, state=SignatureState.HELD)
    return world.get("confirm", links.confirm_token(row.uuid, "x"))


def _tried(world: World, language: str) -> HttpResponse:
    row = world.signature(language, petition=world.prepared, trial=True)
    return world.get("confirm", links.confirm_token(row.uuid, "x"))


# --- The personal link, and the question whether to go on -------------------------------------------------------


def _my_signature(world: World, language: str) -> HttpResponse:
    """Of somebody who has signed two petitions and gets news: every part of the page is there."""
    row = world.signature(language)
    world.signature(language, petition=world.closed, email=row.email)
    _supporter(world, language, email=row.email)
    return world.get("my_signature", links.personal_token(row.uuid))


def _my_request(world: World, language: str) -> HttpResponse:
    return world.get("my_signature", links.personal_token(world.pending(language).uuid))


def _my_signature_busy(world: World, language: str) -> HttpResponse:
    most, limits.NETWORK_HARD_PER_HOUR = limits.NETWORK_HARD_PER_HOUR, 0
    try:
        token = links.personal_token(world.signature(language).uuid)
        return world.post("my_signature", token, data={"act": "ask"})
    finally:
        limits.NETWORK_HARD_PER_HOUR = most


def _my_signature_withdrawn(world: World, language: str) -> HttpResponse:
    pending = world.pending(language)
    confirm(world.petition, pending.uuid, pending.nonce)
    withdraw(pending.uuid)
    return world.get("my_signature", links.personal_token(pending.uuid))


def _signature_blanked(world: World, language: str) -> HttpResponse:
    row = world.signature(language)
    _blank(row)
    return world.get("my_signature", links.personal_token(row.uuid))


def _confirm_blanked(world: World, language: str) -> HttpResponse:
    row = world.signature(language)
    _blank(row)
    return world.get("confirm", links.confirm_token(row.uuid, "x"))


def _blank(row: Signature) -> None:
    Signature.objects.filter(pk=row.pk).update(
        blanked_at=timezone.now(), first_name=None, last_name=None, email=None, email_key=None
    )


def _my_data(world: World, language: str) -> HttpResponse:
    """Of somebody with every kind of data: news, a yes taken back, mail that came back, another signature."""
    pending = world.pending(language)
    confirm(world.petition, pending.uuid, pending.nonce)
    words = world.petition.consent_texts.filter(language=language, purpose="public").latest("version")
    now = timezone.now()
    Consent.objects.create(
        signature=Signature.objects.get(uuid=pending.uuid),
        text=words,
        given_at=now,
        confirmed_at=now,
        withdrawn_at=now,
    )
    Bounce.objects.create(email_key=pending.email_key, kind="soft", happened_at=now)
    world.signature(language, petition=world.closed, email=pending.email)
    _supporter(world, language, email=pending.email)
    return world.get("my_data", links.change_token(pending.uuid))


def _my_data_changed(world: World, language: str) -> HttpResponse:
    row = world.signature(language)
    sent = {"act": "choices", "keep": "public", "shown": ""}
    return world.post("my_data", links.change_token(row.uuid), data=sent)


def _my_data_mistakes(world: World, language: str) -> HttpResponse:
    row = world.signature(language)
    return world.post("my_data", links.change_token(row.uuid), data={"act": "name", "first_name": ""})


def _my_data_expired(world: World, language: str) -> HttpResponse:
    with time_machine.travel(timezone.now() - links.CHANGE_LIFE - A_DAY_TOO_LATE, tick=False):
        token = links.change_token(world.signature(language).uuid)
    return world.get("my_data", token)


def _not_me(world: World, language: str) -> HttpResponse:
    return world.get("not_me", links.not_me_token(world.pending(language).uuid))


def _not_me_confirmed(world: World, language: str) -> HttpResponse:
    return world.get("not_me", links.not_me_token(world.signature(language).uuid))


def _unblock(world: World, language: str) -> HttpResponse:
    address = world.mailbox()
    say_not_me(world.pending(language, email=address).uuid)
    again = world.pending(language, email=address)
    return world.get("unblock", links.unblock_token(again.uuid, again.nonce))


def _supporter(world: World, language: str, **values) -> Contact:
    words = world.petition.consent_texts.filter(purpose="newsletter", language=language)
    given = {"language": language, "email": world.mailbox(), **values}
    return ContactFactory.create(consent_text=words.earliest("version"), **given)


def _question(world: World, language: str) -> HttpResponse:
    contact = _supporter(world, language)
    with list_abroad():
        return world.get("news_question", links.news_token(contact.uuid))


def _question_expired(world: World, language: str) -> HttpResponse:
    with time_machine.travel(timezone.now() - links.NEWS_LIFE - A_DAY_TOO_LATE, tick=False):
        token = links.news_token(_supporter(world, language).uuid)
    with list_abroad():
        return world.get("news_question", token)


def _kept(world: World, language: str) -> HttpResponse:
    return world.get("news_question", links.news_token(_supporter(world, language).uuid))


# --- What goes wrong --------------------------------------------------------------------------------------------


def _error_of_the_server(world: World, language: str) -> HttpResponse:
    return get_resolver().resolve_error_handler(500)(RequestFactory().get(home(language)))


STATES = [
    State(
        "petition closed",
        "home/petition_page.html",
        lambda world, language: _petition_page(world.closed, world, language),
    ),
    State(
        "petition not open yet",
        "home/petition_page.html",
        lambda world, language: _petition_page(world.prepared, world, language),
    ),
    State("petition with a service abroad", "home/petition_page.html", _with_a_list_abroad),
    State("form with mistakes", "petition/sign_again.html", _mistakes, 422),
    State(
        "form sent after closing",
        "petition/sign_again.html",
        lambda world, language: world.visitor.sign(world.closed, language),
        422,
    ),
    State("too many from one network", "petition/too_many.html", _too_many, 429),
    State(
        "check your mailbox",
        "petition/check_inbox.html",
        lambda world, language: world.get("check_inbox", world.petition.slug),
    ),
    State("trial", "petition/trial.html", _trial),
    State("trial with mistakes", "petition/trial.html", _trial_mistakes, 422),
    State("trial link too old", "petition/trial_over.html", _trial_expired, 410),
    State("my signature from a busy network", "petition/busy.html", _my_signature_busy, 429),
    State("confirm", "petition/confirm_waiting.html", _waiting),
    State("confirm with choices", "petition/confirm_waiting.html", _waiting_with_choices),
    State("confirm, changed meanwhile", "petition/confirm_waiting.html", _changed, 409),
    State("confirmed", "petition/confirm_counted.html", _counted),
    State("trial confirmed", "petition/confirm_tried.html", _tried),
    State("to be looked at", "petition/confirm_held.html", _signature_that_is(SignatureState.HELD)),
    State("not counted before delivery", "petition/confirm_left_out.html", _left_out),
    State("set aside", "petition/confirm_set_aside.html", _signature_that_is(SignatureState.INVALIDATED)),
    State("newer mail sent", "petition/confirm_superseded.html", _superseded, 410),
    State("link too old", "petition/confirm_expired.html", _expired, 410),
    State("confirm after delivery", "petition/confirm_closed.html", _delivered, 410),
    State("confirm after withdrawal", "petition/confirm_withdrawn.html", _withdrawn, 410),
    State(
        "confirm, nothing kept",
        "petition/confirm_gone.html",
        lambda world, language: world.get("confirm", links.confirm_token(uuid4(), "x")),
        410,
    ),
    State(
        "link altered",
        "petition/link_altered.html",
        lambda world, language: world.get("confirm", "altered"),
        404,
    ),
    State("my signature", "petition/my_signature.html", _my_signature),
    State("my request", "petition/my_signature.html", _my_request),
    State("my signature withdrawn", "petition/my_signature.html", _my_signature_withdrawn, 410),
    State("my signature, name erased", "petition/my_signature.html", _signature_blanked),
    State("confirmed, name erased", "petition/confirm_blanked.html", _confirm_blanked),
    State("my data", "petition/my_data.html", _my_data),
    State("my data, words changed", "petition/my_data.html", _my_data_changed, 409),
    State("my data with a mistake", "petition/my_data.html", _my_data_mistakes, 422),
    State("my data, link too old", "petition/my_data_expired.html", _my_data_expired, 410),
    State("not me", "petition/not_me.html", _not_me),
    State("not me, confirmed", "petition/not_me.html", _not_me_confirmed),
    State(
        "not me, done",
        "petition/not_me.html",
        lambda world, language: world.get("not_me", links.not_me_token(uuid4())),
        410,
    ),
    State("address blocked", "petition/unblock.html", _unblock),
    State("news question", "petition/news_question.html", _question),
    State("news question too old", "petition/news_expired.html", _question_expired, 410),
    State("news kept", "petition/news_kept.html", _kept),
    State(
        "news over",
        "petition/news_over.html",
        lambda world, language: world.get("news_question", links.news_token(uuid4())),
        410,
    ),
    State("mail again", "petition/mail_again.html", lambda world, language: world.get("mail_again")),
    State(
        "mail again with a mistake",
        "petition/mail_again.html",
        lambda world, language: world.post("mail_again", data={"email": "x"}),
        422,
    ),
    State("mail sent", "petition/mail_sent.html", lambda world, language: world.get("mail_sent")),
    State(
        "not found", "404.html", lambda world, language: world.visitor.read(f"{home(language)}essai/x/"), 404
    ),
    State(
        "not understood",
        "400.html",
        lambda world, language: world.visitor.read(home(language), Host="elsewhere.example.org"),
        400,
    ),
    State(
        "sent from elsewhere",
        "403.html",
        lambda world, language: world.visitor.sign(world.petition, language, headers=ELSEWHERE),
        403,
    ),
    State(
        "not taken here",
        "405.html",
        lambda world, language: world.post("mail_sent"),
        405,
    ),
    State("error of the server", "500.html", _error_of_the_server, 500),
    State("form with an address that may be a slip", "petition/sign_again.html", _slip, 422),
    *counting_states.STATES,
    *endorsement_states.STATES,
    *published_states.STATES,
]
