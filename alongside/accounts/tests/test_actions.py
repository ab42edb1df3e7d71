"""What changes when roles, accounts and addresses change, what is refused, what is recorded."""

from datetime import timedelta

import pytest
from allauth.mfa.models import Authenticator
from allauth.usersessions.models import UserSession
from django.contrib.sessions.models import Session
from django.test import Client
from django.utils import timezone

from alongside.accounts import access, actions, audit, cards, tasks
from alongside.accounts.models import AuditEntry, RoleGrant, User
from alongside.accounts.tests.factories import make_staff, make_user
from alongside.accounts.tests.reading import add_app, last_letter
from alongside.core.refused import Refused

pytestmark = pytest.mark.django_db


@pytest.fixture
def boss() -> User:
    return make_staff("administrator")


def roles(user: User) -> set[str]:
    return set(user.role_grants.standing().values_list("role", flat=True))


def noted(action: str) -> AuditEntry:
    return AuditEntry.objects.get(action=f"accounts.{action}")


def sign_in_by_code(client: Client, email: str) -> None:
    client.post("/sign-in/", {"email": email})
    client.post("/sign-in/code/", {"code": last_letter().code})


def test_add_staff_makes_a_sign_in_with_roles(boss):
    user = actions.add_staff(
        name="Kit", email="Kit@Example.org", roles=["coordinator", "post_room"], by=boss
    )
    assert (user.email, user.name, user.has_usable_password()) == ("kit@example.org", "Kit", False)
    assert roles(user) == {"coordinator", "post_room"}
    assert noted("staff_added").actor == boss
    assert (
        AuditEntry.objects.filter(action="accounts.role_granted", about_key=user.key).count() == 2
    )


def test_add_staff_keeps_the_sign_in_of_a_member(boss):
    member = make_user("kit@example.org")
    user = actions.add_staff(name="Kit", email="kit@example.org", roles=["executive"], by=boss)
    assert user.pk == member.pk
    assert roles(user) == {"executive"}


@pytest.mark.parametrize("fields", [{"role": "coordinator"}, {"role": "executive"}])
def test_add_staff_refuses_who_is_staff_already(boss, fields):
    make_staff(email="kit@example.org", **fields)
    with pytest.raises(Refused, match="already in the list of staff") as refused:
        actions.add_staff(name="Kit", email="kit@example.org", roles=["executive"], by=boss)
    assert refused.value.field == "email"


def test_add_staff_refuses_a_closed_account(boss):
    make_user("kit@example.org", is_active=False)
    with pytest.raises(Refused, match="closed"):
        actions.add_staff(name="Kit", email="kit@example.org", roles=[], by=boss)


def test_a_role_given_twice_is_held_once(boss):
    user = make_staff("executive")
    for _time in range(2):
        actions.grant_role(user=user, role="coordinator", by=boss)
    assert roles(user) == {"executive", "coordinator"}
    assert RoleGrant.objects.filter(user=user, role="coordinator").count() == 1


def test_nobody_gives_a_role_to_themselves(boss):
    with pytest.raises(Refused, match="You cannot give a role to yourself"):
        actions.grant_role(user=boss, role="governance", by=boss)
    assert roles(boss) == {"administrator"}


def test_an_unknown_role_is_refused(boss):
    with pytest.raises(Refused, match="Choose a role"):
        actions.grant_role(user=make_staff(), role="king", by=boss)


def test_a_role_that_ends_stays_on_record_with_its_dates(boss):
    user = make_staff("coordinator")
    grant = user.role_grants.get()
    for _time in range(2):
        actions.end_role(grant=grant, by=boss)
    grant.refresh_from_db()
    assert grant.ended_at
    assert grant.ended_by == boss
    assert roles(user) == set()
    assert not access.is_staff(User.objects.get(pk=user.pk))
    assert noted("role_ended").detail == {"role": "coordinator"}


