"""What can happen to the organisation. Nothing is deleted: things end on a day."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from typing import Any, TypeVar

from django.db import transaction
from django.db.models import Q
from django.utils import timezone
from django.utils.text import slugify

from alongside.accounts import audit
from alongside.accounts.models import User
from alongside.core.refused import Refused
from alongside.organisation import names, rules
from alongside.organisation.models import (
    Area,
    Council,
    Dated,
    Service,
    Team,
    TeamName,
    Topic,
    TrustDetails,
    TrustName,
)

trust_name = names.trust_name
contact = names.contact
D = TypeVar("D", Council, Area, Service, Team, Topic)


def _lock() -> TrustDetails:
    """Let one change of the organisation happen at a time: they are rare, and rules span rows."""
    TrustDetails.objects.get_or_create(only=True)
    return TrustDetails.objects.select_for_update().get()


def _refuse(reason: str, field: str | None = None) -> None:
    if reason:
        raise Refused(reason, field)


# --- the trust ----------------------------------------------------------------------------------


@transaction.atomic
def add_trust_name(
    *, name: str, short_name: str, started_on: dt.date | None, by: User
) -> TrustName:
    """Give the trust a name from a day. The name before it ends the day before and stays."""
    _lock()
    others = list(TrustName.objects.values_list("started_on", flat=True))
    _refuse(rules.why_not_name_trust(started_on, others), "started_on")
    added = TrustName.objects.create(name=name, short_name=short_name, started_on=started_on)
    _set_days_of_names()
    audit.record("organisation.trust_named", on=added, by=by, from_day=_iso(started_on))
    names.forget()
    return added


@transaction.atomic
def correct_trust_name(
    *, trust_name: TrustName, name: str, short_name: str, started_on: dt.date | None, by: User
) -> TrustName:
    """Put right what was never true: a spelling, or the day a name began."""
    _lock()
    others = TrustName.objects.exclude(pk=trust_name.pk).values_list("started_on", flat=True)
    _refuse(rules.why_not_name_trust(started_on, others), "started_on")
    # No last day for the moment: it is worked out anew, and must not stand before the first.
    TrustName.objects.update(ended_on=None)
    TrustName.objects.filter(pk=trust_name.pk).update(
        name=name, short_name=short_name, started_on=started_on
    )
    _set_days_of_names()
    audit.record("organisation.trust_name_corrected", on=trust_name, by=by)
    names.forget()
    trust_name.refresh_from_db()
    return trust_name


def _set_days_of_names() -> None:
    """Let each name end the day before the next begins."""
    known = {one.started_on: one for one in TrustName.objects.all()}
    for started_on, ended_on in rules.days_of_names(known):
        TrustName.objects.filter(pk=known[started_on].pk).update(ended_on=ended_on)


@transaction.atomic
def change_contact(
    *,
    contact_email: str,
    contact_phone: str,
    contact_hours: str,
    postal_address: str,
    website: str,
    by: User,
) -> TrustDetails:
    """Say how to reach the involvement team."""
    details = _lock()
    details.contact_email = contact_email
    details.contact_phone = contact_phone
    details.contact_hours = contact_hours
    details.postal_address = postal_address
    details.website = website
    details.save()
    audit.record("organisation.contact_changed", on=details, by=by)
    names.forget()
    return details


# --- areas, councils, services, topics -----------------------------------------------------------


@transaction.atomic
def add_council(*, by: User, **fields: Any) -> Council:
    """Add a council: ``name``, ``website``, ``started_on``, ``ended_on``."""
    return _keep(Council(), fields, "organisation.council_added", by)


@transaction.atomic
def change_council(*, council: Council, by: User, **fields: Any) -> Council:
    """Put a council's details right, or say when it ends."""
    return _keep(council, fields, "organisation.council_changed", by)


@transaction.atomic
def add_area(*, councils: Iterable[Council] = (), by: User, **fields: Any) -> Area:
    """Add an area: ``name``, ``places``, ``started_on``, ``ended_on``, and its councils."""
    area = Area(slug=_slug(Area, str(fields["name"])))
    area = _keep(area, fields, "organisation.area_added", by)
    area.councils.set(councils)
    return area


@transaction.atomic
def change_area(*, area: Area, councils: Iterable[Council], by: User, **fields: Any) -> Area:
    """Put an area's details right, or say when it ends. Its address stays the same."""
    _refuse_end(Team.objects.filter(area=area), fields)
    area = _keep(area, fields, "organisation.area_changed", by)
    area.councils.set(councils)
    return area


@transaction.atomic
def add_service(*, by: User, **fields: Any) -> Service:
    """Add a service: ``name``, ``started_on``, ``ended_on``."""
    return _keep(Service(), fields, "organisation.service_added", by)


@transaction.atomic
def change_service(*, service: Service, by: User, **fields: Any) -> Service:
    """Put a service's details right, or say when it ends."""
    _refuse_end(Team.objects.filter(service=service), fields)
    return _keep(service, fields, "organisation.service_changed", by)


@transaction.atomic
def add_topic(*, by: User, **fields: Any) -> Topic:
    """Add a topic: ``name``, ``started_on``, ``ended_on``."""
    topic = Topic(slug=_slug(Topic, str(fields["name"])))
    return _keep(topic, fields, "organisation.topic_added", by)


