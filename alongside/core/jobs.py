"""The job table."""

from django_tasks.backends.immediate import ImmediateBackend


class JobTableBackend(ImmediateBackend):
    """To be replaced."""
