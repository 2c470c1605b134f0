"""Press releases on a running site, as programs make them; and their minute, brought to them."""

import subprocess
import sys

from deploy.steps import ROOT
from tests.real_site.site import RealSite
from tests.real_site.waiting import eventually

# Time can't be moved for programs that run.
LET_IT_COME = """
from datetime import timedelta
from django.utils import timezone
from home.models import PressReleasePage

release = PressReleasePage.objects.get(slug="{slug}", locale__language_code="{language}")
revision = release.scheduled_revision
past = timezone.now() - timedelta(seconds=1)
revision.content |= {{"embargo_until": past.isoformat(), "go_live_at": past.isoformat()}}
revision.approved_go_live_at = past
revision.save()
PressReleasePage.objects.filter(pk=release.pk).update(embargo_until=past, go_live_at=past)
"""


def run(site: RealSite, code: str) -> str:
    """Let a program of the site's own do something that staff do; return what it says last."""
    words = [sys.executable, "manage.py", "shell", "--no-imports", "-c", code]
    done = subprocess.run(
        words, cwd=ROOT, env=site.environment(), capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr[-2000:]
    return (done.stdout.strip().splitlines() or [""])[-1]


def let_its_minute_come(site: RealSite, slug: str, language: str = "fr") -> None:
    """End a release's embargo; return when the worker has published it."""
    run(site, LET_IT_COME.format(slug=slug, language=language))
    site.database.change(
        "UPDATE outbox_scheduledrun SET last_started = NULL WHERE name = 'publish_scheduled'"
    )
    live = "SELECT count(*) FROM wagtailcore_page WHERE slug = %s AND live"
    eventually(lambda: site.database.one(live, slug), f"the worker has published {slug}")
