"""Who of the staff may do what: the permissions of the groups, and never more than a screen offers."""

from django.contrib.auth.models import Permission
from wagtail.permission_policies import ModelPermissionPolicy


class OnlyPolicy(ModelPermissionPolicy):
    """Grants the actions that a screen offers to those who have the permission; any other action to nobody.

    A superuser has every permission, but no screen grows a button that its declaration doesn't name.
    """

    def __init__(self, model, *actions: str):
        super().__init__(model)
        self.actions = frozenset(actions)

    def user_has_permission(self, user, action) -> bool:
        return action in self.actions and super().user_has_permission(user, action)

    def users_with_any_permission(self, actions):
        return super().users_with_any_permission(self.actions.intersection(actions))

    def permissions(self):
        """Return the permissions that mean something here: those that a group's form should offer."""
        return Permission.objects.filter(
            content_type=self._content_type, codename__in=self._get_permission_codenames(self.actions)
        )
