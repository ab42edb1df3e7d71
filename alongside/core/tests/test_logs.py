"""Nobody can be found in the log."""

import logging
import logging.config
import secrets
import sys

import pytest
from django.conf import settings
from django.core.cache import cache
from gunicorn.config import Config

from alongside.core.keys import new_key
from alongside.core.logs import IN_FULL, Lines, discreet
from alongside.core.web import Discreet


def fail():
    try:
        raise ValueError("Key (email)=(ada@example.org) already exists")
    except ValueError as error:
        raise RuntimeError("could not save Ada Bright") from error


def written(formatter):
    try:
        fail()
    except RuntimeError:
        record = logging.LogRecord(
            "django.request", 40, "here", 1, "Server Error: %s", ("/me/",), sys.exc_info()
        )
    logging.Formatter().format(record)  # another handler wrote the same record before
    return formatter.format(record)


def test_an_error_is_written_by_kind_and_place_without_its_words():
    line = written(Lines("%(message)s"))
    assert "Server Error: /me/" in line
    assert "builtins.RuntimeError" in line
    assert "builtins.ValueError" in line
    assert "test_logs.py" in line
    assert "Ada Bright" not in line
    assert "ada@example.org" not in line


def test_an_error_is_written_in_full_where_somebody_develops(settings):
    settings.DEBUG = True
    assert "could not save Ada Bright" in written(Lines("%(message)s"))


@pytest.mark.parametrize(
    ("line", "discreetly"),
    [
        ("GET /staff/people/?q=Ada+Bright 200", "GET /staff/people/?… 200"),
        ("Error handling request /calendar?token=hush", "Error handling request /calendar?…"),
        ("Why? Because x=1", "Why? Because x=1"),
        ("Not Found: /opportunities/help-us-write-the-carers-charter-2022/",) * 2,
    ],
)
def test_what_stands_after_the_question_mark_stays_out(line, discreetly):
    assert discreet(line) == discreetly


def test_secrets_in_addresses_stay_out_and_keys_stay():
    key = new_key()
    assert discreet(f"Not Found: /me/bookings/{key}/") == f"Not Found: /me/bookings/{key}/"
    for _ in range(50):
        token = secrets.token_urlsafe(32)
        assert token not in discreet(f"Gone: /calendar/{token}/")


def test_a_line_meant_for_whoever_sets_the_product_up_is_written_in_full():
    told = logging.LogRecord(
        "x", 30, "here", 1, "/calendar/%s/", (secrets.token_urlsafe(32),), None
    )
    assert "…" in Lines("%(message)s").format(told)
    told.__dict__.update(IN_FULL)
    assert "…" not in Lines("%(message)s").format(told)


def test_counted_tries_to_sign_in_are_not_thrown_out_by_a_busy_day():
    assert cache._max_entries >= 10_000


def test_every_log_is_written_so():
    formatter = settings.LOGGING["formatters"]["line"]
    assert formatter["()"] == "alongside.core.logs.Lines"
    assert settings.LOGGING["root"]["handlers"] == ["console"]
    config = Config()
    config.set("accesslog", "-")
    logger = Discreet(config)
    handlers = [*logger.error_log.handlers, *logger.access_log.handlers]
    assert handlers
    assert all(isinstance(handler.formatter, Lines) for handler in handlers)
