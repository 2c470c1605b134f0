"""The loopback server itself, asked by plain `requests`: what docs/providers.md says of Mailchimp is what it does."""

import json
import re
import socket
import subprocess
import sys
import threading
from hashlib import md5
from pathlib import Path

import pytest
import requests

from tests.fakes.mailchimp import Mailchimp, refusing_port

KEY, LIST = "essai-us1", "abc123"
ADDRESS = "Essai@example.org"
ROOT = Path(__file__).parents[2]
COMPLIANCE = (
    "is in a compliance state due to unsubscribe, bounce, or compliance review and cannot be subscribed."
)


@pytest.fixture
def server():
    with Mailchimp(api_key=KEY, list_id=LIST) as server:
        yield server


def ask(server, method, path, body=None, **more):
    more.setdefault("auth", ("anybody", KEY))
    return requests.request(method, server.url + path, json=body, timeout=10, **more)


def path_of(email=ADDRESS):
    return f"/lists/{LIST}/members/{md5(email.lower().encode()).hexdigest()}"


def put(server, email=ADDRESS, query="", **body):
    body = {"email_address": email, "status_if_new": "subscribed"} | body
    return ask(server, "PUT", path_of(email) + query, body)


def titles(answer):
    assert answer.headers["Content-Type"].startswith("application/problem+json")
    problem = answer.json()
    assert problem["status"] == answer.status_code
    assert {"type", "title", "status", "detail", "instance"} <= set(problem)
    return answer.status_code, problem["title"]


def test_ping_answers_by_basic_with_any_name_and_by_bearer(server):
    for how in ({"auth": ("x", KEY)}, {"auth": None, "headers": {"Authorization": f"Bearer {KEY}"}}):
        answer = ask(server, "GET", "/ping", **how)
        assert (answer.status_code, answer.json()) == (200, {"health_status": "Everything's Chimpy!"})


def test_a_missing_and_a_wrong_key_are_401_and_change_nothing(server):
    body = {"email_address": ADDRESS, "status_if_new": "subscribed"}
    assert titles(ask(server, "PUT", path_of(), body, auth=None)) == (401, "API Key Missing")
    assert titles(ask(server, "PUT", path_of(), body, auth=("x", "wrong"))) == (401, "API Key Invalid")
    assert server.members() == {}
    assert [request.authorised for request in server.requests] == [False, False]


def test_the_list_is_read_and_another_list_or_address_is_404(server):
    put(server)
    answer = ask(server, "GET", f"/lists/{LIST}").json()
    assert (answer["id"], answer["name"], answer["stats"]["member_count"]) == (LIST, "Essai", 1)
    assert answer["subscribe_url_short"]
    assert set(ask(server, "GET", f"/lists/{LIST}?fields=name,stats.member_count").json()) == {
        "name",
        "stats",
    }
    assert titles(ask(server, "GET", "/lists/other")) == (404, "Resource Not Found")
    assert titles(ask(server, "PUT", "/lists/other/members/x@example.org", {})) == (404, "Resource Not Found")
    assert titles(ask(server, "GET", "/nothing")) == (404, "Resource Not Found")


def test_what_this_server_leaves_out_says_so_instead_of_inventing(server):
    assert ask(server, "POST", f"/lists/{LIST}/members", {}).status_code == 501


def test_a_method_that_the_resource_lacks_is_405_with_allow(server):
    answer = ask(server, "POST", "/ping")
    assert titles(answer) == (405, "Method Not Allowed")
    assert answer.headers["Allow"] == "GET"


def test_put_adds_a_member_and_returns_it(server):
    answer = put(
        server, merge_fields={"FNAME": "Essai", "UNKNOWN": "passed over"}, language="fr", status="pending"
    )
    assert answer.status_code == 200
    member = answer.json()
    assert member["id"] == md5(b"essai@example.org").hexdigest()
    assert member["email_address"] == ADDRESS
    assert member["status"] == "subscribed", "of somebody new, status_if_new counts"
    assert member["merge_fields"] == {"FNAME": "Essai", "LNAME": "", "ADDRESS": "", "PHONE": ""}
    assert (member["language"], member["list_id"]) == ("fr", LIST)
    assert member["unique_email_id"]
    assert member["contact_id"]
    assert server.mailed == []
    assert ask(server, "GET", path_of()).json() == member


