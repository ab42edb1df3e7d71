"""The room, and what it registers at start."""

from django.apps import AppConfig

SAID = {  # in the audit log
    "batch_made": "Made a batch of letters",
    "batch_posted": "Marked a batch as posted",
    "call_made": "Wrote down a phone call",
    "letter_posted": "A letter was posted",
    "letter_printed": "Opened a letter to print",
    "letter_put_back": "Put a letter back to be printed again",
    "list_seen": "Looked at a list of messages",
    "message_arrived": "Marked a message as arrived",
    "message_done_by_hand": "Marked a message as done by hand",
    "message_failed": "A message could not be sent",
    "message_fate_unknown": "A message may not have arrived",
    "message_kept": "A message was kept here",
    "message_queued": "A message did not go and will be tried again",
    "message_read": "Read a message",
    "message_sent": "A message was sent",
    "message_sent_again": "Sent a message again",
    "message_set_aside": "Took a message off the list",
    "message_withheld": "A message was not sent",
    "message_written": "A message was written",
    "words_erased": "Erased the words of somebody's messages",
    "words_forgotten": "Took out the words of old messages",
}


class MessagingConfig(AppConfig):
    """Telling a person something in the way they need."""

    name = "alongside.messaging"

    def ready(self) -> None:
        """Tell people downstairs what we hold, how long, and how people are told things."""
        from alongside.accounts import audit
        from alongside.messaging import holdings  # noqa: F401

        audit.say("messaging", SAID)
