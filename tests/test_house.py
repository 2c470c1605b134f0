"""The house's own rules, read from the code; each failure says in words what is wrong and what to do."""

import ast
import re
from pathlib import Path

import pytest
from django.apps import apps
from django.conf import settings
from django.db import models

ROOT = Path(settings.BASE_DIR)
ROOMS = ("campaign", "home", "petition")
LETTER_BOX = ("campaign.outbox", "campaign.disclosure", "campaign.letters", "campaign.typography")

# Who may import whom inside petition: a module imports from its own storey or from one below.
STOREYS = [
    {
        "enums",
        "errors",
        "email_address",
        "places",
        "departements",
        "names",
        "mail_domains",
        "domains",
        "logos",
    },
    {"models", "migrations"},
    {
        "sql",
        "erasures",
        "spreadsheet",
        "captcha",
        "crowd",
        "lookups",
        "mailing",
        "links",
        "limits",
        "periods",
        "notice",
        "emails",
        "return_path",
        "bounces",
        "pace_of_mail",
        "return_mailbox",
    },
    {
        "services",
        "fields",
        "organisations",
        "endorsement_emails",
        "endorsement_form",
        "endorsement_handlers",
        "ending_handlers",
        "forms",
        "sending",
        "bounce_handlers",
        "example_handlers",
        "handlers",
        "list_handlers",
        "news_handlers",
        "own_data_handlers",
        "reminder_handlers",
        "sharing",
        "tally_handlers",
        "word_handlers",
    },
    {"context", "how_we_count", "views", "staff", "public", "checks"},
    {"templatetags", "urls", "wagtail_hooks", "apps", "management"},
]


def modules(room: str):
    """Yield the dotted name and the path of each module of a room."""
    for path in sorted((ROOT / room).rglob("*.py")):
        parts = path.relative_to(ROOT).with_suffix("").parts
        yield ".".join(parts).removesuffix(".__init__"), path


def imports(path: Path, name: str):
    """Yield the dotted names that a module imports, relative ones resolved."""
    package = name if path.name == "__init__.py" else name.rpartition(".")[0]
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            base = node.module or ""
            if node.level:
                up = package.split(".")[: len(package.split(".")) - node.level + 1]
                base = ".".join([*up, base]).rstrip(".")
            yield from (f"{base}.{alias.name}" for alias in node.names)


def within(name: str, *packages: str) -> bool:
    return any(name == package or name.startswith(f"{package}.") for package in packages)


def storey(name: str) -> int | None:
    part = name.split(".")[1] if "." in name else ""
    return next((number for number, names in enumerate(STOREYS) if part in names), None)


def test_every_module_of_petition_has_its_storey():
    homeless = {name for name, _ in modules("petition") if name != "petition" and storey(name) is None}
    assert not homeless, f"Say in STOREYS where these belong: {sorted(homeless)}"


def test_petition_imports_downwards_only():
    wrong = [
        f"{name} imports {imported}: that lies above it; move the shared part down"
        for name, path in modules("petition")
        for imported in imports(path, name)
        if within(imported, "petition") and (storey(imported) or 0) > (storey(name) or 0)
    ]
    assert not wrong, "\n".join(wrong)


def test_services_put_tasks_and_never_import_handlers():
    wrong = [
        name
        for name, path in modules("petition")
        if within(name, "petition.services")
        and any(within(imported, "petition.handlers") for imported in imports(path, name))
    ]
    assert not wrong, f"A service owes a task by its kind (queue.put), the handler does it: {wrong}"


def test_petition_knows_nothing_of_home_nor_of_how_the_parts_are_put_together():
    wrong = [
        f"{name} imports {imported}"
        for name, path in modules("petition")
        for imported in imports(path, name)
        if within(imported, "home") or (within(imported, "campaign") and not within(imported, *LETTER_BOX))
    ]
    assert not wrong, "\n".join(wrong)


def test_home_knows_one_file_of_petition_the_door():
    wrong = [
        f"{name} imports {imported}: only petition.public is for other rooms"
        for name, path in modules("home")
        for imported in imports(path, name)
        if within(imported, "petition") and not within(imported, "petition.public")
    ]
    assert not wrong, "\n".join(wrong)


def test_the_letter_box_knows_neither_room():
    wrong = [
        f"{name} imports {imported}"
        for name, path in modules("campaign")
        if within(name, *LETTER_BOX)
        for imported in imports(path, name)
        if within(imported, "home", "petition")
    ]
    assert not wrong, "\n".join(wrong)


