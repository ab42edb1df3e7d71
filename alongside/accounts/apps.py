"""What the log says in words."""

from django.apps import AppConfig

SAID = {  # in the audit log
    "sign_in_opened": "Signed in for the first time",
    "signed_in": "Signed in",
    "email_changed": "Changed the email address they sign in with",
    "sessions_ended": "Signed out elsewhere",
    "staff_added": "Added a member of staff",
    "role_granted": "Gave a role",
    "role_ended": "Ended a role",
    "account_closed": "Closed an account",
    "account_opened": "Opened an account again",
    "welcome_sent": "Sent the email to set up a staff account",
    "password_set": "Chose a password",
    "second_step_added": "Added a second step",
    "second_step_removed": "Removed a second step",
    "second_step_reset": "Removed somebody else's second step",
    "audit_searched": "Searched the audit log",
    "audit_exported": "Exported the audit log",
}


class AccountsConfig(AppConfig):
    """Who may come in and what they may do."""

    name = "alongside.accounts"

    def ready(self) -> None:
        """Give our actions their words."""
        from alongside.accounts import audit

        audit.say("accounts", SAID)
