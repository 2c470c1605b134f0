"""What the law makes every publisher say, generated from the organisation's facts and from what the site really does.

Each of these blocks holds no words of its own: a fact that is missing shows as a marked place (home.facts), named in
`wanted_facts`, without which the page isn't published in production (home.publishing).
"""

from django.conf import settings
from django.utils import translation
from django.utils.translation import gettext_lazy as _
from wagtail import blocks

from home.facts import facts
from petition import public

IDENTITY = ("name", "legal_form", "postal_address", "phone", "email")
DIRECTION = ("publication_director",)
HOST = ("host_name", "host_address", "host_phone")
WHERE_THERE_ARE_ANY = ("rna", "siren", "editorial_lead")
PROCESSORS = ("host_name", "host_country", "mail_carrier", "mail_country")

# Where the CNIL takes complaints; here, because a template holds no address of another host.
CNIL = "https://www.cnil.fr/fr/plaintes"


class GeneratedBlock(blocks.StaticBlock):
    """A block without fields, whose words come from what is."""

    wanted_facts: tuple[str, ...] = ()
    other_facts: tuple[str, ...] = ()

    def get_context(self, value, parent_context=None):
        """Add the facts that the template names."""
        context = super().get_context(value, parent_context=parent_context)
        names = (*self.wanted_facts, *self.other_facts)
        if names:
            context["facts"] = {
                name: told.html
                for name, told in facts(names).items()
                if told.value or name in self.wanted_facts  # what nobody has to give isn't asked for
            }
        return context


class LegalNoticeBlock(GeneratedBlock):
    """Who publishes the site, who directs the publication, who hosts it (LCEN article 1-1)."""

    wanted_facts = (*IDENTITY, *DIRECTION, *HOST)
    other_facts = WHERE_THERE_ARE_ANY

    class Meta:
        icon = "group"
        label = _("Legal notice")
        admin_text = _("Publisher, publication director and host, from the organisation's settings.")
        template = "blocks/legal_notice.html"


class PrivacyBlock(GeneratedBlock):
    """What is done with personal data (GDPR article 13), from the periods and services as they are at this moment."""

    wanted_facts = ("name", "postal_address", "privacy_contact", *PROCESSORS)

    class Meta:
        icon = "lock"
        label = _("Personal data")
        admin_text = _(
            "Purposes, recipients, periods and rights, from the settings as they are: change a period or switch a "
            "service, and the page says so."
        )
        template = "blocks/privacy.html"

    def get_context(self, value, parent_context=None):
        """Add the periods that the deletions themselves use, and the services that receive data."""
        from home.embargo_links import KEEP_AFTER_END

        context = super().get_context(value, parent_context=parent_context)
        services = public.services_in_use()
        context["numbers"] = public.told_numbers() | {"embargo": public.in_words(KEEP_AFTER_END)}
        context["kept_longer"] = public.names_kept_longer()
        context["services"] = services
        context["leaves_the_union"] = any(one.disclosure.is_outside_the_union for one in services)
        context["cnil"] = CNIL
        return context


class RulesBlock(GeneratedBlock):
    """The rules of the petition: what is signed, who may, what counts."""

    wanted_facts = ("name", "email")

    class Meta:
        icon = "list-ol"
        label = _("Rules of the petition")
        admin_text = _("What is signed, in which version, who may sign, what counts, and how it ends.")
        template = "blocks/rules.html"

    def get_context(self, value, parent_context=None):
        """Add the petitions that have a published page in the reader's language, with what is signed."""
        from home.links import reachable
        from home.models.petition_page import PetitionPage

        context = super().get_context(value, parent_context=parent_context)
        language = translation.get_language() or settings.LANGUAGE_CODE
        pages = reachable(PetitionPage.objects.filter(locale__language_code=language))
        signed = [(page, public.what_is_signed(page.petition, language).text) for page in pages]
        context["signed"] = [(page, text) for page, text in signed if text]
        context["numbers"] = public.told_numbers()
        return context
