"""The frame around every page, and the pages for when something is not right."""

from pathlib import Path
from typing import Any

import pytest
from bs4 import BeautifulSoup
from django.contrib.auth import get_user_model
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from jinja2 import TemplateNotFound

from alongside.design import frame, views
from alongside.design.environment import paragraphs
from alongside.design.frame import Banner, Link

pytestmark = [pytest.mark.django_db, pytest.mark.urls("alongside.design.tests.pages")]


def read(client: Client, path: str, status: int = 200) -> BeautifulSoup:
    response = client.get(path)
    assert response.status_code == status
    assert len(response.content) < 100_000
    return BeautifulSoup(response.content, "html.parser")


def upstairs(request: Any) -> dict[str, Any]:
    return {
        "trust": "Anytown NHS Trust",
        "navigation": [Link("Later", "/look/later/", 90), Link("Take part", "/look/", 10)],
        "footer": [Link("Contact", "/contact/")],
        "banner": Banner("Demonstration", "All invented.", "/demo/", "Be somebody else"),
    }


def test_every_page_has_its_frame(client: Client) -> None:
    html = read(client, "/look/")
    assert html.html["lang"] == "en"
    assert html.title.string == "A page of everything – Alongside"
    assert html.find("meta", {"name": "viewport"})
    assert html.find("meta", {"name": "description"})["content"] == "Shows every part"
    assert [h1.get_text() for h1 in html.find_all("h1")] == ["Sample A page of everything"]
    first = html.body.find("a")
    assert (first["href"], first.get_text()) == ("#maincontent", "Skip to main content")
    assert html.find(id="maincontent").name == "main"
    assert html.find("a", class_="nhsuk-back-link")["href"] == "/"


def test_no_page_needs_an_inline_script_or_style(client: Client) -> None:
    for path in ("/look/", "/form/", "/question/colour/", "/wide/"):
        html = read(client, path)
        assert all(script.get("src") and not script.string for script in html.find_all("script"))
        assert not html.find_all("style")
        assert not html.find_all(style=True)
        assert not html.find_all(lambda tag: any(name.startswith("on") for name in tag.attrs))


def test_ids_are_used_once_and_every_box_has_a_label(client: Client) -> None:
    for path in ("/look/", "/form/", "/question/colour/", "/front/"):
        html = read(client, path)
        assert len(html.find_all("h1")) == 1
        ids = [tag["id"] for tag in html.find_all(id=True)]
        assert len(ids) == len(set(ids))
        for box in html.find_all(["input", "select", "textarea"]):
            if box.get("type") != "hidden":
                assert html.find("label", {"for": box["id"]}), box
        for tag in html.find_all(attrs={"aria-describedby": True}):
            assert set(tag["aria-describedby"].split()) <= set(ids), tag


