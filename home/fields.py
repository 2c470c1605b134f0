"""The body of a page: Wagtail's stream field, whose blocks no migration writes down."""

from wagtail.fields import StreamField


class BodyField(StreamField):
    """A stream of blocks, stored as JSON.

    Which blocks there are changes no column, so a migration that repeats their definitions says nothing about
    the database: see docs/decisions/0100-blocks-outside-migrations.md.
    """

    def deconstruct(self):
        """Leave the blocks out of what migrations see."""
        name, path, _args, options = super().deconstruct()
        options.pop("block_lookup", None)
        return name, path, [[]], options
