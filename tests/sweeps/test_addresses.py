"""Every address, as everybody: the right answer, and a page that works for its reader."""

from __future__ import annotations

import pytest
from bs4 import BeautifulSoup

from alongside.accounts.access import Permission
from conftest import MEMBER, NOBODY, STRANGER, cast_names
from tests.house import addresses, may_pass
from tests.pages import faults_of, once
from tests.visits import paths, visit, without_path

WELCOME = {200, 302}  # a page, or on to where the reader must go first
NOT_THERE = 404
POST_ONLY = 405  # to anything but a visit, which does not find it
GONE = 410  # a page for a link that has run out
# Told with something of the member's, these are open to anybody signed in all the same.
FOR_ALL_MEMBERS = ("opportunities/", "me/needs/", "me/details/", "me/everything/", "demo/")
# What is told is the member's own, but for these.
OWNERS = {"accounts:remove_second_step": "coordinator"}


@pytest.mark.parametrize("address", addresses(), ids=lambda one: one.name or one.route)
def test_every_view_names_its_door(address):
    door = address.door
    assert door in ("public", "member") or isinstance(door, Permission), f"{address.route}: {door}"
    assert address.is_open == (door == "public"), f"{address.route} is {door}"
    if address.route.startswith("staff/"):
        assert isinstance(door, Permission), f"{address.route} opens to {door}"
    if address.route.startswith("me/"):
        assert door != "public", f"{address.route} opens to {door}"
    assert address.name, f"{address.route} has no name"


def test_no_two_addresses_share_a_name():
    names = [address.name for address in addresses()]
    assert len(names) == len(set(names))


def test_every_address_has_a_path(world):
    missing = without_path(world)
    assert not missing, "\n" + "\n".join(missing)


def expected(address, who) -> set[int]:
    """Return the answers that are right for this reader."""
    if may_pass(address.door, who):
        theirs = address.door == "member" and bool(address.asks)
        owner = OWNERS.get(address.name, MEMBER)
        if theirs and who != owner and not address.route.startswith(FOR_ALL_MEMBERS):
            return {NOT_THERE}
        return {*WELCOME, NOT_THERE, GONE}
    return {302} if who == NOBODY else {NOT_THERE}


@pytest.mark.parametrize("who", cast_names())
def test_every_page_works_for_who_reads_it(world, who):
    faults = []
    for address, path in paths(world):
        seen = visit(world, who, address, path)
        faults += faults_of(seen)
        status = seen.answer.status_code
        if status not in expected(address, who) and status < 500:
            faults.append(f"{seen}: {status} through the door {address.door}")
        sent_to = seen.answer.headers.get("Location", "/sign-in/")
        if not may_pass(address.door, who) and "/sign-in/" not in sent_to:
            faults.append(f"{seen}: sent to {sent_to}")
    assert not faults, once(faults)


def test_every_address_opens_for_somebody(world):
    """A page that is not found by anybody is not looked at by the other sweeps either."""
    opened, tried = set(), {}
    for address, path in paths(world):
        for who in cast_names() if address.name not in opened else ():
            if not may_pass(address.door, who):
                continue
            status = visit(world, who, address, path).answer.status_code
            if status == NOT_THERE:  # unless it only takes answers
                status = world.cast[who].options(path).status_code
            tried.setdefault(address.name, set()).add(status)
            if status in {*WELCOME, POST_ONLY, GONE}:
                opened.add(address.name)
                break
    shut = {name: answers for name, answers in tried.items() if name not in opened}
    assert not shut


def test_a_stranger_is_told_nothing_of_what_is_not_theirs(world):
    """Not found, never forbidden: and in the same words as what was never there."""
    never = world.cast[STRANGER].get("/me/bookings/zzzzzzzzzzzzzzzzzzzz/")
    for booking in world.bookings:
        answer = world.cast[STRANGER].get(f"/me/bookings/{booking.key}/")
        assert answer.status_code == never.status_code == NOT_THERE
        words, blank = (BeautifulSoup(page.content, "lxml").get_text() for page in (answer, never))
        assert words == blank


def test_what_was_never_there_is_a_page_too(world):
    for who in cast_names():
        client = world.cast[who]
        answer = client.get("/nothing/here/")
        assert answer.status_code == NOT_THERE
        assert answer.content.count(b"<h1") == 1
