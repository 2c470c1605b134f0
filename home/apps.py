"""The room of what the campaign says: pages."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class HomeConfig(AppConfig):
    """Pages and their settings."""

    name = "home"
    verbose_name = _("Pages")

    def ready(self) -> None:
        from home import handlers, made_on_publish  # noqa: F401, I001  in lines of one thought each
        from home import checks, old_addresses, privacy, schedules, translations  # noqa: F401
        from home import foreign_words, review, review_mails  # noqa: F401
        from home.search import signals  # noqa: F401
        from home.sharing import images  # noqa: F401
        from home.uploads import doors  # noqa: F401
        from home import footnote_editor, previews  # noqa: F401  likewise

        translations.keep_back_what_is_untranslated()
        review.stand_in()
        foreign_words.give_translators_words_without_marks()
