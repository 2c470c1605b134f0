"""The forms by which staff send pictures and documents: what is refused is said beside the field."""

from django.forms import FileField
from django.template.defaultfilters import filesizeformat
from django.utils.functional import lazy
from django.utils.translation import gettext as _
from wagtail.documents.fields import WagtailDocumentField
from wagtail.documents.forms import BaseDocumentForm
from wagtail.images.fields import WagtailImageField
from wagtail.images.forms import BaseImageForm

from home.uploads import documents
from home.uploads.limits import DOCUMENT_BYTES, PICTURE_BYTES
from home.uploads.pictures import NAMES, take_in


def _about_pictures() -> str:
    words = _(
        "%(formats)s, up to %(most)s. The picture is shrunk, and what the camera wrote beside it (place, moment, "
        "device) is removed. Everybody who has its address can see it, even before a page shows it."
    )
    return words % {"formats": NAMES, "most": filesizeformat(PICTURE_BYTES)}


def _about_documents() -> str:
    words = _("%(formats)s, up to %(most)s. Readers can have it once a published page offers it.")
    return words % {"formats": documents.NAMES, "most": filesizeformat(DOCUMENT_BYTES)}


about_pictures, about_documents = lazy(_about_pictures, str), lazy(_about_documents, str)


class SentPicture(WagtailImageField):
    """A picture as it was sent, which becomes the one that is kept."""

    def to_python(self, data):
        """Return what is kept of it. Wagtail's own way would decode it before it counted its pixels."""
        sent = FileField.to_python(self, data)
        return None if sent is None else take_in(sent)


class SentDocument(WagtailDocumentField):
    """A document as it was sent."""

    def to_python(self, data):
        sent = FileField.to_python(self, data)
        if sent is not None:
            documents.check(sent)
        return sent


def _exchange(form, kind, help_text) -> None:
    """Put a field of ours in the place of Wagtail's, which knows the label and the widget."""
    given = form.fields.get("file")
    if given is None:
        return  # the second step of sending many at once has no file
    ours = kind(label=given.label, required=given.required, widget=given.widget, max_length=given.max_length)
    ours.help_text = help_text()
    form.fields["file"] = ours


class PictureForm(BaseImageForm):
    """Wagtail's form for pictures, on each of its screens."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        _exchange(self, SentPicture, about_pictures)

    def save(self, commit=True):
        """Store the picture; where it takes another's place, make its sizes anew, too."""
        replaced = bool("file" in self.changed_data and self.original_file)
        image = super().save(commit=commit)
        if commit and replaced:
            image.make_renditions()
        return image


class DocumentForm(BaseDocumentForm):
    """Wagtail's form for documents, on each of its screens."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        _exchange(self, SentDocument, about_documents)
