"""Sign-in records, the roles they hold, and the audit log."""

import datetime as dt
from typing import Any, ClassVar, NoReturn, Self

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.db import models
from django.db.models import Q
from django.utils import timezone

from alongside.core.models import Record


class UserManager(BaseUserManager["User"]):
    """Makes sign-in records."""

    def create_user(self, email: str, password: str | None = None, **fields: Any) -> "User":
        """Make a sign-in record; without a password it can sign in by emailed code only."""
        user = self.model(email=email.strip().lower(), **fields)
        user.set_password(password)
        user.save(using=self._db)
        return user

    def get_by_natural_key(self, username: str | None) -> "User":
        """Find by email address, whatever its case."""
        return self.get(email=(username or "").lower())


class User(Record, AbstractBaseUser):
    """A way to sign in. The human being is a ``people.Person``; staff have a name here."""

    email = models.EmailField(unique=True, null=True, blank=True)
    name = models.CharField(max_length=200, blank=True, help_text="Staff only.")
    is_active = models.BooleanField(default=True)
    is_system = models.BooleanField(default=False, help_text="Alongside itself, in the audit log.")

    objects: ClassVar[UserManager] = UserManager()

    USERNAME_FIELD = "email"
    EMAIL_FIELD = "email"

    class Meta:
        constraints = [
            models.UniqueConstraint(
                name="user_one_system", fields=["is_system"], condition=Q(is_system=True)
            ),
        ]

    def __str__(self) -> str:
        return self.name or "Member"


class RoleGrantQuerySet(models.QuerySet["RoleGrant"]):
    """Roles people held."""

    def standing(self) -> Self:
        """Keep those that hold now."""
        return self.filter(ended_at__isnull=True)


class RoleGrant(Record):
    """This sign-in held this role from then until then. Never deleted."""

    user = models.ForeignKey(User, on_delete=models.PROTECT, related_name="role_grants")
    role = models.CharField(max_length=40)
    granted_at = models.DateTimeField(default=timezone.now)
    granted_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    ended_at = models.DateTimeField(null=True, blank=True)
    ended_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, related_name="+")

    objects = RoleGrantQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                name="role_grant_one_standing_each",
                fields=["user", "role"],
                condition=Q(ended_at__isnull=True),
            ),
        ]

    def __str__(self) -> str:
        return self.role


class AuditIsForEver(Exception):  # noqa: N818  (it is an answer, not an accident)
    """Somebody tried to change or take away a line of the audit log."""


class AuditEntryQuerySet(models.QuerySet["AuditEntry"]):
    """Lines of the log: added and read, never changed. Forgotten when their time is over."""

    def _refuse(self, *args: Any, **kwargs: Any) -> NoReturn:
        raise AuditIsForEver("A line of the audit log is not changed and not deleted")

    update = _update = bulk_update = update_or_create = _refuse

    def delete(self) -> NoReturn:
        """Refuse."""
        self._refuse()

    def forget_before(self, moment: dt.datetime) -> int:
        """Delete what is older than the retention table allows. The one way out of the log."""
        return super().filter(at__lt=moment)._raw_delete(self.db)

    def about(self, key: str) -> Self:
        """Keep what concerns the person with this key."""
        return self.filter(about_key=key)

    def newest_first(self, before: "AuditEntry | None" = None) -> Self:
        """Order from the newest; with ``before``, begin after that line."""
        lines = self.order_by("-at", "-pk")
        if before is None:
            return lines
        return lines.filter(Q(at__lt=before.at) | Q(at=before.at, pk__lt=before.pk))


class AuditEntry(Record):
    """Somebody did, or looked at, something. Codes and keys only: never a name or free text."""

    class Kind(models.TextChoices):
        WRITE = "write", "Changed"
        LOOK = "look", "Looked at"

    at = models.DateTimeField(default=timezone.now)
    kind = models.CharField(max_length=5, choices=Kind, default=Kind.WRITE)
    action = models.CharField(max_length=80, help_text="room.past_tense")
    actor = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    on_label = models.CharField(max_length=80, blank=True)
    on_key = models.CharField(max_length=20, blank=True)
    about_key = models.CharField(max_length=20, blank=True, help_text="The person it concerns.")
    detail = models.JSONField(default=dict)

    objects = AuditEntryQuerySet.as_manager()

    class Meta:
        base_manager_name = "objects"  # so that saving a line again is refused, too
        indexes = [
            models.Index(fields=["-at", "-id"], name="audit_newest"),
            models.Index(fields=["actor", "-at"], name="audit_by_actor"),
            models.Index(fields=["about_key", "-at"], name="audit_about_person"),
            models.Index(fields=["on_key", "-at"], name="audit_on_record"),
            models.Index(fields=["action", "-at"], name="audit_by_action"),
        ]

    def __str__(self) -> str:
        return self.action

    def delete(self, *args: Any, **kwargs: Any) -> NoReturn:
        """Refuse."""
        raise AuditIsForEver("A line of the audit log is not deleted")
