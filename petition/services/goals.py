"""The public history of goals: which one was shown since when, so that a bar that goes back misleads nobody."""

from datetime import datetime

from django.db.models import OuterRef, Subquery

from petition.enums import PetitionState
from petition.models import GoalShown, Petition
from petition.services.counting import progress


def note_goals(now: datetime) -> int:
    """Write down the goals that differ from those noted last, of petitions that have opened; return how many."""
    last = GoalShown.objects.filter(petition=OuterRef("pk")).order_by("-since").values("goal")[:1]
    opened = Petition.objects.exclude(state=PetitionState.PREPARATION).annotate(noted=Subquery(last))
    changed = [
        GoalShown(petition=each, goal=goal, since=now)
        for each in opened
        if (goal := progress(each).goal) and goal != each.noted
    ]
    GoalShown.objects.bulk_create(changed, ignore_conflicts=True)
    return len(changed)