@transaction.atomic
def change_topic(*, topic: Topic, by: User, **fields: Any) -> Topic:
    """Put a topic's details right, or say when it ends. Its address stays the same."""
    return _keep(topic, fields, "organisation.topic_changed", by)


def _keep(row: D, fields: dict[str, Any], event: str, by: User) -> D:
    """Save the row with these fields, or refuse: days the wrong way round, a name taken."""
    _lock()
    for field, value in fields.items():
        setattr(row, field, value)
    _refuse(rules.why_not_these_days(row.started_on, row.ended_on), "ended_on")
    others = type(row).objects.exclude(pk=row.pk)
    taken = others.values_list("name", "started_on", "ended_on")
    _refuse(rules.why_not_this_name(row.name, (row.started_on, row.ended_on), taken), "name")
    row.save()
    audit.record(event, on=row, by=by)
    return row


def _refuse_end(teams: Any, fields: dict[str, Any]) -> None:
    _lock()
    ended_on = fields.get("ended_on")
    if ended_on:
        after = teams.filter(Q(ended_on__isnull=True) | Q(ended_on__gt=ended_on)).count()
        _refuse(rules.why_not_end(after), "ended_on")


def _slug(kind: type[Area] | type[Topic], name: str) -> str:
    """Return a free address for the name."""
    _lock()
    plain = slugify(name)[:40] or kind._meta.model_name or ""
    taken = set(kind.objects.filter(slug__startswith=plain).values_list("slug", flat=True))
    turns = (f"{plain}-{turn}" for turn in range(2, len(taken) + 3))
    return plain if plain not in taken else next(slug for slug in turns if slug not in taken)


# --- teams --------------------------------------------------------------------------------------


@transaction.atomic
def add_team(*, by: User, **fields: Any) -> Team:
    """Add a team: ``name``, ``kind``, ``service``, ``area``, ``place``, ``started_on``."""
    _refuse_home(fields)
    return _keep(Team(), fields, "organisation.team_added", by)


@transaction.atomic
def change_team(*, team: Team, by: User, **fields: Any) -> Team:
    """Put a team's details right. Its name and its end have actions of their own."""
    _refuse_home(fields)
    return _keep(team, fields, "organisation.team_changed", by)


def _refuse_home(fields: dict[str, Any]) -> None:
    """Refuse a service or an area that had ended."""
    _lock()
    day = fields.get("started_on") or timezone.localdate()
    for field in ("service", "area"):
        home: Dated | None = fields.get(field)
        if home and home.ended_on and home.ended_on < day:
            raise Refused(f"That {field} has ended. Choose a different one", field)


@transaction.atomic
def rename_team(*, team: Team, name: str, on: dt.date | None, by: User) -> Team:
    """Call the team something else from a day and keep the earlier name for the days before.

    Without a day it puts a spelling right, and keeps nothing.
    """
    _lock()
    last = team.earlier_names.order_by("-ended_on", "-pk").first()
    begun = last.ended_on + rules.DAY if last and last.ended_on else None
    if on is None:
        return _keep(team, {"name": name}, "organisation.team_name_corrected", by)
    _refuse(
        rules.why_not_rename(on, timezone.localdate(), team.started_on, team.ended_on, begun), "on"
    )
    if name == team.name:
        raise Refused("The team has this name already. Enter a different name", "name")
    TeamName.objects.create(
        team=team, name=team.name, started_on=begun or team.started_on, ended_on=on - rules.DAY
    )
    return _keep(team, {"name": name}, "organisation.team_renamed", by)


@transaction.atomic
def end_team(*, team: Team, ended_on: dt.date, by: User) -> Team:
    """Say on which day a team's work ends, with nothing after it."""
    _lock()
    team.refresh_from_db()
    if team.merged_into_id:
        raise Refused("This team has merged into another. Undo that first", "ended_on")
    return _keep(team, {"ended_on": ended_on}, "organisation.team_ended", by)


@transaction.atomic
def merge_team(*, team: Team, into: Team, on: dt.date, by: User) -> Team:
    """Make a team part of another from a day. Its own last day is the day before."""
    _lock()
    known = _facts()
    _refuse(rules.why_not_merge(known[team.pk], known[into.pk], on, known))
    team.refresh_from_db()
    fields = {"merged_into": into, "ended_on": on - rules.DAY}
    return _keep(team, fields, "organisation.team_merged", by)


@transaction.atomic
def reopen_team(*, team: Team, by: User) -> Team:
    """Undo an end or a merge that was entered by mistake."""
    _lock()
    team.refresh_from_db()
    fields = {"merged_into": None, "ended_on": None}
    return _keep(team, fields, "organisation.team_reopened", by)


def team_on(*, team: Team, day: dt.date) -> Team:
    """Return the team that does this team's work on that day, through every merge."""
    known = _facts()
    return Team.objects.get(pk=rules.team_on(known[team.pk], day, known))


def name_of_team_on(*, team: Team, day: dt.date) -> str:
    """Return what the team was called on that day."""
    earlier = team.earlier_names.values_list("name", "started_on", "ended_on")
    return rules.name_on(day, team.name, earlier)


def _facts() -> dict[int, rules.TeamFacts]:
    rows = Team.objects.values_list("pk", "started_on", "ended_on", "merged_into_id")
    return {row[0]: rules.TeamFacts(*row) for row in rows}


def _iso(day: dt.date | None) -> str:
    return day.isoformat() if day else ""
