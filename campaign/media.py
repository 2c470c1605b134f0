"""Pictures as readers are given them: the sizes made for pages, and nothing else of the folder of files.

A proxy may take this over: a file's name can't be guessed, is never used again, and needs no question answered.
"""

import os
import re

from django.core.exceptions import SuspiciousFileOperation
from django.core.files.storage import default_storage
from django.http import FileResponse, Http404
from django.views.decorators.http import require_safe

# Where the sizes lie that were made for pages; what was uploaded lies beside it, and has no address.
FOLDER = "images"
TYPES = {
    ".avif": "image/avif",
    ".gif": "image/gif",
    ".jpg": "image/jpeg",
    ".png": "image/png",
    ".webp": "image/webp",
}
FOR_EVER = "public, max-age=31536000, immutable"
PLAIN_NAME = re.compile(r"[A-Za-z0-9][\w.-]*", re.ASCII)


@require_safe
def serve_picture(request, name: str) -> FileResponse:
    """Hand out one size of a picture; a browser may keep it for a year."""
    kind = TYPES.get(os.path.splitext(name)[1])
    if kind is None or not PLAIN_NAME.fullmatch(name):
        raise Http404
    try:
        file = default_storage.open(f"{FOLDER}/{name}")
    except (OSError, SuspiciousFileOperation) as error:
        raise Http404 from error
    return FileResponse(
        file, content_type=kind, headers={"Cache-Control": FOR_EVER, "Content-Disposition": "inline"}
    )
