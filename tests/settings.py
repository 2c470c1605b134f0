"""The product's own settings, with an environment for the tests."""

import os
import tempfile
from pathlib import Path

for name, value in {
    "SITE_URL": "http://testserver",
    "ALLOWED_HOSTS": "testserver,127.0.0.1,localhost",
    "SECRET_KEY": "tests-secret-key-tests-secret-key-tests-secret-key-tests",
    "EMAIL_KEY_SECRET": "tests-email-key-secret-tests-email-key",
    "LINK_SECRET": "tests-link-secret-tests-link-secret-te",
    "FORM_SECRET": "tests-form-secret-tests-form-secret-te",
    "EMAIL_URL": "smtp://127.0.0.1:9",
    "DATABASE_URL": f"sqlite:///{tempfile.gettempdir()}/petition-tests.sqlite3",
    "MEDIA_ROOT": tempfile.mkdtemp(prefix="petition-tests-media-"),
}.items():
    os.environ.setdefault(name, value)

from campaign.settings import *  # noqa: E402, F403
from campaign.settings import DATABASES, STORAGES  # noqa: E402

STATIC_ROOT = Path(tempfile.mkdtemp(prefix="petition-tests-static-"))
ERASURE_FILE = Path(tempfile.mkdtemp(prefix="petition-tests-erasures-")) / "erasures.log"
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
STORAGES["staticfiles"]["BACKEND"] = "django.contrib.staticfiles.storage.StaticFilesStorage"
if DATABASES["default"]["ENGINE"].endswith("sqlite3"):
    # A file, so that other processes and threads see the same database.
    DATABASES["default"]["TEST"] = {"NAME": f"{DATABASES['default']['NAME']}.test"}