def test_templates_of_home_use_the_door_too():
    for template in (ROOT / "templates" / "home").rglob("*.html"):
        includes = re.findall(r'{%\s*(?:include|extends)\s+"(petition/[^"]+)"', template.read_text())
        assert not includes, f"{template.name} takes {includes}: use a tag of petition_tags"


def our_models() -> list[type[models.Model]]:
    return [
        model for label in ("petition", "outbox", "home") for model in apps.get_app_config(label).get_models()
    ]


def test_no_table_has_a_place_for_an_ip_address_or_a_browser():
    for model in our_models():
        for field in model._meta.concrete_fields:
            assert not isinstance(field, models.GenericIPAddressField), f"{model.__name__}.{field.name}"
            assert not re.search(r"(^|_)(ip|ip_address|user_agent)($|_)", field.name), (
                f"{model.__name__}.{field.name}"
            )


def test_tables_of_people_stay_out_of_wagtails_reference_index():
    content = {"Petition", "OfficeHolder", "PetitionText", "ConsentText", "ServiceSettings"}
    for model in apps.get_app_config("petition").get_models():
        if model.__name__ not in content:
            assert getattr(model, "wagtail_reference_index_ignore", False), (
                f"{model.__name__}: each save would write Wagtail's index too; set wagtail_reference_index_ignore"
            )


@pytest.mark.parametrize("name", ["PendingSignature", "Signature", "SignatureEvent"])
def test_large_tables_pay_for_no_index_on_foreign_keys(name):
    for field in apps.get_model("petition", name)._meta.concrete_fields:
        if isinstance(field, models.ForeignKey):
            assert not field.db_index, (
                f"{name}.{field.name}: db_index=False, each index is paid for on every signature"
            )


def test_times_are_moments_not_flags():
    allowed = {
        "trial",
        "is_public",
    }  # the latter follows from the consents, for an index that knows no other table
    for model in our_models():
        if model._meta.app_label == "home":
            continue
        flags = {
            field.name for field in model._meta.concrete_fields if isinstance(field, models.BooleanField)
        }
        assert flags <= allowed, (
            f"{model.__name__}: say when it happened rather than that it did: {flags - allowed}"
        )


# Names and subject of the first association, as they stand in the demo's content. A second association edits texts and
# settings, and finds itself in neither code, templates, style sheets nor catalogues.
OF_THE_FIRST = (
    *(
        "DIGITAL SME",
        "Laveau",
        "Microsoft",
        "Health Data Hub",
        "Cloud Act",
        "Cédric O",
        "digital sovereignty",
    ),
    *("données de santé", "donnée de santé", "health data", "souveraineté numérique", "PME", "SMEs"),
    *(
        "hébergeur européen",
        "European host",
        "gouvernement français",
        "French government",
        "donnees-de-sante",
    ),
)
SPLIT_STRING = re.compile(
    r"""["']\s*\n\s*["']"""
)  # one sentence over several lines, in code and in catalogues


def read_whole(path: Path) -> str:
    """Return a file as people would read it, with its sentences in one piece."""
    joined = SPLIT_STRING.sub("", path.read_text(encoding="utf-8"))
    return " ".join(joined.split())


def files_of_the_product():
    for folder in ("campaign", "home", "petition", "templates", "static", "deploy"):
        for path in sorted((ROOT / folder).rglob("*")):
            if path.suffix in READ_BY_PEOPLE and (ROOT / "campaign" / "demo") not in path.parents:
                yield path


READ_BY_PEOPLE = {".py", ".html", ".txt", ".xml", ".po", ".css", ".js", ".svg", ".json", ".sh", ".md"}


@pytest.mark.parametrize("word", OF_THE_FIRST)
def test_the_first_association_and_its_subject_stand_in_the_demos_content_alone(word):
    pattern = re.compile(rf"\b{re.escape(word)}\b", re.IGNORECASE if word != "PME" else 0)
    demo = (read_whole(path) for path in (ROOT / "campaign" / "demo").glob("*.py"))
    assert any(pattern.search(text) for text in demo), (
        f"“{word}” has left the demo: take it off this list, too"
    )
    found = [
        str(path.relative_to(ROOT)) for path in files_of_the_product() if pattern.search(read_whole(path))
    ]
    assert not found, (
        f"“{word}” belongs in the demo's content, in a petition's own texts or in settings: {found}"
    )


