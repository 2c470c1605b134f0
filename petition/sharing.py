"""Ways to pass a page on: plain links that ask nobody anything before they are followed, and carry nobody's name."""

import re
from dataclasses import dataclass
from urllib.parse import quote, urlencode

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from petition.places import countries

LONGEST = 300  # Bluesky's graphemes; counted in characters, of which a grapheme has one at least
LABEL = r"[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?"
HOST = re.compile(
    rf"({LABEL}\.)+(xn--[a-z0-9-]{{1,59}}|[a-z]{{2,63}})"
)  # a name with a dot: no address, no port
LONGEST_HOST = 253  # RFC 1035 §2.3.4, without the last dot


@dataclass(frozen=True)
class Way:
    """One network: its name, the country of the company behind it as a code, and the link."""

    name: str
    code: str
    href: str

    @property
    def country(self) -> str:
        """The country in the active language."""
        return countries()[self.code]


def message(title: str, url: str) -> str:
    """Return what is posted: title and address, in 300 characters; a title too long is cut, the address never."""
    room = LONGEST - len(url) - 1
    return f"{title if len(title) <= room else title[: max(0, room - 1)].rstrip() + '…'} {url}"


def ways(title: str, url: str) -> list[Way]:
    """Return the networks that have an address for sharing. Where each company is: its own terms or imprint."""
    text = quote(message(title, url), safe="")
    return [
        Way("Bluesky", "US", f"https://bsky.app/intent/compose?text={text}"),
        Way("LinkedIn", "US", f"https://www.linkedin.com/sharing/share-offsite/?{urlencode({'url': url})}"),
        Way("WhatsApp", "US", f"https://wa.me/?text={text}"),
        Way(
            "Telegram",
            "AE",
            f"https://t.me/share/url?{urlencode({'url': url, 'text': title}, quote_via=quote)}",
        ),
    ]


def mail_link(title: str, url: str) -> str:
    """Return the link that begins an e-mail (RFC 6068)."""
    return f"mailto:?{urlencode({'subject': title, 'body': url}, quote_via=quote)}"


def sms_link(title: str, url: str) -> str:
    """Return the link that begins a text message (RFC 5724; the question mark pleases both kinds of phone)."""
    return f"sms:?&body={quote(message(title, url), safe='')}"


def mastodon_link(host: str, title: str, url: str) -> str:
    """Return the address on somebody's own instance that begins a post."""
    return f"https://{host}/share?text={quote(message(title, url), safe='')}"


class InstanceForm(forms.Form):
    """Asks for somebody's Mastodon instance; what is typed is used for one link and kept nowhere."""

    instance = forms.CharField(
        label=_("Your Mastodon instance"),
        max_length=300,
        error_messages={"required": _("Please enter your instance. Example: mastodon.social")},
        widget=forms.TextInput(
            attrs={"autocomplete": "off", "autocapitalize": "none", "spellcheck": "false"}
        ),
    )

    def clean_instance(self) -> str:
        """Return the host's name, also of an address or of an account; nothing else than a name gets through."""
        typed = self.cleaned_data["instance"].strip().lower()
        bare = re.sub(r"^https?://", "", typed).rpartition("@")[2].rstrip("/").rstrip(".")
        try:
            host = bare.encode("idna").decode()
        except UnicodeError:
            host = ""
        if len(host) > LONGEST_HOST or not HOST.fullmatch(host):
            raise ValidationError(_("That is not the name of an instance. Example: mastodon.social"))
        return host
