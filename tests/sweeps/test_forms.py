"""Every form: worded errors, limits, labels; and rubbish in every box is answered kindly."""

from __future__ import annotations

import pytest
from bs4 import BeautifulSoup, Tag
from django import forms
from django.core.exceptions import ValidationError
from django.db import transaction

from conftest import MEMBER, NOBODY, cast_names
from tests.house import form_classes, may_pass
from tests.pages import Visit, faults_of, once
from tests.visits import paths, visit

# The library's own words: never ours to a reader.
NOT_OURS = (
    "This field is required",
    "This value is required",
    "Select a valid choice",
    "Enter a valid ",
    "Enter a whole number",
    "Enter a number",
    "Enter a list of values",
    "Ensure this value",
    "Ensure that ",
    "Null characters are not allowed",
    "is not one of the available choices",
    "This field cannot be",
)
# What design.forms.Form puts into our words, whatever the field says.
SAID_BY_THE_FORM = ("Null characters are not", "Select a valid choice", "Enter a list of values")
OWN = ("alongside.", "django.", "builtins")
LONG = "Bartholomew " * 834  # 10,008 characters
RUBBISH = {
    "nul": "Ada\x00Bright",
    "long": LONG,
    "rtl": "\u202eعائشة\u202c حسن",
    "emoji": "👩🏽‍🦽 Ada 🐝",
    "script": "<script>alert('x')</script>\"'&amp;",
    "lines": "Ada\r\nBright\x0b\x1f",
    "space": "   ",
}


@pytest.mark.parametrize("form", form_classes(), ids=lambda form: form.__qualname__)
def test_every_field_is_worded_and_limited(form):
    from alongside.design.forms import Form

    from_a_library = any(not base.__module__.startswith(OWN) for base in form.__mro__[1:-3])
    assert issubclass(form, Form) or from_a_library, "extends design.forms.Form"
    sentences: dict[str, str] = {}
    faults = []
    for name, field in form.base_fields.items():
        if field.widget.is_hidden:
            continue
        if not field.label:
            faults.append(f"{name} has no label")
        if field.required:
            said = str(field.error_messages.get("required", ""))
            if not said or said.startswith(NOT_OURS):
                faults.append(f"{name} has no error of its own")
            elif said in sentences:
                faults.append(f"{name} says the same as {sentences[said]}")
            sentences[said] = name
            if said.endswith("."):
                faults.append(f"{name}: {said!r} ends with a full stop")
        if isinstance(field, forms.CharField) and not _refusals(field, LONG):
            faults.append(f"{name} takes words of any length")
        for rubbish in RUBBISH.values():
            faults += [
                f"{name}: {said!r} is not ours"
                for said in _refusals(field, rubbish)
                if said.startswith(NOT_OURS) and not said.startswith(SAID_BY_THE_FORM)
            ]
    assert not faults, "\n" + "\n".join(faults)


def _refusals(field: forms.Field, rubbish: str) -> list[str]:
    """Return what a field says about rubbish."""
    if isinstance(field, (forms.ChoiceField, forms.MultiValueField, forms.ModelChoiceField)):
        return []
    try:
        field.clean(rubbish)
    except ValidationError as refused:
        return refused.messages
    except (TypeError, AttributeError):  # what it takes is not one string
        return []
    return []


def _forms_on(seen: Visit) -> list[Tag]:
    return seen.soup.select("main form[method=post]") if seen.is_page else []


def _fill(form: Tag, rubbish: str | None) -> dict[str, list[str]]:
    """Fill every box of a form with rubbish, or leave it empty; keep what is hidden."""
    data: dict[str, list[str]] = {}
    for box in form.select("input[name], textarea[name], select[name]"):
        name, kind = str(box["name"]), str(box.get("type", "text"))
        if name == "csrfmiddlewaretoken":
            continue
        if kind == "hidden":
            data.setdefault(name, []).append(str(box.get("value", "")))
        elif rubbish is not None:
            data[name] = [rubbish]
    return data


def _boxes(form: Tag) -> list[Tag]:
    """The boxes somebody types words into."""
    kinds = {"text", "email", "tel", "search", "url", None}
    inputs = [box for box in form.select("input[name]") if box.get("type") in kinds]
    return [*inputs, *form.select("textarea[name]")]


