"""The body of a standard page: a text, or what the site says by itself."""

from django.utils.translation import gettext_lazy as _

from home.blocks.accessibility import AccessibilityBlock
from home.blocks.body import BodyBlock
from home.blocks.legal import LegalNoticeBlock, PrivacyBlock, RulesBlock
from home.blocks.site import ContactBlock, SecurityBlock, SiteTreeBlock

BY_ITSELF = _("What the site says by itself")
SAY_SECTIONS = frozenset({"legal_notice", "privacy", "rules", "accessibility", "contact", "security"})


class StandardBodyBlock(BodyBlock):
    """A text, and the blocks that are generated."""

    legal_notice = LegalNoticeBlock(group=BY_ITSELF)
    privacy = PrivacyBlock(group=BY_ITSELF)
    rules = RulesBlock(group=BY_ITSELF)
    accessibility = AccessibilityBlock(group=BY_ITSELF)
    site_tree = SiteTreeBlock(group=BY_ITSELF)
    contact = ContactBlock(group=BY_ITSELF)
    security = SecurityBlock(group=BY_ITSELF)

    with_sections = SAY_SECTIONS

    class Meta:
        label = _("Body")
        block_counts = {name: {"max_num": 1} for name in (*SAY_SECTIONS, "site_tree")}
