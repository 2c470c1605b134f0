"""The shipped worker, a program of its own, publishes what staff scheduled."""

from tests.real_site.waiting import eventually

# A page that readers had is taken down and scheduled for a moment that has just passed, in the way that Wagtail
# stores it; what staff press for that is tested in tests/home/test_scheduled_publishing.py.
TAKE_DOWN = "UPDATE wagtailcore_page SET live = {no} WHERE id = {page}"
SCHEDULE = (
    "UPDATE wagtailcore_revision SET approved_go_live_at = {moment} WHERE id = "
    "(SELECT latest_revision_id FROM wagtailcore_page WHERE id = {page})"
)
A_MOMENT_AGO = {"postgres": "now() - interval '1 second'", "sqlite": "datetime('now', '-1 second')"}


def test_the_worker_that_is_shipped_publishes_what_is_due_without_being_told(site, someone):
    postgres = site.database.url.startswith("postgres")
    words = {"no": "FALSE" if postgres else "0", "moment": A_MOMENT_AGO["postgres" if postgres else "sqlite"]}
    address = "/mentions-legales/"
    words["page"] = site.database.one("SELECT id FROM wagtailcore_page WHERE slug = 'mentions-legales'")
    assert someone.read(address).status_code == 200
    site.database.change(TAKE_DOWN.format(**words))
    assert someone.read(address).status_code == 404
    site.database.change(SCHEDULE.format(**words))
    eventually(lambda: someone.read(address).status_code == 200, "the page is public again")
    assert f"{address}<" in someone.read("/sitemap.xml").text
