"""Names of every script: kept as they are typed, shown safely wherever they are shown; what is no name is refused."""

import re
import unicodedata

import pytest
from django.urls import reverse
from django.utils.html import escape

from campaign.roles import Role
from petition.models import PendingSignature, Signature
from petition.models.pending import NAME_LENGTH
from petition.names import NoName, as_kept, why_not
from tests.people import Form, confirm_path, drain_outbox, html_of, text_of

pytestmark = pytest.mark.django_db

NAMES = [
    "D'Arcy",
    "N’Diaye",
    "Le Bihan-Lefèvre",
    "Émilie de l'Étoile",
    "王小明",
    "Ольга",
    "محمد",
    "נועה",
    "Ô",
    "J. R. Le Goff",
    "St. John",
    "D.Arc",
    "Zoé 🌻",
    "🌻🌻",
    "👩‍🌾👨‍👩‍👧",
    "देवी",
    "a\u200fמ\u200eb\u061c",
    unicodedata.normalize("NFD", "Élodie"),
    "Núñez\u00a0Pérez",
    "O&'\"<b>",
]


def beside(html: str, field: str) -> str:
    """Return the message beside a field."""
    return html.split(f'id="id_{field}_error"')[1].split("</p>")[0]


@pytest.mark.parametrize("name", NAMES)
def test_a_name_is_kept_and_shown_as_it_was_typed(petition, visitor, mailbox, name):
    assert visitor.sign(petition, first_name=name, last_name=f" {name} ").status_code == 303
    pending = PendingSignature.objects.get()
    assert (pending.first_name, pending.last_name) == (name, name)

    drain_outbox()
    [mail] = mailbox.messages
    plain = name.replace("\u00a0", " ")
    assert plain in text_of(mail)
    assert f"<bdi>{escape(plain)}</bdi>" in html_of(mail).replace("\u00a0", " ")
    assert name not in str(mail["Subject"])

    path = confirm_path(mail)
    shown = visitor.read(path).content.decode().replace("\u00a0", " ")
    assert f"<bdi>{escape(plain)}</bdi>" in shown
    assert f"<bdi>{escape(plain)} {escape(plain)}</bdi>" in shown
    visitor.send(path)
    assert Signature.objects.get().first_name == name


@pytest.mark.parametrize("name", ["<img src=x onerror=alert(1)>", "محمد", "Zoé 🌻"])
def test_staff_read_a_name_as_text(petition, visitor, client, django_user_model, name):
    visitor.sign(petition, first_name=name, last_name="Essai")
    pending = PendingSignature.objects.get()
    client.force_login(
        django_user_model.objects.create_superuser(Role.ADMINISTRATOR.value),
        backend="django.contrib.auth.backends.ModelBackend",
    )
    for address in (
        reverse("pending_signatures:index"),
        reverse("pending_signatures:inspect", args=[pending.pk]),
    ):
        html = client.get(address).content.decode()
        assert escape(name) in html
        assert "<img src=x" not in html


@pytest.mark.parametrize("order", "\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")
def test_what_turns_text_around_is_dropped_in_silence(petition, visitor, order):
    assert visitor.sign(petition, first_name=f"Paul{order}", last_name=f"{order} Essai").status_code == 303
    pending = PendingSignature.objects.get()
    assert (pending.first_name, pending.last_name) == ("Paul", "Essai")


def test_what_comes_along_with_a_pasted_name_is_no_obstacle(petition, visitor):
    assert visitor.sign(petition, first_name="Anne\tMarie\r\n", last_name="Es\x1bsai\x85").status_code == 303
    pending = PendingSignature.objects.get()
    assert (pending.first_name, pending.last_name) == ("Anne Marie", "Essai")


