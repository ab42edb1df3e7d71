"""What may be, of names, teams and days. Days are whole; both ends of a span are included."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

DAY = dt.timedelta(days=1)


def overlap(
    a: tuple[dt.date | None, dt.date | None], b: tuple[dt.date | None, dt.date | None]
) -> bool:
    """Whether two spans share a day. An empty end has no limit; touching days do not overlap."""
    return (a[0] or dt.date.min) <= (b[1] or dt.date.max) and (b[0] or dt.date.min) <= (
        a[1] or dt.date.max
    )


def why_not_these_days(started_on: dt.date | None, ended_on: dt.date | None) -> str:
    """Say why a thing cannot last from this day to that, or nothing."""
    if started_on and ended_on and ended_on < started_on:
        return "The last day must be the same as the first day or after it"
    return ""


def why_not_this_name(
    name: str,
    days: tuple[dt.date | None, dt.date | None],
    others: Iterable[tuple[str, dt.date | None, dt.date | None]],
) -> str:
    """Say why this name is taken in those days, or nothing. Capitals and spaces do not matter."""
    wanted = _plain(name)
    for other, first, last in others:
        if _plain(other) == wanted and overlap(days, (first, last)):
            return "There is already one with this name. Enter a different name"
    return ""


def _plain(name: str) -> str:
    return " ".join(name.split()).casefold()


def days_of_names(starts: Iterable[dt.date | None]) -> list[tuple[dt.date | None, dt.date | None]]:
    """Return the days each name held, in order: each ends the day before the next begins."""
    ordered = sorted(starts, key=lambda day: day or dt.date.min)
    ends = [day - DAY for day in ordered[1:] if day] + [None] * bool(ordered)
    return list(zip(ordered, ends, strict=True))


def why_not_name_trust(started_on: dt.date | None, others: Iterable[dt.date | None]) -> str:
    """Say why a name of the trust cannot begin on this day, or nothing."""
    others = list(others)
    if started_on is None and others:
        if None in others:
            return "Another name has no first day. Enter the day this name began"
        return ""
    if started_on in others:
        return "Another name began on that day. Enter a different day"
    return ""


@dataclass(frozen=True)
class TeamFacts:
    """A team as these rules need it: when it was, and what it became."""

    number: int
    started_on: dt.date | None = None
    ended_on: dt.date | None = None
    merged_into: int | None = None

    def existed_on(self, day: dt.date) -> bool:
        """Whether there was such a team that day."""
        return overlap((self.started_on, self.ended_on), (day, day))


def why_not_merge(
    team: TeamFacts, into: TeamFacts, on: dt.date, teams: Mapping[int, TeamFacts]
) -> str:
    """Say why a team cannot become part of the other on this day, or nothing.

    ``teams`` holds every team, by number. The team's last day is the day before ``on``.
    """
    if team.number == into.number:
        return "A team cannot merge into itself. Choose a different team"
    if team.merged_into is not None:
        return "This team has already merged into another. Undo that first"
    if not team.existed_on(on - DAY):
        return "This team did not exist the day before. Enter a different day"
    if not into.existed_on(on):
        return "The other team does not exist on that day. Choose another team or another day"
    if team.number in _becomes(into, teams):
        return "That team is due to merge into this one. Choose a different team"
    return ""


def _becomes(team: TeamFacts, teams: Mapping[int, TeamFacts]) -> list[int]:
    """List the numbers of what a team becomes, one after the other. Stops at any circle."""
    chain: list[int] = []
    after = team.merged_into
    while after is not None and after not in chain:
        chain.append(after)
        after = teams[after].merged_into
    return chain


def team_on(team: TeamFacts, day: dt.date, teams: Mapping[int, TeamFacts]) -> int:
    """Return the number of the team that does this team's work on that day.

    Before its last day, and where it ended without merging, that is the team itself.
    """
    seen = {team.number}
    while team.merged_into is not None and team.ended_on is not None and day > team.ended_on:
        if team.merged_into in seen:
            break
        team = teams[team.merged_into]
        seen.add(team.number)
    return team.number


def why_not_rename(
    on: dt.date,
    today: dt.date,
    started_on: dt.date | None,
    ended_on: dt.date | None,
    last_renamed_on: dt.date | None,
) -> str:
    """Say why a team cannot be called something else from this day, or nothing."""
    if on > today:
        return "The day the new name begins must be today or in the past"
    if started_on and on <= started_on:
        return "The new name must begin after the team's first day"
    if ended_on and on > ended_on:
        return "The team had ended by then. Enter a different day"
    if last_renamed_on and on <= last_renamed_on:
        return "The new name must begin after the team was last renamed"
    return ""


def name_on(
    day: dt.date, now: str, earlier: Iterable[tuple[str, dt.date | None, dt.date | None]]
) -> str:
    """Return what a team was called on that day."""
    for name, first, last in earlier:
        if overlap((first, last), (day, day)):
            return name
    return now


def why_not_end(teams_after: int) -> str:
    """Say why a service or an area cannot end while teams go on in it, or nothing."""
    if teams_after == 1:
        return "1 team goes on after that day. Move it or end it first"
    if teams_after:
        return f"{teams_after} teams go on after that day. Move them or end them first"
    return ""
