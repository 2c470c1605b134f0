"""Lists of signatures whose lines can be ticked, with the buttons that judge those ticked or all that are listed."""

from dataclasses import dataclass

from django.urls import path, reverse
from django.utils.formats import number_format
from django.utils.translation import gettext_lazy as _
from wagtail.admin.ui.tables import Column

from petition.enums import SignatureState
from petition.services.invalidation import ACTS, Act
from petition.staff import judging_words, words
from petition.staff.judging import MAY_JUDGE, JudgeManyPage
from petition.staff.viewsets.findable import FindableListing, FindableScreen


@dataclass(frozen=True)
class Button:
    """An act in words, for those ticked and for all that are listed, and the address that it posts to."""

    url: str
    for_ticked: object
    for_all: str


class TickColumn(Column):
    """A box to tick on each line, for those who may judge, where one state is shown; it belongs to the form below."""

    cell_template_name = "petition/staff/tick_cell.html"

    def __init__(self, only_state: str = ""):
        super().__init__("tick", label="", accessor=words.full_name)
        self.only_state = only_state

    def get_cell_context_data(self, instance, parent_context):
        context = super().get_cell_context_data(instance, parent_context)
        request = parent_context["request"]
        one_state = self.only_state or request.GET.get("state")
        return context | {"offered": bool(one_state) and request.user.has_perm(MAY_JUDGE)}


class JudgeableListing(FindableListing):
    """Offers the acts that the one state shown allows; where several are shown, none."""

    results_template_name = "petition/staff/judgeable_results.html"
    judge_many_url_name = ""
    only_state: str = ""

    @property
    def acts(self) -> list[Act]:
        """What can be done to all that the list shows."""
        state = self.only_state or self.request.GET.get("state", "")
        return [act for act in ACTS.values() if state in act.since]

    def get_context_data(self, *args, **kwargs):
        context = super().get_context_data(*args, **kwargs)
        if self.request.user.has_perm(MAY_JUDGE) and context["object_list"]:
            number = context["items_count"]
            context["buttons"] = [self.button(act, number) for act in self.acts]
            context["offers_all"] = not self.mailbox
            context["listed_by"] = self.request.GET.urlencode()
        return context

    def button(self, act: Act, number: int) -> Button:
        return Button(
            reverse(self.judge_many_url_name, args=[act.name]),
            judging_words.WORDS[act.name].for_ticked,
            judging_words.for_all(act, number, number_format(number)),
        )


class JudgeableScreen(FindableScreen):
    """A list of signatures, each of which leads to its own page and its acts."""

    index_view_class = JudgeableListing
    judge_many_view_class: type[JudgeManyPage] = JudgeManyPage
    only_state: SignatureState | None = None

    def get_index_view_kwargs(self, **kwargs):
        return super().get_index_view_kwargs(
            judge_many_url_name=self.get_url_name("judge_many"), only_state=self.only_state or "", **kwargs
        )

    def get_urlpatterns(self):
        many = self.judge_many_view_class.as_view(
            filterset_class=self.filterset_class,
            index_url_name=self.get_url_name("index"),
            page_title_of_list=self.menu_label,
        )
        return [*super().get_urlpatterns(), path("judge/<str:act>/", many, name="judge_many")]

    @staticmethod
    def reasons_column():
        return Column("reasons", accessor=words.reasons, label=_("Reasons"))
