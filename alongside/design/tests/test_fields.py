"""Days, times, moments and money: what is understood, what is refused, what is given back."""

from datetime import UTC, date, datetime, time
from typing import Any

import pytest
from bs4 import BeautifulSoup
from django import forms
from django.template import engines
from hypothesis import given
from hypothesis import strategies as st

from alongside.core import dates
from alongside.design.fields import (
    Choice,
    ClockError,
    ClockField,
    DayField,
    MomentField,
    MoneyField,
    choices_of,
    read_clock,
)
from alongside.design.forms import Form
from alongside.design.parts import errors_of

HOSTILE = [
    "\x00",
    "a" * 10_000,
    "<script>alert(1)</script>",
    "\u202eemas",
    "👩‍👩‍👧",
    "²",
    "1e3",
]


class Asked(Form):
    day = DayField(label="When?", called="The closing date", required=False)
    moment = MomentField(label="When?", called="The start", required=False)
    clock = ClockField(label="What time?", required=False)
    money = MoneyField(label="How much?", called="The fee", required=False, least=50, most=5_000_00)


def asked(**typed: str) -> Asked:
    form = Asked(typed)
    form.is_valid()
    return form


def drawn(form: forms.Form, name: str) -> BeautifulSoup:
    env = engines["jinja2"].env
    source = '{% from "design/macros.jinja" import field %}{{ field(form[name]) }}'
    return BeautifulSoup(env.from_string(source).render(form=form, name=name), "html.parser")


def day(*boxes: str) -> dict[str, str]:
    return dict(zip(("day_day", "day_month", "day_year"), boxes, strict=False))


@pytest.mark.parametrize(
    "boxes",
    [
        ("1", "2", "2026"),
        ("01", "02", "2026"),
        (" 1 ", "Feb", "2026"),
        ("1", "february", "2026"),
        ("1", "FEB.", "2026"),
        ("١", "٢", "٢٠٢٦"),
        ("1 2 2026", "", ""),
        ("1/2/2026", "", ""),
        ("1st February 2026", "", ""),
        ("2026-02-01", "", ""),
    ],
)
def test_day_field_understands(boxes: tuple[str, ...]) -> None:
    form = asked(**day(*boxes))
    assert form.errors == {}
    assert form.cleaned_data["day"] == date(2026, 2, 1)


def test_day_field_reads_a_whole_date_under_its_own_name() -> None:
    assert asked(day="2026-02-01").cleaned_data["day"] == date(2026, 2, 1)
    assert asked(moment="2026-02-01T14:30").cleaned_data["moment"] == datetime(
        2026, 2, 1, 14, 30, tzinfo=UTC
    )


@pytest.mark.parametrize(
    ("boxes", "sentence", "box"),
    [
        (("", "2", "2026"), "The closing date must include a day", "day"),
        (("1", "", "2026"), "The closing date must include a month", "month"),
        (("1", "", ""), "The closing date must include a month and a year", "month"),
        (("31", "2", "2026"), "The closing date must be a real date", "day"),
        (("29", "2", "2026"), "The closing date must be a real date", "day"),
        (("32", "1", "2026"), "The closing date must have a day between 1 and 31", "day"),
        (("0", "1", "2026"), "The closing date must have a day between 1 and 31", "day"),
        (("-1", "1", "2026"), "The closing date must have a day between 1 and 31", "day"),
        (("1", "13", "2026"), "The closing date must have a month between 1 and 12", "month"),
        (("1", "ma", "2026"), "The closing date must have a month between 1 and 12", "month"),
        (("1", "1", "26"), "The closing date must have a year with 4 numbers", "year"),
        (("1", "1", "20266"), "The closing date must have a year with 4 numbers", "year"),
    ],
)
def test_day_field_says_which_box_is_wrong(boxes: tuple[str, ...], sentence: str, box: str) -> None:
    form = asked(**day(*boxes))
    assert form.errors["day"][0].startswith(sentence)
    html = drawn(form, "day")
    assert [tag["value"] for tag in html.find_all("input") if tag.get("value")] == [
        text for text in boxes if text
    ]
    assert "nhsuk-input--error" in html.find(id=f"id_day_{box}")["class"]
    assert errors_of(form) == [{"text": form.errors["day"][0], "href": f"#id_day_{box}"}]