def test_put_updates_a_member_and_leaves_alone_what_it_does_not_name(server):
    put(server, merge_fields={"FNAME": "Essai", "LNAME": "Un"}, language="fr")
    answer = put(server, status_if_new="pending", merge_fields={"FNAME": "Deux"}).json()
    assert answer["status"] == "subscribed", "status_if_new is for new ones"
    assert (answer["merge_fields"]["FNAME"], answer["merge_fields"]["LNAME"]) == ("Deux", "Un")
    assert answer["language"] == "fr"
    assert len(server.members(LIST)) == 1


def test_a_new_member_needs_an_address_and_status_if_new(server):
    for body in ({}, {"email_address": ADDRESS, "status": "subscribed"}, {"status_if_new": "subscribed"}):
        answer = ask(server, "PUT", path_of(), body)
        assert titles(answer) == (400, "Invalid Resource")
        assert answer.json()["errors"][0]["message"].startswith("Required fields were not provided: ")
    assert server.members() == {}


def test_a_member_is_named_by_hash_by_address_and_by_contact_id(server):
    contact_id = put(server).json()["contact_id"]
    for named in (ADDRESS, "essai%40example.org", contact_id):
        assert ask(server, "GET", f"/lists/{LIST}/members/{named}").json()["email_address"] == ADDRESS


def test_the_hash_of_other_letters_meets_member_exists(server):
    put(server)
    wrong = f"/lists/{LIST}/members/{md5(ADDRESS.encode()).hexdigest()}"
    answer = ask(server, "PUT", wrong, {"email_address": ADDRESS, "status_if_new": "subscribed"})
    assert titles(answer) == (400, "Member Exists")
    assert (
        answer.json()["detail"]
        == f"{ADDRESS} is already a list member. Use PUT to insert or update list members."
    )


def test_an_address_changes_under_the_old_hash_unless_somebody_has_it(server):
    put(server)
    server.add_member("other@example.org")
    body = {"email_address": "other@example.org"}
    assert titles(ask(server, "PATCH", path_of(), body)) == (400, "Invalid Resource")
    assert ask(server, "PATCH", path_of(), {"email_address": "new@example.org"}).status_code == 200
    assert server.member(ADDRESS) is None
    assert server.member("new@example.org").status == "subscribed"


def test_patch_and_get_of_nobody_are_404(server):
    for method in ("PATCH", "GET", "DELETE"):
        body = {"status": "unsubscribed"} if method == "PATCH" else None
        assert titles(ask(server, method, path_of(), body)) == (404, "Resource Not Found")
    assert server.members() == {}


def test_archiving_keeps_the_member_and_is_refused_for_some(server):
    put(server)
    answer = ask(server, "DELETE", path_of())
    assert (answer.status_code, answer.content) == (204, b"")
    assert ask(server, "GET", path_of()).json()["status"] == "archived"
    assert titles(ask(server, "DELETE", path_of())) == (405, "Method Not Allowed")
    for status in ("pending", "cleaned"):
        server.add_member(f"{status}@example.org", status)
        assert ask(server, "DELETE", path_of(f"{status}@example.org")).status_code == 405
    assert put(server).json()["status"] == "archived", "an archived member isn't new"
    assert put(server, status="subscribed").json()["status"] == "subscribed"


