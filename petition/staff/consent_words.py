"""The words of the consent boxes, as staff write them: one form per language, and the page that holds them."""

import re
from dataclasses import dataclass

from django import forms
from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.generic import View
from wagtail.admin import messages
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin
from wagtail.admin.widgets import AdminAutoHeightTextInput
from wagtail.log_actions import log

from petition import mailing
from petition.enums import ConsentPurpose
from petition.models import ConsentText, Petition
from petition.services.texts import texts_by_language
from petition.services.wording import GAP, Words, own_words, rendered_words, reword, usual_words

REWORD = "petition.reword_consents"
LABEL_WORDS = 8  # what is read at a glance, beside a box, on a phone
LABEL_LENGTH = 120  # characters, as the column holds
SENTENCE_LENGTH = 1_000  # nobody reads more before ticking
KNOWN_GAPS = ("organisation", "addressee", "destinataire")
BRACE = re.compile(r"[{}]")
PARTNERS = re.compile(r"\bparten(?:aire|ariat)\w*|\bpartner\w*", re.IGNORECASE)
AGE = re.compile(r"\b\d{2}\b")
OPINION = re.compile(r"\bopinions?\b", re.IGNORECASE)  # the same word in French and in English


@dataclass(frozen=True)
class Box:
    """One box of the form: its two fields, the usual words, and what visitors would read."""

    name: str
    label: forms.BoundField
    sentence: forms.BoundField
    usual: Words
    shown: Words
    is_own: bool


def plain(words: str) -> str:
    """Return words on one line, as a box shows them."""
    return " ".join(words.split())


def say_who(words: str) -> None:
    """Refuse "partners": who receives data is named, or nobody can agree to it."""
    found = PARTNERS.search(words)
    if found:
        raise ValidationError(
            _(
                "“%(word)s” is refused: a box that speaks of partners doesn't say who they are, so nobody can agree "
                "to it. Data are passed to no partner; a recipient would need a box that names it."
            )
            % {"word": found[0]}
        )


class ConsentWordsForm(forms.Form):
    """The words at each box of a petition in one language; an empty field means the usual words."""

    def __init__(self, petition: Petition, language: str, data=None):
        super().__init__(data, prefix=language)
        self.petition, self.language = petition, language
        self.usual = usual_words(language)
        self.own = own_words(petition, language)
        for purpose in ConsentPurpose:
            words = self.own.get(purpose, self.usual[purpose])
            self.fields[f"{purpose}_label"] = forms.CharField(
                label=gettext_lazy("Label of the box"),
                required=False,
                strip=True,
                max_length=LABEL_LENGTH,
                initial=words.label,
                help_text=gettext_lazy("Eight words at most, without a gap."),
            )
            self.fields[f"{purpose}_sentence"] = forms.CharField(
                label=gettext_lazy("Full sentence, below the label"),
                required=False,
                strip=True,
                max_length=SENTENCE_LENGTH,
                initial=words.sentence,
                widget=AdminAutoHeightTextInput,
            )

    @property
    def language_name(self) -> str:
        return str(dict(settings.LANGUAGES)[self.language])

    @property
    def wanted(self) -> dict[ConsentPurpose, Words]:
        """What was typed, box by box; of a valid form."""
        return {
            purpose: Words(self.cleaned_data[f"{purpose}_label"], self.cleaned_data[f"{purpose}_sentence"])
            for purpose in ConsentPurpose
        }

    def clean(self):
        for purpose in ConsentPurpose:
            self._look_at(f"{purpose}_label", self.usual[purpose].label, [say_who, _short, _without_gap])
            rules = [say_who, _with_known_gaps]
            if purpose == ConsentPurpose.SIGN:
                rules.append(_explicit)
            self._look_at(f"{purpose}_sentence", self.usual[purpose].sentence, rules)
        return self.cleaned_data

    def boxes(self) -> list[Box]:
        """Return the boxes for the template: with drafts as visitors would read them, where there are no errors."""
        drafts = self.wanted if self.is_bound and self.is_valid() else None
        shown = rendered_words(self.petition, self.language, drafts=drafts)
        return [
            Box(
                str(purpose.label),
                self[f"{purpose}_label"],
                self[f"{purpose}_sentence"],
                self.usual[purpose],
                shown[purpose],
                purpose in self.own,
            )
            for purpose in ConsentPurpose
        ]

    def _look_at(self, name: str, usual: str, rules) -> None:
        if name not in self.cleaned_data:
            return
        words = plain(self.cleaned_data[name])
        self.cleaned_data[name] = words or usual
        for rule in rules:
            try:
                rule(self.cleaned_data[name])
            except ValidationError as error:
                self.add_error(name, error)
                return


