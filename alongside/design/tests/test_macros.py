"""Each lean macro draws what the NHS component library draws."""

import re
from typing import Any

import pytest
from bs4 import BeautifulSoup, NavigableString, Tag
from django import forms
from django.template import engines

from alongside.design import library
from alongside.design.fields import Choice, DayField, MomentField, MoneyField
from alongside.design.forms import Form
from alongside.design.paging import Page

MACROS = (
    "field, button, error_summary, back_link, action_link, summary_list, table, tag, card, inset, "
    "warning, details, pagination, task_list, do_list, panel"
)


def ours(source: str, **context: Any) -> str:
    env = engines["jinja2"].env
    template = env.from_string(f'{{% from "design/macros.jinja" import {MACROS} %}}{source}')
    return template.render(**context)


def shape(html: str) -> list[str]:
    """The HTML as one line for each element and each run of words, spaces tidied, to compare."""
    lines: list[str] = []

    def walk(tag: Tag, depth: int) -> None:
        for child in tag.children:
            if isinstance(child, Tag):
                attributes = {
                    name: " ".join(sorted(value)) if isinstance(value, list) else value
                    for name, value in child.attrs.items()
                }
                lines.append(f"{'  ' * depth}{child.name} {sorted(attributes.items())}")
                walk(child, depth + 1)
            elif isinstance(child, NavigableString) and child.strip():
                lines.append("  " * depth + re.sub(r"\s+", " ", child).strip())

    walk(BeautifulSoup(html, "html.parser"), 0)
    return lines


def same(mine: str, component: str, macro: str, /, **params: Any) -> None:
    theirs = library.draw(component, macro, **params)
    assert shape(theirs), "the library drew nothing"
    assert shape(mine) == shape(theirs)


def bound(field: forms.Field, value: Any = None, *, posted: dict[str, Any] | None = None) -> Any:
    made = type("AForm", (Form,), {"thing": field})
    form = made(posted) if posted is not None else made(initial={"thing": value})
    form.is_valid()
    return form["thing"]


def draw(field: forms.Field, value: Any = None, *, how: str = "", **kwargs: Any) -> str:
    return ours("{{ field(bound" + how + ") }}", bound=bound(field, value, **kwargs))


LABEL = {"text": "Your <name>", "size": "s"}
WRONG = {"required": "Enter your name"}


# --- questions ------------------------------------------------------------------------------------


def test_field_draws_a_line_of_text_as_the_nhs_input() -> None:
    field = forms.CharField(label="Your <name>", max_length=9)
    same(
        draw(field, 'x"y'),
        "input",
        "input",
        id="id_thing",
        name="thing",
        label=LABEL,
        value='x"y',
    )


def test_field_draws_the_hint_the_error_and_the_h1() -> None:
    field = forms.EmailField(
        label="Your <name>",
        help_text="As you like",
        error_messages=WRONG,
        widget=forms.EmailInput(attrs={"autocomplete": "email", "width": "20"}),
    )
    same(
        draw(field, how=", as_h1=True", posted={}),
        "input",
        "input",
        id="id_thing",
        name="thing",
        type="email",
        width="20",
        autocomplete="email",
        label={"text": "Your <name>", "size": "l", "isPageHeading": True},
        hint={"text": "As you like"},
        errorMessage={"text": "Enter your name"},
    )


def test_field_draws_money_with_its_prefix() -> None:
    same(
        draw(MoneyField(label="Cost"), 1250),
        "input",
        "input",
        id="id_thing",
        name="thing",
        value="12.50",
        prefix="£",
        width="5",
        inputmode="decimal",
        label={"text": "Cost", "size": "s"},
    )


def test_field_draws_a_number_without_the_number_box_of_the_browser() -> None:
    same(
        draw(forms.IntegerField(label="Places", min_value=1), 5),
        "input",
        "input",
        id="id_thing",
        name="thing",
        value="5",
        inputmode="numeric",
        label={"text": "Places", "size": "s"},
    )


@pytest.mark.parametrize("posted", [None, {"thing": ""}])
def test_field_draws_a_textarea(posted: dict[str, str] | None) -> None:
    field = forms.CharField(
        label="More", help_text="In your words", widget=forms.Textarea, error_messages=WRONG
    )
    same(
        draw(field, "one\ntwo", posted=posted),
        "textarea",
        "textarea",
        id="id_thing",
        name="thing",
        value="one\ntwo" if posted is None else "",
        label={"text": "More", "size": "s"},
        hint={"text": "In your words"},
        **({"errorMessage": {"text": "Enter your name"}} if posted else {}),
    )


def test_field_draws_a_character_count() -> None:
    field = forms.CharField(
        label="More", max_length=300, widget=forms.Textarea(attrs={"count": True, "rows": 8})
    )
    same(
        draw(field, "words"),
        "character-count",
        "characterCount",
        id="id_thing",
        name="thing",
        value="words",
        rows=8,
        maxlength=300,
        label={"text": "More", "size": "s"},
    )


