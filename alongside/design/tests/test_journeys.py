"""A journey keeps what was answered, in whatever order people really go."""

from datetime import date
from typing import Any

import pytest
from bs4 import BeautifulSoup
from django.contrib.sessions.backends.signed_cookies import SessionStore
from django.core.exceptions import ValidationError
from django.http import Http404, QueryDict
from django.test import Client, RequestFactory

from alongside.design.journeys import KEPT, MOST, Journey, Step
from alongside.design.tests.pages import STEPS, ColourForm

pytestmark = [pytest.mark.django_db, pytest.mark.urls("alongside.design.tests.pages")]

COLOUR, SHADE, WHEN = STEPS


class Reader:
    """Somebody with a session, asking for pages."""

    def __init__(self) -> None:
        self.session = SessionStore()

    def journey(
        self,
        posted: dict[str, Any] | None = None,
        *,
        query: str = "",
        name: str = "sample",
        steps: list[Step] = STEPS,
    ) -> Journey:
        make = RequestFactory()
        request = make.get(f"/{query}") if posted is None else make.post(f"/{query}", posted)
        request.session = self.session
        return Journey(request, name, steps, lambda slug: f"/{slug}/")

    def answer(self, step: Step, query: str = "", **posted: Any) -> str:
        journey = self.journey(posted, query=query)
        form = journey.form(step)
        assert form.is_valid(), form.errors
        journey.keep(step, form)
        return journey.after(step)


@pytest.fixture
def reader() -> Reader:
    return Reader()


DAY = {"on_day": "1", "on_month": "Feb", "on_year": "2026"}


def test_answers_lead_from_question_to_question_to_check(reader: Reader) -> None:
    assert reader.journey().start == "/colour/"
    assert reader.answer(COLOUR, colour="blue") == "/shade/"
    assert reader.answer(SHADE, shade="sky") == "/when/"
    assert reader.answer(WHEN, **DAY) == "/check/"
    journey = reader.journey()
    assert journey.first_missing() is None
    assert journey.answers() == {"colour": "blue", "shade": "sky", "on": date(2026, 2, 1)}


def test_a_question_that_does_not_apply_is_not_asked(reader: Reader) -> None:
    reader.answer(COLOUR, colour="blue")
    reader.answer(SHADE, shade="sky")
    assert reader.answer(COLOUR, colour="green") == "/when/"
    with pytest.raises(Http404):
        reader.journey().step("shade")
    assert "shade" not in reader.journey().answers()


def test_skipping_ahead_is_noticed(reader: Reader) -> None:
    journey = reader.journey()
    assert journey.first_missing() == COLOUR
    assert journey.skipped(WHEN)
    assert not journey.skipped(COLOUR)
    reader.answer(COLOUR, colour="green")
    assert not reader.journey().skipped(WHEN)


def test_what_was_typed_is_there_again(reader: Reader) -> None:
    reader.answer(COLOUR, colour="green")
    reader.answer(WHEN, **DAY)
    form = reader.journey().form(WHEN)
    assert not form.is_bound
    assert (form["on"].value().day, form["on"].value().month) == ("1", "Feb")
    assert reader.journey().form(COLOUR)["colour"].value() == "green"


def test_wrong_answers_are_not_kept(reader: Reader) -> None:
    journey = reader.journey({"colour": "puce"})
    with pytest.raises(ValueError, match="only right answers"):
        journey.keep(COLOUR, journey.form(COLOUR))
    assert KEPT not in reader.session


def test_answers_are_checked_again_as_of_now(reader: Reader) -> None:
    reader.answer(COLOUR, colour="green")

    class NoGreen(ColourForm):
        def clean_colour(self) -> str:
            raise ValidationError("Green is gone")

    journey = reader.journey(steps=[Step("colour", NoGreen, "Colour?"), WHEN])
    assert journey.first_missing() is not None
    assert journey.answers() == {}


def test_changing_an_answer_goes_back_to_check(reader: Reader) -> None:
    reader.answer(COLOUR, colour="green")
    reader.answer(WHEN, **DAY)
    change = reader.journey().change(COLOUR)
    assert change == "/colour/?change=1"
    assert reader.answer(COLOUR, query="?change=1", colour="green") == "/check/"
    assert reader.journey(query="?change=1").before(COLOUR) == "/check/"
    # a changed answer that opens a question leads there first, then to check
    assert reader.answer(COLOUR, query="?change=1", colour="blue") == "/shade/?change=1"
    assert reader.answer(SHADE, query="?change=1", shade="sky") == "/check/"


def test_back_leads_to_the_question_before(reader: Reader) -> None:
    reader.answer(COLOUR, colour="blue")
    journey = reader.journey()
    assert journey.before(COLOUR) is None
    assert journey.before(SHADE) == "/colour/"
    assert journey.before(WHEN) == "/shade/"
    assert journey.before("check") == "/when/"


def test_another_tab_cannot_change_what_is_confirmed(reader: Reader) -> None:
    reader.answer(COLOUR, colour="green")
    seal = reader.journey().seal()
    posted = QueryDict(f"seal={seal}")
    assert reader.journey().sealed_by(posted)
    reader.answer(COLOUR, colour="blue")
    assert not reader.journey().sealed_by(posted)


def test_journeys_do_not_mix_and_the_oldest_goes_first(reader: Reader) -> None:
    for number in range(MOST + 1):
        journey = reader.journey({"colour": "green"}, name=f"book:{number}")
        journey.keep(COLOUR, journey.form(COLOUR))
    assert len(reader.session[KEPT]) == MOST
    assert reader.journey(name="book:0").answers() == {}
    assert reader.journey(name="book:1").answers() == {"colour": "green"}
    reader.journey(name="book:1").forget()
    assert reader.journey(name="book:1").answers() == {}
    assert reader.journey(name="book:2").answers() == {"colour": "green"}


def test_only_the_answers_are_kept_of_what_was_posted(reader: Reader) -> None:
    reader.answer(COLOUR, colour="green", csrfmiddlewaretoken="secret", other="x" * 999)
    assert reader.session[KEPT]["sample"]["colour"] == {"colour": ["green"]}


def heading(html: bytes) -> str:
    found = BeautifulSoup(html, "html.parser").find_all("h1")
    assert len(found) == 1
    return " ".join(found[0].get_text().split())


def test_a_journey_in_the_browser(client: Client) -> None:
    assert client.get("/question/check/").headers["Location"] == "/question/colour/"
    assert client.get("/question/when/").headers["Location"] == "/question/colour/"
    page = client.get("/question/colour/")
    assert heading(page.content) == "Which colour do you like?"

    wrong = client.post("/question/colour/", {})
    assert b"<title>Error: Which colour do you like?" in wrong.content
    assert b'<a href="#id_colour">Choose a colour</a>' in wrong.content

    assert client.post("/question/colour/", {"colour": "green"}).status_code == 302
    client.post("/question/when/", DAY)
    page = client.get("/question/check/")
    seal = BeautifulSoup(page.content, "html.parser").find("input", {"name": "seal"})["value"]
    assert client.post("/question/check/", {"seal": "old"}).status_code == 200
    assert client.post("/question/check/", {"seal": seal}).content == b"Done: green 2026-02-01"
    assert client.get("/question/check/").status_code == 302
