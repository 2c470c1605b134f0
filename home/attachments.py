"""The files of a press release: what a link to each says, and who may have one."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.http import Http404, HttpRequest
from wagtail import hooks
from wagtail.models import Page, ReferenceIndex

from home.file_facts import facts
from home.links import reachable


@dataclass(frozen=True)
class Attachment:
    """One file to take away."""

    title: str
    url: str
    facts: str
    document: Any


def public_address(document) -> str:
    """Return the path at which everybody gets a document once a public page offers it."""
    return document.url


def attachments(page, address: Callable[[Any], str] = public_address) -> list[Attachment]:
    """Return the files of a release whose documents still exist; `address` says where each is handed out."""
    found = []
    for block in page.attachments:
        document = block.value["document"]
        if document is None:
            continue
        about = facts(document.file_extension, _size(document), block.value.get("language") or "")
        found.append(Attachment(block.value["title"], address(document), about, document))
    return found


def _size(document) -> int | None:
    """Return a file's size in bytes, where it is known; Wagtail's own way would write it down while somebody reads."""
    if document.file_size is not None:
        return document.file_size
    try:
        return document.file.size
    except OSError:
        return None


def is_public(document) -> bool:
    """Whether a page that readers can open offers this document, or something that is no page does."""
    references = list(ReferenceIndex.get_references_to(document).select_related("base_content_type"))
    keys = [reference.object_id for reference in references if _is_page(reference)]
    if any(not _is_page(reference) for reference in references):
        return True
    return reachable(Page.objects.filter(pk__in=keys)).exists()


def _is_page(reference: ReferenceIndex) -> bool:
    return reference.base_content_type.model_class() is Page


@hooks.register("before_serve_document")
def only_public_documents(document, request: HttpRequest) -> None:
    """Answer 404 for a document that no public page offers: a draft's, an unpublished page's, one under embargo.

    Its address could be guessed: documents are numbered.
    """
    if not is_public(document):
        raise Http404
