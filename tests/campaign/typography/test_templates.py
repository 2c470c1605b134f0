"""Typography in templates, and numbers, days and hours in both languages."""

from datetime import UTC, date, datetime

import pytest
from django.contrib.humanize.templatetags.humanize import intcomma
from django.template import Context, Template
from django.template.loader import render_to_string
from django.utils.formats import date_format, localize
from django.utils.translation import override

from campaign.typography import day, moment
from tests.campaign.typography.corpus import seen


def render(source: str, language: str = "fr", **context: object) -> str:
    with override(language):
        return Template("{% load typography humanize %}" + source).render(Context(context))


def test_the_tag_passes_over_what_stands_inside():
    source = "{% typeset %}<p>{{ text }}</p>{% endtypeset %} : {{ text }}"
    assert render(source, text="l'un <b> !") == seen("<p>l’un &lt;b&gt;~!</p> : l&#x27;un &lt;b&gt; !")
    assert render(source, "en", text="Yes !") == "<p>Yes !</p> : Yes !"


def test_every_page_is_inside_the_tag_title_and_descriptions_too():
    with override("fr"):
        page = render_to_string("base.html", {"site_name": "L'Europe : « oui » !"})
    name = seen("L’Europe_: «_oui_»~!")
    assert f" – {name}</title>" in page
    assert f'<meta name="description" content="{name}">' in page


def test_a_filter_sets_a_text_and_what_is_safe_stays_safe():
    assert render("{{ text|typeset_text }}", text="<b> !") == seen("&lt;b&gt;~!")
    assert render("{{ text|safe|typeset_text }}", text="<b>Oui</b> !") == seen("<b>Oui</b>~!")
    assert render("{{ text|typeset_text }}", "en", text="Yes !") == "Yes !"


@pytest.mark.parametrize(
    ("number", "french", "english"),
    [
        (999, "999", "999"),
        (1234, "1~234", "1,234"),
        (6369, "6~369", "6,369"),
        (1234567, "1~234~567", "1,234,567"),
    ],
)
def test_thousands_are_parted_by_a_narrow_space_in_french_and_a_comma_in_english(number, french, english):
    for source in ("{{ number|intcomma }}", "{{ number }}", "{{ number|floatformat:'0g' }}"):
        assert render(source, number=number) == seen(french)
        assert render(source, "en", number=number) == english
    with override("fr"):
        assert intcomma(number) == localize(number) == seen(french)


def test_decimals_have_a_comma_in_french_and_a_point_in_english():
    assert render("{{ number|floatformat:'1g' }}", number=1234.5) == seen("1~234,5")
    assert render("{{ number|floatformat:'1g' }}", "en", number=1234.5) == "1,234.5"


@pytest.mark.parametrize(
    ("value", "french", "english"),
    [
        (date(2020, 11, 1), "1er_novembre 2020", "1 November 2020"),
        (date(2020, 11, 20), "20_novembre 2020", "20 November 2020"),
        (datetime(2020, 10, 31, 23, 30, tzinfo=UTC), "1er_novembre 2020", "1 November 2020"),
    ],
)
def test_a_day_is_written_out_and_the_first_is_an_ordinal(value, french, english):
    assert render("{{ value|day }}", value=value) == seen(french)
    assert render("{{ value|day }}", "en", value=value) == english
    with override("fr"):
        assert day(value) == seen(french)
    pages = "{% typeset %}{{ value|date:'j F Y' }}{% endtypeset %}"
    assert render(pages, value=value) == seen(french)


def test_a_moment_has_its_hour_in_paris():
    value = datetime(2020, 11, 20, 7, 5, tzinfo=UTC)
    assert render("{{ value|moment }}", value=value) == seen("20_novembre 2020 à 8_h_05")
    assert render("{{ value|moment }}", "en", value=value) == "20 November 2020, 08:05"
    with override("fr"):
        assert moment(value) == seen("20_novembre 2020 à 8_h_05")
        assert date_format(datetime(2020, 11, 20, 14, 30), "TIME_FORMAT") == seen("14_h_30")


def test_no_day_is_no_text():
    assert render("{{ value|day }}{{ value|moment }}", value=None) == ""
