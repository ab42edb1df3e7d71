"""What every form shares, and how a form meets an action."""

from collections.abc import Callable
from typing import Any, TypeVar

from django import forms
from django.core.exceptions import ValidationError

from alongside.core.refused import Refused

R = TypeVar("R")
# The library's own words, which speak to programmers, in ours. The field's label stands in the
# sentence where two errors of a page could else read the same.
UNREADABLE = "We cannot read part of “{label}”. Delete it and type it again"
NOT_OFFERED = "Choose an answer that is offered under “{label}”"
IN_OUR_WORDS = (
    ("Null characters are not", UNREADABLE),
    ("Select a valid choice", NOT_OFFERED),
    ("Enter a list of values", NOT_OFFERED),
    ("“%(pk)s” is not a valid value", NOT_OFFERED),
    ("Enter a valid email address", "Enter an email address like name@example.org"),
    ("Enter a valid URL", "Enter a web address like https://www.example.org"),
    ("Enter a whole number", "Enter a number under “{label}”, like 12"),
    ("Enter a number", "Enter a number under “{label}”, like 12"),
    ("Ensure this value is less than or equal to", "“{label}” must be %(limit_value)s or less"),
    ("Ensure this value is greater than or equal", "“{label}” must be %(limit_value)s or more"),
    (
        "Ensure this value has at most",
        "Use %(limit_value)s characters or fewer for “{label}”. You have used %(show_value)s",
    ),
)


# Signs that turn the reading direction of what follows, far into the sentence around a name. Nobody
# types them; right-to-left letters carry their own direction and need none.
TURNING = dict.fromkeys((*range(0x202A, 0x202F), *range(0x2066, 0x206A)))


class Form(forms.Form):
    """A form drawn with the NHS components by ``field()`` in ``design/macros.jinja``."""

    use_required_attribute = False  # errors are ours to word, not the browser's
    required_css_class = ""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        kwargs.setdefault("label_suffix", "")
        super().__init__(*args, **kwargs)

    def _clean_fields(self) -> None:
        """Leave the signs that turn the reading direction out of every answer in words."""
        super()._clean_fields()  # type: ignore[misc]
        for name, answer in list(self.cleaned_data.items()):
            asked = self.fields[name]
            if not isinstance(answer, str) or isinstance(asked.widget, forms.PasswordInput):
                continue
            kept = answer.translate(TURNING)
            if kept != answer:
                self.cleaned_data[name] = kept.strip()
                if asked.required and not kept.strip():
                    self.add_error(name, asked.error_messages["required"])

    def add_error(self, field: str | None, error: Any) -> None:
        """Add an error, in our words where only the library's were given."""
        if field in self.fields and isinstance(error, ValidationError):
            label = str(self.fields[field].label or field).replace("%", "%%")
            for one in getattr(error, "error_list", [error]):
                theirs = _words(one)
                for beginning, ours in IN_OUR_WORDS:
                    if theirs.startswith(beginning):
                        one.message = ours.format(label=label)
                        one.params = one.params or {"": ""}  # so that %% is read as %
                        break
        super().add_error(field, error)


def _words(error: ValidationError) -> str:
    """The words of one error before its numbers are filled in. Plurals are known by their code."""
    if error.code == "max_length" and not isinstance(error.message, str):
        return "Ensure this value has at most"
    return str(error.message)


def attempt(form: forms.Form, action: Callable[..., R], **facts: Any) -> R | None:
    """Run the action; turn a refusal into an error of the form and return None."""
    try:
        return action(**facts)
    except Refused as refused:
        field = refused.field if refused.field in form.fields else None
        form.add_error(field, refused.sentence)
        return None
