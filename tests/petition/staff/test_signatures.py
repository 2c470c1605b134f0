"""The screens of signatures and of those waiting: what is shown, and how one address is found."""

import re
from datetime import UTC, datetime

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils.html import escape

from petition.email_address import email_key
from petition.enums import ConsentPurpose, Reason, SignatureState
from petition.models import Consent, ConsentText
from tests.factories import OpenPetitionFactory, PendingSignatureFactory, SignatureFactory

SCREENS = {"signatures": SignatureFactory, "pending_signatures": PendingSignatureFactory}


def list_of(screen: str) -> str:
    return reverse(f"{screen}:index")


def find(client, screen: str, address: str):
    return client.post(reverse(f"{screen}:find"), {"email": address})


def test_the_list_shows_name_place_state_petition_and_day(manager, petition):
    SignatureFactory(petition=petition, first_name="Anne", last_name="Exemple", state=SignatureState.HELD)
    html = manager.get(list_of("signatures")).content.decode()
    for shown in ("Anne Exemple", "France (75)", str(SignatureState.HELD.label), "Une demande"):
        assert escape(shown) in html


def test_the_newest_comes_first_by_the_index_of_the_primary_key(manager, petition):
    for number in range(3):
        SignatureFactory(petition=petition, last_name=f"Rang{number}")
    with CaptureQueriesContext(connection) as captured:
        html = manager.get(list_of("signatures")).content.decode()
    assert html.index("Rang2") < html.index("Rang1") < html.index("Rang0")
    [page] = [q["sql"] for q in captured if 'FROM "petition_signature"' in q["sql"] and "LIMIT" in q["sql"]]
    assert 'ORDER BY "petition_signature"."id" DESC' in page


def test_no_column_offers_to_sort_millions_of_rows_without_an_index(manager, signature, pending):
    for screen in SCREENS:
        assert "ordering=" not in manager.get(list_of(screen)).content.decode()
        assert manager.get(list_of(screen), {"ordering": "last_name"}).context["ordering"] == "-id"


def test_a_signature_whose_name_was_erased_is_shown_as_such(manager, petition):
    blank = dict.fromkeys(("first_name", "last_name", "email", "email_key"))
    row = SignatureFactory(petition=petition, blanked_at=datetime(2026, 11, 1, tzinfo=UTC), **blank)
    assert manager.get(list_of("signatures")).status_code == 200
    assert manager.get(reverse("signatures:inspect", args=[row.pk])).status_code == 200


def test_the_details_speak_in_words_and_in_paris_time(manager, petition):
    row = SignatureFactory(
        petition=petition,
        confirmed_at=datetime(2026, 7, 14, 22, 30, tzinfo=UTC),
        reasons=[Reason.TOO_FAST],
        place="FR-2A",
    )
    news = ConsentText.objects.get(petition=petition, purpose=ConsentPurpose.NEWSLETTER, language="fr")
    Consent.objects.create(signature=row, text=news, given_at=row.received_at, confirmed_at=row.received_at)
    html = manager.get(reverse("signatures:inspect", args=[row.pk])).content.decode()
    for shown in (
        "15 juillet 2026 à 0\u00a0h\u00a030",
        Reason.TOO_FAST.label,
        "France (2A)",
        row.email,
        "Une demande",
    ):
        assert escape(str(shown)) in html
    assert escape(str(ConsentPurpose.NEWSLETTER.label)) in html
    assert escape(str(ConsentPurpose.ADDRESSEE.label)) not in html


def test_the_details_of_one_waiting_say_what_was_ticked(manager, pending):
    html = manager.get(reverse("pending_signatures:inspect", args=[pending.pk])).content.decode()
    assert escape(str(ConsentPurpose.SIGN.label)) in html
    assert escape(str(ConsentPurpose.NEWSLETTER.label)) not in html
    assert pending.email in html


@pytest.mark.parametrize("screen", SCREENS)
@pytest.mark.parametrize(
    "typed",
    [
        "jean.essai@gmail.com",
        "JeanEssai@GMAIL.com",
        " j.e.a.n.essai+petition@gmail.com ",
        "jeanessai@googlemail.com",
    ],
)
def test_an_address_is_found_in_any_spelling(manager, petition, screen, typed):
    SCREENS[screen](petition=petition, last_name="Cherchée", email="jean.essai@gmail.com")
    SCREENS[screen](petition=petition, last_name="Voisine")
    html = manager.get(find(manager, screen, typed)["Location"]).content.decode()
    assert "Cherchée" in html
    assert "Voisine" not in html


