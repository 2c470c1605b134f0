"""Static files, hashed and compressed; the style sheet, written in many files, is served as one."""

import re
from posixpath import dirname, normpath, relpath
from posixpath import join as join_paths

from django.core.files.base import ContentFile
from whitenoise.storage import CompressedManifestStaticFilesStorage

SHEET = "css/site.css"
IMPORT = re.compile(r"""@import url\("(?P<path>[^"]+)"\);\n?""")
ADDRESS = re.compile(r"""url\("(?P<path>(?!data:|/|https?:)[^"]+)"\)""")


class OneSheetStorage(CompressedManifestStaticFilesStorage):
    """Puts the files that `site.css` names in the place of their names, when static files are collected.

    A page then asks for one style sheet, not for a chain of twenty; while developing, the browser follows the names.
    """

    def post_process(self, paths, dry_run=False, **options):
        """Hash and compress as usual, the sheet being whole."""
        if not dry_run and SHEET in paths:
            whole = IMPORT.sub(lambda match: self._imported(paths, match["path"]), self._source(paths, SHEET))
            self.delete(SHEET)
            self.save(SHEET, ContentFile(whole.encode()))
            paths = {**paths, SHEET: (self, SHEET)}
        yield from super().post_process(paths, dry_run, **options)

    def _imported(self, paths, written: str) -> str:
        """Return one imported file, its relative addresses turned to what they are from the sheet's folder."""
        folder = dirname(SHEET)
        name = normpath(join_paths(folder, written))

        def moved(match: re.Match) -> str:
            target = normpath(join_paths(dirname(name), match["path"]))
            return f'url("{relpath(target, folder)}")'

        return ADDRESS.sub(moved, self._source(paths, name))

    @staticmethod
    def _source(paths, name: str) -> str:
        storage, path = paths[name]
        with storage.open(path) as file:
            return file.read().decode()
