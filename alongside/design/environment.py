"""The Jinja environment every page is drawn in: helpers, filters, and strictness."""

from typing import Any

import jinja2
from django.templatetags.static import static
from django.urls import reverse
from markupsafe import Markup, escape

from alongside.core import dates
from alongside.core.money import money
from alongside.design import library, parts
from alongside.design.frame import bare, frame, frame_parts
from alongside.design.paging import page_address

__all__ = ["bare", "environment", "frame", "frame_parts", "money", "paragraphs"]

DATE_FILTERS = ("day", "long_day", "clock", "span", "when", "month")


def environment(**options: Any) -> jinja2.Environment:
    """Make the environment: trimmed blocks, undefined names are errors, our helpers."""
    options.update(trim_blocks=True, lstrip_blocks=True, undefined=jinja2.StrictUndefined)
    env = jinja2.Environment(**options)  # noqa: S701  (Django turns autoescape on)
    env.globals.update(
        static=static,
        url=_url,
        nhsuk=library.draw,
        parts_of=parts.parts_of,
        errors_of=parts.errors_of,
        page_address=page_address,
    )
    env.filters.update({name: getattr(dates, name) for name in DATE_FILTERS})
    env.filters.update(money=money, paragraphs=paragraphs)
    return env


def _url(name: str, *args: Any, **kwargs: Any) -> str:
    return reverse(name, args=args, kwargs=kwargs)


def paragraphs(text: str) -> Markup:
    """Return plain text as paragraphs: a blank line parts them, a line break is kept."""
    tidy = text.replace("\r\n", "\n").replace("\r", "\n").replace("\x00", "")
    blocks = [block.strip("\n") for block in tidy.split("\n\n") if block.strip()]
    return Markup("\n").join(
        Markup("<p>{}</p>").format(Markup("<br>").join(escape(block).split("\n")))
        for block in blocks
    )
