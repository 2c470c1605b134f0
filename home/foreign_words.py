"""Words of another language in running text: a button of the editor marks them, so that they are read out rightly.

They are stored as `<i lang="…">`, italic as printers set them, and left alone by French typography. wagtail-localize
takes no tag with such an attribute: translators get the words in italics, and what is marked is the source alone.
"""

import re

from django.utils.translation import gettext as _
from wagtail import hooks
from wagtail.admin.rich_text.converters.html_to_contentstate import InlineStyleElementHandler
from wagtail.admin.rich_text.editors.draftail.features import InlineStyleFeature
from wagtail_localize.segments import extract

FEATURES = {"words-in-english": "en", "words-in-french": "fr"}
MARKED = re.compile(r'<i lang="[a-z]{2}">')


@hooks.register("register_rich_text_features")
def offer_languages(features) -> None:
    """Offer one button per language, and say how what it marks is stored."""
    names = {"en": _("Words in English"), "fr": _("Words in French")}
    for feature, language in FEATURES.items():
        kind = f"LANG_{language.upper()}"
        control = {
            "type": kind,
            "label": language.upper(),
            "description": names[language],
            "element": "i",
        }
        features.register_editor_plugin("draftail", feature, InlineStyleFeature(control))
        rules = {
            "from_database_format": {f'i[lang="{language}"]': InlineStyleElementHandler(kind)},
            "to_database_format": {"style_map": {kind: {"element": "i", "props": {"lang": language}}}},
        }
        features.register_converter_rule("contentstate", feature, rules)


def give_translators_words_without_marks() -> None:
    """Take the marks out of what is translated; wagtail-localize would refuse to bring the whole page up to date."""
    extract_strings = extract.extract_strings
    if not hasattr(extract_strings, "takes_marks"):

        def without_marks(html: str):
            return extract_strings(MARKED.sub("<i>", html))

        without_marks.takes_marks = True  # type: ignore[attr-defined]
        extract.extract_strings = without_marks
