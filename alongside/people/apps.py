"""The room, and what it registers at start."""

from django.apps import AppConfig

SAID = {  # in the audit log, and to the person themselves
    "person_added": "Made the record",
    "sign_in_linked": "Joined a sign-in to the record",
    "details_corrected": "Changed details",
    "details_reviewed": "Checked details",
    "needs_recorded": "Recorded needs",
    "needs_reviewed": "Checked needs",
    "consent_given": "Recorded a yes to invitations",
    "consent_renewed": "Recorded a yes to invitations again",
    "consent_ended": "Recorded a no to invitations",
    "invitations_paused": "Paused invitations",
    "invitations_unpaused": "Started invitations again",
    "topics_followed": "Changed topics",
    "equality_asked": "Was shown the equality questions",
    "involvement_recorded": "Recorded taking part",
    "involvement_corrected": "Corrected a record of taking part",
    "doubt_settled": "Checked that the record is not somebody else's",
    "leaving_notice_given": "Sent a notice that the record is not used",
    "person_seen": "Looked at the record",
    "everything_seen": "Looked at everything held",
    "everything_downloaded": "Downloaded everything held",
    "letter_seen": "Opened the letter about taking part",
    "doubts_seen": "Looked at records that may be of one person",
    "involvement_seen": "Looked at who took part",
    "list_seen": "Looked at the list of people",
    "lookalikes_seen": "Looked at people who may be the same",
    "old_audit_forgotten": "Took out old lines of the audit log",
    "old_data_tidied": "Took out old data",
    "person_erased": "Erased the details",
    "reviews_seen": "Looked at the list of people to check with",
}


class PeopleConfig(AppConfig):
    """Persons, needs, consent and the Involvement ledger."""

    name = "alongside.people"

    def ready(self) -> None:
        """Say how long this room keeps things, and that a person is read with their sign-in."""
        from alongside.accounts import audit
        from alongside.accounts.backends import also_read
        from alongside.people import retention  # noqa: F401

        also_read("person__area")
        audit.say("people", SAID)