def test_day_field_keeps_to_its_limits_and_words_them() -> None:
    class Limited(Form):
        on = DayField(
            called="The day",
            earliest=date(2026, 2, 1),
            latest=lambda: date(2026, 2, 28),
            error_messages={"latest": "Choose a day in February"},
        )

    def sentence(text: str) -> str:
        return Limited({"on": text}).errors.get("on", [""])[0]

    assert sentence("2026-02-01") == sentence("2026-02-28") == ""
    assert sentence("2026-01-31") == "The day must be 1 February 2026 or later"
    assert sentence("2026-03-01") == "Choose a day in February"
    assert Limited({}).errors["on"] == ["Enter the day"]


def test_day_field_shows_a_date_it_was_given() -> None:
    html = drawn(Asked(initial={"day": date(2026, 2, 1)}), "day")
    assert [tag["value"] for tag in html.find_all("input")] == ["1", "2", "2026"]


@given(st.dates(min_value=date(1000, 1, 1)))
def test_any_day_comes_back_as_it_was_typed(on: date) -> None:
    form = asked(**day(str(on.day), str(on.month), f"{on.year:04}"))
    assert form.cleaned_data["day"] == on


@pytest.mark.parametrize(
    ("typed", "expected"),
    [
        ("2pm", time(14)),
        ("2 PM", time(14)),
        ("2p.m.", time(14)),
        ("2:30pm", time(14, 30)),
        ("2.30 pm", time(14, 30)),
        ("230pm", time(14, 30)),
        ("14:30", time(14, 30)),
        ("1430", time(14, 30)),
        ("9", time(9)),
        ("9:15", time(9, 15)),
        ("02:00", time(2)),
        ("12am", time(0)),
        ("12pm", time(12)),
        ("12:30am", time(0, 30)),
        ("midday", time(12)),
        ("Noon", time(12)),
        ("midnight", time(0)),
        ("0000", time(0)),
    ],
)
def test_clock_understands(typed: str, expected: time) -> None:
    assert read_clock(typed) == expected
    assert asked(clock=typed).cleaned_data["clock"] == expected


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        ("2:30", "Say if the time is morning or afternoon"),
        ("7", "Say if the time is morning or afternoon"),
        ("25:00", "Enter a time that is on the clock"),
        ("2:60pm", "Enter a time that is on the clock"),
        ("13pm", "Enter a time that is on the clock"),
        ("0am", "Enter a time that is on the clock"),
        ("soon", "Enter a time like 2pm"),
        ("2pmm", "Enter a time like 2pm"),
        ("m", "Enter a time like 2pm"),
        ("2m", "Enter a time like 2pm"),
        ("٢pm", "Enter a time like 2pm"),
    ],
)
def test_clock_refuses(typed: str, sentence: str) -> None:
    with pytest.raises(ClockError, match=sentence):
        read_clock(typed)
    assert asked(clock=typed).errors["clock"][0].startswith(sentence)


@given(st.times())
def test_any_minute_of_the_day_comes_back(at: time) -> None:
    at = at.replace(second=0, microsecond=0)
    shown = ClockField().prepare_value(at)
    assert read_clock(shown) == at
    assert read_clock(f"{at:%H:%M}") == at


def moment(on: date, clock: str) -> dict[str, str]:
    return {
        "moment_day": str(on.day),
        "moment_month": str(on.month),
        "moment_year": str(on.year),
        "moment_clock": clock,
    }


@pytest.mark.parametrize(
    ("on", "clock", "expected"),
    [
        (date(2022, 1, 24), "2pm", datetime(2022, 1, 24, 14, tzinfo=UTC)),
        (date(2022, 7, 24), "2pm", datetime(2022, 7, 24, 13, tzinfo=UTC)),
        (date(2026, 3, 29), "12:59am", datetime(2026, 3, 29, 0, 59, tzinfo=UTC)),
        (date(2026, 3, 29), "2am", datetime(2026, 3, 29, 1, tzinfo=UTC)),
        # 1:30am comes twice on 25 October 2026: the first, in summer time, is meant
        (date(2026, 10, 25), "1:30am", datetime(2026, 10, 25, 0, 30, tzinfo=UTC)),
    ],
)
def test_moment_is_in_london(on: date, clock: str, expected: datetime) -> None:
    found = asked(**moment(on, clock)).cleaned_data["moment"]
    assert found.astimezone(UTC) == expected
    assert found.tzinfo is dates.LONDON


