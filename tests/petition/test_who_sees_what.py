"""Who reads what of a signatory, place by place: exactly what the table of docs/who-sees-what.md says."""

import re
from dataclasses import dataclass
from html import unescape
from pathlib import Path

import pytest
from django.conf import settings
from django.contrib.auth import get_user_model
from django.test import Client
from django.utils import timezone
from django.utils.html import strip_tags

from campaign.roles import Role
from campaign.typography import plain_spaces
from petition.email_address import email_key
from petition.enums import BounceKind, ConsentPurpose, Reason, SignatureState
from petition.models import Contact, PendingSignature, Signature, Suppression
from petition.services import returning
from tests.people import Visitor, confirm_path, drain_outbox
from tests.petition.staff.addresses import our_addresses

DOCUMENT = Path(settings.BASE_DIR) / "docs" / "who-sees-what.md"
PAGES, FILES = "public pages", "feed, JSON, CSV, social text"
NOTHING, ALL = "nothing", "all"
PEOPLE = (Signature, PendingSignature, Contact, Suppression)
SOCIAL = re.compile(r'<meta (?:property|name)="(?:og:|twitter:|description)[^>]*>')

pytestmark = pytest.mark.django_db


@dataclass(frozen=True)
class Signer:
    """Somebody who signed; whether they ticked the box to be shown, and whether staff look at them still."""

    first_name: str
    last_name: str
    postcode: str
    departement: str
    ticked: bool
    held: bool = False

    @property
    def email(self) -> str:
        return f"{self.last_name.lower()}@example.org"

    @property
    def is_shown(self) -> bool:
        return self.ticked and not self.held


SIGNERS = (
    Signer("Hildegarde", "Quelquune", "23000", "Creuse", ticked=True),
    Signer("Radegonde", "Cachette", "48000", "Lozère", ticked=False),
    Signer("Cunégonde", "Attente", "15000", "Cantal", ticked=True, held=True),
)
WHY, CODES = "Motif-7319", "codes-7319"


def the_table() -> dict[str, dict[str, str]]:
    """Return what each place shows of each thing, as the document says."""
    lines = [line for line in DOCUMENT.read_text(encoding="utf-8").splitlines() if line.startswith("|")]
    head, _rule, *rows = [[cell.strip() for cell in line.strip("|").split("|")] for line in lines]
    return {row[0]: dict(zip(head[1:], row[1:], strict=True)) for row in rows}


TABLE = the_table()


def in_full(signer: Signer) -> dict[str, str]:
    """Return how each thing reads where all of it is shown."""
    return {
        "name": f"{signer.first_name} {signer.last_name}",
        "e-mail": signer.email,
        "place": f"France ({signer.postcode[:2]})",
        "state": WHY,
        "reasons": str(Reason.DISPOSABLE.label),
        "choices": str(ConsentPurpose.ADDRESSEE.label),
        "returned mail": CODES,
    }


def traces(signer: Signer) -> dict[str, list[str]]:
    """Return by what each thing would be known, however little of it were shown."""
    return {thing: [whole] for thing, whole in in_full(signer).items()} | {
        "name": [signer.first_name, signer.last_name],
        "e-mail": [signer.email, email_key(signer.email)],
        "place": [signer.departement, f"France ({signer.postcode[:2]})", f"FR-{signer.postcode[:2]}"],
    }


def if_shown(signer: Signer) -> dict[str, str]:
    return {
        "first name, initial": f"{signer.first_name} {signer.last_name[0]}.",
        "département or country": signer.departement,
    }


@pytest.fixture
def signed(built_site, mailbox) -> None:
    """All of them have signed the petition and confirmed; mail to each has come back."""
    for signer in SIGNERS:
        filled: dict = {"first_name": signer.first_name, "last_name": signer.last_name, "email": signer.email}
        boxes: dict = {"agree_addressee": "on", "agree_newsletter": "on"} | (
            {"agree_public": "on"} if signer.ticked else {}
        )
        Visitor().sign(built_site[1], **filled, **boxes, postcode=signer.postcode)
        drain_outbox()
        Visitor().send(confirm_path(mailbox.to(signer.email)[-1]))
        returning.note_bounce(email_key(signer.email), BounceKind.SOFT, timezone.now(), CODES)
    Signature.objects.update(reasons=[Reason.DISPOSABLE])
    held = [signer.email for signer in SIGNERS if signer.held]
    Signature.objects.filter(email__in=held).update(state=SignatureState.HELD, state_reason=WHY)
    drain_outbox()


