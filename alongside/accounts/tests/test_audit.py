"""The audit log: nothing without an actor, nothing outside the act, nothing changed after."""

import csv
import datetime as dt
import io
from datetime import timedelta

import pytest
from django.contrib.auth.models import AnonymousUser
from django.db import transaction
from django.utils import timezone

from alongside.accounts import audit
from alongside.accounts.audit import NoActor, NotACode
from alongside.accounts.models import AuditEntry, AuditIsForEver, User
from alongside.accounts.tests.factories import make_staff, make_user
from alongside.accounts.tests.reading import errors, main_text, soup
from alongside.accounts.tests.signing import sign_in

pytestmark = pytest.mark.django_db
LOG = "/staff/audit/"


def note(action: str = "tests.done", *, by: User | None = None, **more) -> AuditEntry:
    audit.record(action, by=by or audit.system(), **more)
    return AuditEntry.objects.latest("pk")


@pytest.fixture
def lead(client) -> User:
    user = make_staff("governance", "lead@example.org", name="Gia Lead")
    sign_in(client, user)
    return user


def rows(response) -> list[str]:
    table = soup(response).find("table")
    return [] if table is None else [row.get_text(" ") for row in table.tbody.find_all("tr")]


@pytest.mark.parametrize("nobody", [None, AnonymousUser(), User()])
@pytest.mark.parametrize("write", [audit.record, audit.look])
def test_an_act_without_an_actor_is_refused(nobody, write):
    with pytest.raises(NoActor):
        write("tests.done", by=nobody)
    assert not AuditEntry.objects.exists()


@pytest.mark.django_db(transaction=True)
def test_an_act_outside_a_transaction_is_refused():
    user = make_user()
    with pytest.raises(transaction.TransactionManagementError):
        audit.record("tests.done", by=user)
    with transaction.atomic():
        audit.record("tests.done", by=user)
    audit.look("tests.seen", by=user)
    assert AuditEntry.objects.count() == 2


@pytest.mark.django_db(transaction=True)
def test_an_act_that_fails_leaves_no_line():
    user = make_user()

    @transaction.atomic
    def act() -> None:
        audit.record("tests.done", by=user)
        raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        act()
    assert not AuditEntry.objects.exists()


@pytest.mark.parametrize(
    ("given", "kept"),
    [
        (3, 3),
        (True, True),
        (None, None),
        ("carer", "carer"),
        (dt.date(2030, 1, 14), "2030-01-14"),
        (dt.datetime(2030, 1, 14, 9, 0, tzinfo=dt.UTC), "2030-01-14T09:00:00+00:00"),
        ({"b", "a"}, ["a", "b"]),
        (["a", {"n": 1}], ["a", {"n": 1}]),
    ],
)
def test_what_the_log_keeps(given, kept):
    assert note(what=given).detail == {"what": kept}


@pytest.mark.parametrize(
    "given", [b"x", object(), "x" * 201, ["x" * 201], "Ada Bright", "a\nb", "é", {"Ada Bright": 1}]
)
def test_what_the_log_does_not_keep(given):
    with pytest.raises(NotACode):
        note(what=given)


def test_a_line_is_never_changed_or_deleted():
    line = note()
    line.action = "tests.undone"
    lines = AuditEntry.objects.filter(pk=line.pk)
    for change in (
        line.save,
        line.delete,
        lines.delete,
        lambda: lines.update(action="tests.undone"),
        lambda: AuditEntry.objects.bulk_update([line], ["action"]),
        lambda: AuditEntry.objects.update_or_create(pk=line.pk, defaults={"action": "x.y"}),
    ):
        with pytest.raises(AuditIsForEver), transaction.atomic():
            change()
    assert AuditEntry.objects.get().action == "tests.done"


def test_only_what_is_too_old_is_forgotten():
    old, new = note("tests.old"), note("tests.new")
    now = timezone.now()
    with pytest.raises(AuditIsForEver):
        AuditEntry.objects.filter(pk=old.pk).update(at=now)
    AuditEntry(at=now - timedelta(days=3000), action="tests.ancient", actor=audit.system()).save(
        force_insert=True
    )
    assert AuditEntry.objects.forget_before(now - timedelta(days=2922)) == 1
    assert set(AuditEntry.objects.values_list("pk", flat=True)) == {old.pk, new.pk}


def test_actions_have_words():
    assert audit.words("accounts.signed_in") == "Signed in"
    assert audit.words("tests.something_new") == "Something new (tests)"
    assert "accounts.signed_in" in audit.said()


# --- the page -----------------------------------------------------------------------------------


def test_the_log_shows_keys_and_words_and_notes_who_looked(client, lead):
    member = make_user("secret.member@example.org")
    note("accounts.role_granted", by=lead, on=member, about=member, role="coordinator")
    answer = client.get(LOG)
    text = main_text(answer)
    assert "Gave a role" in text
    assert member.key in text
    assert "role: coordinator" in text
    assert "secret.member" not in answer.content.decode()
    looked = AuditEntry.objects.get(action="accounts.audit_searched")
    assert (looked.actor, looked.kind) == (lead, "look")


