"""The door of the model: whatever way a picture comes in, what is stored was made anew."""

from typing import Any

from wagtail.images.models import WagtailImageField, WagtailImageFieldFile

from home.uploads.pictures import take_in


class PictureFile(WagtailImageFieldFile):
    """A stored picture, made anew before anything else is done with it."""

    def get_image_dimensions(self):
        """Measure what will be kept: Django measures a picture as soon as a row is given one."""
        if not self._committed:
            kept = take_in(self.file)
            self.file, self.name = kept, kept.name
        return super().get_image_dimensions()

    def save(self, name: str, content, save: bool = True) -> None:
        """Store a picture under a random name, whatever its sender called it."""
        if not content.name:
            content.name = name
        kept = take_in(content)
        super().save(str(kept.name), kept, save=save)


class PictureField(WagtailImageField):
    """A field of pictures; the database sees Wagtail's own."""

    attr_class = PictureFile

    def deconstruct(self) -> Any:
        """Nothing of this changes a column, so migrations name Wagtail's field."""
        name, _path, args, options = super().deconstruct()
        return name, "wagtail.images.models.WagtailImageField", args, options
