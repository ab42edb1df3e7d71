"""Pure decisions about sign-in and roles."""

import pytest

from alongside.accounts import rules
from alongside.accounts.access import ROLES, Permission

P = Permission
EVERY_ROLE = {
    "administrator": {P.STAFF_HOME, P.ORGANISATION_WRITE, P.ACCESS_WRITE, P.JOB_MANAGE},
    "coordinator": {
        P.STAFF_HOME,
        P.OPPORTUNITY_WRITE,
        P.OPPORTUNITY_SELECT,
        P.BOOKING_MANAGE,
        P.PERSON_SEE,
        P.PERSON_WRITE,
        P.MESSAGE_SEE,
        P.POST_PRINT,
        P.INVOLVEMENT_COUNT,
        P.JOB_MANAGE,
    },
    "governance": {P.STAFF_HOME, P.AUDIT_SEE, P.PERSON_SEE, P.PERSON_ERASE, P.MESSAGE_SEE},
    "post_room": {P.STAFF_HOME, P.POST_PRINT},
    "executive": {P.STAFF_HOME, P.INVOLVEMENT_COUNT},
}


def test_roles_may_do_this_and_nothing_else():
    assert {code: set(role.permissions) for code, role in ROLES.items()} == EVERY_ROLE


def test_nobody_may_change_roles_and_see_people():
    for role in ROLES.values():
        assert not {P.ACCESS_WRITE, P.PERSON_SEE} <= role.permissions
        assert not {P.AUDIT_SEE, P.ACCESS_WRITE} <= role.permissions


@pytest.mark.parametrize(
    ("facts", "sentence"),
    [
        ({}, ""),
        ({"to_self": True}, "You cannot give a role to yourself"),
        ({"known": False}, "Choose a role from the list"),
        ({"active": False}, "This account is closed"),
    ],
)
def test_why_not_grant(facts, sentence):
    answer = rules.why_not_grant(**{"to_self": False, "known": True, "active": True, **facts})
    assert answer.startswith(sentence)
    assert bool(answer) is bool(sentence)


@pytest.mark.parametrize(
    ("roles", "administrators", "refused"),
    [
        (["administrator"], {1}, True),
        (["coordinator", "administrator"], {1}, True),
        (["administrator"], {1, 2}, False),
        (["coordinator"], {1}, False),
        ([], {1}, False),
        (["administrator"], {2}, False),
    ],
)
def test_why_not_take_away(roles, administrators, refused):
    answer = rules.why_not_take_away(roles=roles, person=1, administrators=administrators)
    assert bool(answer) is refused


@pytest.mark.parametrize(
    ("is_self", "is_system", "refused"),
    [(False, False, False), (True, False, True), (False, True, True)],
)
def test_why_not_close(is_self, is_system, refused):
    assert bool(rules.why_not_close(is_self=is_self, is_system=is_system)) is refused


CHROME = "(KHTML, like Gecko) Chrome/131.0.0.0"


@pytest.mark.parametrize(
    ("user_agent", "words"),
    [
        (
            "Mozilla/5.0 (iPhone; CPU iPhone OS 18_1 like Mac OS X) AppleWebKit/605.1.15 "
            "(KHTML, like Gecko) Version/18.1 Mobile/15E148 Safari/604.1",
            "Safari on an iPhone",
        ),
        (
            f"Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 {CHROME} Safari/537.36 "
            "Edg/131.0.0.0",
            "Edge on a Windows computer",
        ),
        (
            f"Mozilla/5.0 (Linux; Android 10; K) AppleWebKit/537.36 {CHROME} Mobile Safari/537.36",
            "Chrome on an Android phone or tablet",
        ),
        (
            "Mozilla/5.0 (Linux; Android 14; SM-S901B) AppleWebKit/537.36 (KHTML, like Gecko) "
            "SamsungBrowser/27.0 Chrome/125.0.0.0 Mobile Safari/537.36",
            "Samsung Internet on an Android phone or tablet",
        ),
        (
            "Mozilla/5.0 (X11; Linux x86_64; rv:133.0) Gecko/20100101 Firefox/133.0",
            "Firefox on a Linux computer",
        ),
        (f"Mozilla/5.0 (X11; CrOS x86_64) {CHROME} Safari/537.36", "Chrome on a Chromebook"),
        ("SomeTool (Windows)", "A Windows computer"),
        ("", "A device we do not know"),
        ("<script>alert(1)</script>", "A device we do not know"),
    ],
)
def test_device_words(user_agent, words):
    assert rules.device_words(user_agent) == words
