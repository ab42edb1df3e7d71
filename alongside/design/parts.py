"""What ``field()`` draws: a bound Django field, read once, as the parts of an NHS component."""

from collections.abc import Iterable
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.forms.boundfield import BoundField
from django.forms.widgets import ChoiceWidget

from alongside.design.fields import Typed, Words, _Boxes, _typed

OURS = {"width", "prefix", "suffix", "class", "small", "inline", "count", "maxlength", "minlength"}
DAY_BOXES = (
    ("day", "Day", "2", "numeric"),
    ("month", "Month", "2", "text"),
    ("year", "Year", "4", "numeric"),
    ("clock", "Time", "5", "text"),
)


def parts_of(bound: BoundField, hint: str = "") -> dict[str, Any]:
    """Return the parts of the component this field is drawn as."""
    field, widget = bound.field, bound.field.widget
    attrs = {**widget.attrs}
    name = bound.html_name
    id_ = bound.auto_id or f"id_{name}"
    error = _error(bound)
    hint = hint or str(field.help_text or "")
    described = " ".join(
        part for part in (f"{id_}-hint" if hint else "", f"{id_}-error" if error else "") if part
    )
    drawn: dict[str, Any] = {
        "id": id_,
        "name": name,
        "label": str(bound.label or ""),
        "hint": hint,
        "error": _sentence(error),
        "described": described,
        "classes": attrs.get("class", ""),
        "width": attrs.get("width", ""),
        "prefix": attrs.get("prefix", ""),
        "suffix": attrs.get("suffix", ""),
        "small": bool(attrs.get("small")),
        "inline": bool(attrs.get("inline")),
        "attrs": [
            (key, value)
            for key, value in attrs.items()
            if key not in OURS and value not in (None, False)
        ],
        "disabled": field.disabled,
        "count": None,
    }
    value = bound.value()
    if isinstance(widget, _Boxes):
        drawn.update(kind="boxes", boxes=_boxes(widget, _typed(value), error, id_, name))
    elif isinstance(widget, forms.CheckboxInput):
        checked = widget.check_test(value)
        item = _item("on", drawn["label"], hint=hint, checked=checked)
        drawn.update(
            kind="checkbox",
            items=[item],
            described=f"{id_}-error" if error else "",
        )
    elif isinstance(widget, forms.RadioSelect | forms.CheckboxSelectMultiple):
        kind = "checkboxes" if isinstance(widget, forms.CheckboxSelectMultiple) else "radios"
        drawn.update(kind=kind, items=list(_items(widget, name, value)))
    elif isinstance(widget, forms.Select):
        drawn.update(
            kind="select",
            multiple=widget.allow_multiple_selected,
            groups=[
                (group, list(_options(options)))
                for group, options, _index in widget.optgroups(name, _as_list(widget, value))
            ],
        )
    elif isinstance(widget, forms.Textarea):
        drawn.update(kind="textarea", value=_plain(value), rows=_rows(attrs.get("rows")))
        drawn["attrs"] = [pair for pair in drawn["attrs"] if pair[0] not in {"rows", "cols"}]
        longest = getattr(field, "max_length", None)
        drawn["count"] = longest if attrs.get("count") and longest else None
    else:
        shown = None if isinstance(widget, forms.PasswordInput | forms.FileInput) else value
        if not isinstance(widget, forms.FileInput):
            shown = widget.format_value(shown)
        drawn.update(
            kind="hidden" if widget.is_hidden else "input",
            type=getattr(widget, "input_type", "text") or "text",
            value=_plain(shown),
        )
        if drawn["type"] == "number":  # the browser's number box swallows what it cannot read
            drawn["type"] = "text"
            drawn["attrs"] = [("inputmode", "numeric")] + [
                pair for pair in drawn["attrs"] if pair[0] not in {"min", "max", "step"}
            ]
    return drawn


def errors_of(form: Any) -> list[dict[str, str]]:
    """Return every error of a form, a formset or several forms, with the box each leads to."""
    if not isinstance(form, forms.BaseForm):
        each = getattr(form, "forms", form)
        whole = form.non_form_errors() if isinstance(form, forms.BaseFormSet) else []
        return [{"text": str(text), "href": ""} for text in whole] + [
            error for one in each for error in errors_of(one)
        ]
    if not form.is_bound and not form.__dict__.get("_errors"):
        return []
    found = [{"text": str(text), "href": ""} for text in form.non_field_errors()]
    for name in form.fields:
        if name in form.errors:
            bound = form[name]
            found.append({"text": _sentence(_error(bound)), "href": f"#{_first_box(bound)}"})
    return found


def _error(bound: BoundField) -> ValidationError | None:
    """The first error of the field: one at a time is enough to act on."""
    errors = bound.form.errors.get(bound.name)
    if not errors:
        return None
    first = errors.as_data()[0] if hasattr(errors, "as_data") else ValidationError(errors[0])
    return first if isinstance(first, ValidationError) else ValidationError(first)


def _sentence(error: ValidationError | None) -> str:
    return "" if error is None else str(error.messages[0])


def _wrong_boxes(error: ValidationError | None) -> tuple[str, ...]:
    params = getattr(error, "params", None)
    return tuple(params.get("boxes", ())) if isinstance(params, dict) else ()


def _first_box(bound: BoundField) -> str:
    id_ = bound.auto_id or f"id_{bound.html_name}"
    widget = bound.field.widget
    if isinstance(widget, _Boxes):
        wrong = _wrong_boxes(_error(bound))
        return f"{id_}_{next((box for box in widget.boxes if box in wrong), widget.boxes[0])}"
    return id_


def _boxes(
    widget: _Boxes, typed: Typed, error: ValidationError | None, id_: str, name: str
) -> list[dict[str, Any]]:
    wrong = _wrong_boxes(error) or (widget.boxes if error else ())
    return [
        {
            "id": f"{id_}_{box}",
            "name": f"{name}_{box}",
            "label": label,
            "width": width,
            "inputmode": inputmode,
            "value": _plain(getattr(typed, box)),
            "error": box in wrong,
        }
        for box, label, width, inputmode in DAY_BOXES
        if box in widget.boxes
    ]


def _as_list(widget: ChoiceWidget, value: Any) -> list[str]:
    return widget.format_value(value)


def _items(widget: ChoiceWidget, name: str, value: Any) -> Iterable[dict[str, Any]]:
    for _group, options, _index in widget.optgroups(name, _as_list(widget, value)):
        for option in options:
            label = option["label"]
            words = label if isinstance(label, Words) else None
            if words and words.divider:
                yield {"divider": words.divider}
            yield _item(
                str(option["value"]),
                str(label),
                hint=words.hint if words else "",
                alone=bool(words and words.alone),
                checked=option["selected"],
            )


def _item(
    value: str, words: str, *, hint: str = "", alone: bool = False, checked: bool = False
) -> dict[str, Any]:
    return {
        "divider": "",
        "value": value,
        "words": words,
        "hint": hint,
        "alone": alone,
        "checked": checked,
    }


def _options(options: list[dict[str, Any]]) -> Iterable[dict[str, Any]]:
    for option in options:
        yield {
            "value": str(option["value"]),
            "words": str(option["label"]),
            "selected": option["selected"],
        }


def _rows(rows: Any) -> Any:
    """Five lines, unless a form says otherwise ("10" is only what Django says of every box)."""
    return 5 if rows in (None, "10") else rows


def _plain(value: Any) -> str:
    """What was typed, without the one character HTML cannot hold."""
    return "" if value is None else str(value).replace("\x00", "")
