"""The addresses below /3.0 that this server knows, and what each of them returns."""

from typing import TYPE_CHECKING
from urllib.parse import unquote

from . import problems
from .audience import Audience, Member
from .record import Request

if TYPE_CHECKING:
    from .mailchimp import Mailchimp

BASE = "/3.0"
PING = {"health_status": "Everything's Chimpy!"}


class NotPartOfThis(Exception):
    """Mailchimp has such a resource, this server hasn't: nobody is to learn from it how that one behaves."""


def carry_out(fake: "Mailchimp", request: Request) -> tuple[int, dict | None]:
    """Status and JSON body of the answer to an authorised request; raises Problem for a refusal."""
    parts = [unquote(part) for part in request.path.removeprefix(BASE).strip("/").split("/")]
    if not request.path.startswith(BASE + "/"):
        raise problems.not_found()
    match parts:
        case ["ping"]:
            return 200, ping(request)
        case ["lists", list_id]:
            return 200, list_info(fake.list_by_id(list_id), request)
        case ["lists", list_id, "members", named]:
            return member(fake.list_by_id(list_id), named, request)
        case ["lists", list_id, "members", named, "actions", "delete-permanent"]:
            allow(request, "POST")
            fake.list_by_id(list_id).delete_permanent(named)
            return 204, None
        case ["lists"] | ["lists", _, "members"] | ["lists", _, "members", _, *_]:
            raise NotPartOfThis(f"{request.path} isn't part of this server.")
    raise problems.not_found()


def allow(request: Request, *methods: str) -> None:
    """docs/errors/, 405: the Allow header names what the resource takes."""
    if request.method not in methods:
        raise problems.method_not_allowed(", ".join(methods))


def ping(request: Request) -> dict:
    """https://mailchimp.com/developer/marketing/api/ping/ping/"""
    allow(request, "GET")
    return PING


def list_info(audience: Audience, request: Request) -> dict:
    """https://mailchimp.com/developer/marketing/api/lists/get-list-info/ , without what nobody here asks for."""
    if request.method in {"PATCH", "POST", "DELETE"}:
        raise NotPartOfThis("Lists are only read here.")
    allow(request, "GET", "PATCH", "POST", "DELETE")
    states = [one.status for one in audience.members.values()]
    info = {
        "id": audience.id,
        "name": audience.name,
        "permission_reminder": "",
        "double_optin": False,
        "subscribe_url_short": f"http://eepurl.example/{audience.id}",
        "subscribe_url_long": f"https://example.us1.list-manage.example/subscribe?id={audience.id}",
        "visibility": "prv",
        "stats": {
            "member_count": states.count("subscribed"),
            "unsubscribe_count": states.count("unsubscribed"),
            "cleaned_count": states.count("cleaned"),
        },
    }
    return chosen(info, request)


def member(audience: Audience, named: str, request: Request) -> tuple[int, dict | None]:
    """https://mailchimp.com/developer/marketing/api/list-members/ , one member."""
    body = request.body or {}
    skip = request.query.get("skip_merge_validation", "").lower() in {"true", "1"}
    match request.method:
        case "GET":
            return 200, chosen(response(audience, audience.info(named)), request)
        case "PUT":
            return 200, response(audience, audience.add_or_update(named, body, skip))
        case "PATCH":
            return 200, response(audience, audience.update(named, body, skip))
        case "DELETE":
            audience.archive(named)
            return 204, None
    raise problems.method_not_allowed("GET, PUT, PATCH, DELETE")


def response(audience: Audience, one: Member) -> dict:
    """A member as add-or-update-list-member/ and get-member-info/ return them; every merge tag of the list is there."""
    return {
        "id": one.id,
        "email_address": one.email_address,
        "unique_email_id": one.unique_email_id,
        "contact_id": one.contact_id,
        "full_name": " ".join(filter(None, [one.merge_fields.get("FNAME"), one.merge_fields.get("LNAME")])),
        "email_type": "html",
        "status": one.status,
        "merge_fields": {tag: one.merge_fields.get(tag, "") for tag in audience.tags},
        "ip_signup": one.ip_signup,
        "timestamp_signup": one.timestamp_signup,
        "ip_opt": one.ip_opt,
        "timestamp_opt": one.timestamp_opt or (one.last_changed if one.status == "subscribed" else ""),
        "member_rating": 2,
        "last_changed": one.last_changed,
        "language": one.language,
        "vip": False,
        "source": "API - Generic",
        "tags_count": len(one.tags),
        "tags": [{"id": number, "name": name} for number, name in enumerate(one.tags, 1)],
        "list_id": audience.id,
        "_links": [],
    }


def chosen(whole: dict, request: Request) -> dict:
    """docs/methods-parameters/, "fields" and "exclude_fields": by comma; of a sub-object, by dot, the whole is kept."""
    if fields := request.query.get("fields"):
        names = {name.split(".")[0] for name in fields.split(",")}
        return {name: value for name, value in whole.items() if name in names}
    left_out = set(request.query.get("exclude_fields", "").split(","))
    return {name: value for name, value in whole.items() if name not in left_out}
