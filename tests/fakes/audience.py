"""One list and the people on it: which changes the Marketing API makes and which it refuses.

Pages: https://mailchimp.com/developer/marketing/api/list-members/ and below it add-or-update-list-member/,
update-list-member/, get-member-info/, archive-list-member/, delete-list-member/ . What they leave open is decided here
as docs/providers.md says. Nothing in here locks: the server calls one at a time.
"""

import hashlib
import re
from dataclasses import dataclass, field
from datetime import UTC, datetime

from . import problems

# add-or-update-list-member/, body parameters `status` and `status_if_new`: what may be asked for. "archived" may only
# be read; it is reached by archive-list-member/.
ASKABLE = ("subscribed", "unsubscribed", "cleaned", "pending", "transactional")
STATUSES = (*ASKABLE, "archived")
HASH = re.compile(r"[0-9a-f]{32}")
DEFAULT_TAGS = ("FNAME", "LNAME", "ADDRESS", "PHONE")  # what a new audience has


def hash_of(email: str) -> str:
    """list-members/, path parameter subscriber_hash: "The MD5 hash of the lowercase version" of the address."""
    return hashlib.md5(email.lower().encode()).hexdigest()


def now() -> str:
    """This moment in ISO 8601, UTC, as responses give it."""
    return datetime.now(UTC).isoformat(timespec="seconds")


@dataclass
class Member:
    """Somebody on the list, or archived."""

    email_address: str
    status: str
    # Left by themselves, bounced, or was reviewed: the API may not subscribe them. Kept by an archiving and by a
    # request to confirm; only the person ends it (`Audience.confirm`).
    in_compliance_state: bool = False
    merge_fields: dict = field(default_factory=dict)
    language: str = ""
    tags: list[str] = field(default_factory=list)
    ip_signup: str = ""
    ip_opt: str = ""
    timestamp_signup: str = ""
    timestamp_opt: str = ""
    last_changed: str = field(default_factory=now)
    contact_id: str = ""
    unique_email_id: str = ""

    def __post_init__(self):
        seed = hashlib.sha256(self.email_address.lower().encode()).hexdigest()
        self.contact_id = self.contact_id or seed[:32]
        self.unique_email_id = self.unique_email_id or seed[32:42]

    @property
    def id(self) -> str:
        """The subscriber hash."""
        return hash_of(self.email_address)