def test_rooms_upstairs_say_what_is_in_the_frame(
    client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(
        frame, "frame_parts", [upstairs, lambda request: {"footer": [Link("A", "/a/", 1)]}]
    )
    html = read(client, "/look/")
    assert html.find(class_="app-header__trust").get_text() == "Anytown NHS Trust"
    menu = html.find("nav", {"aria-label": "Menu"})
    assert [a.get_text() for a in menu.find_all("a")] == ["Take part", "Later"]
    assert [a.get_text() for a in menu.find_all("a", {"aria-current": "page"})] == ["Take part"]
    assert [a.get_text() for a in html.footer.find_all("a")] == ["A", "Contact"]
    assert html.find(class_="app-banner").find("a")["href"] == "/demo/"


def test_where_the_reader_is() -> None:
    links = [Link("Home", "/"), Link("A", "/a/"), Link("B", "/a/b/")]

    def current(path: str) -> list[str]:
        return [link.text for link in frame._mark_current(links, path) if link.current]

    assert current("/") == ["Home"]
    assert current("/a/") == current("/a/c/") == ["A"]
    assert current("/a/b/1/") == ["B"]
    assert current("/elsewhere/") == []


def test_the_way_in_and_the_way_out(client: Client) -> None:
    account = read(client, "/look/").find("nav", {"aria-label": "Account"})
    assert account.find("a").get_text() == "Sign in"
    assert account.find("form") is None

    client.force_login(get_user_model().objects.create_user(email="ada@example.org"))
    account = read(client, "/look/").find("nav", {"aria-label": "Account"})
    assert account.find("form")["action"] == "/out/"
    assert account.find("form")["method"] == "post"
    assert account.find("input", {"name": "csrfmiddlewaretoken"})
    assert account.find("button").get_text() == "Sign out"


def test_a_public_page_asks_nothing_of_the_database(client: Client) -> None:
    client.get("/look/")
    with CaptureQueriesContext(
        connection,
    ) as asked:
        client.get("/look/")
    assert len(asked) == 0


def test_errors_stand_above_the_heading_and_lead_to_the_box(client: Client) -> None:
    response = client.post(
        "/form/", {"email": "no", "born_day": "31", "born_month": "2", "born_year": "2000"}
    )
    html = BeautifulSoup(response.content, "html.parser")
    assert html.title.string == "Error: Tell us everything – Alongside"
    summary = html.find(class_="nhsuk-error-summary")
    assert summary.find_next("h1")
    errors = {a["href"]: a.get_text() for a in summary.find_all("a")}
    assert errors["#id_name"] == "Enter your name"
    assert errors["#id_born_day"] == "Your date of birth must be a real date"
    for href in errors:
        assert html.find(id=href[1:]).name in {"input", "select", "textarea"}
    assert html.find(id="id_born_day")["value"] == "31"


def test_a_notice_is_read_out_once(client: Client) -> None:
    good = {
        "name": "Ada", "email": "a@example.org", "born": "1985-03-27", "clock": "2pm", "places": "2",
        "cost": "5", "area": "n", "how": "video", "needs": ["none"], "agree": "on",
    }  # fmt: skip
    html = BeautifulSoup(client.post("/form/", good, follow=True).content, "html.parser")
    notice = html.find(role="status")
    assert "Your answers are kept" in notice.get_text()
    assert read(client, "/look/").find(role="status") is None


def test_not_found_in_plain_words(client: Client) -> None:
    html = read(client, "/nothing/", 404)
    assert html.h1.get_text() == "Page not found"
    assert html.main.find("a")["href"] == "/"


def test_a_form_that_is_too_old_in_plain_words() -> None:
    strict = Client(enforce_csrf_checks=True)
    response = strict.post("/form/", {})
    assert response.status_code == 403
    assert BeautifulSoup(response.content, "html.parser").h1.get_text()


def test_our_fault_in_plain_words_and_without_the_database(client: Client) -> None:
    client.raise_request_exception = False
    with CaptureQueriesContext(connection) as asked:
        html = read(client, "/broken/", 500)
    assert len(asked) == 0
    assert html.h1.get_text() == "Sorry, something went wrong"
    assert "broken on purpose" not in html.get_text()


def test_our_fault_even_when_the_page_about_it_fails(
    rf: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*args: Any, **kwargs: Any) -> str:
        raise TemplateNotFound("design/server_error.jinja")

    monkeypatch.setattr(views, "render_to_string", fail)
    response = views.server_error(rf.get("/"))
    assert response.status_code == 500
    assert b"<h1>Sorry, something went wrong</h1>" in response.content


@pytest.mark.parametrize(
    ("view", "status"),
    [(views.bad_request, 400), (views.forbidden, 403), (views.csrf_failure, 403)],
)
def test_other_refusals_say_what_to_do(rf: Any, view: Any, status: int) -> None:
    response = view(rf.get("/"))
    html = BeautifulSoup(response.content, "html.parser")
    assert response.status_code == status
    assert len(html.find_all("h1")) == 1
    assert len(html.main.find_all("p")) >= 2


def test_paragraphs_are_escaped_and_keep_their_lines() -> None:
    assert paragraphs("One\r\ntwo\n\n\n<b>three</b>\x00\n") == (
        "<p>One<br>two</p>\n<p>&lt;b&gt;three&lt;/b&gt;</p>"
    )
    assert paragraphs(" \n ") == ""


def test_the_look_is_all_our_own() -> None:
    folder = Path(views.__file__).parent / "static"
    for file in folder.rglob("*"):
        if file.is_file():
            text = file.read_bytes().decode().lower()
            for word in ("http://", "https://", "//cdn", "frutiger", "lozenge"):
                allowed = text.count("http://www.w3.org/") if word == "http://" else 0
                assert text.count(word) == allowed, (file.name, word)