@pytest.mark.parametrize(
    ("name", "reason"),
    [
        ("Ma\x00rie", NoName.UNSHOWABLE),
        ("Ma\ud800rie", NoName.UNSHOWABLE),
        ("Ma\uffffrie", NoName.UNSHOWABLE),
        ("\u0301\u0301", NoName.NOTHING),
        ("\u200b\u200d", NoName.NOTHING),
        ("\u3164", NoName.NOTHING),
        ("\u2800", NoName.NOTHING),
        ("\u200f", NoName.NOTHING),
        ("- -", NoName.NOTHING),
        ("https://example.org", NoName.LINK),
        ("Gagnez sur WWW.example.org", NoName.LINK),
        ("jean@example.org", NoName.LINK),
        ("example.fr/gagner", NoName.LINK),
        ("exemple.com", NoName.LINK),
        ("ｗｗｗ.example.org", NoName.LINK),
    ],
)
def test_what_is_no_name_is_refused_with_its_reason(name, reason):
    assert why_not(as_kept(name)) is reason


@pytest.mark.parametrize("name", NAMES)
def test_no_real_name_is_refused(name):
    assert why_not(as_kept(name)) is None


@pytest.mark.parametrize(
    ("name", "word"), [("Ma\x00rie", "caractère"), ("\u0301", "nom"), ("www.example.org", "adresse")]
)
def test_a_refusal_stands_beside_its_field_in_the_pages_language(petition, visitor, name, word):
    response = visitor.sign(petition, last_name=name)
    html = response.content.decode()
    assert response.status_code == 422
    assert word in beside(html, "last_name")
    assert Form(html, "sign-form").values["first_name"] == "Élise"
    assert "Please" in beside(visitor.sign(petition, "en", last_name=name).content.decode(), "last_name")
    assert not PendingSignature.objects.exists()


@pytest.mark.parametrize(
    "field", ["first_name", "last_name", "email", "postcode", "country", "ticket", "email_kept"]
)
def test_a_null_character_in_any_field_breaks_nothing(petition, visitor, field):
    data = visitor.form_of(petition)
    response = visitor.send(
        f"/petitions/{petition.slug}/signature/", {**data, field: f"{data.get(field, '')}\x00"}
    )
    if field == "email_kept":
        assert response.status_code == 303
    else:
        assert response.status_code == 422
        assert not PendingSignature.objects.exists()


class TestLength:
    """Limits count characters, and are the same wherever a name comes in."""

    @pytest.mark.parametrize("form", ["NFC", "NFD"])
    def test_a_name_of_exactly_the_limit_is_kept_whole(self, petition, visitor, form):
        name = (unicodedata.normalize(form, "é") * NAME_LENGTH)[:NAME_LENGTH]
        assert visitor.sign(petition, first_name=name, last_name="🌻" * NAME_LENGTH).status_code == 303
        pending = PendingSignature.objects.get()
        assert (pending.first_name, len(pending.last_name)) == (name, NAME_LENGTH)

    @pytest.mark.parametrize(
        ("field", "typed", "limit"),
        [
            ("first_name", "é" * 101, "100"),
            ("last_name", "x" * 300, "100"),
            ("first_name", "x" * 100_000, "100"),
            ("email", f"{'x' * 64}@{'d' * 63}.{'d' * 63}.{'d' * 58}.org", "254"),
        ],
    )
    def test_beyond_it_the_message_names_the_limit(self, petition, visitor, field, typed, limit):
        response = visitor.sign(petition, **{field: typed})
        assert response.status_code == 422
        assert re.search(rf"\b{limit}\b", beside(response.content.decode(), field))
        assert not PendingSignature.objects.exists()

    def test_what_turns_text_around_does_not_count(self, petition, visitor):
        assert visitor.sign(petition, first_name="\u202d" + "x" * NAME_LENGTH + "\u202c").status_code == 303


def test_an_invalid_form_is_kept_by_no_cache_and_shown_to_nobody_else(petition, visitor):
    refused = visitor.sign(petition, first_name="Aurélien", email="pas-une-adresse")
    assert "no-store" in refused["Cache-Control"]
    for address in (
        f"/petitions/{petition.slug}/signature/",
        f"/petitions/{petition.slug}/signature/message/",
    ):
        assert "Aurélien" not in visitor.client.get(address, follow=False).content.decode()
