"""Hangs the trust's name in the page frame."""

from django.apps import AppConfig

SAID = {  # in the audit log
    "area_added": "Added an area",
    "area_changed": "Changed an area",
    "contact_changed": "Changed how to reach us",
    "council_added": "Added a council",
    "council_changed": "Changed a council",
    "service_added": "Added a service",
    "service_changed": "Changed a service",
    "team_added": "Added a team",
    "team_changed": "Changed a team",
    "team_ended": "Ended a team",
    "team_merged": "Merged a team",
    "team_name_corrected": "Corrected the name of a team",
    "team_renamed": "Renamed a team",
    "team_reopened": "Opened a team again",
    "topic_added": "Added a topic",
    "topic_changed": "Changed a topic",
    "trust_name_corrected": "Corrected a name of the trust",
    "trust_named": "Gave the trust a name",
}


class Organisation(AppConfig):
    """The organisation room."""

    name = "alongside.organisation"

    def ready(self) -> None:
        """Give the frame of every page the trust's name and how to reach it."""
        from alongside.accounts import audit
        from alongside.design.frame import frame_parts
        from alongside.organisation import names

        frame_parts.append(names.frame_part)
        audit.say("organisation", SAID)