@pytest.mark.parametrize(
    "status", ["subscribed", "unsubscribed", "cleaned", "pending", "transactional", "archived"]
)
def test_deleted_for_good_means_gone_and_never_back_through_the_api(server, status):
    server.add_member(ADDRESS, status)
    answer = ask(server, "POST", path_of() + "/actions/delete-permanent")
    assert (answer.status_code, answer.content) == (204, b"")
    assert titles(ask(server, "POST", path_of() + "/actions/delete-permanent")) == (404, "Resource Not Found")
    assert titles(ask(server, "GET", path_of())) == (404, "Resource Not Found")
    for wish in ("subscribed", "pending"):
        answer = put(server, status_if_new=wish)
        assert titles(answer) == (400, "Forgotten Email Not Subscribed")
        assert answer.json()["detail"].startswith(
            f"{ADDRESS} was permanently deleted and cannot be re-imported."
        )
    assert server.member(ADDRESS) is None
    assert server.is_forgotten(ADDRESS.upper())
    assert server.mailed == []


@pytest.mark.parametrize(("status", "by_themselves"), [("unsubscribed", True), ("cleaned", False)])
def test_who_left_or_bounced_is_not_subscribed_but_may_be_asked(server, status, by_themselves):
    server.add_member(ADDRESS, status, by_themselves=by_themselves)
    for method in ("PUT", "PATCH"):
        answer = ask(server, method, path_of(), {"email_address": ADDRESS, "status": "subscribed"})
        assert titles(answer) == (400, "Member In Compliance State")
        assert answer.json()["detail"] == f"{ADDRESS} {COMPLIANCE}"
    assert server.member(ADDRESS).status == status
    assert put(server, status="pending").json()["status"] == "pending"
    assert server.mailed == [ADDRESS]
    assert titles(put(server, status="subscribed")) == (400, "Member In Compliance State")
    server.confirm(ADDRESS)
    assert put(server, status="subscribed").json()["status"] == "subscribed"


def test_who_was_unsubscribed_through_the_api_comes_back_unless_told_otherwise():
    for counts, expected in ((False, 200), (True, 400)):
        with Mailchimp(KEY, LIST, leaving_by_api_counts=counts) as server:
            put(server)
            assert (
                ask(server, "PATCH", path_of(), {"status": "unsubscribed"}).json()["status"] == "unsubscribed"
            )
            assert ask(server, "PATCH", path_of(), {"status": "subscribed"}).status_code == expected


def test_refused_addresses_say_why(server):
    server.looks_fake("fake@example.org")
    server.signed_up_too_often("often@example.org")
    answer = put(server, "Fake@example.org")
    assert titles(answer) == (400, "Invalid Resource")
    expected = "Fake@example.org looks fake or invalid, please enter a real email address."
    assert answer.json()["detail"] == expected
    assert (
        "has signed up to a lot of lists very recently" in put(server, "often@example.org").json()["detail"]
    )
    server.signed_up_too_often("often@example.org", over=True)
    assert put(server, "often@example.org").status_code == 200
    for nonsense in ("", "no address", "a@b"):
        assert titles(put(server, nonsense)) == (400, "Invalid Resource")


def test_a_required_merge_field_is_demanded_of_new_and_old_unless_skipped(server):
    server.add_member("old@example.org")
    server.require_merge_field("FNAME")
    for email in (ADDRESS, "old@example.org"):
        answer = put(server, email, merge_fields={"FNAME": ""})
        assert titles(answer) == (400, "Invalid Resource")
        assert answer.json()["detail"] == "Your merge fields were invalid."
        assert answer.json()["errors"] == [{"field": "FNAME", "message": "Please enter a value"}]
        assert put(server, email, query="?skip_merge_validation=true").status_code == 200
    assert put(server, merge_fields={"FNAME": "Essai"}).status_code == 200
    assert put(server).status_code == 200, "the value that is there counts"


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("status", "archived"),
        ("status_if_new", "maybe"),
        ("email_address", None),
        ("merge_fields", {"FNAME": None}),
    ],
)
def test_what_the_schema_refuses_is_named_by_field(server, field, value):
    answer = (
        put(server, **{field: value})
        if field != "email_address"
        else ask(server, "PUT", path_of(), {field: value})
    )
    assert titles(answer) == (400, "Invalid Resource")
    assert answer.json()["errors"][0]["field"].startswith(field)


