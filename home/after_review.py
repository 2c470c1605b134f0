"""What becomes of a page that was accepted. Wagtail imports this before there are any models."""

from django.core.exceptions import ValidationError


def publish_if_it_can_be(state, user=None) -> None:
    """Publish the page; where it can't be, write into its history why, and leave the draft."""
    from wagtail.log_actions import log

    from home.scheduled import NOT_PUBLISHED

    page = state.content_object
    try:
        page.get_latest_revision().publish(user=user)
    except ValidationError as error:
        log(instance=page, action=NOT_PUBLISHED, user=user, data={"reason": "; ".join(error.messages)})
