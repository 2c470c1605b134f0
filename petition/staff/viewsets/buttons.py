"""A button in a row of a list: a form of its own, for those who may press it."""

from collections.abc import Callable
from typing import Any

from django.middleware.csrf import get_token
from wagtail.admin.ui.tables import Column

Press = tuple[object, str]  # the words on the button, and the address that it posts to


class ButtonColumn(Column):
    """The button that `press` names for a row, or none; shown to those who hold the permission `may`."""

    cell_template_name = "petition/staff/button_cell.html"

    def __init__(self, name: str, *, may: str, press: Callable[[Any], Press | None]):
        super().__init__(name, label="", accessor="pk")
        self.may, self.press = may, press

    def get_cell_context_data(self, instance, parent_context):
        context = super().get_cell_context_data(instance, parent_context)
        request = parent_context["request"]
        context["csrf_token"] = get_token(request)  # a table passes the request on, and not its token
        context["press"] = self.press(instance) if request.user.has_perm(self.may) else None
        return context
