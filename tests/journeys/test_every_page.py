"""Every page, in a browser: nothing the scanner finds, nothing too wide for a phone."""

from __future__ import annotations

import pytest

from conftest import MEMBER, NOBODY, cast_names
from tests.house import may_pass
from tests.visits import paths, visit


@pytest.mark.parametrize("who", [NOBODY, MEMBER, "administrator", "coordinator", "governance"])
@pytest.mark.parametrize("phone", [True, False], ids=["phone", "desktop"])
def test_every_page_is_clean(live_world, sit_down, who, phone):
    journey = sit_down(who, phone=phone)
    faults, seen = [], 0
    for address, path in paths(live_world, every_state=False):
        first = next((one for one in cast_names() if may_pass(address.door, one)), None)
        if who != (MEMBER if address.door == "member" else first):
            continue
        there = visit(live_world, who, address, path)
        if not there.is_page or there.answer.status_code != 200 or there.is_file:
            continue
        journey.faults.clear()
        journey.go(path)
        faults += journey.scan()
        seen += 1
    assert seen >= 3
    assert not faults, "\n" + "\n".join(faults)


def test_the_scanner_finds_what_is_wrong(sit_down):
    """The control: a scan that finds nothing anywhere would prove nothing."""
    journey = sit_down(NOBODY, phone=True)
    journey.go("/")
    assert journey.scan() == []
    journey.page.evaluate(
        "document.querySelector('main').innerHTML += "
        '\'<img src="data:,"><a href="/x"></a><div class=wide><input></div>\''
    )
    journey.page.evaluate("document.querySelector('.wide').style.width = '900px'")
    found = " ".join(journey.scan())
    for fault in ("image-alt", "link-name", "label", "scrolls sideways"):
        assert fault in found


def test_a_long_register_prints_from_the_first_page_on(live_world, sit_down):
    """A table that may not be split leaves the first page blank."""
    (path,) = (
        path
        for address, path in paths(live_world, every_state=False)
        if address.name == "events:register_print"
    )
    journey = sit_down("coordinator", phone=False)
    journey.go(path)
    journey.page.emulate_media(media="print")
    split = "getComputedStyle(document.querySelector({!r})).breakInside"
    assert journey.page.evaluate(split.format(".app-register")) == "auto"
    assert journey.page.evaluate(split.format(".app-register tr")) == "avoid"
