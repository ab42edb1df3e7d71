"""Roles are lists of permissions, here and nowhere else."""

from dataclasses import dataclass
from enum import StrEnum

from alongside.accounts.models import User


class Permission(StrEnum):
    """One thing a member of staff may do."""

    STAFF_HOME = "staff_home"  # every role has it
    OPPORTUNITY_WRITE = "opportunity_write"  # write, publish, extend, close, cancel adverts
    OPPORTUNITY_SELECT = "opportunity_select"  # choose people where places are by selection
    BOOKING_MANAGE = "booking_manage"  # the register, bookings on behalf, waiting list, support
    PERSON_SEE = "person_see"  # find and read people's records
    PERSON_WRITE = "person_write"  # add and correct people's records
    PERSON_ERASE = "person_erase"  # erase a person, export everything about one
    MESSAGE_SEE = "message_see"  # the outbox, phone tasks, post, resend
    POST_PRINT = "post_print"  # the post room: print batches of letters only
    INVOLVEMENT_COUNT = "involvement_count"  # counts of taking part
    AUDIT_SEE = "audit_see"  # search the audit log
    ORGANISATION_WRITE = "organisation_write"  # trust, areas, councils, services, teams, topics
    JOB_MANAGE = "job_manage"  # background work that failed: try again, set aside
    ACCESS_WRITE = "access_write"  # staff and their roles


@dataclass(frozen=True)
class Role:
    """A job somebody does here, and what it lets them do."""

    code: str
    name: str
    what: str
    permissions: frozenset[Permission]


_P = Permission
ROLES: dict[str, Role] = {
    role.code: role
    for role in [
        Role(
            "administrator",
            "System administrator",
            "Sets up the trust, its teams, staff and their roles. Does not see people's records.",
            frozenset({_P.STAFF_HOME, _P.ORGANISATION_WRITE, _P.ACCESS_WRITE, _P.JOB_MANAGE}),
        ),
        Role(
            "coordinator",
            "Involvement coordinator",
            "Writes adverts, runs bookings and registers, and keeps in touch with people.",
            frozenset(
                {
                    _P.STAFF_HOME,
                    _P.OPPORTUNITY_WRITE,
                    _P.OPPORTUNITY_SELECT,
                    _P.BOOKING_MANAGE,
                    _P.PERSON_SEE,
                    _P.PERSON_WRITE,
                    _P.MESSAGE_SEE,
                    _P.POST_PRINT,
                    _P.INVOLVEMENT_COUNT,
                    _P.JOB_MANAGE,
                }
            ),
        ),
        Role(
            "governance",
            "Information governance lead",
            "Reads the audit log, exports and erases people's records.",
            frozenset(
                {_P.STAFF_HOME, _P.AUDIT_SEE, _P.PERSON_SEE, _P.PERSON_ERASE, _P.MESSAGE_SEE}
            ),
        ),
        Role(
            "post_room",
            "Post room",
            "Prints letters and marks them posted.",
            frozenset({_P.STAFF_HOME, _P.POST_PRINT}),
        ),
        Role(
            "executive",
            "Executive or board member",
            "Sees how many people take part, never who.",
            frozenset({_P.STAFF_HOME, _P.INVOLVEMENT_COUNT}),
        ),
    ]
}


def roles_of(user: User) -> list[Role]:
    """Return the roles the sign-in holds now. Asked once for each request, then remembered."""
    if not getattr(user, "is_authenticated", False) or not user.is_active:
        return []
    known: list[Role] | None = user.__dict__.get("_roles")
    if known is None and getattr(user, "holds_a_role", None) is False:  # told by the backend
        return []
    if known is None:
        codes = user.role_grants.filter(ended_at__isnull=True).values_list("role", flat=True)
        known = [ROLES[code] for code in codes if code in ROLES]
        user.__dict__["_roles"] = known
    return known


def permissions_of(user: User) -> frozenset[Permission]:
    """Return all the sign-in may do."""
    return frozenset().union(*(role.permissions for role in roles_of(user)))


def may(user: User, permission: Permission) -> bool:
    """Whether the sign-in may do this."""
    return permission in permissions_of(user)


def is_staff(user: User) -> bool:
    """Whether the sign-in holds any role."""
    return bool(roles_of(user))
