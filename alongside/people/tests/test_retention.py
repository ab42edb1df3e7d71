"""Nothing is kept longer than the document says, and the document says what the code does."""

import datetime as dt
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
import time_machine
from django.conf import settings
from django.contrib.sessions.models import Session
from django.core.management import call_command
from django.db import transaction
from django.utils import timezone
from hypothesis import given
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st

from alongside.accounts import audit
from alongside.accounts.models import AuditEntry
from alongside.core.refused import Refused
from alongside.people import actions, registry, retention
from alongside.people.models import AccessNeed, ContactConsent, EqualityCount, Interest
from alongside.people.tasks import tidy_old_data
from alongside.people.tests.factories import make_person

TODAY = dt.date(2026, 11, 22)
DOCUMENT = Path(settings.BASE_DIR, "docs/data-protection/retention.md")


def rows_of_document() -> dict[str, int]:
    found = re.findall(r"^\| `([a-z_.]+)` \|.*?\| (\d[\d,]*) \|", DOCUMENT.read_text(), re.M)
    return {name: int(days.replace(",", "")) for name, days in found}


def test_the_document_and_the_code_keep_things_for_the_same_time() -> None:
    assert rows_of_document() == {rule.name: rule.days for rule in registry.RETENTIONS.values()}


def old(model: Any, field: str, days: int) -> None:
    model.objects.update(**{field: timezone.now() - dt.timedelta(days=days)})


def ended_need(days: int) -> None:
    make_person(needs=["bsl"])
    old(AccessNeed, "ended_at", days)


def ended_consent(days: int) -> None:
    make_person(consent=True)
    old(ContactConsent, "ended_at", days)


def ended_topic(days: int) -> None:
    from alongside.organisation.tests.factories import make_topic

    actions.follow_topics(person=make_person(), topics=[make_topic()], by=audit.system())
    old(Interest, "ended_at", days)


def counted(days: int) -> None:
    EqualityCount.objects.create(
        quarter_starts_on=timezone.localdate() - dt.timedelta(days=days), question="a", answer="b"
    )


def logged(days: int) -> None:
    with time_machine.travel(timezone.now() - dt.timedelta(days=days), tick=False):
        audit.look("people.person_seen", by=audit.system())


def signed_in(days: int) -> None:
    Session.objects.create(
        session_key="k", session_data="", expire_date=timezone.now() - dt.timedelta(days=days)
    )


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("name", "model", "make"),
    [
        ("people.ended_needs", AccessNeed, ended_need),
        ("people.ended_consents", ContactConsent, ended_consent),
        ("people.ended_topics", Interest, ended_topic),
        ("people.equality_counts", EqualityCount, counted),
        ("accounts.audit", AuditEntry, logged),
        ("accounts.sessions", Session, signed_in),
    ],
)
def test_what_is_older_goes_and_what_is_not_stays(
    name: str, model: Any, make: Callable[[int], None]
) -> None:
    rule = registry.RETENTIONS[name]
    before = timezone.localdate() - dt.timedelta(days=rule.days)
    make(rule.days)  # the last day it is kept
    assert rule.tidy(before, True) == 0
    assert rule.tidy(before, False) == 0
    assert rule.tidy(before + dt.timedelta(days=1), True) == 1
    assert model.objects.exists()
    assert rule.tidy(before + dt.timedelta(days=1), False) == 1
    left = model.objects.all()
    if model is AuditEntry:  # what stays says that the rest went
        left = left.exclude(action="people.old_audit_forgotten")
    assert not left.exists()


@pytest.mark.django_db
@given(
    unused_for=st.integers(min_value=0, max_value=2500),
    notice_for=st.none() | st.integers(min_value=0, max_value=200),
)
@hypothesis_settings(max_examples=40, deadline=None)
def test_nobody_is_erased_without_time_to_answer(unused_for: int, notice_for: int | None) -> None:
    person = make_person(
        last_active_on=timezone.localdate() - dt.timedelta(days=unused_for),
        leaving_notice_on=None
        if notice_for is None
        else timezone.localdate() - dt.timedelta(days=notice_for),
    )
    with transaction.atomic():
        list(retention.tidy(dry_run=False))
        person.refresh_from_db()
        transaction.set_rollback(True)
    erased = person.anonymised_at is not None
    assert erased == (notice_for is not None and notice_for > retention.NOTICE_DAYS)


@pytest.fixture
def told(monkeypatch: pytest.MonkeyPatch) -> list[dict[str, Any]]:
    sent: list[dict[str, Any]] = []
    monkeypatch.setattr(registry, "_TELLERS", [lambda **facts: sent.append(facts)])
    return sent


@pytest.mark.django_db
def test_people_not_in_touch_are_told_once_and_then_erased(told: list[dict[str, Any]]) -> None:
    today = timezone.localdate()
    quiet = make_person("Quiet", last_active_on=today - dt.timedelta(days=1096))
    recent = make_person("Recent", last_active_on=today - dt.timedelta(days=1095))
    list(retention.tidy(dry_run=True))
    assert told == []
    for _ in range(2):
        list(retention.tidy(dry_run=False))
    assert [facts["person"] for facts in told] == [quiet]
    quiet.refresh_from_db()
    assert quiet.leaving_notice_on == today
    with time_machine.travel(today + dt.timedelta(days=61), tick=False):
        list(retention.tidy(dry_run=False))
    quiet.refresh_from_db()
    recent.refresh_from_db()
    assert quiet.anonymised_at
    assert not recent.anonymised_at
    assert recent.leaving_notice_on


@pytest.mark.django_db
def test_somebody_who_comes_back_is_kept(told: list[dict[str, Any]]) -> None:
    today = timezone.localdate()
    person = make_person(last_active_on=today - dt.timedelta(days=1200), leaving_notice_on=today)
    actions.mark_active(person=person)
    with time_machine.travel(today + dt.timedelta(days=61), tick=False):
        list(retention.tidy(dry_run=False))
    person.refresh_from_db()
    assert person.anonymised_at is None
    assert person.leaving_notice_on is None


@pytest.mark.django_db
def test_nobody_is_given_notice_while_nothing_can_be_sent(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(registry, "_TELLERS", [])
    person = make_person(last_active_on=dt.date(2020, 1, 1))
    list(retention.tidy(dry_run=False))
    person.refresh_from_db()
    assert person.leaving_notice_on is None


@pytest.mark.django_db
def test_somebody_with_something_to_come_is_left_alone(
    told: list[dict[str, Any]], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(registry, "to_come", lambda person: ["A workshop"])
    quiet = make_person(last_active_on=dt.date(2020, 1, 1))
    noticed = make_person(leaving_notice_on=dt.date(2020, 1, 1))
    list(retention.tidy(dry_run=False))
    assert told == []
    for person in (quiet, noticed):
        person.refresh_from_db()
        assert person.anonymised_at is None
    with pytest.raises(Refused):
        actions.erase_person(person=noticed, reason="asked", by=audit.system())


@pytest.mark.django_db
def test_the_command_changes_nothing_until_told(capsys: pytest.CaptureFixture[str]) -> None:
    ended_need(400)
    call_command("tidy_old_data")
    assert "people.ended_needs: 1 would go" in capsys.readouterr().out
    assert AccessNeed.objects.exists()
    call_command("tidy_old_data", "--do-it")
    assert "people.ended_needs: 1 done" in capsys.readouterr().out
    assert not AccessNeed.objects.exists()


@pytest.mark.django_db
def test_the_worker_does_the_same() -> None:
    ended_need(400)
    tidy_old_data.func()
    assert not AccessNeed.objects.exists()
