"""What changes, what is refused, what is recorded."""

import datetime as dt

import pytest
from django.db import IntegrityError, transaction

from alongside.accounts.models import AuditEntry
from alongside.accounts.tests.factories import make_staff
from alongside.core.refused import Refused
from alongside.organisation import actions
from alongside.organisation.models import Area, Council, Team, TeamName, TrustName
from alongside.organisation.tests.factories import (
    make_area,
    make_council,
    make_service,
    make_team,
    make_topic,
    make_trust,
)

pytestmark = pytest.mark.django_db
JAN, FEB, MAR = dt.date(2025, 1, 1), dt.date(2025, 2, 1), dt.date(2025, 3, 1)
DAY = dt.timedelta(days=1)


@pytest.fixture
def admin():
    return make_staff("administrator")


def recorded(row):
    return list(
        AuditEntry.objects.filter(on_key=row.key).order_by("pk").values_list("action", flat=True)
    )


def test_trust_name_before_anybody_named_it_reads_well():
    assert (actions.trust_name().name, actions.trust_name().pk) == ("Our trust", None)


def test_add_trust_name_keeps_the_old_one_for_its_days(admin):
    old = make_trust("Old Partnership Trust")
    actions.add_trust_name(name="New Trust", short_name="New", started_on=FEB, by=admin)
    old.refresh_from_db()
    assert old.ended_on == FEB - DAY
    assert actions.trust_name(FEB - DAY).name == "Old Partnership Trust"
    assert actions.trust_name(FEB).name == "New Trust"
    assert actions.trust_name().name == "New Trust"


def test_add_trust_name_between_two_others(admin):
    make_trust("First")
    for name, day in [("Third", MAR), ("Second", FEB)]:
        added = actions.add_trust_name(name=name, short_name=name, started_on=day, by=admin)
        assert recorded(added) == ["organisation.trust_named"]
    days = TrustName.objects.order_by("started_on").values_list("name", "started_on", "ended_on")
    assert set(days) == {
        ("First", None, FEB - DAY),
        ("Second", FEB, MAR - DAY),
        ("Third", MAR, None),
    }


def test_a_day_before_the_first_name_gets_the_first_name():
    make_trust("First", started_on=FEB)
    assert actions.trust_name(JAN).name == "First"


def test_add_trust_name_refuses_a_day_that_is_taken(admin):
    make_trust(started_on=FEB)
    with pytest.raises(Refused, match="began on that day"):
        actions.add_trust_name(name="B", short_name="B", started_on=FEB, by=admin)
    assert TrustName.objects.count() == 1


def test_correct_trust_name_moves_the_days_of_its_neighbours(admin):
    first = make_trust("First")
    second = actions.add_trust_name(name="Secnd", short_name="S", started_on=MAR, by=admin)
    actions.correct_trust_name(
        trust_name=second, name="Second", short_name="S", started_on=FEB, by=admin
    )
    first.refresh_from_db()
    assert (second.name, second.started_on, first.ended_on) == ("Second", FEB, FEB - DAY)
    assert "organisation.trust_name_corrected" in recorded(second)


def test_change_contact(admin):
    details = actions.change_contact(
        contact_email="a@trust.example",
        contact_phone="01632 960 001",
        contact_hours="",
        postal_address="",
        website="",
        by=admin,
    )
    assert actions.contact().contact_email == "a@trust.example"
    assert recorded(details) == ["organisation.contact_changed"]


@pytest.mark.parametrize("kind", ["council", "area", "service", "topic"])
def test_add_and_change_and_refuse_a_name_twice(kind, admin):
    add, change = getattr(actions, f"add_{kind}"), getattr(actions, f"change_{kind}")
    more = {"councils": []} if kind == "area" else {}
    row = add(name="North", started_on=None, ended_on=None, by=admin, **more)
    with pytest.raises(Refused, match="already one with this name"):
        add(name="north", started_on=None, ended_on=None, by=admin, **more)
    change(**{kind: row}, name="South", started_on=JAN, ended_on=FEB, by=admin, **more)
    row.refresh_from_db()
    assert (row.name, row.ended_on) == ("South", FEB)
    assert recorded(row) == [f"organisation.{kind}_added", f"organisation.{kind}_changed"]
    with pytest.raises(Refused, match="last day"):
        change(**{kind: row}, name="South", started_on=FEB, ended_on=JAN, by=admin, **more)
    add(name="South", started_on=FEB + DAY, ended_on=None, by=admin, **more)
    assert type(row).objects.filter(name="South").count() == 2


def test_areas_with_the_same_plain_letters_get_addresses_of_their_own(admin):
    slugs = [
        actions.add_area(name=name, by=admin).slug for name in ["West Kent", "West, Kent", "🌍"]
    ]
    assert slugs == ["west-kent", "west-kent-2", "area"]


