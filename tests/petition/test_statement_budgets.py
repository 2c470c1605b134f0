"""Statements over the whole HTTP request, in a process that has just started (transaction control apart)."""

import pytest
from django.contrib.contenttypes.models import ContentType
from django.core.cache import cache
from django.db import connection
from django.test.utils import CaptureQueriesContext

from petition import limits, lookups
from petition.models import PendingSignature
from tests.people import confirm_path, drain_outbox

pytestmark = pytest.mark.django_db
TRANSACTION_CONTROL = ("BEGIN", "COMMIT", "SAVEPOINT", "RELEASE", "ROLLBACK")


@pytest.fixture
def petition(campaign_petition):
    return campaign_petition


def statements_of(act) -> list[str]:
    """Forget what a process remembers, act, and return the statements sent."""
    cache.clear()
    ContentType.objects.clear_cache()
    limits.forget_keys()
    lookups.forget_all()
    with CaptureQueriesContext(connection) as captured:
        response = act()
    assert response.status_code in {200, 303}
    return [query["sql"] for query in captured if not query["sql"].startswith(TRANSACTION_CONTROL)]


def listed(statements: list[str]) -> str:
    return "\n".join(f"{number}. {sql[:150]}" for number, sql in enumerate(statements, 1))


def test_sign_costs_at_most_8_even_for_the_first_of_the_day(petition, visitor):
    data = visitor.form_of(petition, agree_newsletter="on", postcode="75011")
    for address in ("premiere@example.org", "seconde@example.org"):
        statements = statements_of(
            lambda address=address: visitor.send(
                f"/petitions/{petition.slug}/signature/", {**data, "email": address}
            )
        )
        assert len(statements) <= 8, listed(statements)
    assert PendingSignature.objects.count() == 2


def test_confirm_costs_at_most_10_with_every_box_ticked(petition, visitor, mailbox):
    visitor.sign(petition, agree_newsletter="on", agree_public="on", agree_addressee="on")
    drain_outbox()
    path = confirm_path(mailbox.messages[0])
    statements = statements_of(lambda: visitor.send(path))
    assert len(statements) <= 10, listed(statements)
    assert not PendingSignature.objects.exists()


@pytest.mark.parametrize("path", ["/petition/", "/en/petition/"])
def test_the_petition_page_costs_at_most_15(petition, visitor, path):
    statements = statements_of(lambda: visitor.read(path))
    assert len(statements) <= 15, listed(statements)


def test_the_count_costs_at_most_2_and_never_counts_rows(petition, visitor):
    statements = statements_of(lambda: visitor.read(f"/api/petitions/{petition.slug}/count.json"))
    assert 1 <= len(statements) <= 2, listed(statements)
    for sql in statements:
        assert "COUNT(" not in sql.upper()
        assert "petition_signature" not in sql


def test_the_petition_page_never_counts_rows(petition, visitor):
    for sql in statements_of(lambda: visitor.read("/petition/")):
        assert "COUNT(" not in sql.upper()
        assert "petition_signature" not in sql
