"""`make messages`: bring new strings into the French catalogues; what is no longer used goes."""

from deploy import packages
from deploy.environment import without_ours
from deploy.steps import ROOT, run, run_main
from tests.system_packages import need

APPS = ("campaign", "home", "petition")


def main() -> int:
    """Rewrite */locale/fr/LC_MESSAGES/django.po; translations stay."""
    need("gettext")
    python = packages.ready(tests=True)
    for app in APPS:
        (ROOT / app / "locale").mkdir(exist_ok=True)
    ignored = [f"--ignore={pattern}" for pattern in ("var/*", "tests/*", "deploy/*", "docs/*")]
    options = ["--locale=fr", "--no-obsolete", "--no-location", *ignored]
    run(
        "Collecting strings",
        [python, "manage.py", "makemessages", *options],
        {**without_ours(), "DJANGO_SETTINGS_MODULE": "tests.settings"},
    )
    print(
        "Done: fill in the empty and the fuzzy ones in */locale/fr/LC_MESSAGES/django.po, then run make check."
    )
    return 0


if __name__ == "__main__":
    run_main(main)