def test_the_last_administrator_stays(boss):
    other = make_staff("administrator")
    actions.end_role(grant=other.role_grants.get(), by=boss)
    with pytest.raises(Refused, match="last system administrator"):
        actions.end_role(grant=boss.role_grants.get(), by=boss)
    with pytest.raises(Refused, match="last system administrator"):
        actions.close_account(user=boss, by=other)
    assert roles(boss) == {"administrator"}


def test_closing_an_account_ends_roles_and_sessions(boss, client):
    user = make_staff("coordinator", "kit@example.org")
    sign_in_by_code(client, "kit@example.org")
    assert client.get("/me/sign-in/").status_code == 200
    actions.close_account(user=user, by=boss)
    user.refresh_from_db()
    assert not user.is_active
    assert roles(user) == set()
    assert not UserSession.objects.exists()
    assert client.get("/me/sign-in/").status_code == 302
    assert noted("account_closed").on_key == user.key
    actions.close_account(user=user, by=boss)
    assert noted("account_closed")
    actions.open_account(user=user, by=boss)
    user.refresh_from_db()
    assert user.is_active
    assert roles(user) == set()


def test_nobody_closes_their_own_account_or_ours(boss):
    make_staff("administrator")
    with pytest.raises(Refused, match="your own account"):
        actions.close_account(user=boss, by=boss)
    system = audit.system()
    User.objects.filter(pk=system.pk).update(is_active=True)
    with pytest.raises(Refused, match="Alongside itself"):
        actions.close_account(user=system, by=boss)


def test_an_erased_account_is_not_opened_again(boss):
    user = make_user(is_active=False)
    User.objects.filter(pk=user.pk).update(email=None)
    with pytest.raises(Refused, match="erased"):
        actions.open_account(user=user, by=boss)


def test_a_lost_second_step_is_taken_away_by_somebody_else(
    boss, django_capture_on_commit_callbacks
):
    user = make_staff()
    add_app(user)
    with django_capture_on_commit_callbacks(execute=True):
        actions.reset_second_step(user=user, by=boss)
    assert not Authenticator.objects.exists()
    assert noted("second_step_reset").actor == boss
    assert last_letter().to == user.email
    with pytest.raises(Refused, match="your own account"):
        actions.reset_second_step(user=boss, by=boss)


def test_change_email_refuses_an_address_in_use():
    make_user("taken@example.org")
    user = make_user("old@example.org")
    with pytest.raises(Refused, match="Somebody already signs in"):
        actions.change_email(user=user, email="Taken@example.org", by=user)
    changed = actions.change_email(user=user, email="New@example.org", by=user)
    assert changed.email == "new@example.org"
    assert noted("email_changed").detail == {}


def test_open_sign_in_twice_opens_one():
    first = actions.open_sign_in(email="Ada@example.org")
    assert actions.open_sign_in(email="ada@example.org") == first
    assert AuditEntry.objects.filter(action="accounts.sign_in_opened").count() == 1


def test_tidying_forgets_sign_ins_that_are_over(client):
    sign_in_by_code(client, "ada@example.org")
    other = Client()
    sign_in_by_code(other, "ben@example.org")
    Session.objects.filter(session_key=other.session.session_key).update(
        expire_date=timezone.now() - timedelta(days=1)
    )
    tasks.tidy_sign_ins.func()
    tasks.tidy_sign_ins.func()
    assert UserSession.objects.get().user.email == "ada@example.org"
    assert client.get("/me/sign-in/").status_code == 200


def test_a_card_tells_administrators_who_has_not_signed_in_yet(boss):
    boss.last_login = timezone.now()
    boss.save()
    (first,) = cards.for_staff(boss)
    assert first.title == "Add an involvement coordinator"
    newcomer = make_staff("coordinator")
    (card,) = cards.for_staff(boss)
    assert card.count == 1
    assert cards.for_staff(newcomer) == []
