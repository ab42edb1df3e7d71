"""What staff are asked about messages."""

from __future__ import annotations

from typing import Any

from django import forms

from alongside.design.fields import Choice
from alongside.design.forms import Form
from alongside.messaging import rules
from alongside.messaging.models import Message

ANY = ("", "Any")


class FilterForm(Form):
    """Which messages to list. A filter nobody offers is no filter."""

    state = forms.ChoiceField(
        label="What became of it", required=False, choices=[ANY, *Message.State.choices]
    )
    channel = forms.ChoiceField(
        label="Way", required=False, choices=[ANY, *Message.Channel.choices]
    )

    def chosen(self) -> dict[str, str]:
        """Return the filters that hold."""
        self.is_valid()
        return {name: value for name, value in self.cleaned_data.items() if value}


class NoteForm(Form):
    """A note on what was done."""

    note = forms.CharField(
        label="Note (you can leave this empty)",
        help_text="For example, how they were told. They can ask to see this.",
        required=False,
        max_length=200,
        widget=forms.Textarea(attrs={"rows": 2}),
        error_messages={"max_length": "Note must be 200 characters or fewer"},
    )


class CallForm(NoteForm):
    """How a call went."""

    result = forms.ChoiceField(
        label="How did the call go?",
        widget=forms.RadioSelect,
        choices=[
            Choice(rules.SPOKE, "I spoke to them", "They now know. The call comes off the list."),
            Choice(
                rules.LEFT_MESSAGE,
                "I left a message",
                "To call us back. The call stays on the list.",
            ),
            Choice(rules.NO_ANSWER, "No answer", "The call stays on the list."),
        ],
        error_messages={
            "required": "Select how the call went",
            "invalid_choice": "Select how the call went",
        },
    )
    field_order = ["result", "note"]

    def facts(self) -> dict[str, Any]:
        """Return what to write down."""
        return {"result": self.cleaned_data["result"], "note": self.cleaned_data["note"]}
