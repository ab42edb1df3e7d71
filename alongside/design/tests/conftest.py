"""The sample pages of this room's tests."""

import copy
from pathlib import Path

import pytest
from django.conf import LazySettings

from alongside.design import frame

HERE = Path(__file__).parent


@pytest.fixture(autouse=True)
def sample_pages(settings: LazySettings, monkeypatch: pytest.MonkeyPatch) -> None:
    """Find the sample templates, and leave out what the rooms upstairs add to the frame."""
    templates = copy.deepcopy(settings.TEMPLATES)
    templates[0]["DIRS"] = [HERE / "jinja2"]
    settings.TEMPLATES = templates
    monkeypatch.setattr(frame, "frame_parts", [])
