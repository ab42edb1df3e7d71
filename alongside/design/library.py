"""The NHS component library itself, for what is drawn rarely (and to test our own macros by)."""

from functools import lru_cache
from pathlib import Path
from typing import Any

import jinja2
import nhsuk_frontend_jinja
from markupsafe import Markup


@lru_cache(maxsize=1)
def _environment() -> jinja2.Environment:
    folder = Path(nhsuk_frontend_jinja.__file__).parent / "templates"
    return jinja2.Environment(
        loader=jinja2.FileSystemLoader(folder),
        autoescape=True,
        trim_blocks=True,
        lstrip_blocks=True,
        undefined=jinja2.ChainableUndefined,  # its templates look for what may not be there
    )


@lru_cache(maxsize=64)
def _macro(component: str, name: str) -> Any:
    template = _environment().get_template(f"nhsuk/components/{component}/macro.jinja")
    return getattr(template.module, name)


def draw(component: str, macro: str, /, **params: Any) -> Markup:
    """Draw a component by the library: ``nhsuk("panel", "panel", titleText="Booked")``.

    It costs 20 to 50 times as much as a macro of our own. Pass ``idPrefix``, not ``id``, to its
    radios and checkboxes.
    """
    return Markup(_macro(component, macro)(params))  # noqa: S704  (the library escapes)
