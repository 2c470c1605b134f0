"""What is still in preparation says nothing of itself on the pages of organisations either."""

import pytest

from tests.factories import PreparedPetitionFactory

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("below", ["", "soutenir/", "soutenir/message/"])
def test_nobody_learns_what_will_be_signed(visitor, below):
    petition = PreparedPetitionFactory()
    answer = visitor.read(f"/petitions/{petition.slug}/organisations/{below}")
    assert answer.status_code == 404