def test_field_draws_a_select() -> None:
    field = forms.ChoiceField(
        label="Area", choices=[("", "Choose"), ("n", "North")], error_messages=WRONG
    )
    for posted, more in (
        (None, {"value": "n"}),
        ({"thing": ""}, {"errorMessage": {"text": "Enter your name"}}),
    ):
        items = [{"value": "", "text": "Choose"}, {"value": "n", "text": "North"}]
        items[0]["selected"] = posted is not None
        same(
            draw(field, "n", posted=posted),
            "select",
            "select",
            id="id_thing",
            name="thing",
            label={"text": "Area", "size": "s"},
            items=items,
            **more,
        )


CHOICES = [
    Choice("a", "Ay", "the first"),
    Choice("b", "Bee"),
    Choice("z", "None of <these>", divider="or", alone=True),
]


@pytest.mark.parametrize("as_h1", [False, True])
@pytest.mark.parametrize("wrong", [False, True])
@pytest.mark.parametrize("kind", ["radios", "checkboxes"])
def test_field_draws_radios_and_checkboxes(kind: str, wrong: bool, as_h1: bool) -> None:
    one = kind == "radios"
    choices = CHOICES if not one else [*CHOICES[:2], Choice("z", "None of <these>", divider="or")]
    made: forms.Field = (
        forms.ChoiceField(widget=forms.RadioSelect, choices=choices)
        if one
        else forms.MultipleChoiceField(widget=forms.CheckboxSelectMultiple, choices=choices)
    )
    made.label, made.help_text = "Which?", "Choose"
    made.error_messages["required"] = "Choose one"
    items: list[dict[str, Any]] = [
        {"value": "a", "text": "Ay", "hint": {"text": "the first"}},
        {"value": "b", "text": "Bee", "checked": not wrong},
        {"divider": "or"},
        {"value": "z", "text": "None of <these>", **({} if one else {"behaviour": "exclusive"})},
    ]
    params: dict[str, Any] = {
        "idPrefix": "id_thing",
        "name": "thing",
        "hint": {"text": "Choose"},
        "items": items,
        "fieldset": {
            "legend": {"text": "Which?", "size": "l" if as_h1 else "s", "isPageHeading": as_h1}
        },
    }
    if wrong:
        params["errorMessage"] = {"text": "Choose one"}
    html = draw(
        made,
        "b" if one else ["b"],
        posted={} if wrong else None,
        how=", as_h1=True" if as_h1 else "",
    )
    same(html, kind, kind, **params)


def test_field_reveals_a_question_under_a_choice() -> None:
    class AForm(Form):
        how = forms.ChoiceField(
            label="How?", widget=forms.RadioSelect, choices=[("a", "Ay"), ("b", "Bee")]
        )
        why = forms.CharField(label="Why?")

    form = AForm(initial={"how": "b"})
    mine = ours('{{ field(form["how"], reveals={"a": form["why"]}) }}', form=form)
    inner = library.draw(
        "input", "input", id="id_why", name="why", label={"text": "Why?", "size": "s"}
    )
    same(
        mine,
        "radios",
        "radios",
        idPrefix="id_how",
        name="how",
        fieldset={"legend": {"text": "How?", "size": "s"}},
        items=[
            {"value": "a", "text": "Ay", "conditional": {"html": inner}},
            {"value": "b", "text": "Bee", "checked": True},
        ],
    )


@pytest.mark.parametrize("posted", [None, {}])
def test_field_draws_one_checkbox(posted: dict[str, str] | None) -> None:
    field = forms.BooleanField(
        label="I agree", help_text="You can stop", error_messages={"required": "Tick"}
    )
    item = {"value": "on", "text": "I agree", "hint": {"text": "You can stop"}}
    same(
        draw(field, posted is None, posted=posted),
        "checkboxes",
        "checkboxes",
        idPrefix="id_thing",
        name="thing",
        items=[{**item, "checked": posted is None}],
        **({} if posted is None else {"errorMessage": {"text": "Tick"}}),
    )


def boxes(*values: tuple[str, str, bool]) -> list[dict[str, Any]]:
    words = {
        "day": ("Day", "2", "numeric"),
        "month": ("Month", "2", "text"),
        "year": ("Year", "4", "numeric"),
        "clock": ("Time", "5", "text"),
    }
    return [
        {
            "id": f"id_thing_{name}",
            "name": f"thing_{name}",
            "label": words[name][0],
            "width": words[name][1],
            "inputmode": words[name][2],
            "error": wrong,
            **({"value": value} if value else {}),
        }
        for name, value, wrong in values
    ]


