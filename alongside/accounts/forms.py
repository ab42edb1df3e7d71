"""What people are asked when they sign in, and what administrators are asked about staff."""

from __future__ import annotations

import struct
from collections.abc import Collection
from typing import Any, cast

from allauth.mfa.base.forms import AuthenticateForm
from allauth.mfa.totp.forms import ActivateTOTPForm
from allauth.mfa.webauthn.forms import AuthenticateWebAuthnForm, LoginWebAuthnForm
from allauth.mfa.webauthn.internal import auth as passkeys
from django import forms
from django.contrib.auth.password_validation import validate_password
from django.core.cache import cache
from django.core.exceptions import ValidationError

from alongside.accounts import audit
from alongside.accounts.access import ROLES
from alongside.accounts.models import AuditEntry, User
from alongside.design.fields import Choice, DayField
from alongside.design.forms import Form

NO_PASSKEY = "Your device did not make a passkey. Try again, or use an app instead."
UNREADABLE = (
    LookupError,
    TypeError,
    ValueError,
    AttributeError,
    ArithmeticError,
    RecursionError,
    struct.error,
)
LONGEST_PASSWORD = 200
REPLAY_SECONDS = 3 * 60  # longer than any code of an app is good, clocks that drift included
SAME_CODE = "You have used this code already. Wait for your app to show a new one."


def _email(label: str, hint: str = "", **options: Any) -> forms.EmailField:
    return forms.EmailField(
        label=label,
        help_text=hint,
        max_length=254,
        widget=forms.EmailInput(attrs={"autocomplete": "email", "spellcheck": "false"}),
        error_messages={
            "required": "Enter an email address",
            "invalid": "Enter an email address in the right form, like name@example.com",
            "max_length": "An email address has 254 characters or fewer",
        },
        **options,
    )


def _code(label: str, hint: str, missing: str) -> forms.CharField:
    return forms.CharField(
        label=label,
        help_text=hint,
        max_length=30,
        widget=forms.TextInput(
            attrs={
                "autocomplete": "one-time-code",
                "inputmode": "numeric",
                "spellcheck": "false",
                "width": "10",
            }
        ),
        error_messages={
            "required": missing,
            "max_length": "This is too long to be a code",
        },
    )


def _password(label: str, hint: str = "", *, new: bool = False) -> forms.CharField:
    return forms.CharField(
        label=label,
        help_text=hint,
        max_length=LONGEST_PASSWORD,
        strip=False,
        widget=forms.PasswordInput(
            attrs={"autocomplete": "new-password" if new else "current-password"}
        ),
        error_messages={
            "required": "Choose a password" if new else "Enter your password",
            "max_length": f"A password has {LONGEST_PASSWORD} characters or fewer",
        },
    )


# --- anybody ------------------------------------------------------------------------------------


class EmailForm(Form):
    """Where to send the code."""

    email = _email(
        "What is your email address?",
        "We will email you a code to sign in with. You do not need a password.",
    )

    def clean_email(self) -> str:
        """Return it in small letters: an address is the same however it is typed."""
        return str(self.cleaned_data["email"]).lower()


class NewEmailForm(EmailForm):
    """Where to send codes from now on."""

    email = _email(
        "What is your new email address?",
        "We will email a code to it, to check that it reaches you.",
    )


class CodeForm(Form):
    """The code from the email."""

    code = _code("Code", "8 numbers, for example 0123 4567", "Enter the code from the email")


# --- staff sign-in ------------------------------------------------------------------------------


class PasswordForm(Form):
    """How staff begin to sign in."""

    email = _email("Email address")
    password = _password("Password")

    def clean_email(self) -> str:
        """Return it in small letters."""
        return str(self.cleaned_data["email"]).lower()


class PasswordAgainForm(Form):
    """The password once more, before something important changes."""

    password = _password("Password")


class StaffEmailForm(Form):
    """Where to send the link to choose a password."""

    email = _email("What is your work email address?")

    def clean_email(self) -> str:
        """Return it in small letters."""
        return str(self.cleaned_data["email"]).lower()


class NewPasswordForm(Form):
    """The password staff choose."""

    password = _password(
        "Choose a password",
        "12 characters or more. 3 words that do not belong together are easy to remember "
        "and hard to guess.",
        new=True,
    )

    def __init__(self, *args: Any, user: User, **kwargs: Any) -> None:
        self.user = user
        super().__init__(*args, **kwargs)

    def clean_password(self) -> str:
        """Return it, or say in our words what is wrong with it."""
        password = str(self.cleaned_data["password"])
        try:
            validate_password(password, self.user)
        except ValidationError as fault:
            sentences = {
                "password_too_short": "Choose a longer password, with 12 characters or more",
                "password_too_common": "Many people use this password. Choose another one",
                "password_too_similar": (
                    "This password is too much like your name or email address. Choose another one"
                ),
            }
            code = fault.error_list[0].code or ""
            raise ValidationError(sentences.get(code, "Choose another password")) from fault
        return password


class _OnceOnly:
    """A code of an app is good once, in every place it can be typed."""

    user: User

    def _use(self, code: str) -> str:
        plain = "".join(letter for letter in code if letter.isdigit())
        if not cache.add(f"accounts.used:{self.user.pk}:{plain}", "y", REPLAY_SECONDS):
            raise ValidationError(SAME_CODE)
        return code


class SecondStepForm(_OnceOnly, AuthenticateForm, Form):
    """The second step at sign-in: a code of the app or a recovery code."""

    code = _code(
        "Code",
        "6 numbers from your app, or one of your recovery codes",
        "Enter the code from your app",
    )

    def clean_code(self) -> str:
        """Let the library check it, then see that it is not used again."""
        return self._use(super().clean_code())


