"""A file that no public page offers yet, for those of staff who may choose it: its public address answers 404."""

from django.core.exceptions import PermissionDenied
from django.http import FileResponse, HttpRequest
from django.shortcuts import get_object_or_404
from django.urls import path, reverse
from django.views.decorators.http import require_safe
from wagtail.documents import get_document_model
from wagtail.documents.permissions import permission_policy

MAY_READ = ("change", "choose")


@require_safe
def file_for_staff(request: HttpRequest, pk: int) -> FileResponse:
    """Hand out a document, to be saved and not shown: it comes from this site's own address."""
    document = get_object_or_404(get_document_model(), pk=pk)
    if not permission_policy.user_has_any_permission_for_instance(request.user, MAY_READ, document):
        raise PermissionDenied
    response = FileResponse(document.file.open("rb"), as_attachment=True, filename=document.filename)
    response["X-Content-Type-Options"] = "nosniff"
    response["Cache-Control"] = "no-store, private"
    return response


def address_for_staff(document) -> str:
    """Return where staff get a document from, whoever else may read it."""
    return reverse("file_for_staff", args=[document.pk])


urlpatterns = [path("embargo/file/<int:pk>/", file_for_staff, name="file_for_staff")]
