"""The style sheet is written in many files and served as one."""

import re
from pathlib import Path

import pytest
from django.conf import settings
from django.core.management import call_command

from campaign.static_files import OneSheetStorage

STATIC = Path(settings.BASE_DIR) / "static"
SHEET = STATIC / "css" / "site.css"


@pytest.fixture
def collected(tmp_path, settings):
    """Static files as a deployment has them, in a folder of their own."""
    settings.STATIC_ROOT = tmp_path
    # The product's own files are enough: compressing the admin's takes half a minute.
    settings.STATICFILES_FINDERS = ["django.contrib.staticfiles.finders.FileSystemFinder"]
    settings.STORAGES = {
        **settings.STORAGES,
        "staticfiles": {"BACKEND": "campaign.static_files.OneSheetStorage"},
    }
    call_command("collectstatic", interactive=False, verbosity=0)
    return tmp_path


def served_sheet(folder: Path) -> Path:
    """Return the file that a page's link leads to."""
    return folder / OneSheetStorage(location=str(folder)).stored_name("css/site.css")


def test_the_served_sheet_names_no_other_sheet_and_holds_every_component(collected):
    text = served_sheet(collected).read_text()
    assert "@import" not in text
    for component in (STATIC / "css" / "components").glob("*.css"):
        first_rule = component.read_text().split("{")[0].splitlines()[-1].strip()
        assert first_rule in text, component.name


def test_every_address_in_the_served_sheet_leads_to_a_file(collected):
    sheet = served_sheet(collected)
    addresses = re.findall(r'url\("((?!data:)[^"]+)"\)', sheet.read_text())
    assert addresses
    for address in addresses:
        assert (sheet.parent / address).resolve().is_file(), address


def test_a_changed_component_is_served_after_collecting_again(collected, tmp_path, settings):
    before = served_sheet(collected).name
    copy = tmp_path.parent / f"{tmp_path.name}-source"
    for source in STATIC.rglob("*"):
        if source.is_file():
            target = copy / source.relative_to(STATIC)
            target.parent.mkdir(parents=True, exist_ok=True)
            target.write_bytes(source.read_bytes())
    button = copy / "css" / "components" / "button.css"
    button.write_text(button.read_text() + ".button--new { color: inherit; }\n")
    settings.STATICFILES_DIRS = [copy]
    call_command("collectstatic", interactive=False, verbosity=0)
    assert served_sheet(collected).name != before
    assert ".button--new" in served_sheet(collected).read_text()


def test_every_component_stands_in_the_sheet():
    text = SHEET.read_text()
    for component in (STATIC / "css" / "components").glob("*.css"):
        assert f'url("components/{component.name}")' in text, component.name
