"""A carer finds a workshop, books a place, and sees what happens next."""

from __future__ import annotations

import pytest

from benchmarks.world import answers_to
from conftest import STRANGER

MOST_SCREENS = 6


def answer(journey) -> None:
    """Answer the question on the page as an easy-going person would."""
    page = journey.page
    for name, value in answers_to(page.content()):
        boxes = page.locator(f'main [name="{name}"]')
        kind = boxes.first.get_attribute("type")
        if kind == "radio":
            page.locator(f'main [name="{name}"][value="{value}"]').check()
        elif name == "full_name" and not value:
            boxes.first.fill("Ada Bright")


@pytest.mark.parametrize(
    ("phone", "scripts"), [(True, True), (False, False)], ids=["phone", "no scripts"]
)
def test_book_a_place(live_world, sit_down, phone, scripts):
    # Given an open advert, and a member who has nothing to do with it yet
    journey = sit_down(STRANGER, phone=phone, scripts=scripts)
    faults = []

    # When they find it and follow the way to a place
    journey.go("/opportunities/")
    faults += journey.scan()
    journey.press(live_world.advert.title)
    faults += journey.scan()
    journey.go(f"/opportunities/{live_world.advert.slug}/book/")
    screens = 1  # the advert
    while "/check/" not in journey.page.url:
        faults += journey.scan()
        screens += 1
        assert screens < MOST_SCREENS, journey.page.url
        answer(journey)
        journey.page.locator("main form[method=post] button[type=submit]").first.click()
        journey.page.wait_for_load_state()
    faults += journey.scan()
    screens += 1
    journey.page.locator("main form[method=post] button[type=submit]").last.click()
    journey.page.wait_for_load_state()
    screens += 1
    faults += journey.scan()

    # Then they have a place, a message waits for them, and no page had a fault
    person = live_world.cast.users[STRANGER].person
    booking = person.bookings.get()
    assert booking.state == "booked"
    assert person.messages.filter(letter="events/place_booked").count() == 1
    assert screens <= MOST_SCREENS
    assert "/me/bookings/" in journey.page.url
    assert not faults, "\n" + "\n".join(faults)