class ConsentWordsView(WagtailAdminTemplateMixin, View):
    """The page on which the words of a petition's boxes are written, looked at and saved."""

    template_name = "petition/staff/consent_words.html"
    page_title = gettext_lazy("Words of the boxes")
    header_icon = "form"
    http_method_names = ["get", "head", "post"]

    def get(self, request: HttpRequest, pk: int) -> HttpResponse:
        self.petition = petition_called(pk)
        return self._show(forms_of(self.petition))

    def post(self, request: HttpRequest, pk: int) -> HttpResponse:
        self.petition = petition_called(pk)
        filled = forms_of(self.petition, request.POST)
        if all(form.is_valid() for form in filled) and "preview" not in request.POST:
            tell(request, save(request, self.petition, filled))
            return redirect("petitions:edit", self.petition.pk)
        return self._show(filled)

    def get_page_subtitle(self) -> str:
        return str(self.petition)

    def get_breadcrumbs_items(self):
        edit = {"url": reverse("petitions:edit", args=[self.petition.pk]), "label": str(self.petition)}
        petitions = {"url": reverse("petitions:index"), "label": _("Petitions")}
        return [*self.breadcrumbs_items, petitions, edit, {"url": "", "label": self.page_title}]

    def _show(self, shown: list[ConsentWordsForm]) -> HttpResponse:
        context = self.get_context_data(
            petition=self.petition,
            forms=shown,
            has_errors=any(form.errors for form in shown),
            is_preview=any(form.is_bound for form in shown),
            has_unsaved_changes=any(form.is_bound for form in shown),
            media=sum((form.media for form in shown), forms.Media()),
            service=mailing.chosen(),
            organiser_gap="{organisation}",
            addressee_gaps=["{destinataire}", "{addressee}"],
        )
        return self.render_to_response(context)


def petition_called(pk: int) -> Petition:
    """Return a petition that knows its title, or answer 404."""
    return get_object_or_404(Petition.objects.titled(), pk=pk)


def forms_of(petition: Petition, data=None) -> list[ConsentWordsForm]:
    """Return one form per language in which the petition has a text, in the site's order."""
    written = texts_by_language(petition)
    return [ConsentWordsForm(petition, code, data) for code, _name in settings.LANGUAGES if code in written]


@transaction.atomic
def save(request: HttpRequest, petition: Petition, filled: list[ConsentWordsForm]) -> list[ConsentText]:
    """Store the words, publish them, and write in the petition's history who changed which boxes."""
    made = [text for form in filled for text in reword(petition, form.language, form.wanted)]
    if made:
        boxes = [[text.purpose, text.language, text.version] for text in made]
        log(petition, REWORD, user=request.user, title=str(petition), data={"boxes": boxes})
    return made


def boxes_in_words(boxes: list[list]) -> str:
    """Return which boxes a line of the history is about, as staff read it."""
    purposes, languages = dict(ConsentPurpose.choices), dict(settings.LANGUAGES)
    return ", ".join(
        _("%(purpose)s (%(language)s, version %(version)s)")
        % {
            "purpose": purposes.get(purpose, purpose),
            "language": languages.get(language, language),
            "version": version,
        }
        for purpose, language, version in boxes
    )


def tell(request: HttpRequest, made: list[ConsentText]) -> None:
    """Say what saving has done."""
    if made:
        messages.success(
            request,
            _(
                "Saved: from now on these words stand at the boxes. What people agreed to before is kept word for word."
            ),
        )
    else:
        messages.info(request, _("Nothing has changed: the boxes have the same words as before."))


def _short(label: str) -> None:
    if len(label.split()) > LABEL_WORDS:
        raise ValidationError(
            _("A label has %(number)s words at most; the rest belongs in the sentence.")
            % {"number": LABEL_WORDS}
        )


def _without_gap(label: str) -> None:
    if BRACE.search(label):
        raise ValidationError(_("A label has no gap: write gaps in the sentence."))


def _with_known_gaps(sentence: str) -> None:
    for name in GAP.findall(sentence):
        if name not in KNOWN_GAPS:
            raise ValidationError(
                _("There is no gap {%(name)s}. The gaps are {organisation} and {addressee}.") % {"name": name}
            )
    if BRACE.search(GAP.sub("", sentence)):
        raise ValidationError(
            _("A brace stands alone: a gap is written with one at each end, such as {organisation}.")
        )


def _explicit(sentence: str) -> None:
    if not OPINION.search(sentence):
        raise ValidationError(
            _(
                "The sentence must say that a signature may reveal an opinion (GDPR, article 9): that word is missing."
            )
        )
    if not any(int(figures) >= settings.SIGNING_AGE for figures in AGE.findall(sentence)):
        words = _("The sentence must say how old people are at least, in figures: “I am %(age)s or older”.")
        raise ValidationError(words % {"age": settings.SIGNING_AGE})
