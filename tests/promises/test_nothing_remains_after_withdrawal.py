"""The promise: who takes a signature back leaves nothing, neither in the database nor in what the programs said."""

import html
from dataclasses import replace

import pytest

from tests.people import confirm_path
from tests.promises.traces import traces
from tests.real_site.post_office import Fault
from tests.real_site.site import RealSite
from tests.real_site.visitor import Person, Visitor, hidden_token


def held(site: RealSite, person: Person) -> dict[str, str]:
    """Return where a person's names or address stand: in the database, the programs' words or their files."""
    return traces(person.marks, site.database.dump() + site.written())


def events_of(site: RealSite, signature_uuid: str) -> list[str]:
    """Return the kinds of the events kept of a signature, oldest first."""
    rows = site.database.rows("SELECT kind, signature_uuid FROM petition_signatureevent ORDER BY id")
    return [kind for kind, found in rows if str(found).replace("-", "") == signature_uuid]


def uuid_of(site: RealSite, person: Person) -> str:
    found = site.database.one("SELECT uuid FROM petition_signature WHERE email = %s", person.email)
    return str(found).replace("-", "")


def test_the_search_finds_somebody_who_has_signed(site, someone):
    """Else all that follows would prove nothing."""
    somebody = Person.somebody()
    someone.sign_whole(somebody)
    assert set(held(site, somebody)) == set(somebody.marks)


def test_after_the_whole_way_and_a_withdrawal_only_the_event_is_kept(site, someone):
    somebody, count = Person.somebody(), site.count()
    boxes = {f"agree_{box}": "on" for box in ("public", "newsletter", "addressee")}
    someone.sign(somebody, email="not-" + somebody.email.replace("@", "@@"))
    mail = someone.sign_and_read_mail(somebody, postcode="75011", **boxes)
    thanks = someone.confirm(mail)
    signature = uuid_of(site, somebody)
    assert site.count() == count + 1
    someone.sign_and_read_mail(somebody, **boxes)
    before = len(site.post.to(somebody.email))
    someone.send("/signature/message/", {"email": somebody.email})
    site.post.newest_to(somebody.email, beyond=before)
    site.wait_for_quiet()

    answer = someone.withdraw(thanks)

    site.wait_for_quiet()
    assert traces(somebody.marks, answer.text) == {}
    assert held(site, somebody) == {}
    assert site.count() == count
    assert events_of(site, signature) == ["confirmed", "withdrawn"]


def test_who_erases_a_request_never_confirmed_leaves_nothing(site, someone):
    somebody, count = Person.somebody(), site.count()
    someone.withdraw(someone.sign_and_read_mail(somebody, agree_newsletter="on"))
    site.wait_for_quiet()
    assert held(site, somebody) == {}
    assert site.count() == count


def test_another_spelling_and_another_name_of_the_same_mailbox_go_with_it(site, someone):
    somebody, other = Person.somebody(), Person.somebody()
    other = replace(other, email=somebody.email.replace("@", f"+{other.marks[2]}@"))
    first = someone.sign_and_read_mail(somebody)
    second = someone.sign_and_read_mail(other, "en")
    someone.withdraw(someone.confirm(second))
    site.wait_for_quiet()
    assert held(site, somebody) == held(site, other) == {}
    assert someone.read(confirm_path(first)).status_code == 410


def test_who_signs_again_after_withdrawing_can_withdraw_again(site, someone):
    somebody = Person.somebody()
    for _ in range(2):
        someone.withdraw(someone.sign_whole(somebody))
    site.wait_for_quiet()
    assert held(site, somebody) == {}


@pytest.mark.parametrize("fault", list(Fault))
def test_mails_that_failed_leave_nothing_either(site, someone, fault):
    somebody = Person.somebody()
    quoting = f"{somebody.first_name} {somebody.last_name} {somebody.marks[0]}"
    with site.post.failing(somebody.email, fault, quoting.encode("ascii", "ignore").decode()):
        assert someone.sign(somebody, agree_newsletter="on").status_code == 303
        site.post.failed(somebody.email)
        site.wait_for_quiet()
    last_errors = [error for (error,) in site.database.rows("SELECT last_error FROM outbox_outboxtask")]
    assert any(last_errors)
    assert traces(somebody.marks, "\n".join(last_errors) + site.written()) == {}

    # Their server works again: they sign once more, get the link, and use it.
    someone.withdraw(someone.sign_and_read_mail(somebody))
    site.bring_forward()
    assert held(site, somebody) == {}


def test_staff_who_looked_somebody_up_leave_nothing_either(site, someone):
    somebody = Person.somebody()
    manager = Visitor(site)
    manager.log_in("petition")
    with site.post.failing(somebody.email, Fault.REFUSES):
        someone.sign(somebody)
        site.post.failed(somebody.email)
        site.wait_for_quiet()
    found = manager.read(f"/admin/petition/pending/?q={somebody.email}")
    assert somebody.last_name in html.unescape(found.text)
    failed = site.database.one("SELECT max(id) FROM outbox_outboxtask WHERE failed_at IS NOT NULL")
    again = f"/admin/petition/deliveries/try-again/{failed}/"
    deliveries = manager.read("/admin/petition/deliveries/").text
    assert again in deliveries
    assert manager.send(again, {"csrfmiddlewaretoken": hidden_token(deliveries)}).status_code == 302
    thanks = someone.confirm(site.post.newest_to(somebody.email))
    found = manager.read(f"/admin/petition/signatures/?q={somebody.email}")
    assert somebody.last_name in html.unescape(found.text)
    assert held(site, somebody)

    someone.withdraw(thanks)
    site.wait_for_quiet()
    assert held(site, somebody) == {}


@pytest.fixture
def errors_told(site):
    """Return how many errors the site has told of since the test began."""
    before = site.words_of("site").count("Traceback")
    return lambda: site.words_of("site").count("Traceback") - before


def test_an_error_of_the_database_while_signing_leaves_nothing(site, someone, errors_told):
    somebody = Person.somebody()
    thanks = someone.sign_whole(somebody)
    with site.database.refusing_rows("petition_pendingsignature"):
        assert someone.sign(somebody).status_code == 500
    assert errors_told()
    someone.withdraw(thanks)
    assert held(site, somebody) == {}


def test_an_error_of_the_database_while_confirming_leaves_nothing(site, someone, errors_told):
    somebody = Person.somebody()
    mail = someone.sign_and_read_mail(somebody)
    with site.database.refusing_rows("petition_signature"):
        assert someone.press_confirm(mail).status_code == 500
    assert errors_told()
    someone.withdraw(someone.confirm(mail))
    site.wait_for_quiet()
    assert held(site, somebody) == {}


def test_an_error_of_the_database_while_withdrawing_leaves_nothing_once_it_works(site, someone, errors_told):
    somebody = Person.somebody()
    thanks = someone.sign_whole(somebody)
    with site.database.refusing_rows("petition_signatureevent"):
        assert someone.press_withdraw(thanks).status_code == 500
    assert errors_told()
    someone.withdraw(thanks)
    assert held(site, somebody) == {}
