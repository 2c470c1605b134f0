"""What the page « Comment nous comptons » is told."""

from typing import Any

from django.conf import settings
from django.urls import reverse
from django.utils.translation import get_language

from petition.links import absolute
from petition.models import Petition, PetitionText
from petition.services.figures import days, figures

DAYS_SHOWN = 30


def how_we_count_context(petition: Petition, text: PetitionText) -> dict[str, Any]:
    """Return figures (None before the first roll-up), the last thirty days, the history of goals and of the office."""
    found = figures(petition)
    told = days(petition, found.as_of) if found else []
    here = get_language() or settings.LANGUAGE_CODE
    return {
        "petition": petition,
        "text": text,
        "figures": found,
        "days": told[: -DAYS_SHOWN - 1 : -1],
        "most": max(told[-DAYS_SHOWN:], key=lambda day: day.confirmed, default=None),
        "goals": petition.goals_shown.order_by("-since"),
        "holders": petition.office_holders.all(),
        "daily_csv": reverse("daily_csv", args=[petition.slug]),
        "count_json": reverse("count_json", args=[petition.slug]),
        "canonical": absolute("how_we_count", petition.slug, language=here),
    }