def test_unreadable_json_is_400(server):
    headers = {"Content-Type": "application/json"}
    answer = requests.put(server.url + path_of(), data="{", headers=headers, auth=("x", KEY), timeout=10)
    assert titles(answer) == (400, "JSON Parse Error")


def test_null_is_no_body_where_none_is_due_and_no_object_where_one_is(server):
    put(server)
    send = {"data": "null", "auth": ("x", KEY), "timeout": 10}
    for method in ("PUT", "PATCH"):
        answer = requests.request(method, server.url + path_of(), **send)
        assert titles(answer) == (400, "Invalid Resource")
        assert answer.json()["errors"] == [
            {"field": "", "message": "Schema describes object, NULL found instead"}
        ]
    assert requests.post(server.url + path_of() + "/actions/delete-permanent", **send).status_code == 204


@pytest.mark.parametrize(
    ("kind", "status", "content_type", "words"),
    [
        (
            "429",
            429,
            "application/problem+json",
            "You have exceeded the limit of 10 simultaneous connections.",
        ),
        ("429-text", 429, "text/plain", "You have exceeded the limit of 10 simultaneous connections."),
        ("500", 500, "application/problem+json", "An unexpected internal error has occurred."),
        ("503", 503, "application/problem+json", "This method has been disabled."),
        ("503-html", 503, "text/html", "Request Blocked."),
        ("502-html", 502, "text/html", "502 Bad Gateway"),
        ("403-html", 403, "text/html", "Access Denied"),
        ("403-empty", 403, "text/html", ""),
    ],
)
def test_a_fault_answers_as_long_as_it_is_to_and_changes_nothing(server, kind, status, content_type, words):
    server.fault(kind, times=1)
    answer = put(server)
    assert (answer.status_code, server.member(ADDRESS)) == (status, None)
    assert answer.headers["Content-Type"].startswith(content_type)
    assert words in answer.text
    assert server.requests[0].fault == kind
    assert put(server).status_code == 200


def test_a_fault_meets_only_those_it_is_for(server):
    server.fault("500", email="essai@EXAMPLE.org", method="PUT")
    assert put(server).status_code == 500
    assert put(server, "other@example.org").status_code == 200
    assert ask(server, "GET", path_of()).status_code == 404
    server.clear_faults()
    server.fault("500", email="third@example.org")
    assert ask(server, "GET", path_of("third@example.org")).status_code == 500, "known by hash alone"
    with pytest.raises(ValueError, match="No fault"):
        server.fault("418")


@pytest.mark.parametrize("carried_out", [False, True])
@pytest.mark.parametrize("kind", ["half", "drop"])
def test_a_cut_connection_breaks_the_answer_and_the_change_is_made_or_not(server, kind, carried_out):
    server.fault(kind, times=1, carried_out=carried_out)
    with pytest.raises((requests.ConnectionError, requests.exceptions.ChunkedEncodingError)):
        put(server)
    assert (server.member(ADDRESS) is not None) == carried_out


def test_a_request_that_hangs_times_out_and_is_answered_when_released(server):
    server.fault("timeout", times=1)
    with pytest.raises(requests.Timeout):
        requests.get(server.url + "/ping", auth=("x", KEY), timeout=0.2)
    server.release()
    server.fault("timeout", times=1)
    answers = []
    waiting = threading.Thread(target=lambda: answers.append(put(server)))
    waiting.start()
    assert server.wait_for_hanging(1)
    server.clear_faults()
    waiting.join(10)
    assert answers[0].status_code == 200


def test_the_eleventh_request_at_once_is_429(server):
    server.fault("timeout", path="/ping")
    answers = []
    crowd = [threading.Thread(target=lambda: answers.append(ask(server, "GET", "/ping"))) for _ in range(10)]
    for one in crowd:
        one.start()
    assert server.wait_for_hanging(10)
    assert titles(put(server)) == (429, "Too Many Requests")
    assert server.member(ADDRESS) is None
    server.clear_faults()
    for one in crowd:
        one.join(10)
    assert [answer.status_code for answer in answers] == [200] * 10
    assert put(server).status_code == 200


