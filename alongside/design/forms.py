"""What every form shares, and how a form meets an action."""

from collections.abc import Callable
from typing import Any, TypeVar

from django import forms

from alongside.core.refused import Refused

R = TypeVar("R")


class Form(forms.Form):
    """A form drawn with the NHS components by ``field()`` in ``design/macros.jinja``."""

    use_required_attribute = False  # errors are ours to word, not the browser's
    required_css_class = ""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        kwargs.setdefault("label_suffix", "")
        super().__init__(*args, **kwargs)


def attempt(form: forms.Form, action: Callable[..., R], **facts: Any) -> R | None:
    """Run the action; turn a refusal into an error of the form and return None."""
    try:
        return action(**facts)
    except Refused as refused:
        field = refused.field if refused.field in form.fields else None
        form.add_error(field, refused.sentence)
        return None
