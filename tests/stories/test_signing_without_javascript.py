"""Somebody signs in English, without JavaScript, and gets it wrong first; the mail is opened on another device."""

from playwright.sync_api import expect

from tests.people import confirm_path, text_of
from tests.real_site.visitor import Person
from tests.stories.pages import fill_in, shown_count, wait_for_count


def test_somebody_signs_in_english_without_javascript_after_a_mistake(site, browse):
    window = browse(java_script_enabled=False, locale="en-GB")
    page, somebody = window.page, Person.somebody()

    page.goto("/en/petition/")
    before = shown_count(page)
    fill_in(page, somebody)
    page.fill("[name=email]", "not-an-address")
    page.fill("[name=postcode]", "69001")
    page.check("[name=agree_newsletter]")
    with page.expect_response("**/signature/") as answer:
        page.get_by_role("button", name="I sign", exact=True).click()
    assert answer.value.status == 422

    expect(page.locator("html")).to_have_attribute("lang", "en")
    expect(page.locator("[name=first_name]")).to_have_value(somebody.first_name)
    expect(page.locator("[name=last_name]")).to_have_value(somebody.last_name)
    expect(page.locator("[name=email]")).to_have_value("not-an-address")
    expect(page.locator("[name=postcode]")).to_have_value("69001")
    expect(page.locator("[name=agree_newsletter]")).to_be_checked()
    expect(page.locator("[name=agree_public]")).not_to_be_checked()
    # Beside each field that needs it, a message, which the field itself names for those who can't see it.
    for name in ("email", "agree_sign"):
        field = page.locator(f"[name={name}]")
        expect(field).to_have_attribute("aria-invalid", "true")
        assert f"id_{name}_error" in (field.get_attribute("aria-describedby") or "").split()
        error = page.locator(f"#id_{name}_error")
        expect(error).to_be_visible()
        expect(error).to_contain_text("Error:")
    expect(page.locator(".field__error")).to_have_count(2)
    assert site.count() == before

    page.fill("[name=email]", somebody.email)
    page.check("[name=agree_sign]")
    page.get_by_role("button", name="I sign", exact=True).click()
    page.wait_for_url("**/en/petitions/*/signature/message/")
    mail = site.post.newest_to(somebody.email)
    assert mail["Subject"] == "Confirm your signature"
    assert somebody.first_name in text_of(mail)

    other_device = browse(java_script_enabled=False).page
    other_device.goto(confirm_path(mail))
    assert confirm_path(mail).startswith("/en/")
    other_device.locator("#confirm-form").get_by_role("button").click()
    expect(other_device.get_by_role("heading", name="Your signature is counted")).to_be_visible()
    wait_for_count(site, other_device, "/en/petition/", before + 1)
    assert window.context.cookies() == []