def words(client: Client, addresses) -> str:
    """Return what all of them say, one after the other; of a place that doesn't answer, nothing."""
    said = []
    for address in addresses:
        response = client.get(address)
        if response.status_code == 200 and not response.streaming:
            html = response.content.decode(errors="replace")
            said += [unescape(html), unescape(strip_tags(html))]  # what attributes hold, and what people read
    assert said, "some place at least answers"
    return plain_spaces("\n".join(said))


def public_addresses(slug: str) -> list[str]:
    """Return every page that search engines are told of, and those about the petition that they aren't."""
    sitemap = Client().get("/sitemap.xml").content.decode()
    told = re.findall(r"<loc>https?://[^/]+([^<]*)</loc>", sitemap)
    assert len(told) > 10
    ours = ("dernieres-signatures", "comment-nous-comptons", "partager", "organisations", "signature/message")
    return [*told, *(f"{prefix}/petitions/{slug}/{name}/" for prefix in ("", "/en") for name in ours)]


def files_and_social_text(slug: str) -> str:
    pages = words(Client(), [*public_addresses(slug)])
    feeds = set(re.findall(r'type="application/rss\+xml"[^>]*href="https?://[^/"]+([^"]+)"', pages))
    assert feeds
    api = [f"/api/petitions/{slug}/{name}" for name in ("count.json", "daily.csv")]
    share = words(Client(), [f"/petitions/{slug}/partager/", f"/en/petitions/{slug}/partager/"])
    social = SOCIAL.findall(pages)
    assert social
    return words(Client(), [*feeds, *api]) + share + "\n".join(social)


def desk_of(role: Role, built_site) -> str:
    """Return all that the admin shows a group of people's rows and of what happened."""
    user = get_user_model().objects.create_user(f"essai-{role.name}".lower(), password="a-long-password-1")
    user.groups.add(built_site[0][role])
    client = Client()
    client.force_login(user, backend="django.contrib.auth.backends.ModelBackend")
    addresses = ["/admin/", "/admin/reports/site-history/", "/admin/pages/"]
    for address in our_addresses():
        if not address.arguments:
            addresses.append(address.path())
        elif address.model in PEOPLE:
            rows = address.model._default_manager.values_list("pk", flat=True)
            addresses += [address.path(pk) for pk in rows]
    return words(client, addresses)


def faults(place: str, said: str) -> list[str]:
    """Return where a place shows more or less than its column says."""
    found = []
    for thing, row in TABLE.items():
        for signer in SIGNERS:
            shown = [trace for trace in traces(signer)[thing] if trace in said]
            granted = row[place]
            condition, _colon, parts = granted.partition(": ")
            if granted == ALL:
                right = in_full(signer)[thing] in said
            elif granted == NOTHING or not signer.is_shown:
                right = not shown
            else:
                assert condition == "if shown", granted
                part = if_shown(signer)[parts]
                right = part in said and shown == [trace for trace in traces(signer)[thing] if trace in part]
            if not right:
                found.append(f"{place}, {thing} of {signer.first_name}: {granted!r}, and there is {shown}")
    return found


def test_the_table_names_every_place_and_every_thing():
    assert list(TABLE) == list(in_full(SIGNERS[0]))
    assert all(list(row) == [PAGES, FILES, *(role.value for role in Role)] for row in TABLE.values())


def test_public_places_show_what_the_table_says(built_site, signed):
    slug = built_site[1].slug
    assert faults(PAGES, words(Client(), public_addresses(slug))) == []
    assert faults(FILES, files_and_social_text(slug)) == []


def test_each_group_of_staff_reads_what_the_table_says(built_site, signed):
    for role in Role:
        assert faults(role.value, desk_of(role, built_site)) == []
