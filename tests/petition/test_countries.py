"""The list of countries, written in one go, is the one that Django's own widget would show."""

import pytest
from django import forms
from django.test.html import parse_html

from petition import places
from petition.context import form_if_worded
from petition.forms import CountrySelect

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("typed", [None, "FR", "BE", "XX", ""])
@pytest.mark.parametrize("language", ["fr", "en"])
def test_the_list_is_what_the_usual_widget_would_show(petition, language, typed):
    data = None if typed is None else {"country": typed}
    ours, usual = form_if_worded(petition, language, data), form_if_worded(petition, language, data)
    mine = ours.fields["country"].widget
    usual.fields["country"].widget = forms.Select(attrs=mine.attrs, choices=list(places.countries().items()))
    described = {"aria-describedby": "id_country_error", "aria-invalid": "true"}
    assert isinstance(mine, CountrySelect)
    shown = parse_html(ours["country"].as_widget(attrs=described))
    assert shown == parse_html(usual["country"].as_widget(attrs=described))
    assert len(shown.children) >= 200


def test_a_name_is_never_taken_for_mark_up():
    widget = CountrySelect(choices=[('"><script>', "<b>&</b>")])
    html = widget.render("country", None)
    assert "&quot;&gt;&lt;script&gt;" in html and "&lt;b&gt;&amp;&lt;/b&gt;" in html
    assert "<script>" not in html and "<b>" not in html