def test_field_draws_a_day_as_the_nhs_date_input() -> None:
    field = DayField(label="When?", help_text="27 3 2026", called="The day")
    same(
        draw(field, posted={"thing_day": "1", "thing_month": "", "thing_year": "2026"}),
        "date-input",
        "dateInput",
        id="id_thing",
        fieldset={"legend": {"text": "When?", "size": "s"}},
        hint={"text": "27 3 2026"},
        errorMessage={"text": "The day must include a month"},
        items=boxes(("day", "1", False), ("month", "", True), ("year", "2026", False)),
    )


def test_field_draws_a_moment_with_a_time_beside_the_day() -> None:
    field = MomentField(label="When?")
    posted = {"thing_day": "1", "thing_month": "may", "thing_year": "2026", "thing_clock": "2:30pm"}
    same(
        draw(field, posted=posted),
        "date-input",
        "dateInput",
        id="id_thing",
        fieldset={"legend": {"text": "When?", "size": "s"}},
        items=boxes(
            ("day", "1", False),
            ("month", "may", False),
            ("year", "2026", False),
            ("clock", "2:30pm", False),
        ),
    )


# --- everything else ------------------------------------------------------------------------------


@pytest.mark.parametrize("kind", ["primary", "secondary", "warning", "reverse"])
def test_button(kind: str) -> None:
    variant = {} if kind == "primary" else {"variant": kind}
    same(
        ours('{{ button("Save <it>", kind=kind) }}', kind=kind),
        "button",
        "button",
        text="Save <it>",
        preventDoubleClick=True,
        **variant,
    )
    same(
        ours('{{ button("Go", kind=kind, href="/x?a=1&b=2") }}', kind=kind),
        "button",
        "button",
        text="Go",
        href="/x?a=1&b=2",
        **variant,
    )


def test_button_with_a_name_and_value() -> None:
    same(
        ours('{{ button("Save", name="do", value="save", small=True) }}'),
        "button",
        "button",
        text="Save",
        name="do",
        value="save",
        small=True,
        preventDoubleClick=True,
    )


def test_error_summary() -> None:
    errors = [{"text": "Enter <it>", "href": "#id_a"}, {"text": "Closed", "href": ""}]
    same(
        ours("{{ error_summary(errors) }}", errors=errors),
        "error-summary",
        "errorSummary",
        titleText="There is a problem",
        errorList=[{"text": "Enter <it>", "href": "#id_a"}, {"text": "Closed"}],
    )


def test_links() -> None:
    same(ours('{{ back_link("/x") }}'), "back-link", "backLink", href="/x", text="Back")
    same(
        ours('{{ action_link("Find one", "/x") }}'),
        "action-link",
        "actionLink",
        href="/x",
        text="Find one",
    )


SUMMARY: list[dict[str, Any]] = [
    {
        "key": "Name",
        "value": "Ada <b>",
        "actions": [{"href": "/n", "text": "Change", "hidden": "it"}],
    },
    {"key": "Where", "value": {"text": "By video"}},
    {
        "key": "Who",
        "value": "Bo",
        "actions": [
            {"href": "/w", "text": "Change", "hidden": "who"},
            {"href": "/r", "text": "Remove"},
        ],
    },
]


@pytest.mark.parametrize("rows", [SUMMARY, SUMMARY[1:2], SUMMARY[:1]])
def test_summary_list(rows: list[dict[str, Any]]) -> None:
    theirs = [
        {
            "key": {"text": row["key"]},
            "value": row["value"] if isinstance(row["value"], dict) else {"text": row["value"]},
            "actions": {
                "items": [
                    {
                        "href": action["href"],
                        "text": action["text"],
                        **({"visuallyHiddenText": action["hidden"]} if "hidden" in action else {}),
                    }
                    for action in row.get("actions", [])
                ]
            },
        }
        for row in rows
    ]
    same(ours("{{ summary_list(rows) }}", rows=rows), "summary-list", "summaryList", rows=theirs)


@pytest.mark.parametrize("responsive", [True, False])
@pytest.mark.parametrize("heads", [True, False])
def test_table(responsive: bool, heads: bool) -> None:
    rows = [["Ada <b>", "12"], [{"text": "Bo", "href": "/bo"}, "3"]]
    link = library.Markup('<a class="nhsuk-link" href="/bo">Bo</a>')
    same(
        ours(
            '{{ table("People", ["Name", "Times"], rows, numeric=[1], responsive=r, row_heads=h) }}',
            rows=rows,
            r=responsive,
            h=heads,
        ),
        "tables",
        "table",
        caption="People",
        captionSize="m",
        head=[{"text": "Name"}, {"text": "Times", "format": "numeric"}],
        rows=[
            [{"text": "Ada <b>"}, {"text": "12", "format": "numeric"}],
            [{"html": link}, {"text": "3", "format": "numeric"}],
        ],
        responsive=responsive,
        firstCellIsHeader=heads,
    )


