"""The Jinja environment every page is drawn in."""

from typing import Any

import jinja2
from django.http import HttpRequest
from django.templatetags.static import static
from django.urls import reverse


def environment(**options: Any) -> jinja2.Environment:
    """Make the environment: trimmed blocks, undefined names are errors, our helpers."""
    options.update(trim_blocks=True, lstrip_blocks=True, undefined=jinja2.StrictUndefined)
    env = jinja2.Environment(**options)  # noqa: S701  (Django turns autoescape on)
    env.globals.update(static=static, url=lambda name, *args, **kw: reverse(name, args=args, kwargs=kw))
    return env


def frame(request: HttpRequest) -> dict[str, Any]:
    """What the page frame needs on every page."""
    return {}
