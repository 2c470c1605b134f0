"""What is pasted or linked in running text: no style of a word processor is kept, no link leads to a program."""

import html
import json

import pytest
from django.core.exceptions import ValidationError
from wagtail.admin.rich_text.converters.contentstate import ContentstateConverter

from home.blocks import TEXT_FEATURES
from home.blocks.text import RunningTextBlock
from home.safe_links import check_links, without_unsafe_links
from tests.home.edit_forms import edit_address, edit_form

REFUSED = [
    "javascript:alert(1)",
    "JavaScript:alert(1)",
    "java&#9;script:alert(1)",
    " javascript:alert(1)",
    "data:text/html,x",
    "vbscript:x",
    "ftp://example.org/",
    "//example.org/",
]
TAKEN = [
    "https://example.org/?a=b:c",
    "http://example.org/",
    "mailto:essai@example.org",
    "tel:+33100000000",
    "/petition/",
    "#demandes",
]
# What a word processor puts on the clipboard, as the editor's paste would hand it to the server at worst.
FROM_WORD = (
    '<p class="MsoNormal" style="mso-fareast-language:FR"><b style="color:red"><span lang="x">Gras</span></b> et '
    '<font face="Calibri">police</font><o:p></o:p></p><style>p {color: red}</style><script>alert(1)</script>'
    '<table><tr><td onclick="x()">Case</td></tr></table><img src="file:///c:/essai.png"><h1>Titre</h1>'
)


def contentstate(*, url: str | None = None, styles: tuple[str, ...] = ()) -> str:
    """Return what the editor's script sends of one paragraph, « Un lien »."""
    ranges = [{"offset": 0, "length": 2, "style": style} for style in styles]
    entities = {"0": {"type": "LINK", "mutability": "MUTABLE", "data": {"url": url}}} if url else {}
    block = {"key": "abcde", "text": "Un lien", "type": "unstyled", "depth": 0, "inlineStyleRanges": ranges}
    block["entityRanges"] = [{"offset": 3, "length": 4, "key": 0}] if url else []
    return json.dumps({"blocks": [block], "entityMap": entities})


@pytest.mark.parametrize("address", REFUSED)
def test_a_link_that_leads_to_a_program_is_refused_and_never_read(address):
    stored = f'<p>Voir <a href="{address}">ce <b>lien</b></a>.</p>'
    with pytest.raises(ValidationError, match="« ce lien »"):
        check_links(stored)
    assert without_unsafe_links(stored) == "<p>Voir <a>ce <b>lien</b></a>.</p>"
    assert str(RunningTextBlock().to_python(stored)) == without_unsafe_links(stored)


@pytest.mark.parametrize("address", TAKEN)
def test_links_to_the_web_a_mailbox_a_telephone_and_the_site_are_kept(address):
    stored = f'<p>Voir <a href="{address}">ce lien</a> et <a linktype="page" id="3">cette page</a>.</p>'
    check_links(stored)
    assert without_unsafe_links(stored) == stored


@pytest.mark.parametrize("address", ["javascript:alert(1)", "ftp://example.org/"])
def test_the_editor_is_told_in_french_which_link_leads_nowhere(staff_client, page, address):
    news = page("NEWS_ORDER")
    form = edit_form(staff_client, news)
    name = next(name for name, value in form.items() if name.endswith("-value") and '"blocks"' in value)
    form[name] = contentstate(url=address)
    before = page("NEWS_ORDER").body.get_prep_value()
    answer = staff_client.post(edit_address(news), form)
    assert answer.status_code == 200
    said = json.dumps("Le lien « lien » ne mène à aucune page.")[1:-1]  # the editor's script reads it as JSON
    assert said in html.unescape(answer.content.decode())
    assert page("NEWS_ORDER").body.get_prep_value() == before


def test_a_link_of_the_editors_form_is_stored_as_it_is(staff_client, page):
    news = page("NEWS_ORDER")
    form = edit_form(staff_client, news)
    name = next(name for name, value in form.items() if name.endswith("-value") and '"blocks"' in value)
    form[name] = contentstate(url="https://example.org/", styles=("BOLD", "UNDERLINE", "CODE"))
    form["action-publish"] = "action-publish"
    assert staff_client.post(edit_address(news), form).status_code == 302
    source = next(child.value.source for child in page("NEWS_ORDER").body if child.block_type == "paragraph")
    assert '<a href="https://example.org/">lien</a>' in source
    assert "<b>Un</b>" in source
    assert "<u>" not in source
    assert "<code>" not in source


def test_of_a_document_pasted_with_its_styles_words_and_plain_emphasis_are_kept():
    converter = ContentstateConverter(features=TEXT_FEATURES)
    stored = converter.to_database_format(converter.from_database_format(FROM_WORD))
    for word in ("Gras", "police", "Case", "Titre"):
        assert word in stored
    assert "<b>" in stored
    for left in (
        "style=",
        "class=",
        "<font",
        "<table",
        "<td",
        "<img",
        "<h1",
        "<script",
        "<style",
        "<span",
        "onclick",
    ):
        assert left not in stored, stored
