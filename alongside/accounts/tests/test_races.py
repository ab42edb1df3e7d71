"""Two administrators at the same moment, and the same person twice: real threads and connections."""

import threading
from collections.abc import Callable
from typing import Any

import pytest
from django.db import connection

from alongside.accounts import actions, audit
from alongside.accounts.models import RoleGrant, User
from alongside.accounts.tests.factories import make_staff, make_user
from alongside.core.refused import Refused

pytestmark = [pytest.mark.race, pytest.mark.django_db(transaction=True)]


def at_once(*steps: Callable[[], Any]) -> list[Any]:
    """Run the steps at the same moment; return what each answered, a refusal included."""
    together, answers = threading.Barrier(len(steps)), []

    def run(step: Callable[[], Any]) -> None:
        together.wait(timeout=30)
        try:
            answers.append(step())
        except Refused as refused:
            answers.append(refused)
        finally:
            connection.close()

    threads = [threading.Thread(target=run, args=[step]) for step in steps]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=60)
    assert len(answers) == len(steps)
    return answers


def administrators() -> int:
    return RoleGrant.objects.standing().filter(role="administrator").count()


@pytest.mark.parametrize("ways", ["end, end", "end, close", "close, close"])
def test_two_administrators_do_not_remove_each_other_at_once(ways):
    one, two = make_staff("administrator"), make_staff("administrator")
    first, second = ways.split(", ")

    def remove(way: str, user: User, by: User) -> Callable[[], Any]:
        if way == "close":
            return lambda: actions.close_account(user=user, by=by)
        grant = user.role_grants.get()
        return lambda: actions.end_role(grant=grant, by=by)

    answers = at_once(remove(first, two, one), remove(second, one, two))
    assert sum(isinstance(answer, Refused) for answer in answers) == 1
    assert administrators() == 1


def test_the_same_address_opened_twice_at_once_is_one_sign_in():
    audit.system()
    answers = at_once(*[lambda: actions.open_sign_in(email="ada@example.org")] * 4)
    assert len({answer.pk for answer in answers}) == 1


def test_the_same_role_given_twice_at_once_is_held_once():
    boss, user = make_staff("administrator"), make_user()
    at_once(*[lambda: actions.grant_role(user=user, role="executive", by=boss)] * 4)
    assert user.role_grants.count() == 1


def test_the_same_member_of_staff_added_twice_at_once_is_one():
    boss = make_staff("administrator")
    given = {"name": "Kit", "email": "kit@example.org", "roles": ["executive"], "by": boss}
    answers = at_once(*[lambda: actions.add_staff(**given)] * 3)
    assert sum(isinstance(answer, User) for answer in answers) == 1
    assert sum(isinstance(answer, Refused) for answer in answers) == 2
