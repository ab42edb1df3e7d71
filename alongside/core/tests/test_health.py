from datetime import timedelta

import pytest
from django.core.management import call_command
from django.db import OperationalError, connection
from django.test import Client
from django.utils import timezone

from alongside.core import views, worker
from alongside.core.models import WorkerHeartbeat


@pytest.fixture
def anybody():
    return Client()


@pytest.fixture
def _a_worker_lives(db):
    worker.say_alive("one")


def test_healthz_asks_nothing_of_the_database(anybody, db, django_assert_num_queries):
    with django_assert_num_queries(0):
        answer = anybody.get("/healthz")
    assert (answer.status_code, answer.content) == (200, b"alive\n")


@pytest.mark.usefixtures("_a_worker_lives")
def test_readyz_is_cheap_once_it_has_seen_the_migrations(anybody, django_assert_max_num_queries):
    assert anybody.get("/readyz").content == b"ready\n"
    with django_assert_max_num_queries(1):
        assert anybody.get("/readyz").status_code == 200


@pytest.mark.parametrize("path", ["/healthz", "/readyz"])
def test_answers_are_not_kept_and_are_not_changed_by_asking(anybody, db, path):
    assert "no-store" in anybody.get(path)["Cache-Control"]
    assert anybody.post(path).status_code == 405
    assert anybody.head(path).content == b""
    assert not anybody.cookies


@pytest.mark.parametrize("path", ["/healthz", "/readyz"])
def test_neighbours_may_ask_without_tls(anybody, db, settings, path):
    settings.SECURE_SSL_REDIRECT = True
    assert anybody.get(path, secure=False).status_code != 301


def test_readyz_says_when_no_worker_is_running(anybody, db):
    answer = anybody.get("/readyz")
    assert (answer.status_code, answer.content) == (503, b"not ready: no worker is running\n")


@pytest.mark.usefixtures("_a_worker_lives")
def test_readyz_says_when_the_worker_has_gone_silent(anybody, settings):
    long_ago = timezone.now() - timedelta(seconds=settings.JOB_LEASE_SECONDS + 1)
    WorkerHeartbeat.objects.update(seen_at=long_ago)
    assert anybody.get("/readyz").status_code == 503


@pytest.mark.usefixtures("_a_worker_lives")
def test_readyz_says_when_a_migration_has_not_run(anybody, monkeypatch):
    monkeypatch.setattr(views, "_migrated", False)
    with connection.cursor() as cursor:
        cursor.execute(
            "DELETE FROM django_migrations WHERE app = %s AND name = %s", ["core", "0001_initial"]
        )
    answer = anybody.get("/readyz")
    assert (answer.status_code, answer.content) == (
        503,
        b"not ready: the database is not up to date\n",
    )


def test_readyz_says_no_more_than_that_the_database_does_not_answer(anybody, db, monkeypatch):
    def fail(now):
        raise OperationalError('connection to server at "10.0.0.5", user "alongside" failed')

    monkeypatch.setattr(worker, "is_any_alive", fail)
    monkeypatch.setattr(views.connection, "close", lambda: None)
    answer = anybody.get("/readyz")
    assert (answer.status_code, answer.content) == (
        503,
        b"not ready: the database does not answer\n",
    )


def test_a_worker_that_says_it_is_alive_twice_has_one_row(db):
    worker.say_alive("one")
    worker.say_alive("one")
    assert WorkerHeartbeat.objects.count() == 1


def test_the_cache_has_its_table_and_making_it_again_changes_nothing(db):
    from django.core.cache import cache

    call_command("createcachetable")
    cache.set("key", {"a": 1}, timeout=60)
    assert cache.get("key") == {"a": 1}