def _post(world, who, address, path, data):
    """Send a form and undo all it did."""
    client = world.cast[who]
    cookies = client.cookies.copy()
    with transaction.atomic():
        answer = client.post(path, data)
        transaction.set_rollback(True)
    client.cookies = cookies
    return Visit(who, f"{address.name}, posted", path, answer)


def _who_opens(address) -> str:
    if address.door == "public":
        return NOBODY
    return next(who for who in cast_names() if may_pass(address.door, who))


def form_pages(world):
    """Yield every page with a form to fill in, and who fills it in."""
    for address, path in paths(world, every_state=False):
        for who in {_who_opens(address), MEMBER if address.door == "public" else ""} - {""}:
            seen = visit(world, who, address, path)
            for form in _forms_on(seen):
                target = str(form.get("action") or path)
                if "sign-out" not in target:
                    yield who, address, target, form


def errors_of(page: BeautifulSoup) -> list[str]:
    """Return the error sentences next to the boxes."""
    return [
        error.get_text(" ", strip=True).removeprefix("Error:").strip()
        for error in page.select(".nhsuk-error-message")
    ]


def test_an_empty_form_says_what_to_enter(world):
    faults = []
    for who, address, target, form in form_pages(world):
        after = _post(world, who, address, target, _fill(form, None))
        faults += faults_of(after)
        if not after.is_page or after.answer.status_code != 200:
            continue
        errors = errors_of(after.soup)
        faults += [f"{after}: {error!r}" for error in errors if error.startswith(NOT_OURS)]
        if errors:
            summary = after.soup.select_one(".nhsuk-error-summary")
            title = after.soup.title.get_text() if after.soup.title else ""
            if summary is None:
                faults.append(f"{after}: no summary of its errors")
            if not title.startswith("Error: "):
                faults.append(f"{after}: the title does not start with Error:")
            for link in summary.select("a[href]") if summary else []:
                if after.soup.find(id=str(link["href"])[1:]) is None:
                    faults.append(f"{after}: {link.get_text()!r} leads nowhere")
    assert not faults, once(faults)


@pytest.mark.parametrize("kind", RUBBISH)
def test_rubbish_is_answered_kindly_and_kept(world, kind):
    rubbish = RUBBISH[kind]
    faults, filled = [], 0
    for who, address, target, form in form_pages(world):
        names = [str(box["name"]) for box in _boxes(form)]
        if not names:
            continue
        filled += 1
        after = _post(world, who, address, target, _fill(form, rubbish))
        faults += [fault for fault in faults_of(after) if "bytes" not in fault or kind != "long"]
        if not after.is_page or after.answer.status_code != 200:
            continue
        faults += [f"{after}: {one!r}" for one in errors_of(after.soup) if one.startswith(NOT_OURS)]
        if after.soup.select_one(".nhsuk-error-summary") is None:
            continue
        for name in names:
            box = after.soup.find(attrs={"name": name})
            if not isinstance(box, Tag) or box.get("type") == "password":
                continue
            shown = box.get_text() if box.name == "textarea" else str(box.get("value", ""))
            if _plain(shown) != _plain(rubbish):
                faults.append(f"{after}: {name} shows {shown[:40]!r} for what was typed")
    assert filled, "there was no form to fill in"
    assert not faults, once(faults)


def _plain(text: str) -> str:
    """Forget what cannot be shown in HTML, and space around and between words."""
    return " ".join("".join(one for one in text if one.isprintable() or one.isspace()).split())


@pytest.mark.parametrize("kind", ["nul", "long", "rtl", "script"])
def test_rubbish_in_an_address_is_answered_kindly(world, kind):
    """Searches, page numbers and filters: whatever stands after the question mark."""
    rubbish = RUBBISH[kind][:2000]
    faults = []
    for address, path in paths(world, every_state=False):
        who = _who_opens(address)
        seen = visit(world, who, address, path)
        names = {"page", "q", "next"}
        if seen.is_page:
            names |= {str(box["name"]) for box in seen.soup.select("form[method=get] [name]")} - {
                "csrfmiddlewaretoken"
            }
        for data in (dict.fromkeys(names, rubbish), {"page": "-1"}, {"page": "9" * 30}):
            after = visit(world, who, address, path, data=data)
            faults += [fault for fault in faults_of(after) if "leads to" not in fault]
            if after.is_page and b"<script>alert" in after.content:
                faults.append(f"{after}: a script came through")
    assert not faults, once(faults)
