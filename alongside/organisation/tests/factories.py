"""The smallest true things of the organisation, for tests of every room."""

from __future__ import annotations

import datetime as dt
from itertools import count
from typing import Any

from django.utils.text import slugify

from alongside.organisation.models import (
    Area,
    Council,
    Service,
    Team,
    Topic,
    TrustDetails,
    TrustName,
)

_turn = count(1)


def make_trust(
    name: str = "Hollow Hill NHS Trust",
    short_name: str = "Hollow Hill",
    started_on: dt.date | None = None,
    **details: Any,
) -> TrustName:
    """Name the trust (always, where no first day is given) and say how to reach it."""
    details = {
        "contact_email": "involvement@trust.example",
        "contact_phone": "01632 960 000",
        "contact_hours": "Monday to Friday, 9am to 5pm",
    } | details
    TrustDetails.objects.update_or_create(only=True, defaults=details)
    return TrustName.objects.create(name=name, short_name=short_name, started_on=started_on)


def make_council(name: str = "", **fields: Any) -> Council:
    """Make a council."""
    return Council.objects.create(name=name or f"Council {next(_turn)}", **fields)


def make_area(name: str = "", councils: tuple[Council, ...] = (), **fields: Any) -> Area:
    """Make an area."""
    name = name or f"Area {next(_turn)}"
    area = Area.objects.create(name=name, slug=fields.pop("slug", "") or slugify(name), **fields)
    area.councils.set(councils)
    return area


def make_service(name: str = "", **fields: Any) -> Service:
    """Make a service."""
    return Service.objects.create(name=name or f"Service {next(_turn)}", **fields)


def make_team(
    name: str = "",
    kind: str = Team.Kind.COMMUNITY,
    service: Service | None = None,
    area: Area | None = None,
    **fields: Any,
) -> Team:
    """Make a team, and a service for it where none is given."""
    return Team.objects.create(
        name=name or f"Team {next(_turn)}",
        kind=kind,
        service=service or make_service(),
        area=area,
        **fields,
    )


def make_topic(name: str = "", **fields: Any) -> Topic:
    """Make a topic."""
    name = name or f"Topic {next(_turn)}"
    return Topic.objects.create(name=name, slug=fields.pop("slug", "") or slugify(name), **fields)
