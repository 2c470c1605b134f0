"""The pages on which staff judge signatures: what an act would do, why it is done, and the button."""

from dataclasses import dataclass
from typing import TYPE_CHECKING, cast

from django.core.exceptions import PermissionDenied
from django.db.models import Count, Prefetch, QuerySet
from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.formats import number_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.generic import View
from wagtail.admin import messages
from wagtail.admin.filters import WagtailFilterSet
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin

from petition.errors import CountIsFinal
from petition.models import Petition, Signature
from petition.services import invalidation
from petition.services.counting import progress
from petition.services.invalidation import ACTS, Act, acts_on, judge, judge_some, open_to
from petition.staff import judging_words, words
from petition.staff.judging_form import ReasonForm
from petition.staff.keys import is_key

if TYPE_CHECKING:
    from django.contrib.auth.models import User

MAY_JUDGE = "petition.judge_signature"
MOST_KEYS = 1_000  # ticked by hand on one page of a list; more were not


@dataclass(frozen=True)
class Change:
    """What an act does to the count of one petition, as it is now."""

    petition: Petition
    before: int
    after: int


class JudgingPage(WagtailAdminTemplateMixin, View):
    """What both pages share: the act that the address names, for those who may judge."""

    header_icon = "group"
    act: Act

    def dispatch(self, request: HttpRequest, *args, **kwargs) -> HttpResponseBase:
        if not request.user.has_perm(MAY_JUDGE):
            raise PermissionDenied
        if kwargs["act"] not in ACTS:
            raise Http404
        self.act = ACTS[kwargs["act"]]
        return super().dispatch(request, *args, **kwargs)

    @property
    def user(self) -> "User":
        """Who judges: whoever isn't logged in doesn't get here."""
        return cast("User", self.request.user)

    @property
    def page_title(self) -> str:
        return str(judging_words.WORDS[self.act.name].button)

    def get_context_data(self, **kwargs):
        return super().get_context_data(act=self.act, words=judging_words.WORDS[self.act.name], **kwargs)


class JudgePage(JudgingPage):
    """One signature: where an act isn't possible any more, it leads back and says so."""

    http_method_names = ["get", "head", "post"]
    template_name = "petition/staff/judge.html"

    def dispatch(self, request: HttpRequest, *args, **kwargs) -> HttpResponseBase:
        self.pk = kwargs["pk"]
        return super().dispatch(request, *args, **kwargs)

    @property
    def signature(self) -> Signature:
        if not hasattr(self, "_signature"):
            rows = Signature.objects.prefetch_related(Prefetch("petition", Petition.objects.titled()))
            self._signature = get_object_or_404(rows, pk=self.pk)
        return self._signature

    def get(self, request: HttpRequest, **kwargs) -> HttpResponse:
        if self.act not in acts_on(self.signature):
            return self.too_late()
        return self.render_to_response(self.get_context_data(form=ReasonForm(about=self.signature)))

    def post(self, request: HttpRequest, **kwargs) -> HttpResponse:
        form = ReasonForm(request.POST, about=self.signature)
        if not form.is_valid():
            return self.render_to_response(self.get_context_data(form=form), status=422)
        try:
            if not judge(self.signature, self.act, reason=form.cleaned_data["reason"], by=self.user):
                return self.too_late()
        except CountIsFinal:
            return self.too_late()
        messages.success(request, judging_words.done(self.act, 1, "1"))
        return redirect("signatures:inspect", self.pk)

    def too_late(self) -> HttpResponse:
        if self.signature.petition.count_is_final:
            messages.info(self.request, _("This petition has been delivered: its number is final."))
        else:
            messages.info(self.request, _("This can't be done any more: the signature is in another state."))
        return redirect("signatures:inspect", self.pk)

    def get_page_subtitle(self) -> str:
        return words.full_name(self.signature)

    def get_breadcrumbs_items(self):
        here = reverse("signatures:inspect", args=[self.pk])
        return [
            *self.breadcrumbs_items,
            {"url": reverse("signatures:index"), "label": _("Signatures")},
            {"url": here, "label": words.full_name(self.signature)},
            {"url": "", "label": self.page_title},
        ]

    def get_context_data(self, **kwargs):
        count = progress(self.signature.petition).count
        change = Change(
            self.signature.petition, count, count + self.act.changes_count_by(self.signature.state)
        )
        reasons = words.reasons(self.signature)
        return super().get_context_data(signature=self.signature, change=change, reasons=reasons, **kwargs)