@pytest.mark.parametrize("role", ["administrator", "coordinator", "post_room", "executive"])
@pytest.mark.parametrize("address", [LOG, f"{LOG}csv/"])
def test_others_find_no_log(client, role, address):
    sign_in(client, make_staff(role))
    assert client.get(address).status_code == 404


def test_the_log_is_searched_by_what_was_asked(client, lead):
    ada, ben = make_user(), make_user()
    note("tests.first", on=ada, about=ada)
    note("tests.second", by=ben, on=ben)
    audit.look("tests.third", about=ben, by=lead)
    for asked, found in [
        ({"about": ada.key}, {"First"}),
        ({"about": f" {ada.key} "}, {"First"}),
        ({"on": ben.key}, {"Second"}),
        ({"by": ben.key}, {"Second"}),
        ({"by": ben.email}, {"Second"}),
        ({"by": "Gia", "kind": "look", "about": ben.key}, {"Third"}),
        ({"by": "nobody at all"}, set()),
        ({"about": "x" * 20}, set()),
    ]:
        answer = client.get(LOG, asked)
        shown = {
            word for word in ("First", "Second", "Third") if f"{word} (tests)" in main_text(answer)
        }
        assert shown == found, asked


def test_the_log_is_searched_by_action_and_days(client, lead):
    note("accounts.role_ended")
    note("tests.other")
    assert len(rows(client.get(LOG, {"action": "accounts.role_ended"}))) == 1
    today = timezone.localdate()
    day = {"first_day": today.day, "first_month": today.month, "first_year": today.year}
    assert rows(client.get(LOG, day))
    later = today + timedelta(days=1)
    day = {"first_day": later.day, "first_month": later.month, "first_year": later.year}
    assert not rows(client.get(LOG, day))


@pytest.mark.parametrize(
    "asked",
    [
        {"first_day": "30", "first_month": "2", "first_year": "2030"},
        {"action": "no.such"},
        {"about": "x" * 10_000},
        {"by": "\x00"},
        {"kind": "<script>"},
        {"first": "2030-02-02", "last": "2030-02-01"},
    ],
)
def test_a_wrong_question_gets_a_sentence_and_no_lines(client, lead, asked):
    note()
    answer = client.get(LOG, asked)
    assert answer.status_code == 200
    assert len(errors(answer)) == 1
    assert not rows(answer)


@pytest.mark.parametrize("start", ["", "nonsense", "x" * 10_000, "\x00"])
def test_a_page_that_is_none_is_the_first(client, lead, start):
    note()
    assert len(rows(client.get(LOG, {"before": start}))) == 1


def test_the_log_is_turned_page_by_page_without_counting(
    client, lead, django_assert_max_num_queries
):
    now = timezone.now()
    system = audit.system()
    for number in range(120):  # many in the same moment
        AuditEntry(
            at=now - timedelta(seconds=number // 40), action=f"tests.n{number}", actor=system
        ).save(force_insert=True)
    seen, address = [], f"{LOG}?by={system.key}"
    while address:
        with django_assert_max_num_queries(20) as asked:
            answer = client.get(address)
        assert not [one for one in asked.captured_queries if "COUNT(" in one["sql"]]
        seen += rows(answer)
        older = soup(answer).find("a", string="Older lines")
        address = older["href"] if older else ""
    assert len(seen) == 120
    assert len(set(seen)) == 120


def test_a_hostile_line_is_only_words(client, lead):
    detail = {"what": "<script>alert(1)</script>"}  # as if the log had let it in
    AuditEntry(action="tests.done", actor=lead, detail=detail).save(force_insert=True)
    assert "<script>alert" not in client.get(LOG).content.decode()


def test_a_name_typed_for_a_key_is_kept_out_of_the_log(client, lead):
    answer = client.get(LOG, {"about": "Ada Bright", "on": "Ada Bright"})
    assert "A key has 20 letters and numbers" in main_text(answer)
    assert "Ada" not in str(list(AuditEntry.objects.values()))


def test_the_export_holds_the_lines_of_the_search_and_is_noted(client, lead):
    ada = make_user()
    note("tests.first", on=ada, about=ada, how="-1+1")
    note("tests.other")
    answer = client.get(f"{LOG}csv/", {"about": ada.key})
    text = b"".join(answer.streaming_content).decode("utf-8-sig")
    table = list(csv.reader(io.StringIO(text)))
    exported = [row for row in table if row[4] == "tests.first"]
    assert len(exported) == 1
    assert exported[0][8] == ada.key
    assert not [row for row in table if row[4] == "tests.other"]
    noted = AuditEntry.objects.get(action="accounts.audit_exported")
    assert noted.about_key == ada.key
