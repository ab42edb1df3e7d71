"""What this room holds about a person: that they were invited."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from alongside.opportunities.models import Invitation
from alongside.people import registry
from alongside.people.models import Person


@registry.holds("opportunities")
class Invitations(registry.Holding):
    """Invitations to take part."""

    heading = "Invitations we sent you"
    stays = "That somebody was invited to something, without who."

    def export(self, person: Person) -> Iterable[dict[str, Any]]:
        """Return what they were invited to, and when."""
        invitations = Invitation.objects.filter(person=person).select_related("opportunity")
        return [
            {
                "What you were invited to": invitation.opportunity.title,
                "When we invited you": invitation.created_at,
            }
            for invitation in invitations.order_by("-created_at", "-pk")
        ]
