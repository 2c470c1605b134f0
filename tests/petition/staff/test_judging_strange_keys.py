"""Judging many takes whatever a form may hold: what can't be a row's key is nobody."""

import pytest
from django.urls import reverse

from tests.petition.staff.test_judging import WHY

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("key", ["9" * 5_000, "9" * 19, "9" * 18, "-1", "²", "x", ""])
def test_what_cannot_be_a_key_is_left_out(manager, signature, key):
    address = reverse("signatures:judge_many", args=["set_aside"])
    alone = manager.post(address, {"pk": key})
    assert (alone.status_code, alone["Location"]) == (302, reverse("signatures:index"))
    beside = {"pk": [key, signature.pk], "reason": WHY, "number": "1"}
    assert manager.post(address, beside).status_code == 302
    signature.refresh_from_db()
    assert signature.state_reason == WHY
