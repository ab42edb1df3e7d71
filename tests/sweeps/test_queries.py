"""A page asks the house the same number of questions however long its lists are."""

from __future__ import annotations

import pytest
from django.core.cache import cache
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from conftest import MEMBER, NOBODY
from tests.house import may_pass
from tests.visits import paths, visit

MOST = 40  # statements for any page


def _count(world, who, address, path) -> int:
    if who == NOBODY:  # without what an earlier page left in the browser
        world.cast.clients[NOBODY] = Client()
    visit(world, who, address, path)  # what is asked once only: the frame, a session, a first visit
    with CaptureQueriesContext(
        connection,
    ) as asked:
        seen = visit(world, who, address, path)
        if seen.answer.streaming:
            seen.content  # noqa: B018  (reading it is what asks)
    return len(asked)


@pytest.mark.parametrize(
    "who", [NOBODY, MEMBER, "coordinator", "governance", "administrator", "post_room", "executive"]
)
def test_queries_stay_the_same_when_rows_grow_tenfold(world, who):
    from alongside.accounts.access import ROLES

    def counts() -> dict[str, int]:
        cache.clear()
        return {
            path: _count(world, who, address, path)
            for address, path in paths(world, every_state=False)
            if may_pass(address.door, who) and (address.door != "member" or who not in ROLES)
        }

    world.grow(2)
    before = counts()
    world.grow(10)
    after = counts()
    grown = [
        f"{path}: {before[path]} and then {after[path]}"
        for path in before
        if after[path] > before[path]
    ]
    many = [f"{path}: {one}" for path, one in after.items() if one > MOST]
    assert not grown, "\n" + "\n".join(grown)
    assert not many, "\n" + "\n".join(many)