@pytest.mark.parametrize("screen", SCREENS)
def test_an_address_is_found_in_every_petition(manager, petition, screen):
    for number, one in enumerate([petition, OpenPetitionFactory()]):
        SCREENS[screen](petition=one, last_name=f"Essai{number}bis", email="jean@example.org")
    html = manager.get(find(manager, screen, "jean@example.org")["Location"]).content.decode()
    assert "Essai0bis" in html
    assert "Essai1bis" in html


@pytest.mark.parametrize("screen", SCREENS)
def test_the_address_looked_for_stands_in_no_url(manager, petition, screen):
    location = find(manager, screen, "jean@example.org")["Location"]
    assert location == f"{list_of(screen)}?mailbox={email_key('jean@example.org')}"
    html = manager.get(location).content.decode()
    assert "jean@example.org" not in html


@pytest.mark.parametrize("screen", SCREENS)
def test_half_an_address_is_answered_with_words(manager, petition, screen):
    for typed in ("", "jean", "jean@", "@example.org", "jean@example.org\x00", "%"):
        response = find(manager, screen, typed)
        assert response["Location"] == list_of(screen)
        assert list(manager.get(response["Location"]).context["messages"])


@pytest.mark.parametrize("screen", SCREENS)
def test_an_address_is_looked_up_by_the_unique_index(manager, petition, screen):
    row = SCREENS[screen](petition=petition, email="jean@example.org")
    table = row._meta.db_table
    crowd = [SCREENS[screen].build(petition=petition, text=row.text, **of_its_own(row)) for _ in range(2_000)]
    type(row).objects.bulk_create(crowd)
    with connection.cursor() as cursor:
        cursor.execute(
            f"ANALYZE {table}"
        )  # else the planner's choice hangs on what it last heard of the table
    location = find(manager, screen, "jean@example.org")["Location"]
    with CaptureQueriesContext(connection) as captured:
        manager.get(location)
    reads = [query["sql"] for query in captured if f'FROM "{table}"' in query["sql"]]
    reads = [
        sql for sql in reads if "\"state\" = 'held'" not in sql
    ]  # the menu's number, by an index of its own
    assert reads
    for sql in reads:
        assert "LIKE" not in sql.upper()
        assert re.search(r"petition_id.* AND .*email_key.*=", plan(sql)), f"{sql}\n{plan(sql)}"


def of_its_own(row) -> dict:
    """What a factory would look up for each row of a crowd."""
    return {"sign_text": row.sign_text} if hasattr(row, "sign_text") else {}


def plan(sql: str) -> str:
    """By which columns of which index the database looks rows up."""
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute(f"EXPLAIN {sql}")
        else:
            cursor.execute(f"EXPLAIN QUERY PLAN {sql}")
        steps = [str(row[-1]) for row in cursor.fetchall()]
    return "\n".join(step for step in steps if "Index Cond" in step or step.startswith("SEARCH"))


@pytest.mark.parametrize("screen", SCREENS)
def test_three_rows_cost_no_more_statements_than_one(manager, petition, screen, statements_of):
    SCREENS[screen](petition=petition)
    one = statements_of(manager, list_of(screen))
    SCREENS[screen].create_batch(2, petition=petition)
    assert statements_of(manager, list_of(screen)) == one


@pytest.mark.parametrize("screen", SCREENS)
def test_the_list_leaves_as_no_file(manager, petition, screen):
    SCREENS[screen](petition=petition)
    for form in ("csv", "xlsx"):
        assert manager.get(list_of(screen), {"export": form})["Content-Type"].startswith("text/html")


def test_the_list_is_filtered_by_petition_and_state(manager, petition):
    other = OpenPetitionFactory()
    SignatureFactory(petition=petition, last_name="Ici")
    SignatureFactory(petition=petition, last_name="Dehors", state=SignatureState.INVALIDATED)
    SignatureFactory(petition=other, last_name="Ailleurs")
    filters = {"petition": petition.pk, "state": SignatureState.CONFIRMED}
    html = manager.get(list_of("signatures"), filters).content.decode()
    assert "Ici" in html
    assert "Dehors" not in html
    assert "Ailleurs" not in html


@pytest.mark.parametrize("screen", SCREENS)
@pytest.mark.parametrize("mailbox", ["\x00", "é", "A" * 32, "a" * 31, "a" * 33, "a" * 32 + "\n"])
def test_what_can_be_no_fingerprint_of_a_mailbox_finds_nothing(manager, signature, pending, screen, mailbox):
    for name in ("index", "index_results"):
        answer = manager.get(reverse(f"{screen}:{name}"), {"mailbox": mailbox})
        assert answer.status_code == 200
        assert "Introuvable" not in answer.content.decode()
