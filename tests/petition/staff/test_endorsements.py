"""Staff read what organisations send: publish, refuse with a reason, take off, correct name and site."""

import pytest
from django.contrib.contenttypes.models import ContentType
from django.urls import reverse
from wagtail.models import ModelLogEntry

from petition.enums import EndorsementState
from petition.models import Endorsement
from tests.factories.organisations import EndorsementFactory, PublishedEndorsementFactory
from tests.people import drain_outbox, text_of, words_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def row(petition):
    return EndorsementFactory(petition=petition, name="Association Introuvable", siren="356000000")


def page(row) -> str:
    return reverse("endorsements:inspect", args=[row.pk])


def now(row) -> Endorsement:
    return Endorsement.objects.get(pk=row.pk)


def history(row) -> list[ModelLogEntry]:
    kind = ContentType.objects.get_for_model(Endorsement)
    return list(ModelLogEntry.objects.filter(content_type=kind, object_id=str(row.pk)).order_by("pk"))


def test_the_list_shows_those_that_a_mailbox_has_confirmed_and_filters_them(manager, petition, row):
    EndorsementFactory(petition=petition, name="Jamais confirmée", state=EndorsementState.RECEIVED)
    PublishedEndorsementFactory(petition=petition, name="Déjà publiée")
    html = words_of(manager.get(reverse("endorsements:index")))
    assert "Association Introuvable" in html
    assert "Déjà publiée" in html
    assert "Jamais confirmée" not in html
    waiting = words_of(manager.get(reverse("endorsements:index"), {"state": "confirmed"}))
    assert "Déjà publiée" not in waiting
    assert "Association Introuvable" in waiting


def test_the_page_of_one_shows_all_of_it_and_says_to_look_the_number_up_by_hand(manager, petition, row):
    PublishedEndorsementFactory(petition=petition, name="La même ailleurs", siren="356000000")
    html = words_of(manager.get(page(row)))
    for shown in ("Camille Essai", "Présidente", row.email, "356000000", row.statement, "La même ailleurs"):
        assert shown in html
    assert "à la main" in html


def test_names_are_shown_as_text_and_leave_their_neighbours_alone(manager, petition):
    row = EndorsementFactory(petition=petition, name="<img src=x onerror=alert(1)>", role="محمد")
    for address in (page(row), reverse("endorsements:index"), reverse("endorsements:edit", args=[row.pk])):
        html = manager.get(address).content.decode()
        assert "<img src=x" not in html
        assert "&lt;img src=x" in html
    assert "<bdi>محمد</bdi>" in manager.get(page(row)).content.decode()


def test_what_no_mailbox_has_confirmed_has_no_page(manager, petition):
    row = EndorsementFactory(
        petition=petition, state=EndorsementState.RECEIVED, logo_digest="0" * 32, logo=b"x"
    )
    for name in ("inspect", "edit", "logo"):
        assert manager.get(reverse(f"endorsements:{name}", args=[row.pk])).status_code == 404
    assert manager.post(page(row), {"act": "publish"}).status_code == 404
    assert now(row).state == EndorsementState.RECEIVED


def test_publishing_puts_it_on_the_wall_and_writes_to_the_representative(
    manager, petition, row, visitor, mailbox
):
    assert manager.post(page(row), {"act": "publish"}).status_code == 302
    drain_outbox()
    assert now(row).state == EndorsementState.PUBLISHED
    assert now(row).reviewer is not None
    assert "Association Introuvable" in words_of(visitor.read(f"/petitions/{petition.slug}/organisations/"))
    [mail] = mailbox.messages
    assert mail["Subject"] == "Le soutien de votre organisation est publié"
    assert f"/petitions/{petition.slug}/organisations/" in text_of(mail)
    assert [entry.action for entry in history(row)] == ["endorsement.publish"]


def test_refusing_needs_a_reason_which_the_representative_reads(manager, row, mailbox):
    refused = manager.post(page(row), {"act": "refuse", "reason": " "})
    assert refused.status_code == 422
    assert "Dites pourquoi" in words_of(refused)
    assert now(row).state == EndorsementState.CONFIRMED
    manager.post(page(row), {"act": "refuse", "reason": "Le numéro est celui d’une autre association."})
    drain_outbox()
    assert now(row).state == EndorsementState.REFUSED
    assert "Le numéro est celui d’une autre association." in text_of(mailbox.messages[0])
    [entry] = history(row)
    assert "une autre association" in entry.message
    assert row.email not in str(entry.data)