def test_a_stopped_server_refuses_cuts_who_waits_and_comes_back_with_its_memory(server):
    put(server)
    server.fault("timeout", times=1)
    failures = []

    def wait():
        try:
            ask(server, "GET", "/ping")
        except requests.ConnectionError as error:
            failures.append(error)

    waiting = threading.Thread(target=wait)
    waiting.start()
    assert server.wait_for_hanging(1)
    server.stop()
    waiting.join(10)
    assert len(failures) == 1
    with pytest.raises(requests.ConnectionError):
        put(server)
    server.start()
    assert ask(server, "GET", path_of()).status_code == 200


def test_the_port_that_refuses_refuses():
    with pytest.raises(ConnectionRefusedError):
        socket.create_connection(("127.0.0.1", refusing_port()), timeout=5)


def test_the_record_holds_every_request_in_order_and_never_the_key(server):
    put(server, query="?skip_merge_validation=true", merge_fields={"FNAME": "Essai"})
    put(server, "other@example.org")
    ask(server, "POST", path_of() + "/actions/delete-permanent")
    first, _, last = server.requests
    assert [request.index for request in server.requests] == [0, 1, 2]
    assert (first.method, first.query, first.status) == ("PUT", {"skip_merge_validation": "true"}, 200)
    assert first.body["merge_fields"] == {"FNAME": "Essai"}
    assert (last.body, last.status, last.authorised) == (None, 204, True)
    assert server.requests_about(ADDRESS.upper()) == [first, last]
    assert KEY not in json.dumps([request.as_dict() for request in server.requests])


def test_nothing_listens_beyond_loopback(server):
    assert server._server.socket.getsockname()[0] == "127.0.0.1"
    answer = requests.get(f"{server.control_url}/requests", headers={"Host": "example.org"}, timeout=10)
    assert answer.status_code == 403


def test_many_at_once_lose_nothing(server):
    crowd = [threading.Thread(target=put, args=(server, f"essai{number}@example.org")) for number in range(8)]
    for one in crowd:
        one.start()
    for one in crowd:
        one.join(10)
    assert len(server.members()) == len(server.requests) == 8
    assert sorted(request.index for request in server.requests) == list(range(8))


def test_it_runs_by_itself_and_is_steered_from_outside():
    command = [sys.executable, "-m", "tests.fakes.mailchimp", "--port", "0", "--key", KEY, "--list", LIST]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True, cwd=ROOT) as process:
        try:
            url = process.stdout.readline().strip()
            assert re.fullmatch(r"http://127\.0\.0\.1:\d+/3\.0", url)
            control = url.removesuffix("/3.0") + "/control"
            fault = {"kind": "500", "times": 1}
            assert requests.post(f"{control}/fault", json=fault, timeout=10).status_code == 200
            answers = [requests.get(f"{url}/ping", auth=("x", KEY), timeout=10).status_code for _ in range(2)]
            assert answers == [500, 200]
            member = {"email": ADDRESS, "status": "unsubscribed"}
            assert requests.post(f"{control}/member", json=member, timeout=10).status_code == 200
            members = requests.get(f"{control}/members", timeout=10).json().values()
            assert [one["status"] for one in members] == ["unsubscribed"]
            seen = requests.get(f"{control}/requests", timeout=10).json()
            assert [request["status"] for request in seen] == [500, 200]
            assert requests.post(f"{control}/fault", json={"kind": "418"}, timeout=10).status_code == 400
        finally:
            process.terminate()


def test_every_page_and_thread_named_in_the_code_stands_in_the_document():
    written = [
        path.read_text() for path in Path(__file__).parent.glob("*.py") if path.name != Path(__file__).name
    ]
    document = (ROOT / "docs" / "providers.md").read_text()
    named = set(re.findall(r"[\w.-]+/[\w.-]+#\d+", "\n".join(written)))
    assert len(named) > 10
    assert sorted(name for name in named if name not in document) == []
