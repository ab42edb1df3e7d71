"""Choosing which adverts to see."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils import timezone

from alongside.design.forms import Form
from alongside.organisation.models import Area, Topic

ONLINE, IN_PERSON = "online", "in_person"


class FindForm(Form):
    """Area, way of meeting and topic. An answer that is none of ours counts as no answer."""

    area = forms.ChoiceField(label="Area", required=False)
    mode = forms.ChoiceField(
        label="Online or in person",
        required=False,
        choices=[("", "Either"), (ONLINE, "Online"), (IN_PERSON, "In person")],
    )
    topic = forms.ChoiceField(label="Topic", required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        today = timezone.localdate()
        areas = Area.objects.on(today).order_by("name", "pk")
        topics = Topic.objects.on(today).order_by("name", "pk")
        self.areas = {area.slug: area for area in areas}
        self.topics = {topic.slug: topic for topic in topics}
        self.fields["area"].choices = [  # type: ignore[attr-defined]
            ("", "Anywhere"),
            *((slug, area.name) for slug, area in self.areas.items()),
        ]
        self.fields["topic"].choices = [  # type: ignore[attr-defined]
            ("", "Any topic"),
            *((slug, topic.name) for slug, topic in self.topics.items()),
        ]

    def chosen(self) -> dict[str, str]:
        """Return the answers that count. A stale address is not the reader's to put right."""
        self.full_clean()
        found = {name: value for name, value in self.cleaned_data.items() if value}
        self.errors.clear()
        return found
