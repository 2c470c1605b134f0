"""The promise: what lies outside is off until somebody of the staff switches it on, even where its key is there."""

from tests.real_site.visitor import Person


def test_outside_services_are_off_by_default(site, someone):
    before, somebody = len(site.mailchimp.requests), Person.somebody()
    for page in ("/petition/", "/en/petition/"):
        assert "Mailchimp" not in someone.read(page).text
    someone.sign_whole(somebody, agree_newsletter="on")
    site.wait_for_quiet()
    assert len(site.mailchimp.requests) == before, (
        "its keys are in the settings, and nobody has switched it on"
    )
    assert (
        site.database.one("SELECT provider FROM petition_contact WHERE email = %s", somebody.email) == "local"
    )
