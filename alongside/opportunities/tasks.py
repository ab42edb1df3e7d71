"""What a worker does for adverts."""

from alongside.accounts.models import User
from alongside.core.tasks import GiveUp, progress, task
from alongside.opportunities import actions
from alongside.opportunities.models import Opportunity


@task()
def invite_people(opportunity_key: str, by_key: str) -> None:
    """Invite people to take part.

    Each in a transaction of their own; those invited already are passed over, so it may run twice.
    """
    opportunity = (
        Opportunity.objects.published().select_related("event").filter(key=opportunity_key).first()
    )
    by = User.objects.filter(key=by_key).first()
    if opportunity is None or by is None:
        raise GiveUp
    people = list(actions.who_to_invite(opportunity))
    for number, person in enumerate(people, start=1):
        opportunity.event.refresh_from_db()
        if actions.why_not_invite(opportunity):  # closed or cancelled while we were writing
            break
        actions.invite(opportunity=opportunity, person=person, by=by)
        progress(number, len(people))
