"""The product's own settings. What they write goes to a folder of the test's, beside the project's own."""

import os
from pathlib import Path

from campaign.settings import *  # noqa: F403

VAR_DIR = Path(os.environ["REAL_SITE_FOLDER"])
STATIC_ROOT = VAR_DIR / "static"
ERASURE_FILE = VAR_DIR / "erasures.log"
EMAIL_TIMEOUT = 2  # seconds; a test has a server that never answers, and should not wait for long