class AppCodeForm(_OnceOnly, ActivateTOTPForm, Form):
    """The first code of an app that was just set up."""

    code = _code(
        "Type the code your app shows",
        "6 numbers. Your app shows new ones every 30 seconds",
        "Enter the code from your app",
    )

    def clean_code(self) -> str:
        """Let the library check it, then see that it is not used again to sign in."""
        return self._use(super().clean_code())


class _ReadsPasskey:
    """A credential comes from outside: whatever is in it, a wrong one is only ever refused."""

    def clean_credential(self) -> Any:
        """Let the library read and check it; its parsers fall over what is no credential."""
        try:
            return super().clean_credential()  # type: ignore[misc]
        except UNREADABLE as fault:
            raise ValidationError(NO_PASSKEY) from fault


class PasskeySignInForm(_ReadsPasskey, LoginWebAuthnForm):
    """A passkey in place of password and second step."""


class PasskeyStepForm(_ReadsPasskey, AuthenticateWebAuthnForm):
    """A passkey as the second step."""


class PasskeyNameForm(Form):
    """What to call a new passkey, so that its owner knows it again."""

    name = forms.CharField(
        label="What should we call this passkey?",
        help_text="For example, work laptop or my phone",
        max_length=60,
        error_messages={
            "required": "Enter a name for the passkey",
            "max_length": "The name must be 60 characters or fewer",
        },
    )
    credential = forms.JSONField(
        widget=forms.HiddenInput,
        error_messages={"required": NO_PASSKEY, "invalid": NO_PASSKEY},
    )

    def clean(self) -> dict[str, Any]:
        """See that it answers what this browser was asked."""
        given = super().clean() or self.cleaned_data
        if given.get("credential"):
            try:
                passkeys.parse_registration_response(given["credential"])
                passkeys.complete_registration(given["credential"])
            except UNREADABLE as fault:
                raise ValidationError(NO_PASSKEY) from fault
            except ValidationError as fault:
                raise ValidationError(NO_PASSKEY) from fault
        return given


# --- administrators -----------------------------------------------------------------------------


def _roles() -> list[Choice]:
    return [Choice(role.code, role.name, role.what) for role in ROLES.values()]


def _name() -> forms.CharField:
    return forms.CharField(
        label="Full name",
        max_length=200,
        widget=forms.TextInput(attrs={"autocomplete": "off", "spellcheck": "false"}),
        error_messages={
            "required": "Enter their full name",
            "max_length": "The name must be 200 characters or fewer",
        },
    )


class StaffForm(Form):
    """A new member of staff."""

    name = _name()
    email = _email("Work email address", "We will email them how to set up their account.")
    roles = forms.MultipleChoiceField(
        label="What will they do?",
        choices=_roles,
        widget=forms.CheckboxSelectMultiple,
        error_messages={
            "required": "Choose at least one role",
            "invalid_choice": "Choose roles from the list",
        },
    )

    def clean_email(self) -> str:
        """Return it in small letters."""
        return str(self.cleaned_data["email"]).lower()


class RoleForm(Form):
    """One more role for somebody."""

    role = forms.ChoiceField(
        label="Which role?",
        choices=_roles,
        widget=forms.RadioSelect,
        error_messages={
            "required": "Choose a role",
            "invalid_choice": "Choose a role from the list",
        },
    )

    def leave_out(self, held: Collection[str]) -> None:
        """Offer only the roles somebody does not hold yet."""
        field = cast(forms.ChoiceField, self.fields["role"])
        field.choices = [choice for choice in _roles() if choice[0] not in held]


class StaffSearchForm(Form):
    """Find a member of staff."""

    q = forms.CharField(
        label="Name or email address",
        max_length=200,
        required=False,
        error_messages={"max_length": "Search for 200 characters or fewer"},
    )
    closed = forms.BooleanField(label="Show people who left as well", required=False)


def _key(label: str, hint: str) -> forms.RegexField:
    return forms.RegexField(
        r"\A[A-Za-z0-9_-]*\Z",  # a name typed here by mistake would stay in the log for years
        label=label,
        help_text=hint,
        max_length=20,
        strip=True,
        required=False,
        widget=forms.TextInput(attrs={"width": "20", "spellcheck": "false"}),
        error_messages={
            "max_length": "A key has 20 letters and numbers",
            "invalid": "A key has 20 letters and numbers",
        },
    )


class AuditSearchForm(Form):
    """What to look for in the audit log."""

    about = _key("Key of a person", "The last part of the address of their page.")
    on = _key("Key of anything else", "For example, of a booking or an advert.")
    by = forms.CharField(
        label="Who did it",
        help_text="Name or email address of a member of staff, or a key.",
        max_length=200,
        required=False,
        error_messages={"max_length": "Search for 200 characters or fewer"},
    )
    action = forms.ChoiceField(
        label="What was done",
        required=False,
        choices=lambda: [("", "Anything"), *audit.said().items()],
        error_messages={"invalid_choice": "Choose from the list"},
    )
    kind = forms.ChoiceField(
        label="Changes or looks",
        required=False,
        choices=[
            Choice("", "Both"),
            Choice(AuditEntry.Kind.WRITE, "Changes"),
            Choice(AuditEntry.Kind.LOOK, "Looks at a record"),
        ],
        widget=forms.RadioSelect(attrs={"inline": True, "small": True}),
        error_messages={"invalid_choice": "Choose from the list"},
    )
    first = DayField(label="From", called="The first day", required=False)
    last = DayField(label="To", called="The last day", required=False)

    def clean(self) -> dict[str, Any]:
        """See that the days are in order."""
        asked = super().clean() or self.cleaned_data
        first, last = asked.get("first"), asked.get("last")
        if first and last and last < first:
            self.add_error("last", "The last day must be the first day or later")
        return asked
