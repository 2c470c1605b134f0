"""The promise: no list knows anybody before their mailbox has confirmed, nor after they were erased."""

import subprocess
import sys
from collections.abc import Iterator

import pytest

from deploy.steps import ROOT
from tests.fakes.mailchimp import Mailchimp
from tests.people import confirm_path, links_in, path_of, personal_path
from tests.promises.traces import traces
from tests.real_site.site import RealSite
from tests.real_site.visitor import Person

NEWS = {"agree_newsletter": "on"}
SWITCH = """
from django.contrib.auth import get_user_model
from petition.services.switching import switch_mailing
staff = get_user_model().objects.get(username="administration")
switch_mailing({alias!r}, by=staff, reason="Essai", typed="Mailchimp")
"""


def switch_to(site: RealSite, alias: str) -> None:
    """Do what the administrator's button does."""
    done = subprocess.run(
        [sys.executable, "manage.py", "shell", "-c", SWITCH.format(alias=alias)],
        cwd=ROOT,
        env=site.environment(),
        capture_output=True,
        text=True,
    )
    assert done.returncode == 0, done.stderr[-2000:]


@pytest.fixture(scope="module")
def abroad(site) -> Iterator[Mailchimp]:
    """Mailchimp's stand-in, switched on by an administrator for the tests of this file that ask for it."""
    switch_to(site, "mailchimp")
    yield site.mailchimp
    site.mailchimp.clear_faults()
    switch_to(site, "local")


def told_of(chimp: Mailchimp, person: Person) -> list[str]:
    """Return what the list was asked about a person, in order, by its own record."""
    return [
        f"{request.method} {request.path.partition('/members/')[2][32:]}"
        for request in chimp.requests_about(person.email)
    ]


def test_nobody_is_on_a_list_before_the_mailbox_has_confirmed(site, someone, abroad):
    somebody = Person.somebody()
    mail = someone.sign_and_read_mail(somebody, **NEWS)
    for link in links_in(mail):
        someone.read(path_of(link))
    someone.send("/signature/message/", {"email": somebody.email})
    fresh = site.post.newest_to(somebody.email, beyond=1)
    site.wait_for_quiet()
    assert told_of(abroad, somebody) == []

    someone.confirm(fresh)
    site.wait_for_quiet()
    assert told_of(abroad, somebody) == ["PUT "]
    assert abroad.member(somebody.email).status == "subscribed"


def test_who_never_ticked_the_box_is_never_on_a_list(site, someone, abroad):
    somebody = Person.somebody()
    someone.sign_whole(somebody, agree_public="on", agree_addressee="on")
    site.wait_for_quiet()
    assert told_of(abroad, somebody) == []


def test_after_erasure_the_list_was_told_and_nothing_remains_here(site, someone, abroad):
    somebody = Person.somebody()
    thanks = someone.sign_whole(somebody, **NEWS)
    site.wait_for_quiet()
    assert abroad.member(somebody.email)

    someone.withdraw(thanks)
    site.wait_for_quiet()
    assert abroad.member(somebody.email) is None
    assert abroad.is_forgotten(somebody.email)
    reference = abroad_reference(somebody)
    held = site.database.dump() + site.written()
    assert traces((*somebody.marks, reference), held) == {}


def test_a_list_that_is_away_is_told_of_the_erasure_once_it_is_back(site, someone, abroad):
    somebody = Person.somebody()
    thanks = someone.sign_whole(somebody, **NEWS)
    site.wait_for_quiet()
    abroad.fault("502-html")
    someone.withdraw(thanks)
    site.wait_for_quiet()
    assert abroad.member(somebody.email), "it was away"

    abroad.clear_faults()
    site.bring_forward()
    assert abroad.is_forgotten(somebody.email)
    assert traces((*somebody.marks, abroad_reference(somebody)), site.database.dump() + site.written()) == {}


def test_who_stops_the_news_is_taken_off_the_list_and_stays_a_signatory(site, someone, abroad):
    somebody, count = Person.somebody(), site.count()
    thanks = someone.sign_whole(somebody, **NEWS)
    someone.send(personal_path(thanks), {"act": "stop_news"})
    site.wait_for_quiet()
    assert abroad.member(somebody.email).status == "unsubscribed"
    assert site.count() == count + 1


def test_who_agreed_to_words_without_the_list_is_never_told_to_it(site, someone, abroad):
    switch_to(site, "local")
    somebody = Person.somebody()
    mail = someone.sign_and_read_mail(somebody, **NEWS)
    switch_to(site, "mailchimp")
    assert "Mailchimp" not in someone.read(confirm_path(mail)).text, "what was ticked is what is shown"
    someone.confirm(mail)
    site.wait_for_quiet()
    assert told_of(abroad, somebody) == []


def abroad_reference(person: Person) -> str:
    """Return what the list knows a person by."""
    from petition.mailing.mailchimp import Mailchimp as Adapter

    return Adapter(api_key="-us1", list_id="x").reference_of(person.email)
