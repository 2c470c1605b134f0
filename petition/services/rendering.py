"""A dated rendering of the form for each set of texts: the proof of what was shown beside the boxes (GDPR, 7.1)."""

import hashlib

from django.db import IntegrityError, transaction
from django.template.loader import render_to_string
from django.utils import translation

from petition import places
from petition.enums import ConsentPurpose
from petition.forms import SignatureForm
from petition.models import ConsentText, FormRendering, Petition, PetitionText
from petition.notice import told_numbers


def keep_rendering(
    petition: Petition, text: PetitionText, shown: dict[ConsentPurpose, ConsentText]
) -> FormRendering | None:
    """Keep the form as it is shown with this text and these words; None where the same is kept already.

    To be called in the transaction that changes what the form shows.
    """
    html = form_as_shown(petition, text, shown)
    sha256 = hashlib.sha256(html.encode()).hexdigest()
    if FormRendering.objects.filter(petition=petition, language=text.language, sha256=sha256).exists():
        return None
    try:
        with transaction.atomic():
            return FormRendering.objects.create(
                petition=petition, language=text.language, html=html, sha256=sha256
            )
    except IntegrityError:  # two at once made the same
        return None


def form_as_shown(petition: Petition, text: PetitionText, shown: dict[ConsentPurpose, ConsentText]) -> str:
    """Return the form as HTML, the same each time: without ticket and address, which differ from visitor to visitor."""
    with translation.override(text.language):
        form = SignatureForm(petition, text, shown)
        form.fresh_ticket = ""
        # The 250 countries are no words that anybody agrees to, and three quarters of the page.
        form.fields["country"].widget.choices = [(places.FRANCE, places.countries()[places.FRANCE])]
        return render_to_string(
            "petition/form_as_shown.html",
            {
                "form": form,
                "petition": petition,
                "text": text,
                "numbers": told_numbers(),
            },
        )