@dataclass
class Audience:
    """The list: its members by subscriber hash, what is required of them, who was written to, who was forgotten."""

    id: str
    name: str
    members: dict[str, Member] = field(default_factory=dict)
    tags: list[str] = field(default_factory=lambda: list(DEFAULT_TAGS))
    required: list[str] = field(default_factory=list)
    mailed: list[str] = field(default_factory=list)  # a confirmation each, in order
    forgotten: list[str] = field(default_factory=list)  # hashes deleted for good, in order
    fake: set[str] = field(default_factory=set)  # hashes
    too_often: set[str] = field(default_factory=set)  # hashes
    # Whether who was unsubscribed through the API can't be subscribed through it again either. Threads say both.
    leaving_by_api_counts: bool = False

    def find(self, named: str) -> Member | None:
        """Who is meant by a hash, an address or a contact_id (list-members/, path parameter subscriber_hash)."""
        if "@" in named:
            return self.members.get(hash_of(named))
        if found := self.members.get(named):
            return found
        return next((member for member in self.members.values() if member.contact_id == named), None)

    def info(self, named: str) -> Member:
        """get-member-info/; an archived member is found, one deleted for good isn't (nztim/mailchimp#31)."""
        if member := self.find(named):
            return member
        raise problems.not_found()

    def add_or_update(self, named: str, body: dict, skip_merge_validation: bool) -> Member:
        """add-or-update-list-member/ (PUT)."""
        member = self.find(named)
        check_types(body)
        email = body.get("email_address")
        if member is None and email and hash_of(email) in self.members:
            raise problems.member_exists(email)  # a hash of other letters, VingtCinq/python-mailchimp#182
        if member is not None:
            return self._update(member, body, skip_merge_validation)
        # "This value is required only if the email address is not already present on the list": both parameters.
        if missing := [name for name in ("email_address", "status_if_new") if name not in body]:
            raise problems.not_provided(*missing)
        self._refuse_address(str(email))
        member = Member(email_address=str(email), status=body["status_if_new"])
        self._fill(member, body, skip_merge_validation)
        self.members[member.id] = member
        self._write_if_pending(member)
        return member

    def update(self, named: str, body: dict, skip_merge_validation: bool) -> Member:
        """update-list-member/ (PATCH): nobody is added by it."""
        member = self.info(named)
        check_types(body)
        return self._update(member, body, skip_merge_validation)

    def archive(self, named: str) -> None:
        """archive-list-member/ (DELETE)."""
        member = self.info(named)
        if member.status in {"cleaned", "pending", "archived"}:
            raise problems.cannot_be_removed()
        member.status, member.last_changed = "archived", now()

    def delete_permanent(self, named: str) -> None:
        """delete-list-member/ (POST …/actions/delete-permanent): "impossible to re-import the list member"."""
        member = self.info(named)
        del self.members[member.id]
        self.forgotten.append(member.id)

    def confirm(self, email: str) -> None:
        """The person followed the link in the confirmation mail, or used a form of Mailchimp's own."""
        member = self.members[hash_of(email)]
        member.status, member.in_compliance_state, member.last_changed = "subscribed", False, now()

    def _update(self, member: Member, body: dict, skip_merge_validation: bool) -> Member:
        status = body.get("status")
        if status == "subscribed" and member.in_compliance_state:
            raise problems.in_compliance_state(member.email_address)
        email = body.get("email_address") or member.email_address
        if hash_of(email) != member.id:  # a change of address
            if other := self.members.get(hash_of(email)):
                raise problems.address_taken(email, other.status)
            self._refuse_address(email)
        self._fill(member, body, skip_merge_validation)
        del self.members[member.id]
        member.email_address, member.last_changed = email, now()
        self.members[member.id] = member
        if status:
            member.status = status
            if status == "unsubscribed" and self.leaving_by_api_counts:
                member.in_compliance_state = True
            self._write_if_pending(member)
        return member

    def _refuse_address(self, email: str) -> None:
        if not email.strip():
            raise problems.blank_address()
        name, _, host = email.rpartition("@")
        if not name or "." not in host or re.search(r"\s", email):
            raise problems.no_address()
        subscriber_hash = hash_of(email)
        if subscriber_hash in self.forgotten:
            raise problems.forgotten(email)
        if subscriber_hash in self.fake:
            raise problems.looks_fake(email)
        if subscriber_hash in self.too_often:
            raise problems.signed_up_too_often(email)

    def _fill(self, member: Member, body: dict, skip_merge_validation: bool) -> None:
        # Tags that the list doesn't have are passed over, as recorded in grouparoo/grouparoo (docs/providers.md).
        given = {tag: value for tag, value in body.get("merge_fields", {}).items() if tag in self.tags}
        merged = {**member.merge_fields, **given}
        if not skip_merge_validation and (
            empty := [tag for tag in self.required if merged.get(tag, "") == ""]
        ):
            raise problems.merge_fields_invalid(empty)
        member.merge_fields = merged
        for name in ("language", "ip_signup", "ip_opt", "timestamp_signup", "timestamp_opt"):
            setattr(member, name, body.get(name, getattr(member, name)))
        member.tags = list(dict.fromkeys([*member.tags, *body.get("tags", [])]))

    def _write_if_pending(self, member: Member) -> None:
        if member.status == "pending":
            self.mailed.append(member.email_address)


def check_types(body: dict) -> None:
    """Refuse what the schema of the body refuses (add-or-update-list-member/, body parameters)."""
    errors = []
    for name in ("status", "status_if_new"):
        if name in body and body[name] not in ASKABLE:
            errors.append((name, f"Value must be one of: {', '.join(ASKABLE)}"))
    for name in ("email_address", "language", "ip_signup", "ip_opt", "timestamp_signup", "timestamp_opt"):
        if name in body and not isinstance(body[name], str):
            found = "NULL" if body[name] is None else type(body[name]).__name__
            errors.append((name, f"Schema describes string, {found} found instead"))
    merge_fields = body.get("merge_fields", {})
    if not isinstance(merge_fields, dict):
        errors.append(("merge_fields", "Schema describes object, array found instead"))
    else:
        for tag, value in merge_fields.items():
            if not isinstance(value, str | int | float | dict) or isinstance(value, bool):
                errors.append(
                    (f"merge_fields.{tag}", "Data did not match any of the schemas described in anyOf.")
                )
    if errors:
        raise problems.invalid(*errors)