def test_change_area_sets_its_councils(admin):
    area, council = make_area(), make_council()
    actions.change_area(area=area, councils=[council], name=area.name, by=admin)
    assert list(area.councils.all()) == [council]


def test_change_service_refuses_to_end_while_a_team_goes_on(admin):
    service = make_service("Adults")
    make_team(service=service)
    make_team(service=service, ended_on=JAN)
    with pytest.raises(Refused, match=r"^1 team goes on"):
        actions.change_service(service=service, name="Adults", ended_on=FEB, by=admin)
    service.refresh_from_db()
    assert service.ended_on is None


def test_add_team_refuses_a_service_that_has_ended(admin):
    service = make_service(ended_on=JAN)
    with pytest.raises(Refused, match="service has ended"):
        actions.add_team(name="Oak", kind="crisis", service=service, area=None, by=admin)
    assert not Team.objects.exists()


def test_rename_team_keeps_the_earlier_names(admin):
    team = make_team("Elm")
    actions.rename_team(team=team, name="Oak", on=FEB, by=admin)
    actions.rename_team(team=team, name="Ash", on=MAR, by=admin)
    assert list(
        TeamName.objects.order_by("ended_on").values_list("name", "started_on", "ended_on")
    ) == [("Elm", None, FEB - DAY), ("Oak", FEB, MAR - DAY)]
    names = [actions.name_of_team_on(team=team, day=day) for day in (JAN, FEB, MAR)]
    assert names == ["Elm", "Oak", "Ash"]
    assert recorded(team) == ["organisation.team_renamed"] * 2


def test_rename_team_without_a_day_puts_the_spelling_right(admin):
    team = make_team("Elmm")
    actions.rename_team(team=team, name="Elm", on=None, by=admin)
    assert actions.name_of_team_on(team=team, day=JAN) == "Elm"
    assert not TeamName.objects.exists()


def test_merge_team_ends_it_the_day_before(admin):
    a, b, c = make_team("A"), make_team("B"), make_team("C")
    actions.merge_team(team=a, into=b, on=FEB, by=admin)
    actions.merge_team(team=b, into=c, on=MAR, by=admin)
    a.refresh_from_db()
    assert (a.ended_on, a.merged_into) == (FEB - DAY, b)
    assert [actions.team_on(team=a, day=day) for day in (FEB - DAY, FEB, MAR)] == [a, b, c]
    assert recorded(a) == ["organisation.team_merged"]


def test_merge_team_refuses_a_circle_and_changes_nothing(admin):
    a, b = make_team("A"), make_team("B")
    actions.merge_team(team=b, into=a, on=MAR, by=admin)
    with pytest.raises(Refused, match="due to merge"):
        actions.merge_team(team=a, into=b, on=FEB, by=admin)
    a.refresh_from_db()
    assert (a.ended_on, a.merged_into) == (None, None)


def test_end_team_refuses_one_that_merged_and_reopen_undoes_it(admin):
    a, b = make_team("A"), make_team("B")
    actions.merge_team(team=a, into=b, on=FEB, by=admin)
    with pytest.raises(Refused, match="Undo that first"):
        actions.end_team(team=a, ended_on=MAR, by=admin)
    actions.reopen_team(team=a, by=admin)
    actions.end_team(team=a, ended_on=MAR, by=admin)
    a.refresh_from_db()
    assert (a.ended_on, a.merged_into) == (MAR, None)


def test_reopen_team_refuses_when_its_name_was_taken_since(admin):
    team = make_team("Oak", ended_on=JAN)
    make_team("Oak", started_on=FEB)
    with pytest.raises(Refused, match="already one with this name"):
        actions.reopen_team(team=team, by=admin)


@pytest.mark.parametrize("make", [make_council, make_area, make_service, make_team])
def test_the_database_refuses_two_standing_with_one_name(make):
    make("North")
    with pytest.raises(IntegrityError), transaction.atomic():
        make("NORTH", **({"slug": "other"} if make is make_area else {}))


def test_on_keeps_what_was_true_that_day():
    make_topic("Old", ended_on=FEB - DAY)
    make_topic("New", started_on=FEB)
    ever = make_topic("Ever")
    assert {topic.name for topic in type(ever).objects.on(FEB)} == {"New", "Ever"}
    assert {topic.name for topic in type(ever).objects.on(FEB - DAY)} == {"Old", "Ever"}


def test_nothing_changes_without_an_actor():
    from alongside.accounts.audit import NoActor

    with pytest.raises(NoActor):
        actions.add_council(name="North", by=None)
    assert not Council.objects.exists()
    assert not Area.objects.exists()