def test_moment_refuses_a_time_the_clocks_jump_over() -> None:
    form = asked(**moment(date(2026, 3, 29), "1:30am"))
    assert form.errors["moment"][0].startswith("The clocks go forward that night")
    assert errors_of(form)[0]["href"] == "#id_moment_clock"


def test_moment_asks_for_what_is_missing() -> None:
    on = date(2026, 5, 1)
    assert asked(**moment(on, "")).errors["moment"] == ["The start must include a time"]
    form = asked(moment_clock="2pm")
    assert form.errors["moment"] == ["The start must include a date"]
    assert form["moment"].value().clock == "2pm"
    assert asked(**moment(on, "7")).errors["moment"][0].startswith("Say if the time is morning")


def test_moment_shows_london_time() -> None:
    form = Asked(initial={"moment": datetime(2022, 7, 24, 13, tzinfo=UTC)})
    html = drawn(form, "moment")
    assert [tag["value"] for tag in html.find_all("input")] == ["24", "7", "2022", "2pm"]
    assert form["moment"].initial.astimezone(dates.LONDON).hour == 14


@pytest.mark.parametrize(
    ("typed", "pence"),
    [
        ("5", 500),
        ("5.00", 500),
        ("£12.50", 1250),
        (" £ 12.50 ", 1250),
        ("1,250.50", 125050),
        ("50p", 50),
        ("0.99", 99),
    ],
)
def test_money_understands(typed: str, pence: int) -> None:
    assert asked(money=typed).cleaned_data["money"] == pence


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        ("five", "The fee must be in pounds and pence, like 5 or 12.50"),
        ("5.5", "The fee must be in pounds and pence, like 5 or 12.50"),
        ("-5", "The fee must be in pounds and pence, like 5 or 12.50"),
        ("1,25", "The fee must be in pounds and pence, like 5 or 12.50"),
        ("49p", "The fee must be £0.50 or more"),
        ("5000.01", "The fee must be £5,000 or less"),
    ],
)
def test_money_refuses(typed: str, sentence: str) -> None:
    form = asked(money=typed)
    assert form.errors["money"] == [sentence]
    assert form["money"].value() == typed


@given(st.integers(min_value=50, max_value=500_000))
def test_any_sum_comes_back(pence: int) -> None:
    assert asked(money=MoneyField().prepare_value(pence)).cleaned_data["money"] == pence


@pytest.mark.parametrize("nasty", HOSTILE)
@pytest.mark.parametrize(
    ("name", "box"),
    [
        ("day", "day_day"),
        ("day", "day_month"),
        ("day", "day_year"),
        ("day", "day"),
        ("moment", "moment_clock"),
        ("clock", "clock"),
        ("money", "money"),
    ],
)
def test_hostile_words_get_a_sentence_and_are_kept(name: str, box: str, nasty: str) -> None:
    typed = {**day("1", "2", "2026"), **moment(date(2026, 2, 1), "2pm")}
    if box == "day":
        typed = {}
    typed[box] = nasty
    form = asked(**typed)
    assert len(form.errors[name]) == 1
    html = drawn(form, name)
    assert html.find("script") is None
    values = [tag.get("value", "") for tag in html.find_all("input")]
    assert nasty.replace("\x00", "") in values


@given(st.text(max_size=80), st.text(max_size=20), st.text(max_size=20), st.text(max_size=20))
def test_nothing_typed_breaks_a_field(one: str, two: str, three: str, four: str) -> None:
    typed: dict[str, Any] = {"clock": one, "money": one, **day(one, two, three)}
    typed |= {"moment_day": one, "moment_month": two, "moment_year": three, "moment_clock": four}
    form = Asked(typed)
    form.is_valid()
    for name in form.fields:
        assert len(form.errors.get(name, [])) <= 1


def test_choices_carry_hints_and_still_validate() -> None:
    field = forms.ChoiceField(
        choices=[Choice("a", "Ay", "first"), *choices_of([("b", "Bee")], {"b": "second"})]
    )
    assert field.clean("b") == "b"
    assert [(value, str(words), words.hint) for value, words in field.choices] == [
        ("a", "Ay", "first"),
        ("b", "Bee", "second"),
    ]


def test_has_changed_knows_a_day_that_stayed() -> None:
    data = day("1", "Feb", "2026")
    assert Asked(data, initial={"day": date(2026, 2, 2)}).has_changed()
    assert not Asked(day("1", "2", "2026"), initial={"day": date(2026, 2, 1)}).has_changed()