class JudgeManyPage(JudgingPage):
    """Those ticked in a list, or all that it shows: first how many and what follows, then the button.

    Reached by a POST alone, since what it is about stands in the list's form; without a reason it does nothing.
    """

    http_method_names = ["post"]
    template_name = "petition/staff/judge_many.html"
    index_url_name = "signatures:index"
    filterset_class: type[WagtailFilterSet] = WagtailFilterSet
    page_title_of_list: object = gettext_lazy("Signatures")

    def base(self) -> QuerySet[Signature]:
        """Return all rows that the list may show."""
        return Signature.objects.all()

    def post(self, request: HttpRequest, **kwargs) -> HttpResponse:
        number = self.rows().count()
        if not number:
            messages.info(request, _("Nothing is left for that: tick signatures first, or widen the filter."))
            return redirect(self.list_url)
        if "reason" not in request.POST:
            return self.show(number, ReasonForm())
        form = ReasonForm(request.POST)
        if not form.is_valid():
            return self.show(number, form, status=422)
        if request.POST.get("number") != str(number):
            messages.warning(request, _("Their number has changed meanwhile: look at it, and press again."))
            return self.show(number, form, status=409)
        return self.do(form)

    def do(self, form: ReasonForm) -> HttpResponse:
        done = judge_some(self.rows(), self.act, reason=form.cleaned_data["reason"], by=self.user)
        messages.success(self.request, judging_words.done(self.act, done, number_format(done)))
        left = self.rows().count()
        if done and left:
            return self.show(left, form)
        return redirect(self.list_url)

    def rows(self) -> QuerySet[Signature]:
        """Return those that the act can be done to, of those ticked or of all that the list shows."""
        if self.request.POST.get("which") == "all":
            found = self.filterset_class(self.query, queryset=self.base(), request=self.request)
            return open_to(self.act, found.qs if found.is_valid() else Signature.objects.none())
        return open_to(self.act, self.base().filter(pk__in=self.keys))

    @property
    def keys(self) -> list[int]:
        sent = self.request.POST.getlist("pk")[:MOST_KEYS]
        return [int(key) for key in sent if is_key(key)]

    @property
    def query(self) -> QueryDict:
        """The filters of the list that the button stood in."""
        return QueryDict(self.request.POST.get("filters", ""))

    @property
    def list_url(self) -> str:
        query = self.query.urlencode()
        return reverse(self.index_url_name) + (f"?{query}" if query else "")

    def show(self, number: int, form: ReasonForm, status: int = 200) -> HttpResponse:
        context = self.get_context_data(number=number, form=form, changes=self.changes())
        return self.render_to_response(context, status=status)

    def changes(self) -> list[Change]:
        """Return what the act does to each petition's count."""
        found = self.rows().order_by().values("petition", "state").annotate(number=Count("pk"))
        moved: dict[int, int] = {}
        for line in found:
            change = self.act.changes_count_by(line["state"]) * line["number"]
            moved[line["petition"]] = moved.get(line["petition"], 0) + change
        petitions = Petition.objects.titled().filter(pk__in=moved).order_by("pk")
        counts = [(petition, progress(petition).count) for petition in petitions]
        return [Change(petition, count, count + moved[petition.pk]) for petition, count in counts]

    @property
    def page_title(self) -> str:
        return str(judging_words.WORDS[self.act.name].for_many)

    def get_breadcrumbs_items(self):
        return [
            *self.breadcrumbs_items,
            {"url": self.list_url, "label": str(self.page_title_of_list)},
            {"url": "", "label": self.page_title},
        ]

    def get_context_data(self, **kwargs):
        which = "all" if self.request.POST.get("which") == "all" else "ticked"
        return super().get_context_data(
            which=which,
            keys=[] if which == "all" else self.keys,
            filters=self.query.urlencode(),
            list_url=self.list_url,
            at_once=invalidation.AT_ONCE,
            **kwargs,
        )