FRENCH = re.compile(r"[àâçèéêëîïôùûœÀÂÇÉÈÊÎÔ«»]")
# Content of the brief, names of the groups in the database, and each language's own name are data, not interface.
SPEAKS_FRENCH = (
    "campaign/demo/",
    "campaign/first_pages/",
    "campaign/formats/fr/",
    "campaign/roles.py",
    "campaign/settings.py",
    "campaign/typography/",  # its subject is French
    "home/context.py",
    "migrations/",
)


def strings_of(path: Path):
    tree = ast.parse(path.read_text(encoding="utf-8"))
    docstrings = {
        id(node.body[0].value)
        for node in ast.walk(tree)
        if isinstance(node, (ast.Module, ast.ClassDef, ast.FunctionDef, ast.AsyncFunctionDef))
        and node.body
        and isinstance(node.body[0], ast.Expr)
    }
    for node in ast.walk(tree):
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in docstrings:
            yield node


def test_code_speaks_english_and_french_stands_in_the_catalogues():
    wrong = [
        f"{path.relative_to(ROOT)}:{node.lineno} {node.value[:60]!r}"
        for room in ROOMS
        for _name, path in modules(room)
        if not any(part in str(path) for part in SPEAKS_FRENCH)
        for node in strings_of(path)
        if FRENCH.search(node.value.replace("département", ""))
    ]
    assert not wrong, "\n".join(wrong)


TRANSLATED = re.compile(r"{%\s*blocktranslate.*?{%\s*endblocktranslate\s*%}", re.DOTALL)
COMMENT = re.compile(
    r"{#.*?#}|{%\s*block body_class\s*%}.*?{%\s*endblock\s*%}|{%\s*comment.*?endcomment\s*%}|<!--.*?-->",
    re.DOTALL,
)
MARK_UP = re.compile(r"{%.*?%}|{{.*?}}|<style.*?</style>|<[^>]*>|&\w+;|&#\d+;", re.DOTALL)
VISIBLE_ATTRIBUTE = re.compile(r'(?:aria-label|alt|title|placeholder)="([^"{]*[A-Za-z]{3,}[^"{]*)"')
# Shown when nothing else works: in both languages, without the catalogues.
BILINGUAL = {"500.html"}


def test_every_visible_word_of_a_template_goes_through_gettext():
    wrong = []
    for path in sorted((ROOT / "templates").rglob("*.*")):
        if path.name in BILINGUAL or path.suffix not in {".html", ".txt"}:
            continue
        source = COMMENT.sub("", path.read_text(encoding="utf-8"))
        attributes = VISIBLE_ATTRIBUTE.findall(re.sub(r"{%.*?%}", "", source))
        left = re.findall(r"[^\W\d_]{3,}", MARK_UP.sub(" ", TRANSLATED.sub(" ", source)))
        if left or attributes:
            wrong.append(f"{path.relative_to(ROOT)}: {left[:5]} {attributes[:3]}")
    assert not wrong, "\n".join(wrong)


NUMBER_IN_AN_ATTRIBUTE = re.compile(r'="[^"]*\{\{ *[\w.]*\.(?:pk|id) *\}\}')


def test_a_key_in_an_attribute_is_written_without_the_separators_of_a_language():
    wrong = [
        str(path.relative_to(ROOT))
        for path in sorted((ROOT / "templates").rglob("*.html"))
        if NUMBER_IN_AN_ATTRIBUTE.search(path.read_text(encoding="utf-8"))
    ]
    assert not wrong, f"From 1 000 on French has a space in it: write {{{{ … |unlocalize }}}} in {wrong}"


def test_public_templates_hold_no_inline_style_or_script_and_load_nothing_from_elsewhere():
    wrong = []
    for path in sorted((ROOT / "templates").rglob("*.html")):
        parts = path.relative_to(ROOT / "templates").parts
        if parts[0] in {"emails", "wagtailadmin", "wagtail_localize"} or "staff" in parts:
            continue
        source = path.read_text(encoding="utf-8")
        if re.search(r"\sstyle=|<style|\son\w+=|<script(?![^>]*\ssrc=)|csrf_token", source):
            wrong.append(f"{path.relative_to(ROOT)}: inline style or script, or a cookie's token")
        if re.search(r'(?:src|href|action)="(?:https?:)?//', source):
            wrong.append(f"{path.relative_to(ROOT)}: an address of another host")
    assert not wrong, "\n".join(wrong)
