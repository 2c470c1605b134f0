"""The order of headings in a text: a subsection stands below a section, so that no level is skipped (RGAA 9.1)."""

from collections.abc import Container

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from wagtail.blocks import StreamBlockValidationError, StreamValue, StructBlockValidationError

from home.blocks.text import HeadingLevel

BELOW_A_SECTION = {"outside_services"}  # blocks that begin with a heading of the second level below the title


def check_headings(
    body: StreamValue, *, with_sections: Container[str] = (), on_their_own: Container[str] = ()
) -> None:
    """Raise StreamBlockValidationError at each heading that has no section above it.

    `with_sections` are blocks whose own headings are sections; after a block that stands `on_their_own` the next
    text begins anew.
    """
    faults: dict[int, ValidationError] = {}
    in_a_section = False
    for number, child in enumerate(body):
        kind = child.block_type
        if kind in on_their_own:
            in_a_section = False
        elif kind in with_sections or (kind == "heading" and child.value["level"] == HeadingLevel.SECTION):
            in_a_section = True
        elif kind == "heading" and not in_a_section:
            words = _("A subsection needs a section above it: choose “Section”, or put one before.")
            faults[number] = StructBlockValidationError(block_errors={"level": ValidationError(words)})
        elif kind in BELOW_A_SECTION and not in_a_section:
            faults[number] = ValidationError(_("Put a heading (“Section”) before this block."))
    if faults:
        raise StreamBlockValidationError(block_errors=faults)