@pytest.mark.parametrize("reason", ["x" * 501, "ligne\nautre", "jean@example.org"])
def test_a_reason_that_cannot_stand_is_asked_for_again_with_what_was_typed(manager, row, reason):
    response = manager.post(page(row), {"act": "refuse", "reason": reason})
    assert response.status_code == 422
    assert reason.split("\n")[0] in response.content.decode()
    assert now(row).state == EndorsementState.CONFIRMED


def test_what_is_shown_can_be_taken_off_and_is_read_again(manager, petition, visitor, mailbox):
    row = PublishedEndorsementFactory(petition=petition, name="Association Introuvable")
    manager.post(page(row), {"act": "unpublish", "reason": "À sa demande"})
    drain_outbox()
    assert now(row).state == EndorsementState.CONFIRMED
    assert not mailbox.messages
    assert "Introuvable" not in words_of(visitor.read(f"/petitions/{petition.slug}/organisations/"))
    manager.post(page(row), {"act": "publish"})
    assert now(row).state == EndorsementState.PUBLISHED


def test_one_number_is_published_once_and_staff_are_told(manager, petition, row):
    PublishedEndorsementFactory(petition=petition, siren=row.siren)
    html = words_of(manager.post(page(row), {"act": "publish"}, follow=True))
    assert "un autre soutien portant ce numéro SIREN est publié" in html
    assert now(row).state == EndorsementState.CONFIRMED
    assert not history(row)


def test_of_two_decisions_the_first_holds(manager, row, mailbox):
    manager.post(page(row), {"act": "publish"})
    html = words_of(manager.post(page(row), {"act": "refuse", "reason": "Trop tard"}, follow=True))
    assert "déjà décidé" in html
    assert now(row).state == EndorsementState.PUBLISHED
    assert manager.post(page(row), {"act": "burn"}).status_code == 404


class TestNameAndSite:
    """The same limits and the same words as in the form for organisations."""

    def edit(self, manager, row, **values):
        return manager.post(
            reverse("endorsements:edit", args=[row.pk]), {"name": row.name, "website": row.website, **values}
        )

    def test_are_corrected_and_written_down(self, manager, row):
        assert self.edit(manager, row, name="L'Étoile", website="example.org").status_code == 302
        assert (now(row).name, now(row).website) == ("L'Étoile", "https://example.org")
        assert [entry.action for entry in history(row)] == ["wagtail.edit"]
        assert now(row).state == EndorsementState.CONFIRMED

    @pytest.mark.parametrize("length", [129, 10_000])
    def test_have_the_forms_limits(self, manager, row, endorse_message, length):
        html = words_of(self.edit(manager, row, name="x" * length))
        assert endorse_message(length) in html
        assert now(row).name == "Association Introuvable"

    @pytest.mark.parametrize("site", ["javascript:alert(1)", "x" * 300])
    def test_lead_nowhere_but_to_a_site(self, manager, row, site):
        assert self.edit(manager, row, website=site).status_code == 200
        assert now(row).website == "https://asso.example.org"

    @pytest.fixture
    def endorse_message(self, petition):
        """Return what the public form says of a name of this length."""
        from petition.organisations import OrganisationField

        def message(length: int) -> str:
            from django.core.exceptions import ValidationError

            with pytest.raises(ValidationError) as refused:
                OrganisationField().clean("x" * length)
            return refused.value.messages[0]

        return message


def test_the_menu_and_the_dashboard_tell_how_many_wait(manager, editor, row):
    html = words_of(manager.get(reverse("wagtailadmin_home")))
    assert "1 organisation attend d’être relue" in html
    assert "Organisations (1)" in html
    assert "attend d’être relue" not in words_of(editor.get(reverse("wagtailadmin_home")))


def test_three_rows_cost_no_more_statements_than_one(manager, petition, row, statements_of):
    one = statements_of(manager, reverse("endorsements:index"))
    EndorsementFactory.create_batch(2, petition=petition)
    assert statements_of(manager, reverse("endorsements:index")) == one


def test_a_logo_is_shown_to_staff_before_it_is_to_anybody(manager, editor, petition):
    row = EndorsementFactory(petition=petition, logo=b"png", logo_digest="1" * 32)
    address = reverse("endorsements:logo", args=[row.pk])
    answer = manager.get(address)
    assert (answer["Content-Type"], answer.content) == ("image/png", b"png")
    assert "no-store" in answer["Cache-Control"]
    assert editor.get(address).status_code == 302