@pytest.mark.parametrize("colour", ["", "green", "aqua-green", "red", "yellow"])
def test_tag(colour: str) -> None:
    more = {"colour": colour} if colour else {}
    same(ours('{{ tag("Open", c) }}', c=colour), "tag", "tag", text="Open", **more)


def test_card() -> None:
    same(
        ours('{{ card("Workshop <1>", "/w", "Come along") }}'),
        "card",
        "card",
        clickable=True,
        href="/w",
        heading={"text": "Workshop <1>", "size": "m"},
        description="Come along",
    )
    same(
        ours('{{ card("Workshop", text="Come", level=3, feature=True) }}'),
        "card",
        "card",
        variant="feature",
        heading={"text": "Workshop", "level": 3},
        description="Come",
    )


def test_inset_warning_and_details() -> None:
    words = library.Markup("<p>Hello</p>")
    same(ours("{% call inset() %}<p>Hello</p>{% endcall %}"), "inset-text", "insetText", html=words)
    for heading in ("Closing soon", "Important: read this"):
        same(
            ours("{% call warning(h) %}<p>Hello</p>{% endcall %}", h=heading),
            "warning-callout",
            "warningCallout",
            heading=heading,
            html=words,
        )
    same(
        ours('{% call details("What next?") %}<p>Hello</p>{% endcall %}'),
        "details",
        "details",
        summaryText="What next?",
        html=words,
    )


@pytest.mark.parametrize(
    ("number", "more", "total"), [(1, True, None), (2, True, 150), (3, False, 150)]
)
def test_pagination(number: int, more: bool, total: int | None) -> None:
    page = Page([1], number, 50, more, total)
    of = f" of {3}" if total else ""
    theirs = {}
    if number > 1:
        theirs["previous"] = {
            "href": f"?area=n&page={number - 1}",
            "labelText": f"Page {number - 1}{of}",
        }
    if more:
        theirs["next"] = {
            "href": f"?area=n&page={number + 1}",
            "labelText": f"Page {number + 1}{of}",
        }
    same(
        ours("{{ pagination(page, query) }}", page=page, query={"area": "n", "page": "9", "q": ""}),
        "pagination",
        "pagination",
        **theirs,
    )


def test_pagination_of_a_single_page_is_nothing() -> None:
    assert ours("{{ pagination(page) }}", page=Page([1], 1, 50, False)).strip() == ""


def test_task_list() -> None:
    items = [
        {"text": "Your needs", "href": "/n", "hint": "A few", "status": "To do", "colour": "blue"},
        {"text": "Your details", "href": "/d", "status": "Done"},
        {"text": "Later", "status": "Cannot start yet"},
    ]
    done = {"classes": "nhsuk-task-list__status--completed"}
    same(
        ours('{{ task_list(items, id="todo") }}', items=items),
        "task-list",
        "taskList",
        idPrefix="todo",
        items=[
            {
                "title": {"text": "Your needs"},
                "href": "/n",
                "hint": "A few",
                "status": {"tag": {"text": "To do", "colour": "blue"}},
            },
            {"title": {"text": "Your details"}, "href": "/d", "status": {"text": "Done", **done}},
            {"title": {"text": "Later"}, "status": {"text": "Cannot start yet", **done}},
        ],
    )


@pytest.mark.parametrize("kind", ["tick", "cross"])
def test_do_list(kind: str) -> None:
    same(
        ours('{{ do_list("What helps", ["one <b>", "two"], kind=kind) }}', kind=kind),
        "do-dont-list",
        "list",
        heading="What helps",
        icon=kind,
        hidePrefix=True,
        items=[{"item": "one <b>"}, {"item": "two"}],
    )


def test_panel() -> None:
    same(
        ours('{{ panel("You have a place", "We look forward") }}'),
        "panel",
        "panel",
        titleText="You have a place",
        text="We look forward",
    )


def test_names_and_words_are_escaped_everywhere() -> None:
    nasty = "<script>alert(1)</script>"
    html = ours(
        "{{ button(n) }}{{ tag(n) }}{{ card(n, n, n, n) }}{{ do_list(n, [n]) }}{{ panel(n, n) }}"
        '{{ summary_list([{"key": n, "value": n}]) }}{{ table(n, [n], [[n]]) }}'
        '{{ table(n, [n], [[{"text": n, "href": n, "hidden": n}]]) }}'
        '{{ task_list([{"text": n, "status": n, "hint": n, "href": n}]) }}'
        "{% call warning(n) %}{{ n }}{% endcall %}{% call details(n) %}{{ n }}{% endcall %}",
        n=nasty,
    )
    assert "<script" not in html
    assert html.count("&lt;script&gt;") > 20
