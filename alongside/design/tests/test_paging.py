"""Long lists: which page, what is kept in the address, and how little is asked of the database."""

import pytest
from django.contrib.auth import get_user_model
from django.db import connection
from django.http import QueryDict
from django.test import RequestFactory
from django.test.utils import CaptureQueriesContext

from alongside.design.paging import page_address, page_of

ROWS = list(range(1, 121))


@pytest.mark.parametrize(
    ("asked", "number", "first", "more"),
    [
        ("", 1, 1, True),
        ("?page=2", 2, 51, True),
        ("?page=3", 3, 101, False),
        ("?page=4", 3, 101, False),
        ("?page=999999999", 3, 101, False),
        ("?page=0", 1, 1, True),
        ("?page=-1", 1, 1, True),
        ("?page=two", 1, 1, True),
        ("?page=%00", 1, 1, True),
        ("?page=" + "9" * 5000, 1, 1, True),
    ],
)
def test_page_of(rf: RequestFactory, asked: str, number: int, first: int, more: bool) -> None:
    page = page_of(ROWS, rf.get(f"/{asked}"))
    assert (page.number, page.items[0], page.has_next) == (number, first, more)
    assert page.has_previous == (number > 1)
    assert page.total is None


def test_page_of_nothing(rf: RequestFactory) -> None:
    page = page_of([], rf.get("/?page=7"))
    assert (list(page), page.number, page.has_next, page.has_previous) == ([], 1, False, False)


def test_page_of_counts_when_asked(rf: RequestFactory) -> None:
    page = page_of(ROWS, rf.get("/"), per_page=50, count=True)
    assert (page.total, page.last_number) == (120, 3)


@pytest.mark.django_db
def test_page_of_asks_once_and_does_not_count(rf: RequestFactory) -> None:
    users = get_user_model().objects
    for number in range(5):
        users.create_user(email=f"{number}@example.org")
    with CaptureQueriesContext(connection) as asked:
        page = page_of(users.order_by("pk"), rf.get("/?page=2"), per_page=2)
    assert len(page) == 2
    assert len(asked) == 1
    assert "COUNT" not in asked[0]["sql"]


def test_page_address_keeps_the_filters() -> None:
    assert page_address(QueryDict("area=n&area=s&q=a%26b&page=3&empty="), 4) == (
        "?area=n&area=s&q=a%26b&empty=&page=4"
    )
    assert page_address({"area": "n", "on": None, "q": ""}, 2) == "?area=n&page=2"
