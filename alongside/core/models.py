"""The table every table extends, and the tables of background work."""

from datetime import datetime
from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.utils import timezone

from alongside.core.keys import new_key


class Record(models.Model):
    """A number inside the house, a random key in addresses, and when it was made."""

    key = models.CharField(max_length=20, unique=True, default=new_key, editable=False)
    created_at = models.DateTimeField(default=timezone.now, editable=False)

    class Meta:
        abstract = True


class JobQuerySet(models.QuerySet["Job"]):
    """Jobs by where they stand."""

    def due(self, now: datetime) -> "JobQuerySet":
        """Those a worker may take now."""
        return self.filter(state=Job.State.WAITING, due_at__lte=now)

    def lost(self, now: datetime) -> "JobQuerySet":
        """Those whose worker has not been heard of since its lease ran out."""
        return self.filter(state=Job.State.RUNNING, lease_until__lt=now)

    def failed(self) -> "JobQuerySet":
        """Those given up, that somebody should see."""
        return self.filter(state=Job.State.FAILED, set_aside_at__isnull=True)

    def held(self, *, number: int, attempt: int) -> "JobQuerySet":
        """The job, only while this attempt at it is the one that stands: the fence."""
        return self.filter(pk=number, attempt=attempt, state=Job.State.RUNNING)


class Job(Record):
    """One piece of work for a worker. Its arguments are keys and numbers, never words about people."""

    class State(models.TextChoices):
        WAITING = "waiting", "Waiting"
        RUNNING = "running", "Under way"
        DONE = "done", "Done"
        FAILED = "failed", "Failed"

    task = models.CharField(max_length=200, help_text="Where its function is: room.tasks.name.")
    args = models.JSONField(default=list)
    kwargs = models.JSONField(default=dict)
    queue = models.CharField(max_length=40, default="default")
    priority = models.SmallIntegerField(default=0, help_text="Higher goes first.")
    once = models.CharField(
        max_length=240, blank=True, help_text="The task and its period: done once."
    )
    state = models.CharField(max_length=7, choices=State, default=State.WAITING)
    due_at = models.DateTimeField(default=timezone.now)
    tries = models.PositiveSmallIntegerField(help_text="Attempts before it is given up.")
    attempt = models.PositiveSmallIntegerField(
        default=0, help_text="Grows when a worker takes it: only the newest may finish."
    )
    worker = models.CharField(max_length=80, blank=True)
    lease_until = models.DateTimeField(null=True)
    started_at = models.DateTimeField(null=True)
    finished_at = models.DateTimeField(null=True)
    done = models.PositiveIntegerField(default=0, help_text="Progress, out of ``of``.")
    of = models.PositiveIntegerField(default=0)
    answer = models.JSONField(null=True)
    errors = models.JSONField(default=list, help_text="Kind and place of each, never its words.")
    set_aside_at = models.DateTimeField(null=True, help_text="When somebody had seen it fail.")

    objects: ClassVar[models.Manager["Job"]] = JobQuerySet.as_manager()

    class Meta:
        indexes = [
            models.Index(
                fields=["-priority", "due_at", "id"],
                name="job_next",
                condition=Q(state="waiting"),
            ),
            models.Index(fields=["lease_until"], name="job_leases", condition=Q(state="running")),
            models.Index(fields=["-id"], name="job_failed", condition=Q(state="failed")),
            models.Index(fields=["finished_at"], name="job_finished", condition=Q(state="done")),
        ]
        constraints = [
            models.UniqueConstraint(name="job_once", fields=["once"], condition=~Q(once="")),
            models.CheckConstraint(
                name="job_running_has_lease",
                condition=~Q(state="running") | Q(lease_until__isnull=False, attempt__gte=1),
            ),
        ]

    def __str__(self) -> str:
        return self.task


class WorkerHeartbeat(Record):
    """A worker that said it was alive."""

    worker = models.CharField(max_length=80, unique=True)
    seen_at = models.DateTimeField(default=timezone.now)

    class Meta:
        indexes = [models.Index(fields=["-seen_at"], name="worker_seen")]

    def __str__(self) -> str:
        return self.worker
