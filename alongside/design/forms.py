"""What every form shares, and how a form meets an action."""

from collections.abc import Callable
from typing import Any, TypeVar

from django import forms
from django.core.exceptions import ValidationError

from alongside.core.refused import Refused

R = TypeVar("R")
# The library's own words for what only rubbish brings about, in ours. The field's label stands in
# the sentence so that no two errors of a page read the same.
UNREADABLE = "We cannot read part of “{label}”. Delete it and type it again"
NOT_OFFERED = "Choose an answer that is offered under “{label}”"
OURS = {
    "null_characters_not_allowed": UNREADABLE,
    "invalid_choice": NOT_OFFERED,
    "invalid_pk_value": NOT_OFFERED,
    "invalid_list": NOT_OFFERED,
}
THEIRS = ("Null characters are not", "Select a valid choice", "Enter a list of values", "“")


class Form(forms.Form):
    """A form drawn with the NHS components by ``field()`` in ``design/macros.jinja``."""

    use_required_attribute = False  # errors are ours to word, not the browser's
    required_css_class = ""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        kwargs.setdefault("label_suffix", "")
        super().__init__(*args, **kwargs)

    def add_error(self, field: str | None, error: Any) -> None:
        """Add an error, in our words where only the library's were given."""
        if field in self.fields and isinstance(error, ValidationError):
            label = self.fields[field].label or field
            for one in getattr(error, "error_list", [error]):
                if one.code in OURS and str(one.message).startswith(THEIRS):
                    one.message = OURS[one.code].format(label=label)
        super().add_error(field, error)


def attempt(form: forms.Form, action: Callable[..., R], **facts: Any) -> R | None:
    """Run the action; turn a refusal into an error of the form and return None."""
    try:
        return action(**facts)
    except Refused as refused:
        field = refused.field if refused.field in form.fields else None
        form.add_error(field, refused.sentence)
        return None
