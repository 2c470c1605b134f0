"""What the Marketing API answers when it refuses: problem documents, each with the page that it comes from.

The format, the statuses and the glossary: https://mailchimp.com/developer/marketing/docs/errors/ . Where that page
leaves the words open, they are those of answers that people pasted into public threads, named beside them as
owner/repository#number; docs/providers.md lists all of them.
"""

import uuid

ERRORS = "https://mailchimp.com/developer/marketing/docs/errors/"
COULD_NOT_BE_VALIDATED = (
    "The resource submitted could not be validated. For field-specific details, see the 'errors' array."
)


class Problem(Exception):
    """A refusal: its status, title, detail, the fields it is about, and headers of its own."""

    def __init__(
        self,
        status: int,
        title: str,
        detail: str,
        errors: list[dict[str, str]] | None = None,
        headers: dict[str, str] | None = None,
    ):
        super().__init__(f"{status} {title}: {detail}")
        self.status, self.title, self.detail = status, title, detail
        self.errors, self.headers = errors, headers or {}

    def document(self) -> dict:
        """The JSON body, as docs/errors/ shows it under "Error format"; `instance` is another one each time."""
        body: dict = {
            "type": ERRORS,
            "title": self.title,
            "status": self.status,
            "detail": self.detail,
            "instance": str(uuid.uuid4()),
        }
        if self.errors is not None:
            body["errors"] = self.errors
        return body


def api_key_missing() -> Problem:
    """docs/errors/, 401 APIKeyMissing."""
    return Problem(401, "API Key Missing", "Your request did not include an API key.")


def api_key_invalid() -> Problem:
    """docs/errors/, 401 APIKeyInvalid; the words as in mailchimp/mc-woocommerce#646."""
    detail = "Your API key may be invalid, or you've attempted to access the wrong datacenter."
    return Problem(401, "API Key Invalid", detail)


def not_found() -> Problem:
    """docs/errors/, 404 ResourceNotFound: no such list, no such member; the words as in amro/gibbon#273."""
    return Problem(404, "Resource Not Found", "The requested resource could not be found.")


def method_not_allowed(allow: str) -> Problem:
    """docs/errors/, 405 MethodNotAllowed, the example under "Error format"."""
    detail = (
        "The requested method and resource are not compatible. "
        "See the Allow header for this resource's available methods."
    )
    return Problem(405, "Method Not Allowed", detail, headers={"Allow": allow})


def cannot_be_removed() -> Problem:
    """405 to the archiving of who is bounced, pending or archived; in no page, the words as in amro/gibbon#320."""
    detail = (
        "This list member cannot be removed. Can not archive a contact that is bounced, pending or archived"
    )
    return Problem(405, "Method Not Allowed", detail, headers={"Allow": "GET, PUT"})


def unreadable_json() -> Problem:
    """docs/errors/, 400 JSONParseError."""
    return Problem(400, "JSON Parse Error", "We encountered an unspecified JSON parsing error.")


def invalid(*errors: tuple[str, str]) -> Problem:
    """docs/errors/, 400 InvalidResource, by field; the form as in OperationCode/operationcode_old_site#692."""
    named = [{"field": field, "message": message} for field, message in errors]
    return Problem(400, "Invalid Resource", COULD_NOT_BE_VALIDATED, named)


def no_object(body: object) -> Problem:
    """400 for JSON that is no object where one is due; drewm/mailchimp-api#97."""
    return invalid(
        ("", f"Schema describes object, {'NULL' if body is None else type(body).__name__} found instead")
    )


def not_provided(*fields: str) -> Problem:
    """400 for fields that the resource requires; the words as in drewm/mailchimp-api#212."""
    return invalid(("", f"Required fields were not provided: {', '.join(fields)}"))


def merge_fields_invalid(tags: list[str]) -> Problem:
    """400 for required merge fields without a value; ibericode/mailchimp-for-wordpress#545."""
    errors = [{"field": tag, "message": "Please enter a value"} for tag in tags]
    return Problem(400, "Invalid Resource", "Your merge fields were invalid.", errors)


def blank_address() -> Problem:
    """400 for an empty address; govhackaustralia/hackerspace3#279."""
    return invalid(("email_address", "This value should not be blank."))


def no_address() -> Problem:
    """400 for what isn't an address at all; in no page."""
    return Problem(400, "Invalid Resource", "Please provide a valid email address.")


def looks_fake(email: str) -> Problem:
    """400 for an address that Mailchimp takes for an invented one; in no page, JustFixNYC/tenants2#1554."""
    detail = f"{email} looks fake or invalid, please enter a real email address."
    return Problem(400, "Invalid Resource", detail)


def signed_up_too_often(email: str) -> Problem:
    """400 for an address seen on many lists lately, which passes with time; JustFixNYC/tenants2#1576."""
    detail = f"{email} has signed up to a lot of lists very recently; we're not allowing more signups for now"
    return Problem(400, "Invalid Resource", detail)


def in_compliance_state(email: str) -> Problem:
    """400 for who left by themselves, bounced or was reviewed; ibericode/mailchimp-for-wordpress#798."""
    why = (
        "is in a compliance state due to unsubscribe, bounce, or compliance review and cannot be subscribed."
    )
    return Problem(400, "Member In Compliance State", f"{email} {why}")


def forgotten(email: str) -> Problem:
    """400 for who was deleted for good, whatever the status asked for; ibericode/mailchimp-for-wordpress#673."""
    detail = (
        f"{email} was permanently deleted and cannot be re-imported. "
        "The contact must re-subscribe to get back on the list."
    )
    return Problem(400, "Forgotten Email Not Subscribed", detail)


def member_exists(email: str) -> Problem:
    """400 when another hash is named than that of an address on the list; VingtCinq/python-mailchimp#182."""
    return Problem(
        400, "Member Exists", f"{email} is already a list member. Use PUT to insert or update list members."
    )


def address_taken(email: str, status: str) -> Problem:
    """400 to a change of address towards somebody else's; brandonseydel/MailChimp.Net#201."""
    return invalid(("email address", f'"{email}" is already in this list with a status of "{status}".'))


def too_many_requests() -> Problem:
    """docs/errors/, 429 TooManyRequests; docs/fundamentals/ names the limit. No Retry-After is documented."""
    return Problem(429, "Too Many Requests", "You have exceeded the limit of 10 simultaneous connections.")


def internal_server_error() -> Problem:
    """docs/errors/, 500 InternalServerError."""
    detail = "An unexpected internal error has occurred. Please contact Support for more information."
    return Problem(500, "Internal Server Error", detail)


def compliance_related() -> Problem:
    """docs/errors/, 503 ComplianceRelated."""
    return Problem(503, "Compliance Related", "This method has been disabled.")
