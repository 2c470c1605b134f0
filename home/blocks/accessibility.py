"""The accessibility statement, on the RGAA's model: it never claims more than the last audit."""

from django.conf import settings
from django.utils.translation import gettext_lazy as _

from home.blocks.legal import GeneratedBlock
from home.models.organisation import Organisation

# The ways to the Défenseur des droits, as the RGAA's model of a statement names them.
DEFENDER_FORM = "https://formulaire.defenseurdesdroits.fr/"
DEFENDER_DELEGATES = "https://www.defenseurdesdroits.fr/saisir/delegues"
TECHNOLOGIES = ("HTML5", "CSS", "SVG", "JavaScript", "WAI-ARIA")


class AccessibilityBlock(GeneratedBlock):
    """State, findings, who checked and how, whom to write to, and the way to the Défenseur des droits."""

    wanted_facts = ("name", "email")

    class Meta:
        icon = "view"
        label = _("Accessibility statement")
        admin_text = _("From the last audit in the organisation's settings; without one, “not compliant”.")
        template = "blocks/accessibility.html"

    def get_context(self, value, parent_context=None):
        """Add the audit, in the reader's language, and addresses."""
        context = super().get_context(value, parent_context=parent_context)
        organisation = Organisation.current()
        context |= {
            "organisation": organisation,
            "findings": organisation.in_language("audit_findings"),
            "exempt": organisation.in_language("audit_exempt"),
            "pages_checked": organisation.audit_pages.split(),
            "site_url": settings.SITE_URL,
            "technologies": TECHNOLOGIES,
            "defender_form": DEFENDER_FORM,
            "defender_delegates": DEFENDER_DELEGATES,
        }
        return context
