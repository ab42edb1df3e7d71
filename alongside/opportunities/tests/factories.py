"""The smallest true adverts."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.utils import timezone

from alongside.accounts import audit
from alongside.opportunities import actions
from alongside.opportunities.models import Opportunity
from alongside.organisation.models import Topic


def make_opportunity(
    published: bool = True,
    title: str = "Charter workshop",
    topics: tuple[Topic, ...] = (),
    **fields: Any,
) -> Opportunity:
    """Make an advert of an online session in 30 days, open until 10 days before.

    ``fields`` are those of the advert and of its event; ``published_at`` publishes it then.
    """
    by = fields.pop("by", None) or audit.system()
    at = fields.pop("published_at", None)
    starts_at = fields.pop("starts_at", timezone.now() + dt.timedelta(days=30))
    facts: dict[str, Any] = {
        "ends_at": starts_at + dt.timedelta(minutes=90),
        "closes_at": starts_at - dt.timedelta(days=10),
        "capacity": 10,
        "mode": "online",
        "platform": "Lifesize",
        "joining": "https://video.example/join-4711",
        "summary": "Help us write a new charter for carers.",
        "purpose": "To write a charter that says what carers can count on.",
        "who": "Family, friends and carers.",
        "support": "We help you to take part.",
        "feedback": "We write to you within 6 weeks.",
        "payment": "This is unpaid.",
        "categories": ["volunteer"],
        "ask_by_phone": "01632 960 001",
    }
    advert = actions.make_advert(
        title=title, starts_at=starts_at, topics=topics, by=by, **{**facts, **fields}
    )
    if published:
        advert = actions.publish(opportunity=advert, at=at, by=by)
    return advert


def the_workshop(**fields: Any) -> Opportunity:
    """Make the workshop of December 2021: the model of what an advert must hold."""
    london = actions.writing.rules.LONDON
    return make_opportunity(
        title="Help us write a new charter for carers",
        starts_at=dt.datetime(2022, 1, 24, 14, tzinfo=london),
        ends_at=dt.datetime(2022, 1, 24, 15, 30, tzinfo=london),
        closes_at=dt.datetime(2022, 1, 14, 23, 59, tzinfo=london),
        published_at=dt.datetime(2021, 12, 8, 9, tzinfo=london),
        pays_remote=True,
        payment="This is unpaid. You can claim for taking part from home.",
        ask_by_email="involvement@trust.example",
        ask_by_post="Involvement team\n1 Example Road\nMaidstone\nME99 1AA",
        **fields,
    )
