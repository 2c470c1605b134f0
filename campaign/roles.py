"""The three groups of staff and what each may do. Administrators need not be Django superusers."""

from dataclasses import dataclass

from django.contrib.auth.models import Group, Permission
from django.db import models, transaction
from django.db.models import Q
from wagtail.models import (
    Collection,
    GroupApprovalTask,
    GroupCollectionPermission,
    GroupPagePermission,
    Page,
    Workflow,
)

REVIEW = "Relecture"  # as staff read it in the admin, which is in French


class Role(models.TextChoices):
    """The groups, named as staff read them in the admin, which is in French."""

    EDITOR = "Rédaction"
    PETITION_MANAGER = "Gestion de la pétition"
    ADMINISTRATOR = "Administration"


@dataclass(frozen=True)
class Rights:
    """What a group may do: permissions by name, and on the whole trees of pages and of collections."""

    named: tuple[str, ...]
    pages: tuple[str, ...] = ()
    collections: tuple[str, ...] = ()


ADMIN_ACCESS = ("wagtailadmin.access_admin",)
TRANSLATE = ("wagtail_localize.submit_translation",)
LEAD_ADDRESSES_ON = tuple(f"wagtailredirects.{act}_redirect" for act in ("add", "change", "delete"))
EDIT_PAGES = ("add_page", "change_page", "publish_page", "lock_page", "unlock_page")
EDIT_FILES = (
    *("add_image", "change_image", "choose_image"),
    *("add_document", "change_document", "choose_document"),
)
MANAGE_PETITION = (
    "petition.view_petition",
    "petition.add_petition",
    "petition.change_petition",
    "petition.view_petitiontext",
    "petition.add_petitiontext",
    "petition.change_petitiontext",
    *(f"petition.{act}_officeholder" for act in ("view", "add", "change", "delete")),
    "petition.view_consenttext",
    "petition.view_formrendering",
    "petition.view_signature",
    "petition.judge_signature",
    "petition.view_pendingsignature",
    "petition.view_contact",
    "petition.change_contact",
    "petition.view_suppression",
    "petition.change_suppression",
    "petition.view_endorsement",
    "petition.change_endorsement",
    "petition.view_servicesettings",
    "petition.change_servicesettings",
    "outbox.view_outboxtask",
    "outbox.change_outboxtask",
)
MANAGE_SITE = (
    *(f"auth.{act}_user" for act in ("view", "add", "change", "delete")),
    *(f"auth.{act}_group" for act in ("view", "add", "change", "delete")),
    *(f"wagtailcore.{act}_site" for act in ("add", "change", "delete")),  # languages are settings, not rows
    *(f"wagtailcore.{act}_{what}" for act in ("add", "change", "delete") for what in ("workflow", "task")),
    *(f"wagtailcore.{act}_groupapprovaltask" for act in ("add", "change", "delete")),
    "home.change_organisation",
    "petition.switch_outside_service",
    "outbox.view_scheduledrun",
)
MANAGE_COLLECTIONS = ("add_collection", "change_collection", "delete_collection")

RIGHTS = {
    Role.EDITOR: Rights(ADMIN_ACCESS + TRANSLATE + LEAD_ADDRESSES_ON, EDIT_PAGES, EDIT_FILES),
    Role.PETITION_MANAGER: Rights(ADMIN_ACCESS + MANAGE_PETITION),
    Role.ADMINISTRATOR: Rights(
        ADMIN_ACCESS + TRANSLATE + LEAD_ADDRESSES_ON + MANAGE_PETITION + MANAGE_SITE,
        (*EDIT_PAGES, "bulk_delete_page"),
        EDIT_FILES + MANAGE_COLLECTIONS,
    ),
}


@transaction.atomic
def ensure_roles() -> dict[Role, Group]:
    """Make the three groups and give them their rights; rights that staff added besides are kept.

    Wagtail's own two groups go, unless somebody is in them. A name whose permission isn't there is passed over.
    """
    Group.objects.filter(name__in=["Moderators", "Editors"], user__isnull=True).delete()
    root, collection = Page.get_first_root_node(), Collection.get_first_root_node()
    groups = {}
    for role, rights in RIGHTS.items():
        group, _made = Group.objects.get_or_create(name=role.value)
        group.permissions.add(*_permissions(rights.named))
        for permission in Permission.objects.filter(
            content_type__app_label="wagtailcore", codename__in=rights.pages
        ):
            GroupPagePermission.objects.get_or_create(group=group, page=root, permission=permission)
        for permission in Permission.objects.filter(_in_files(), codename__in=rights.collections):
            GroupCollectionPermission.objects.get_or_create(
                group=group, collection=collection, permission=permission
            )
        groups[role] = group
    _let_reviews_be_done(groups)
    return groups


def _let_reviews_be_done(groups: dict[Role, Group]) -> None:
    """Wagtail's first workflow is in English and its group of moderators is gone: who writes pages reviews them."""
    for model in (Workflow, GroupApprovalTask):
        model.objects.filter(name="Moderators approval").update(name=REVIEW)
    for task in GroupApprovalTask.objects.filter(groups=None):
        task.groups.set([groups[Role.EDITOR], groups[Role.ADMINISTRATOR]])


def _permissions(names: tuple[str, ...]):
    wanted = Q(pk__in=[])
    for name in names:
        app, codename = name.split(".")
        wanted |= Q(content_type__app_label=app, codename=codename)
    return Permission.objects.filter(wanted)


def _in_files() -> Q:
    return Q(content_type__app_label__in=["wagtailimages", "wagtaildocs", "wagtailcore"])
