"""People in every state that a link can find, on the running site."""

from dataclasses import dataclass, field
from datetime import datetime, timedelta
from uuid import UUID

import pytest
import time_machine
from django.test import override_settings
from django.utils import timezone

from petition import links
from tests.people import confirm_path, links_in, path_of, personal_path
from tests.promises.addresses import every_address
from tests.real_site.site import RealSite
from tests.real_site.visitor import Person, Visitor


@dataclass
class People:
    """Who has done what, and the tokens of their links."""

    pending: Person
    confirmed: Person
    withdrawn: Person
    tokens: dict[str, str] = field(default_factory=dict)


@pytest.fixture(scope="session")
def people(site: RealSite) -> People:
    """One who hasn't confirmed, one who has, one who took it back; links good, superseded, expired and altered."""
    people = People(Person.somebody(), Person.somebody(), Person.somebody())
    visitor, tokens = Visitor(site), people.tokens
    tokens["superseded"] = _token(confirm_path(visitor.sign_and_read_mail(people.pending)))
    newest = visitor.sign_and_read_mail(people.pending)
    tokens["pending"] = _token(confirm_path(newest))
    tokens["pending, personal"] = _token(personal_path(newest))
    tokens["expired"] = _expired(site, tokens["pending"])
    tokens["altered"] = tokens["pending"][:-1] + ("A" if tokens["pending"][-1] != "A" else "B")

    mail = visitor.sign_and_read_mail(people.confirmed, agree_newsletter="on")
    tokens["confirmed"] = _token(confirm_path(mail))
    tokens["confirmed, personal"] = _token(personal_path(visitor.confirm(mail)))

    tokens["confirmed, news"] = _news(site, people.confirmed)
    tokens["confirmed, data"] = _data(site, people.confirmed)
    tokens["pending, not me"] = _token(
        next(path for path in map(path_of, links_in(newest)) if "contest" in path)
    )

    mail = visitor.sign_and_read_mail(people.withdrawn, "en")
    tokens["withdrawn"] = _token(confirm_path(mail))
    thanks = visitor.confirm(mail)
    tokens["withdrawn, personal"] = _token(personal_path(thanks))
    visitor.withdraw(thanks)
    site.wait_for_quiet()
    return people


@pytest.fixture(scope="session")
def addresses(site: RealSite, people: People) -> list[str]:
    """Every public address, with the links of all these people."""
    return every_address(site, list(people.tokens.values()))


def _token(path: str) -> str:
    return path.rstrip("/").rpartition("/")[2]


def _news(site: RealSite, person: Person) -> str:
    """Return the link of the mail that asks a supporter again, which leaves after three years at the earliest."""
    uuid = site.database.one("SELECT uuid FROM petition_contact WHERE email = %s", person.email)
    with override_settings(LINK_SECRET=site.secrets["LINK_SECRET"]):
        return links.news_token(UUID(str(uuid)))


def _data(site: RealSite, person: Person) -> str:
    """Return the link of thirty minutes to somebody's data."""
    uuid = site.database.one("SELECT uuid FROM petition_signature WHERE email = %s", person.email)
    with override_settings(LINK_SECRET=site.secrets["LINK_SECRET"]):
        return links.change_token(UUID(str(uuid)))


def _expired(site: RealSite, token: str) -> str:
    """Return the same link, made eight days ago."""
    with override_settings(LINK_SECRET=site.secrets["LINK_SECRET"]):
        link = links.read_confirm_token(token)
        eight_days_ago: datetime = timezone.now() - timedelta(days=8)
        with time_machine.travel(eight_days_ago, tick=False):
            return links.confirm_token(link.uuid, link.nonce)
