"""What staff read beside a field or on a block is in the catalogues, so that a missing word fails the check."""

import re

import pytest
from django.apps import apps
from django.conf import settings
from django.db import models
from django.utils.functional import Promise
from django.utils.translation import override
from wagtail import blocks
from wagtail.images.blocks import ImageBlock

from home.fields import BodyField
from home.models import CampaignPage, EmbargoLink, Organisation

MODELS = [
    model
    for model in apps.get_app_config("home").get_models()
    if issubclass(model, (CampaignPage, Organisation, EmbargoLink))
]
SCRIPTS = sorted((settings.BASE_DIR / "static" / "js").rglob("*.js"))
# What JavaScript shows comes from the page, in data attributes: no file of ours holds a sentence.
SENTENCE = re.compile(r"""(["'`])(?:(?!\1).)*[A-Za-zÀ-ÿ]{3,} [a-zà-ÿ]{2,} [a-zà-ÿ]{2,}(?:(?!\1).)*\1""")
COMMENT = re.compile(r"/\*.*?\*/|(?<![:\"'])//[^\n]*", re.DOTALL)


def child_blocks(block: blocks.Block, path: str):
    """Yield each block below a block, with the way to it; what Wagtail's own are made of has Wagtail's words."""
    if isinstance(block, ImageBlock):
        return
    for name, child in getattr(block, "child_blocks", {}).items():
        yield f"{path}.{name}", child
        yield from child_blocks(child, f"{path}.{name}")
    if isinstance(block, blocks.ListBlock):
        yield from child_blocks(block.child_block, f"{path}.item")


@pytest.mark.parametrize("model", MODELS, ids=lambda model: model.__name__)
def test_each_field_that_staff_fill_in_has_a_name_of_ours(model):
    assert isinstance(model._meta.verbose_name, Promise)
    for field in model._meta.concrete_fields:
        if field.model is model and field.editable and not field.auto_created and not _leads_up(field):
            assert isinstance(field.verbose_name, Promise), f"{model.__name__}.{field.name}: _(…) names it"
            if field.help_text:
                assert isinstance(field.help_text, Promise), (
                    f"{model.__name__}.{field.name}: _(…) explains it"
                )


def _leads_up(field) -> bool:
    return isinstance(field, models.ForeignKey) and field.remote_field.parent_link


def test_each_block_and_each_part_of_it_is_named_in_french():
    for model in MODELS:
        for field in model._meta.get_fields():
            if not isinstance(field, BodyField):
                continue
            for path, block in child_blocks(field.stream_block, f"{model.__name__}.{field.name}"):
                with override("en"):
                    english = str(block.label)
                with override("fr"):
                    french = str(block.label)
                assert isinstance(block.meta.label, Promise) or english != french, (
                    f"{path} is called “{english}” in both languages: give it label=_(…)"
                )


@pytest.mark.parametrize(
    "path", sorted((settings.BASE_DIR / "static" / "js").glob("*.js")), ids=lambda path: path.name
)
def test_no_script_of_ours_holds_a_sentence(path):
    code = COMMENT.sub("", path.read_text(encoding="utf-8"))
    assert not [found.group(0)[:80] for found in SENTENCE.finditer(code)]


def test_the_catalogues_are_asked_for_templates_too():
    from tests.check.translations import ROOT, SOURCES

    folders = {path.parent.relative_to(ROOT).parts[0] for path in ROOT.glob("*/**/*.html")}
    assert folders - {"var", "tests", "docs"} <= set(SOURCES), "makemessages must be shown these folders, too"
