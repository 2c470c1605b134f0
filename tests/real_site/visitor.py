"""Somebody who visits the running site over plain HTTP, and what they are called."""

import re
import secrets
from dataclasses import dataclass
from email.message import EmailMessage
from string import ascii_lowercase

import requests

from tests.people import Form, confirm_path, personal_path
from tests.real_site.site import SLUG, RealSite

NETWORKS = iter(range(1, 255))


def letters(number: int = 12) -> str:
    """Return random letters: a word that stands nowhere by chance."""
    return "".join(secrets.choice(ascii_lowercase) for _ in range(number))


@dataclass(frozen=True)
class Person:
    """A name and an address that nobody else has, and that no other text holds."""

    first_name: str
    last_name: str
    email: str
    marks: tuple[str, ...]

    @classmethod
    def somebody(cls) -> "Person":
        """Make one up: accents, an apostrophe and capitals around words that can be searched for."""
        first, last, box, host = (letters() for _ in range(4))
        return cls(
            f"Zoé-{first.title()}",
            f"D’{last.title()}",
            f"{box[:4].title()}{box[4:]}@{host}.example.org",
            (first, last, box, host),
        )

    def filled(self) -> dict[str, str]:
        """Return what this person types into the form, with the one required box."""
        typed = {"first_name": self.first_name, "last_name": self.last_name, "email": self.email}
        return {**typed, "country": "FR", "agree_sign": "on"}


class Visitor:
    """A browser reduced to its requests. Each has a network of its own, told by the trusted proxy."""

    def __init__(self, site: RealSite, ip: str | None = None):
        self.site = site
        self.ip = ip or f"198.18.{next(NETWORKS)}.7"
        self.session = requests.Session()
        self.session.trust_env = False

    def ask(self, method: str, path: str, *, data=None, headers: dict | None = None) -> requests.Response:
        """Send one request and return its answer, redirects included; a header of None is left out."""
        given = {"X-Forwarded-For": self.ip, **(headers or {})}
        url = path if path.startswith("http") else self.site.url + path
        return self.session.request(method, url, data=data, headers=given, allow_redirects=False, timeout=60)

    def read(self, path: str, **headers) -> requests.Response:
        """GET a page."""
        return self.ask("GET", path, headers=headers)

    def send(self, path: str, data: dict | None = None, headers: dict | None = None) -> requests.Response:
        """POST a form as browsers do."""
        usual = {"Origin": self.site.url, "Sec-Fetch-Site": "same-origin"}
        return self.ask("POST", path, data=data or {}, headers=usual | (headers or {}))

    def log_in(self, user: str) -> None:
        """Become one of staff, by the form that they fill in."""
        token = hidden_token(self.read("/admin/login/").text)
        filled = {"username": user, "password": self.site.logins()[user], "csrfmiddlewaretoken": token}
        assert self.send("/admin/login/", filled).status_code == 302

    def sign(self, person: Person, language: str = "fr", headers: dict | None = None, **values):
        """Fill in the petition's form and send it; a value of None leaves a field out."""
        page = "/petition/" if language == "fr" else f"/{language}/petition/"
        typed = {**person.filled(), **values}
        return self.press(page, "sign-form", {k: v for k, v in typed.items() if v is not None}, headers)

    def sign_and_read_mail(self, person: Person, language: str = "fr", **values) -> EmailMessage:
        """Sign, and wait for the mail that comes of it."""
        before = len(self.site.post.to(person.email))
        assert self.sign(person, language, **values).status_code == 303
        return self.site.post.newest_to(person.email, beyond=before)

    def press(
        self, path: str, form_id: str, data: dict | None = None, headers: dict | None = None
    ) -> requests.Response:
        """Open a page and send one of its forms, with what it holds and `data`."""
        form = Form(self.read(path).text, form_id)
        assert form.found, f"{path} shows no {form_id}"
        return self.send(form.action or path, form.values | (data or {}), headers)

    def press_confirm(self, mail: EmailMessage, headers: dict | None = None) -> requests.Response:
        """Press the button behind the link of a mail."""
        return self.press(confirm_path(mail), "confirm-form", headers=headers)

    def confirm(self, mail: EmailMessage) -> EmailMessage:
        """Press the button behind the link of a mail; return the mail of thanks."""
        before = len(self.site.post.to(str(mail["To"])))
        assert self.press_confirm(mail).status_code == 303
        return self.site.post.newest_to(str(mail["To"]), beyond=before)

    def sign_whole(self, person: Person, language: str = "fr", **values) -> EmailMessage:
        """Sign and confirm; return the mail of thanks, which holds the personal link."""
        return self.confirm(self.sign_and_read_mail(person, language, **values))

    def withdraw(self, mail: EmailMessage) -> requests.Response:
        """Take back what the personal link of a mail is about."""
        assert self.press_withdraw(mail).status_code == 303
        return self.read(personal_path(mail))

    def press_withdraw(self, mail: EmailMessage) -> requests.Response:
        """Press the button of the page behind the personal link of a mail."""
        return self.press(personal_path(mail), "withdraw-form", {"act": "withdraw"})


def petition_path(slug: str = SLUG) -> str:
    """Return the address that the form is sent to."""
    return f"/petitions/{slug}/signature/"


def hidden_token(page: str) -> str:
    """Return the token that a form of staff's pages carries."""
    found = re.search(r'name="csrfmiddlewaretoken" value="([^"]+)"', page)
    assert found, "no form of staff's is on the page"
    return found[1]


def without_moment(html: str) -> str:
    """Return a page without what every request makes anew: ticket, personal link, and the moment of the count."""
    html = re.sub(r"(/signature/page/)[^/]+", r"\1", html)
    html = re.sub(r'(name="ticket" value="|\?ticket=)[^"]*', r"\1", html)
    return re.sub(r"<time [^>]*>[^<]*</time>", "<time>", html)
