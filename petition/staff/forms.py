"""The forms in which staff prepare a petition and its texts."""

import re

from django import forms
from django.core.exceptions import ValidationError
from django.utils.formats import number_format
from django.utils.translation import gettext_lazy as _
from wagtail.admin.forms import WagtailAdminModelForm
from wagtail.admin.widgets import AdminAutoHeightTextInput

from petition.enums import PetitionState
from petition.models import Petition, PetitionText
from petition.models.petition import default_goal_steps
from petition.models.text import digest
from petition.services.texts import current_text

BETWEEN_STEPS = re.compile(r"[,;\n]")
SPACES = re.compile(
    r"\s"
)  # any kind: numbers are written 1 000 in French, with a narrow no-break space in print
FIRST_YEAR, LAST_YEAR = (
    2000,
    2100,
)  # a moment outside is a slip, and databases don't agree about the first years
HIGHEST_STEP = 1_000_000_000  # more people than the Union has: a typing error


class GoalStepsField(forms.CharField):
    """Goal steps as people write them, "100, 500, 1 000"; a list of growing positive numbers."""

    default_error_messages = {
        "not_a_number": _("“%(step)s” is not a number. Separate the steps with commas: 100, 500, 1 000."),
        "too_small": _("A step is at least 1."),
        "too_high": _("“%(step)s” is more than a billion."),
        "not_growing": _("The steps must grow: %(step)s comes after %(before)s."),
    }

    def prepare_value(self, value):
        if isinstance(value, list):
            return ", ".join(number_format(step, force_grouping=True) for step in value)
        return value

    def to_python(self, value):
        typed = super().to_python(value) or ""
        return [self._number(part) for part in BETWEEN_STEPS.split(typed) if part.strip()]

    def validate(self, value) -> None:
        super().validate(value)
        for before, step in zip([0, *value], value, strict=False):
            if step < 1:
                raise ValidationError(self.error_messages["too_small"], code="too_small")
            if step <= before:
                numbers = {"step": step, "before": before}
                raise ValidationError(self.error_messages["not_growing"], code="not_growing", params=numbers)

    def has_changed(self, initial, data) -> bool:
        try:
            return self.to_python(data) != initial
        except ValidationError:
            return True

    def _number(self, part: str) -> int:
        digits = SPACES.sub("", part)
        shown = {"step": part.strip()}
        if not re.fullmatch(r"[0-9]+", digits) or not _is_grouped(part):
            raise ValidationError(self.error_messages["not_a_number"], code="not_a_number", params=shown)
        if len(digits) > len(str(HIGHEST_STEP)) or int(digits) > HIGHEST_STEP:
            raise ValidationError(self.error_messages["too_high"], code="too_high", params=shown)
        return int(digits)


def _is_grouped(part: str) -> bool:
    """Whether the spaces in a number stand where thousands are: "1 000" is one number, "100 500 1000" isn't."""
    return bool(re.fullmatch(r"[0-9]+|[0-9]{1,3}(\s[0-9]{3})+", part.strip()))


class PetitionForm(WagtailAdminModelForm):
    """Who asks, how far, from when to when, and who its mails come from."""

    goal_steps = GoalStepsField(
        label=_("Goal steps"),
        initial=default_goal_steps,
        widget=AdminAutoHeightTextInput,
        help_text=_(
            "Growing numbers of signatures, separated by commas; the next one shows when the last is nearly reached."
        ),
    )

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["slug"].help_text = _("Small letters, digits and hyphens: it stands in links.")
        self.fields["organiser"].help_text = _(
            "Whoever asks for signatures; every consent and every mail names it."
        )
        self.fields["sender_address"].help_text = _("The mail server must be allowed to send from it.")
        self.fields["reply_to"].help_text = _("What people answer to the mails arrives here.")
        if self.instance.opened_at:
            self.fields["slug"].disabled = True
            self.fields["slug"].help_text = _("It can't change any more: links that are in use hold it.")

        if self.instance.state not in {PetitionState.PREPARATION, PetitionState.OPEN}:
            self.fields["closes_at"].disabled = True
            self.fields["closes_at"].help_text = _(
                "It can't change any more, unless the petition is opened again."
            )

    def clean(self):
        cleaned = super().clean()
        for name in ("opens_at", "closes_at"):
            moment = cleaned.get(name)
            if moment and not FIRST_YEAR <= moment.year <= LAST_YEAR:
                self.add_error(name, _("Check the year."))
        opens_at, closes_at = cleaned.get("opens_at"), cleaned.get("closes_at")
        if opens_at and closes_at and closes_at <= opens_at:
            self.add_error("closes_at", _("It must close after it opens."))
        return cleaned

    class Meta:
        model = Petition
        fields = "__all__"


class PetitionTextForm(WagtailAdminModelForm):
    """What is signed, in one language. Once people have signed, only a new version, which says what changed."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["petition"].queryset = Petition.objects.titled().order_by("-pk")
        if self.instance.title:  # written already: it is edited, or corrected by a copy
            for name in ("petition", "language"):
                self.fields[name].disabled = True
        if self.corrects_what_is_signed:
            self.fields["note"].required = True
            self.fields["note"].error_messages["required"] = _("Say in a sentence what changed.")

    @property
    def corrects_what_is_signed(self) -> bool:
        """Whether this will take the place of words that people sign now."""
        text = self.instance
        return bool(text.title and not text.pk and text.petition.opened_at)

    def clean_demands(self) -> str:
        lines = [line.strip() for line in self.cleaned_data["demands"].splitlines()]
        return "\n".join(line for line in lines if line)

    def clean(self):
        cleaned = super().clean()
        petition, language = cleaned.get("petition"), cleaned.get("language")
        if self.instance.pk or not (petition and language and petition.opened_at):
            return cleaned
        newest = current_text(petition, language)
        words = [cleaned.get(name, "") for name in ("title", "demands", "addressee")]
        if newest and digest(*words) == newest.sha256:
            self.add_error(None, _("Nothing differs from the version that is being signed."))
        elif newest and not cleaned.get("note"):
            self.add_error("note", _("Say in a sentence what changed."))
        return cleaned

    class Meta:
        model = PetitionText
        fields = "__all__"
